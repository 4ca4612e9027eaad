import CoupletCore

/// The order in which records are proposed for a name that a person has begun to type.
enum NameOrder {
    /// Exactly this name or number first, then what begins with it, then what has it within, each by name.
    static func sorted(_ records: [RecordView], _ wanted: String) -> [RecordView] {
        let wanted = wanted.lowercased()
        func rank(_ record: RecordView) -> Int {
            let texts = [record.name.lowercased(), (record.key ?? "").lowercased()]
            if texts.contains(wanted) { return 0 }
            return texts.contains { $0.hasPrefix(wanted) } ? 1 : 2
        }
        return records.map { (rank: rank($0), record: $0) }
            .sorted { ($0.rank, $0.record.name, $0.record.id) < ($1.rank, $1.record.name, $1.record.id) }
            .map(\.record)
    }
}
