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
        withBytes(of: blob) { layoutNumber(of: $0) }
    }

    /// Reads a blob of a layout; nil when it is damaged or was written in another one.
    public init?(blob: some Collection<UInt8>, layout: RowLayout) {
        guard let base = Base.withBytes(of: blob, { Base(bytes: $0, layout: layout) }) else { return nil }
        self = base
    }

    private init?(bytes: UnsafeRawBufferPointer, layout: RowLayout) {
        guard Base.layoutNumber(of: bytes) == layout.number else { return nil }
        let erpLength = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        let rows = bytes.dropFirst(Base.headerSize)
        guard erpLength <= rows.count else { return nil }
        self.init(
            layout: layout,
            erp: EncodedRow(bytes: Array(rows.prefix(erpLength))),
            crm: EncodedRow(bytes: Array(rows.dropFirst(erpLength)))
        )
        guard isWellFormed else { return nil }
    }

    private static func layoutNumber(of bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= headerSize else { return nil }
        return Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
    }

    /// Reads any collection as memory, because generic reading byte by byte is what a batch would spend its time on.
    private static func withBytes<Result>(
        of blob: some Collection<UInt8>,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        blob.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
            ?? Array(blob).withUnsafeBytes { body($0) }
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
