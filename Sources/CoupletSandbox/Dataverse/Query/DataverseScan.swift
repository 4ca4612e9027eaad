/// Reads values of a table's records, and of the records that they refer to, while a query goes through them.
///
/// A class, so that going through many records copies nothing.
final class DataverseScan {
    private let store: DataverseStore
    private let table: DataverseTable
    /// The table's records.
    let records: DataverseRows

    /// Creates a scan of a table.
    init(_ store: DataverseStore, _ table: DataverseTable) {
        self.store = store
        self.table = table
        records = store[table.name]
    }

    /// The value of an operand for the record at a place.
    func value(of operand: DataverseOperand, _ place: Int) -> DataverseValue {
        let own = Self.value(at: operand.position, table, records, place)
        guard let related = operand.related else { return own }
        guard case .guid(let id) = own, let target = store.schema.table(related.table),
            let other = store[related.table].place(of: id)
        else { return .null }
        return Self.value(at: related.position, target, store[related.table], other)
    }

    private static func value(
        at position: Int,
        _ table: DataverseTable,
        _ records: DataverseRows,
        _ place: Int
    ) -> DataverseValue {
        if position == 0 { return .guid(records.ids[place]) }
        if position == table.versionPosition { return .number(Double(records.versions[place])) }
        return records.rows[place].withValue(position) { DataverseValue(json: $0, type: table.columns[position].type) }
    }
}
