/// Duplicate detection, which callers switch on for a request.
extension DataverseSandbox {
    /// The rules that every environment begins with: records of these tables are duplicates where one of the columns
    /// has the same value.
    private static let rules = [
        "account": ["emailaddress1", "name"], "contact": ["emailaddress1"], "lead": ["emailaddress1"],
    ]

    /// Refuses a record of which a duplicate is there.
    mutating func checkDuplicates(_ draft: DataverseRecordDraft) throws(DataverseError) {
        let table = draft.table
        for attribute in Self.rules[table.name] ?? [] where draft.changes(attribute) {
            guard let position = table.position(attribute), let value = draft.value(attribute) else { continue }
            let wanted = DataverseValue.text(value).lowercased()
            let isSame = DataverseFilter.compare(DataverseOperand(position: position), .eq, .text(wanted))
            store.prepare(isSame, table)
            if isThere(isSame, table, besides: draft.id) { throw .duplicateFound }
        }
    }

    /// Whether another record that is active satisfies a filter.
    private func isThere(_ filter: DataverseFilter, _ table: DataverseTable, besides id: SandboxGUID) -> Bool {
        let scan = DataverseScan(store, table)
        let state = table.position("statecode")
        return (scan.records.places(filter, table) ?? Array(scan.records.ids.indices)).contains { place in
            guard scan.records.present[place], scan.records.ids[place] != id else { return false }
            if let state, scan.records.rows[place].value(state)?.first != UInt8(ascii: "0") { return false }
            return filter.matches(scan, place)
        }
    }
}
