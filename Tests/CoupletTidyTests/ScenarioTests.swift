import Foundation
import Testing

/// Holds `docs/SCENARIOS.md` against the names of the tests.
@Suite("Scenarios: the document and the tests name the same")
struct ScenarioTests {
    /// The scenarios that tests show, with what their names say.
    private static var shown: [String: String] {
        var result: [String: String] = [:]
        for file in SourceTree.shared.swift where file.isIn("Tests") {
            for match in file.text.matches(of: /@Test\(\s*"(S[0-9]{4}) ([^"]*)"/) {
                result[String(match.1)] = String(match.2)
            }
        }
        return result
    }

    /// The rows of the document, their cells trimmed.
    private static var rows: [[String]] {
        let text = SourceTree.shared.file("docs/SCENARIOS.md")?.text ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("| S") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test("each listed test exists, each test is listed, and nothing is listed twice")
    func sameOnBothSides() {
        let listed = Self.rows.filter { $0.count == 3 }
        #expect(!listed.isEmpty)
        for row in listed { #expect(Self.shown[row[0]] == row[1], "\(row[0])") }
        let ids = Self.rows.map { $0[0] }
        #expect(Set(ids).count == ids.count)
        #expect(Set(Self.shown.keys) == Set(listed.map { $0[0] }))
    }

    @Test("what does not apply says why")
    func reasons() {
        for row in Self.rows where row.count == 2 { #expect(row[1].count > 10, "\(row[0])") }
    }
}
