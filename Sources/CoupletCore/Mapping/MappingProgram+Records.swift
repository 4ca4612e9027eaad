extension MappingProgram {
    /// Whether a record passes its side's filter.
    public func isInScope(_ row: ObservedRow, side: Side) -> Bool {
        let filter = tables[side].filter
        return row.row.withView(fieldCount: row.layout.fields.count) { filter.matches($0, layout: row.layout) }
    }

    /// The clauses of its side's filter because of which a record is outside of it; none where it is inside.
    public func clauses(excluding row: ObservedRow, side: Side) -> [RecordFilter] {
        let filter = tables[side].filter
        return row.row.withView(fieldCount: row.layout.fields.count) { view in
            filter.clausesFailing(view, layout: row.layout)
        }
    }

    /// The record's number or code without surrounding blanks; nil when its table has none or it is blank.
    public func key(of row: ObservedRow, side: Side) -> String? {
        guard let field = mapping.table(side).keyField else { return nil }
        let position = row.layout == layouts[side] ? keyPositions[side] : row.layout.position(of: field)
        let text = value(of: row, at: position ?? -1)?.text.trimmed ?? ""
        return text.isEmpty ? nil : text
    }

    /// The record that a record was absorbed by; nil where it was not.
    public func absorber(of row: ObservedRow, side: Side) -> RecordID? {
        let position = mapping.table(side).absorbedBy.flatMap { row.layout.position(of: $0) }
        let id = position.flatMap { value(of: row, at: $0) }.flatMap { RecordID($0.text) }
        return id == .zero ? nil : id
    }

    /// The record's name; empty when it has none.
    public func name(of row: ObservedRow, side: Side) -> String {
        let position =
            row.layout == layouts[side] ? namePositions[side] : row.layout.position(of: mapping.table(side).nameField)
        return value(of: row, at: position ?? -1)?.text ?? ""
    }

    /// Whether every mapped field of a record equals its half of the base, compared by type; a field without base is
    /// not settled, and one that the row lacks says nothing.
    public func isSettled(_ row: ObservedRow, side: Side, record: RecordID, base: Base) -> Bool {
        let found = changes(of: row, side: side, record: record, base: base)
        return found.changed.isEmpty && found.fresh.isEmpty
    }

    /// Compares a record with its half of a base, whatever layouts both are in.
    func changes(of row: ObservedRow, side: Side, record: RecordID, base: Base) -> FieldChanges {
        let alignment = alignment(side, rows: row.layout, base: base.layout)
        return row.row.withView(fieldCount: alignment.rowFieldCount) { view in
            base.erp.withView(fieldCount: alignment.baseFieldCount) { erp in
                base.crm.withView(fieldCount: alignment.baseFieldCount) { crm in
                    alignment.changes(of: view, record, erp: erp, crm: crm, side: side, digest: digest)
                }
            }
        }
    }

    /// Whether a record of a create's target has nothing in the fields for which its source had nothing to send.
    /// - Parameters:
    ///   - step: The create.
    ///   - row: The record, in the layout of its feed.
    /// - Returns: No where one of them has a value; a field that the row lacks says nothing.
    public func hasBlanks(of step: Step, _ row: EncodedRow) -> Bool {
        let observed = ObservedRow(row: row, layout: layouts[step.target], version: "")
        return (step.blanks ?? []).allSatisfy { field in
            guard let index = index(ofField: field), let now = value(of: observed, field: index, side: step.target)
            else { return true }
            return types[step.target][index].isBlank(now)
        }
    }

    /// The settled values of a mapped field; nil when it has no base.
    func values(of base: Base, field index: Int) -> BySide<Value>? {
        guard base.layout == baseLayout else { return base.values(of: fieldIDs[index]) }
        return base.values(at: alignments.erp.base[index])
    }

    /// Whether the mapping writes a field to a side, as it is now.
    /// - Parameters:
    ///   - id: The mapped field's id.
    ///   - side: The side that would be written.
    /// - Returns: False also for a field that the mapping has no more.
    public func writes(field id: String, to side: Side) -> Bool {
        index(ofField: id).flatMap { directions[$0] }?.writes(to: side) ?? false
    }

    /// The position of a field by its id.
    func index(ofField id: String) -> Int? { fieldIDs.firstIndex { $0.hasSameBytes(as: id) } }

    /// The value of a mapped field in a record; nil when the row lacks it.
    public func value(of row: ObservedRow, field index: Int, side: Side) -> Value? {
        if let constant = constants[side][index] { return constant }
        let position =
            row.layout == layouts[side]
            ? alignments[side].row[index] : row.layout.position(of: fields[index].field(side).name) ?? -1
        return value(of: row, at: position)
    }

    private func value(of row: ObservedRow, at position: Int) -> Value? {
        guard position >= 0 else { return nil }
        return row.row.withView(fieldCount: row.layout.fields.count) { $0.value(at: position) }
    }

    private func alignment(_ side: Side, rows: RowLayout, base: RowLayout) -> FieldAlignment {
        if rows == layouts[side], base == baseLayout { return alignments[side] }
        return FieldAlignment(fields: fields, side: side, rows: rows, base: base)
    }

    /// The converter of a field.
    func converter(_ index: Int, _ references: ReferenceTable) -> FieldConverter {
        FieldConverter(field: shared[index], references: references)
    }
}
