import Foundation
import Testing

/// Holds `docs/SCENARIOS.md` against the tests.
///
/// A test shows the scenarios whose numbers stand in its name, in its arguments or in its body.
@Suite("Scenarios: the document and the tests name the same")
struct ScenarioTests {
    /// The scenarios that tests show, with the tests' names.
    private static let shown: [String: Set<String>] = {
        var result: [String: Set<String>] = [:]
        for file in SourceTree.shared.swift where file.isIn("Tests") && !file.isIn("Tests/CoupletTidyTests") {
            // What stands between one test's beginning and the next one's.
            for part in file.text.components(separatedBy: "@Test").dropFirst() {
                guard let name = name(of: part) else { continue }
                for match in part.matches(of: /\bS[0-9]{4}\b/) { result[String(match.0), default: []].insert(name) }
            }
        }
        return result
    }()

    /// A test's name without a scenario's number before it.
    private static func name(of part: String) -> String? {
        let match = part.firstMatch(of: /^\(\s*"(?:S[0-9]{4} )?([^"]*)"/)
        let function = part.firstMatch(of: /func `([^`]*)`/)
        return match.map { String($0.1) } ?? function.map { String($0.1) }
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
        for row in listed {
            let names = Self.shown[row[0]] ?? []
            #expect(names.contains(row[1]), "\(row[0]) \(row[1]): \(names.sorted())")
        }
        let ids = Self.rows.map { $0[0] }
        #expect(Set(ids).count == ids.count)
        #expect(Set(Self.shown.keys) == Set(listed.map { $0[0] }))
    }

    @Test("what does not apply says why")
    func reasons() {
        for row in Self.rows where row.count == 2 { #expect(row[1].count > 10, "\(row[0])") }
    }
}
