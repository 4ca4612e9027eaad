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
        guard let halves = Base.halves(of: bytes, layout: layout) else { return nil }
        self.init(layout: layout, erp: halves.erp.copy(), crm: halves.crm.copy())
    }

    /// The two halves of a blob where it lies; nil when it is damaged or was written in another layout.
    ///
    /// Both halves are whole rows of the layout, and each field has a base on both sides or on none.
    static func halves(of blob: UnsafeRawBufferPointer, layout: RowLayout) -> (erp: RowView, crm: RowView)? {
        guard layoutNumber(of: blob) == layout.number else { return nil }
        let middle = headerSize + Int(UInt32(littleEndian: blob.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        guard middle <= blob.count else { return nil }
        let count = layout.fields.count
        let erp = RowView(bytes: UnsafeRawBufferPointer(rebasing: blob[headerSize..<middle]), fieldCount: count)
        let crm = RowView(bytes: UnsafeRawBufferPointer(rebasing: blob[middle...]), fieldCount: count)
        guard erp.isWellFormed(), crm.isWellFormed(allowsSame: true) else { return nil }
        for field in 0..<count where (erp.tag(at: field) == .absent) != (crm.tag(at: field) == .absent) { return nil }
        return (erp, crm)
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
}
