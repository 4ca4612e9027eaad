extension RowView {
    /// Whether the bytes are a whole row: known tags, offsets that grow and end with the bytes.
    ///
    /// Rows from a store are checked once when they are loaded, so that damage is reported and never read past the end.
    /// - Parameter allowsSame: Whether `FieldTag.same` may occur, as in the CRM half of a base.
    /// - Returns: No for damaged bytes.
    public func isWellFormed(allowsSame: Bool = false) -> Bool {
        let content = bytes.count - fieldCount * 4
        guard content >= 0 else { return false }
        var previous = 0
        for position in 0..<fieldCount {
            let entry = entry(at: position)
            guard let tag = FieldTag(rawValue: UInt8(truncatingIfNeeded: entry >> 28)) else { return false }
            let end = Int(entry & 0x0FFF_FFFF)
            guard end >= previous, end <= content else { return false }
            switch tag {
            case .number, .text, .unkept: break
            case .absent, .null, .no, .yes: guard end == previous else { return false }
            case .same: guard allowsSame, end == previous else { return false }
            }
            previous = end
        }
        return previous == content
    }
}

extension EncodedRow {
    /// Whether the bytes are a whole row of that many fields.
    public func isWellFormed(fieldCount: Int) -> Bool {
        withView(fieldCount: fieldCount) { $0.isWellFormed() }
    }
}
