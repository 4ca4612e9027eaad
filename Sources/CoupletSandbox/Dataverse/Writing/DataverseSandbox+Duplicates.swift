/// Duplicate detection, which callers switch on for a request.
extension DataverseSandbox {
    /// The rules that every environment begins with: records of these tables are duplicates where one of the columns
    /// has the same value.
    private static let rules = [
        "account": ["emailaddress1", "name"], "contact": ["emailaddress1"], "lead": ["emailaddress1"],
    ]

    /// Refuses a record of which a duplicate is there.
    func checkDuplicates(_ draft: DataverseRecordDraft) throws(DataverseError) {
        let table = draft.table
        for attribute in Self.rules[table.name] ?? [] where draft.changes(attribute) {
            guard let position = table.position(attribute), let value = draft.value(attribute) else { continue }
            let wanted = DataverseValue.text(value).lowercased()
            let records = store[table.name]
            let state = table.position("statecode")
            for place in records.ids.indices where records.present[place] && records.ids[place] != draft.id {
                guard let other = records.rows[place].value(position) else { continue }
                // Inactive records are not looked at.
                if let state, records.rows[place].value(state)?.first != UInt8(ascii: "0") { continue }
                if DataverseValue.text(other).lowercased().utf8.elementsEqual(wanted.utf8) { throw .duplicateFound }
            }
        }
    }
}
