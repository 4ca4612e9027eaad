/// A base in one piece: layout number and length of the ERP's row (32 bits each, little-endian), the ERP's row, the
/// CRM's row.
extension Base {
    static let headerSize = 8

    /// The base as a store keeps it.
    public var blob: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Base.headerSize + erp.bytes.count + crm.bytes.count)
        for number in [UInt32(truncatingIfNeeded: layout.number), UInt32(truncatingIfNeeded: erp.bytes.count)] {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        bytes.append(contentsOf: erp.bytes)
        bytes.append(contentsOf: crm.bytes)
        return bytes
    }

    /// The number of the layout that a blob was written in; nil when it is too short to be one.
    public static func layoutNumber(ofBlob blob: some Collection<UInt8>) -> Int? {
        guard blob.count >= headerSize else { return nil }
        return Int(UInt32(littleEndianBytes: blob.prefix(4)))
    }

    /// Reads a blob of a layout; nil when it is damaged or was written in another one.
    public init?(blob: some Collection<UInt8>, layout: RowLayout) {
        guard Base.layoutNumber(ofBlob: blob) == layout.number else { return nil }
        let erpLength = Int(UInt32(littleEndianBytes: blob.dropFirst(4).prefix(4)))
        let rows = blob.dropFirst(Base.headerSize)
        guard erpLength <= rows.count else { return nil }
        self.init(
            layout: layout,
            erp: EncodedRow(bytes: Array(rows.prefix(erpLength))),
            crm: EncodedRow(bytes: Array(rows.dropFirst(erpLength)))
        )
        guard isWellFormed else { return nil }
    }

    /// Whether both halves are whole rows of the layout, and each field has a base on both sides or on none.
    private var isWellFormed: Bool {
        let count = layout.fields.count
        return erp.withView(fieldCount: count) { erp in
            crm.withView(fieldCount: count) { crm in
                erp.isWellFormed() && crm.isWellFormed(allowsSame: true)
                    && (0..<count).allSatisfy { (erp.tag(at: $0) == .absent) == (crm.tag(at: $0) == .absent) }
            }
        }
    }
}

extension UInt32 {
    /// Reads the first four bytes.
    init(littleEndianBytes bytes: some Sequence<UInt8>) {
        self = bytes.prefix(4).enumerated().reduce(0) { $0 | UInt32($1.element) << UInt32(8 * $1.offset) }
    }
}
