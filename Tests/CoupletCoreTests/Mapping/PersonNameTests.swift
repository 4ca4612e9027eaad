import CoupletCore
import Testing

@Suite("A person's name")
struct PersonNameTests {
    @Test(arguments: [
        ("Maria Anders", "Maria", "Anders", true), ("Madonna", "", "Madonna", true),
        ("Isabel de Castro", "Isabel", "de Castro", false), ("Ann-Marie O'Neil", "Ann-Marie", "O'Neil", true),
        ("Åsa Öberg", "Åsa", "Öberg", true), ("", "", "", true),
    ])
    func `is told apart after its first word, and comes back as it was`(
        text: String,
        first: String,
        last: String,
        isCertain: Bool
    ) throws {
        guard !text.isEmpty else {
            #expect(PersonName(text) == nil)
            return
        }
        let name = try #require(PersonName(text))
        #expect(name.first == first)
        #expect(name.last == last)
        #expect(name.isCertain == isCertain)
        #expect(Array(name.text.utf8) == Array(text.utf8))
    }

    @Test(arguments: ["Anders, Maria", "Maria  Anders", " Maria Anders", "Maria Anders ", "Maria\tAnders", ","])
    func `that would not come back as it was is refused`(text: String) {
        #expect(PersonName(text) == nil)
    }
}
