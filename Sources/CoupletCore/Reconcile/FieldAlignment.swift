/// Where the fields of a mapping stand in one side's rows and in a base.
struct FieldAlignment: Sendable {
    /// The side's fields.
    let fields: [FieldMapping.Field]
    /// Each field's position in the rows; -1 where they lack it.
    let row: [Int]
    /// Each field's position in the base; -1 where it lacks the field.
    let base: [Int]
    /// How many fields the rows have.
    let rowFieldCount: Int
    /// How many fields the base has.
    let baseFieldCount: Int
    /// Whether the fields come first and in the same order in rows and base, so that they can be compared as a whole.
    let isStraight: Bool

    init(fields: [FieldMapping], side: Side, rows: RowLayout, base: RowLayout) {
        self.fields = fields.map { $0.field(side) }
        row = fields.map { rows.position(of: $0.field(side).name) ?? -1 }
        self.base = fields.map { base.position(of: $0.id) ?? -1 }
        rowFieldCount = rows.fields.count
        baseFieldCount = base.fields.count
        isStraight =
            row.elementsEqual(fields.indices) && self.base.elementsEqual(fields.indices)
            && baseFieldCount == fields.count
    }
}

/// What a comparison of a row with its half of a base found.
struct FieldChanges {
    /// Fields that differ from the base.
    var changed = FieldMask()
    /// Fields that have no base.
    var fresh = FieldMask()
    /// Fields of the row that are absent, so that nothing is known of them.
    var unknown = FieldMask()
}

extension FieldAlignment {
    /// Compares a row with a side's half of a base.
    ///
    /// All bytes at once where that is possible, then field by field, and by type where bytes differ; equal bytes take
    /// no memory.
    func changes(
        of row: RowView,
        _ record: RecordID,
        erp: RowView,
        crm: RowView,
        side: Side,
        digest: ValueDigest?
    ) -> FieldChanges {
        if isStraight, isUnchanged(row, erp: erp, crm: crm, side: side) { return FieldChanges() }
        var result = FieldChanges()
        for index in fields.indices {
            let (rowPosition, basePosition) = (self.row[index], base[index])
            let isUnknown = rowPosition < 0 || row.tag(at: rowPosition) == .absent
            if isUnknown { result.unknown.insert(index) }
            guard basePosition >= 0, erp.tag(at: basePosition) != .absent else {
                result.fresh.insert(index)
                continue
            }
            if isUnknown { continue }
            let half = side == .erp || crm.tag(at: basePosition) == .same ? erp : crm
            let (seen, settled) = (row.field(at: rowPosition), half.field(at: basePosition))
            let isSame =
                seen.tag == .unkept || settled.tag == .unkept
                ? ValuePlace(side: side, record: record, field: fields[index]).isSame(seen, settled, by: digest)
                : fields[index].type.isSame(seen, settled)
            if !isSame { result.changed.insert(index) }
        }
        return result
    }

    /// Whether every field has a base and the same bytes as it, seen from the bytes alone; no says nothing.
    @inline(__always)
    private func isUnchanged(_ row: RowView, erp: RowView, crm: RowView, side: Side) -> Bool {
        let count = baseFieldCount
        guard count > 0 else { return true }
        let first = count &* 4
        var difference: UInt32 = 0
        var lowest = UInt32.max
        if side == .erp {
            for field in 0..<count {
                let entry = erp.entry(at: field)
                difference |= row.entry(at: field) ^ entry
                lowest = min(lowest, entry)
            }
        } else {
            // A CRM half without bytes of its own has the ERP half's bytes, or lies apart from it field by field.
            guard crm.bytes.count == first else { return false }
            var previous: UInt32 = 0
            for field in 0..<count {
                let (own, other) = (crm.entry(at: field), erp.entry(at: field))
                let isSame = own >> 28 == UInt32(FieldTag.same.rawValue)
                let end = other & 0x0FFF_FFFF
                difference |= row.entry(at: field) ^ (isSame ? other : own & 0xF000_0000 | end)
                // A field of its own has no bytes here, so the ERP's must have none either for the bytes to line up.
                difference |= isSame ? 0 : end ^ previous
                previous = end
                lowest = min(lowest, own, other)
            }
        }
        guard difference == 0, lowest >= 0x1000_0000 else { return false }
        let length = erp.bytes.count &- first
        let start = rowFieldCount &* 4
        return UnsafeRawBufferPointer(rebasing: row.bytes[start..<(start &+ length)])
            .hasSameBytes(as: UnsafeRawBufferPointer(rebasing: erp.bytes[first...]))
    }
}
