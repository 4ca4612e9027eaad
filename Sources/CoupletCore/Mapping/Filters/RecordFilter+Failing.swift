extension RecordFilter {
    /// The clauses because of which a row does not pass: of several that must all hold, those that do not; else the whole.
    /// - Parameters:
    ///   - row: The record.
    ///   - layout: The layout of the row.
    /// - Returns: The clauses; none where the row passes.
    public func clausesFailing(_ row: RowView, layout: RowLayout) -> [RecordFilter] {
        if matches(row, layout: layout) { return [] }
        guard case .all(let parts) = self else { return [self] }
        return parts.flatMap { $0.clausesFailing(row, layout: layout) }
    }
}
