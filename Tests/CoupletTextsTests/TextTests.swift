import Testing

@testable import CoupletTexts

@Suite("Texts")
struct TextTests {
    @Test("a value takes its placeholder's place, whatever it contains")
    func values() {
        let text = Texts.text("connection.unknown", ["connection": "{x} [[y]] \"z\""], .english)
        #expect(text == "There is no connection \"{x} [[y]] \"z\"\".")
    }

    @Test("a code that nobody knows comes back with its arguments")
    func unknownCode() {
        #expect(Texts.text("no.such", ["b": "2", "a": "1"], .swedish) == "no.such (a: 1, b: 2)")
        #expect(Texts.text("no.such", [:], .english) == "no.such")
        #expect(Texts.remedy("no.such", [:], .english) == nil)
    }

    @Test("a value that is missing shows as a question mark")
    func missingValue() {
        #expect(Texts.text("job.unknown", [:], .english) == "There is no job ?.")
    }

    @Test(
        "an optional part is left out when one of its values is blank",
        arguments: [
            (["detail": "refused"], "\"?\" is overloaded or down: refused"),
            (["detail": ""], "\"?\" is overloaded or down"), ([:], "\"?\" is overloaded or down"),
        ]
    )
    func optionalPart(values: [String: String], text: String) {
        #expect(Texts.text("remote.unavailable", values, .english) == text)
    }

    @Test("a number chooses its form", arguments: [("0", "0 records"), ("1", "1 record"), ("2", "2 records")])
    func plural(count: String, text: String) {
        #expect(Texts.text("records.count", ["count": count], .english) == text)
    }

    @Test(
        "braces and brackets that are no placeholder are text",
        arguments: ["a { b", "{}", "{a b}", "{a|b}", "x]]", "{"]
    )
    func literals(text: String) {
        #expect(Template(text).filled(with: ["a": "1"]) == text)
        #expect(Template(text).placeholders == [])
    }
}

@Suite("Languages")
struct LanguageTests {
    @Test(
        "a locale's name gives its language",
        arguments: [("sv", "sv"), ("sv_SE.UTF-8", "sv"), ("SV-se", "sv"), ("en_GB", "en"), ("sv@euro", "sv")]
    )
    func known(locale: String, code: String) {
        #expect(Language(locale)?.code == code)
    }

    @Test("a locale without a catalogue gives none", arguments: ["C", "POSIX", "de_DE", "", "svenska"])
    func unknown(locale: String) {
        #expect(Language(locale) == nil)
    }
}
