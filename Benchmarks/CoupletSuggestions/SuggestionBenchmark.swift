import CoupletCore
import CoupletTestSupport
import Foundation

/// Measures suggestions: how right they are, how long they take and how much memory they need.
///
///     CoupletSuggestions companies [COUNT] [SHARE] [SEED]      made-up companies and households
///     CoupletSuggestions persons FILE [SHARE] [SEED]           the Febrl set of persons, as CSV
@main
enum SuggestionBenchmark {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let rest = arguments.dropFirst(2).compactMap(Double.init)
        let (share, seed) = (rest.first ?? 1, UInt64(rest.dropFirst().first ?? 1))
        switch (arguments.first, arguments.dropFirst().first) {
        case ("persons", let file?): try measure { try persons(file, share, seed) }
        case ("companies", let count): measure { companies(count.flatMap(Int.init) ?? 1_000, share, seed) }
        default: print("companies [COUNT] [SHARE] [SEED] | persons FILE [SHARE] [SEED]")
        }
    }

    private typealias Records = BySide<[(truth: Int, values: [String])]>

    private static func measure(_ make: () throws -> (fields: [String], records: Records)) rethrows {
        var made: (fields: [String], records: Records)? = try make()
        guard let fields = made?.fields, let counts = made.map({ ($0.records.erp.count, $0.records.crm.count) }) else {
            return
        }
        let known = made.map { Set($0.records.erp.map(\.truth)).intersection($0.records.crm.map(\.truth)).count } ?? 0
        let layout = RowLayout(number: 1, fields: fields)
        var finder = SuggestionFinder(
            fields: fields.map { ComparedField(erp: $0, crm: $0) },
            layouts: BySide(erp: layout, crm: layout)
        )
        for side in Side.allCases {
            for record in made?.records[side] ?? [] {
                let row = EncodedRow(record.values.map { $0.isEmpty ? .null : .text($0) })
                let id = RecordID(high: side == .erp ? 1 : 2, low: UInt64(record.truth))
                finder.add(side: side, id: id, row: ObservedRow(row: row, layout: layout, version: ""))
            }
        }
        made = nil
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = status("VmRSS")
        let start = ContinuousClock().now
        let found = finder.suggestions(from: 0.02)
        let time = ContinuousClock().now - start
        print("records: \(counts.0) and \(counts.1), of which \(known) are in both")
        print("time: \(time), resident before: \(before), at most: \(status("VmHWM"))")
        let best = found.compactMap { record in
            record.candidates.first.map { (score: $0.score, isRight: $0.id.low == record.erp.low) }
        }
        for score in [0.5, 0.8, 0.9, 0.95, 0.99] {
            let accepted = best.filter { $0.score >= score }
            let right = accepted.count { $0.isRight }
            let precision = Double(right) / Double(max(1, accepted.count))
            print(
                "from \(score): \(accepted.count), precision \(precision), recall \(Double(right) / Double(max(1, known)))"
            )
        }
        for (low, high) in [(0.02, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.01)] {
            let bucket = best.filter { $0.score >= low && $0.score < high }
            guard !bucket.isEmpty else { continue }
            let mean = bucket.reduce(0) { $0 + $1.score } / Double(bucket.count)
            let right = Double(bucket.count { $0.isRight }) / Double(bucket.count)
            print("\(low)..<\(high): \(bucket.count), score \(mean) on average, right \(right)")
        }
    }

    private static func status(_ line: String) -> String {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let found = text.split(separator: "\n").first { $0.hasPrefix(line) }
        return found?.split(whereSeparator: \.isWhitespace).dropFirst().joined(separator: " ") ?? "?"
    }

    private static func companies(_ count: Int, _ share: Double, _ seed: UInt64) -> (fields: [String], records: Records)
    {
        let sample = CompanySample(seed: seed, count: count, keeping: share)
        return (
            CompanyRecord.fields,
            BySide(erp: sample.erp.map { ($0.truth, $0.values) }, crm: sample.crm.map { ($0.truth, $0.values) })
        )
    }

    private static func persons(
        _ file: String,
        _ share: Double,
        _ seed: UInt64
    ) throws -> (
        fields: [String], records: Records
    ) {
        let rows = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { String($0.drop { $0 == " " }) }
        }
        var generator = SeededGenerator(seed: seed)
        var records: Records = BySide(erp: [], crm: [])
        for row in rows.dropFirst() where Double.random(in: 0..<1, using: &generator) < share {
            let parts = row[0].split(separator: "-")
            records[parts[2] == "org" ? .erp : .crm].append((Int(parts[1]) ?? 0, Array(row.dropFirst())))
        }
        return (Array(rows[0].dropFirst()), records)
    }
}
