public import CoupletCore

/// What a finder suggests for records of which it is known which are the same.
public struct SuggestionTrial: Sendable {
    /// A record's best candidate.
    public struct Suggestion: Sendable {
        /// Its score.
        public var score: Double
        /// Whether it is the counterpart.
        public var isRight: Bool
    }

    /// How many records of the ERP have a counterpart.
    public private(set) var known = 0
    /// The best candidate of each record that has one.
    public private(set) var suggestions: [Suggestion] = []

    /// Lets a finder look for counterparts among records of both sides.
    /// - Parameters:
    ///   - fields: The names of the records' fields, on both sides.
    ///   - records: The records of each side: what they are, and their values in the order of the fields.
    public init(fields: [String], records: BySide<[(truth: Int, values: [String])]>) {
        let layout = RowLayout(number: 1, fields: fields)
        var finder = SuggestionFinder(
            fields: fields.map { ComparedField(erp: $0, crm: $0) },
            layouts: BySide(erp: layout, crm: layout)
        )
        for side in Side.allCases {
            for record in records[side] {
                let values: [Value?] = record.values.map { $0.isEmpty ? .null : .text($0) }
                let row = ObservedRow(row: EncodedRow(values), layout: layout, version: "")
                finder.add(
                    side: side,
                    id: RecordID(high: side == .erp ? 1 : 2, low: UInt64(record.truth)),
                    row: row
                )
            }
        }
        known = Set(records.erp.map(\.truth)).intersection(records.crm.map(\.truth)).count
        for found in finder.suggestions(from: 0.05) {
            guard let best = found.candidates.first else { continue }
            suggestions.append(Suggestion(score: best.score, isRight: best.id.low == found.erp.low))
        }
    }

    /// Adds what another trial found.
    public mutating func add(_ other: SuggestionTrial) {
        known += other.known
        suggestions += other.suggestions
    }

    /// The share of suggestions from a score on that are right.
    public func precision(from score: Double) -> Double {
        let accepted = suggestions.filter { $0.score >= score }
        return accepted.isEmpty ? 1 : Double(accepted.count { $0.isRight }) / Double(accepted.count)
    }

    /// The share of the records with a counterpart whose counterpart is suggested with a score.
    public func recall(from score: Double) -> Double {
        Double(suggestions.count { $0.isRight && $0.score >= score }) / Double(max(known, 1))
    }
}

extension CompanySample {
    /// What a finder suggests for the sample.
    public var trial: SuggestionTrial {
        SuggestionTrial(
            fields: CompanyRecord.fields,
            records: BySide(
                erp: erp.map { ($0.truth, $0.values) },
                crm: crm.map { ($0.truth, $0.values) }
            )
        )
    }
}
