import CoupletCore
import Testing

@Suite("Transformation rules")
struct TransformationRuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var rule: TransformationRule
        var input: String
        /// The result, or the code of the failure.
        var output: String
        var testDescription: String { "\(rule): \(input)" }
        init(_ rule: TransformationRule, _ input: String, _ output: String) {
            (self.rule, self.input, self.output) = (rule, input, output)
        }
    }

    static let stockholm = TimeZoneRule("Europe/Stockholm") ?? .utc
    static let countries = TranslationTable(rows: [
        TranslationTable.Row(erp: "SE", crm: "Sweden"), TranslationTable.Row(erp: "NO", crm: "Norway"),
    ])

    static let texts: [Case] = [
        Case(.uppercase, "åre Ski", "ÅRE SKI"), Case(.lowercase, "ÅRE Ski", "åre ski"),
        Case(.titleCase, "åre skidor AB o'neil", "Åre Skidor AB O'neil"), Case(.trim, " \ta b ", "a b"),
        Case(.substring(.position(4), .length(3)), "abcdefgh", "def"),
        Case(.substring(.position(4), .length(3)), "abcde", "de"),
        Case(.substring(.position(9), .length(3)), "abc", ""),
        Case(.substring(.after("-"), .before(":")), "x-y:z", "y"), Case(.substring(.after("-"), .rest), "x-y-z", "y-z"),
        Case(.substring(.after("#"), .rest), "x", "rule.notFound"),
        Case(.substring(.position(1), .before("#")), "x", "rule.notFound"),
        Case(.replace("a", with: "bb"), "aAa", "bbAbb"), Case(.replace("x", with: ""), "xx", ""),
        Case(.replaceMatches("(\\d+)-(\\d+)", with: "$2/$1$$"), "A 12-34", "A 34/12$"),
        Case(.replaceMatches("B", with: "x"), "abc", "axc"), Case(.replaceMatches("q", with: "x"), "abc", "abc"),
        Case(.extractMatches("no\\.? (\\d)(\\d)"), "No. 17, no 28", "1728"),
        Case(.extractMatches("\\d+"), "a1b22", "122"),
        Case(.extractMatches("\\d"), "abc", "rule.noMatch"), Case(.extractMatches("("), "abc", "rule.badExpression"),
        Case(.alphanumeric, "Å-1 (b)", "Å1b"), Case(.addPrefix("SE-"), "10", "SE-10"),
        Case(.removePrefix("SE-"), "SE-10", "10"), Case(.removePrefix("SE-"), "10", "rule.noPrefix"),
        Case(.addSuffix(" AB"), "Åre", "Åre AB"), Case(.removeSuffix(" AB"), "Åre AB", "Åre"),
        Case(.removeSuffix(" AB"), "Åre", "rule.noSuffix"), Case(.translate(countries), " se", "Sweden"),
        Case(.translate(countries), "DK", "rule.unlisted"), Case(.translateBack(countries), "norway", "NO"),
        Case(.translate(TranslationTable(rows: [], unlisted: .keep)), "DK", "DK"),
    ]

    static let numbersAndDays: [Case] = [
        Case(.readDecimal(.danish), "1.234,50", "1234.5"), Case(.readDecimal(.swedish), "1 234,5", "1234.5"),
        Case(.readDecimal(.english), "1,234.5", "1234.5"), Case(.readDecimal(.english), "1,5", "rule.notANumber"),
        Case(.writeDecimal(.swedish), "-1234.50", "-1234,5"), Case(.writeDecimal(.swedish), "x", "rule.notANumber"),
        Case(.round(to: "0.05", .nearest), "1.025", "1.05"), Case(.round(to: "0.05", .nearest), "-1.024", "-1"),
        Case(.round(to: "0.05", .up), "1.0001", "1.05"), Case(.round(to: "0.05", .down), "1.0999", "1.05"),
        Case(.round(to: "1", .nearest), "0.5", "1"), Case(.round(to: "10", .nearest), "1234.5", "1230"),
        Case(.round(to: "1", .up), "-1.2", "-2"), Case(.round(to: "0.01", .down), "2", "2"),
        Case(.round(to: "3", .nearest), "99999999999999999999999", "99999999999999999999999"),
        Case(.round(to: "1", .nearest), "many", "rule.notANumber"),
        Case(.readDate(DatePattern("yyyyMMdd")), "20240229", "2024-02-29"),
        Case(.readDate(DatePattern("yyyyMMdd")), "20230229", "rule.notADate"),
        Case(.readDate(DatePattern("d.M.yyyy")), "1.12.2024", "2024-12-01"),
        Case(.readDate(DatePattern("d.M.yyyy")), "1.12.2024 x", "rule.notADate"),
        Case(.writeDate(DatePattern("dd/MM yyyy")), "2024-02-01", "01/02 2024"),
        Case(.writeDate(DatePattern("'v' yyyy-MM-dd")), "2024-02-01T23:00:00Z", "v 2024-02-01"),
        Case(.writeDate(DatePattern("dd/MM yyyy")), "soon", "rule.notADay"),
        Case(.readTime(DatePattern("yyyyMMddHHmmss"), stockholm), "20240701143000", "2024-07-01T12:30:00.000Z"),
        Case(.readTime(DatePattern("yyyyMMddHHmmss"), stockholm), "20240131000000", "2024-01-30T23:00:00.000Z"),
        Case(.readTime(DatePattern("yyyy-MM-dd HH:mm"), stockholm), "2024-03-31 02:30", "rule.notATime"),
        Case(.readTime(DatePattern("M/d/yyyy h:mm:ss tt"), .utc), "2/29/2024 12:05:07 AM", "2024-02-29T00:05:07.000Z"),
        Case(.readTime(DatePattern("M/d/yyyy h:mm:ss tt"), .utc), "2/29/2024 1:05:07 pm", "2024-02-29T13:05:07.000Z"),
        Case(.writeTime(DatePattern("yyyy-MM-dd HH:mm"), stockholm), "2024-07-01T22:30:00Z", "2024-07-02 00:30"),
        Case(.datePart(.day), "2024-02-29", "29"), Case(.datePart(.month), "2024-02-29T23:00:00Z", "2"),
        Case(.datePart(.year), "2024-02-29", "2024"), Case(.datePart(.year), "2024", "rule.notADay"),
        Case(.readUnixTime, "1700000000", "2023-11-14T22:13:20.000Z"), Case(.readUnixTime, "1.5", "rule.notASecond"),
        Case(.readUnixTime, "999999999999999", "rule.notASecond"),
        Case(.writeUnixTime, "2023-11-14T22:13:20.900Z", "1700000000"), Case(.writeUnixTime, "x", "rule.notADay"),
    ]

    @Test("A rule gives a result or says why it has none", arguments: texts + numbersAndDays)
    func rule(_ one: Case) {
        do {
            let result = try [one.rule].applied(to: one.input)
            #expect(result.utf8.elementsEqual(one.output.utf8), "\(result)")
        } catch {
            #expect(error.message.code == one.output)
            #expect(error.message.arguments["value"] != nil)
        }
    }

    @Test func `Rules of a chain work one after the other, and stop where nothing is left`() throws {
        let chain: [TransformationRule] = [.trim, .removePrefix("SE-"), .addSuffix("!")]
        #expect(try chain.applied(to: " SE-10 ") == "10!")
        #expect(try [.replace("x", with: ""), .addPrefix("a")].applied(to: "x") == "")
    }

    @Test func `The rules that come with the original are all there and sound`() throws {
        #expect(TransformationRule.presets.count == 13)
        for (name, chain) in TransformationRule.presets {
            #expect(chain.allSatisfy { $0.problem == nil }, "\(name)")
        }
        let deletion = try #require(TransformationRule.presets["DELETE_NOTPROVIDED"])
        #expect(try deletion.applied(to: "NOTPROVIDED") == "")
        let part = try #require(TransformationRule.presets["FOURTH_TO_SIXTH_CHAR"])
        #expect(try part.applied(to: "ABCDEFGH") == "DEF")
    }

    @Test(
        "A rule that cannot work says so before it is used",
        arguments: [
            (TransformationRule.substring(.position(0), .rest), "rule.badPosition"),
            (.substring(.position(1), .length(0)), "rule.badPosition"),
            (.substring(.after(""), .rest), "rule.emptyText"),
            (.replace("", with: "x"), "rule.emptyText"), (.addPrefix(""), "rule.emptyText"),
            (.replaceMatches("[", with: ""), "rule.badExpression"),
            (.readDate(DatePattern("yyyy-MM")), "rule.badPattern"),
            (.readDate(DatePattern("yyyy-MM-dd HH")), "rule.badPattern"),
            (.writeDate(DatePattern("qqqq")), "rule.badPattern"),
            (.readTime(DatePattern("yyyyMMdd hh"), .utc), "rule.badPattern"), (.round(to: "0", .up), "rule.badStep"),
            (.round(to: "-1", .up), "rule.badStep"), (.translate(TranslationTable(rows: [])), "rule.emptyTable"),
        ]
    )
    func problems(_ rule: TransformationRule, _ code: String) {
        #expect(rule.problem?.code == code)
    }
}
