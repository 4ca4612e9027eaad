import CoupletCore
import CoupletTestSupport
import Foundation
import Testing

@Suite("Suggestions against known answers")
struct LabelledSetTests {
    /// Persons and their disturbed copies, where this checkout has them beside it.
    static let persons: [[String]]? = {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "../shared/data/febrl/dataset1.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { String($0.drop { $0 == " " }) }
        }
    }()

    /// The fields of persons as a CRM has them, or as the file does.
    private func personTrial(seed: UInt64, isJoined: Bool) throws -> SuggestionTrial {
        let rows = try #require(Self.persons)
        var generator = SeededGenerator(seed: seed)
        var records = BySide<[(truth: Int, values: [String])]>(erp: [], crm: [])
        for row in rows.dropFirst().shuffled(using: &generator) {
            // Half of each side is left out.
            if generator.oneIn(2) { continue }
            let parts = row[0].split(separator: "-")
            let truth = try #require(Int(parts[1]))
            var values = Array(row.dropFirst())
            if isJoined {
                values = ["\(values[0]) \(values[1])", "\(values[2]) \(values[3])"] + values[4...]
            }
            records[parts[2] == "org" ? .erp : .crm].append((truth, values))
        }
        let fields = rows[0].dropFirst().map(\.self)
        return SuggestionTrial(
            fields: isJoined ? ["name", "street"] + fields[4...] : Array(fields),
            records: records
        )
    }

    @Test(
        "persons, half of each side without a counterpart",
        .enabled(if: persons != nil, "the set of persons is not beside this checkout"),
        arguments: [false, true]
    )
    func halfOfPersons(isJoined: Bool) throws {
        var trial = try personTrial(seed: 1, isJoined: isJoined)
        trial.add(try personTrial(seed: 2, isJoined: isJoined))
        #expect(trial.known > 200)
        #expect(trial.precision(from: 0.9) >= 0.995)
        #expect(trial.recall(from: 0.9) >= 0.99)
    }

    @Test func `companies and households, half of each side without a counterpart`() {
        var trial = CompanySample(seed: 1, count: 800, keeping: 0.5).trial
        trial.add(CompanySample(seed: 2, count: 800, keeping: 0.5).trial)
        #expect(trial.known > 300)
        #expect(trial.precision(from: 0.9) >= 0.995)
        #expect(trial.recall(from: 0.9) >= 0.99)
    }

    @Test func `companies and households that all have a counterpart`() {
        let trial = CompanySample(seed: 5, count: 500).trial
        #expect(trial.precision(from: 0.9) >= 0.995)
        #expect(trial.recall(from: 0.9) >= 0.985)
    }

    @Test func `systems that share nobody get hardly a suggestion, however much looks alike`() {
        let sample = CompanySample(seed: 6, count: 700)
        let trial = SuggestionTrial(
            fields: CompanyRecord.fields,
            records: BySide(
                erp: sample.erp.filter { $0.truth.isMultiple(of: 2) }.map { ($0.truth, $0.values) },
                crm: sample.crm.filter { !$0.truth.isMultiple(of: 2) }.map { ($0.truth, $0.values) }
            )
        )
        #expect(trial.known == 0)
        #expect(trial.suggestions.count { $0.score >= 0.9 } <= 3)
    }

    @Test func `a score is a probability: of suggestions with a score, about that share is right`() {
        var trial = CompanySample(seed: 11, count: 700, keeping: 0.5).trial
        trial.add(CompanySample(seed: 12, count: 700, keeping: 0.5).trial)
        let expected = trial.suggestions.reduce(0) { $0 + $1.score }
        let right = Double(trial.suggestions.count { $0.isRight })
        #expect(abs(expected - right) <= 0.02 * right)
    }
}
