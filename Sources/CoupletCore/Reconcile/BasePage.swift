/// Bases of many couplings in one buffer, aligned with the rows of a page.
public struct BasePage: Sendable {
    /// The layout of the bases.
    public let layout: RowLayout
    private var buffer: [UInt8] = []
    private var ends: [Int] = []

    /// Creates an empty page of bases.
    public init(layout: RowLayout) { self.layout = layout }

    /// How many places the page has.
    public var count: Int { ends.count }

    /// Reserves memory for a page whose size is known or guessed.
    public mutating func reserve(bases: Int, bytes: Int) {
        ends.reserveCapacity(bases)
        buffer.reserveCapacity(bytes)
    }

    /// Appends a base as a store keeps it, or an empty place for a record without base.
    ///
    /// A damaged blob, and one of another layout, becomes an empty place: the record is compared anew, never written
    /// from a guess.
    public mutating func append(blob: some Collection<UInt8>) {
        let start = buffer.count
        buffer.append(contentsOf: blob)
        let isSound = buffer.withUnsafeBytes { bytes in
            Base.halves(of: UnsafeRawBufferPointer(rebasing: bytes[start...]), layout: layout) != nil
        }
        if !isSound { buffer.removeSubrange(start...) }
        ends.append(buffer.count)
    }

    /// Appends a base; nil leaves the place empty.
    public mutating func append(_ base: Base?) {
        append(blob: base?.blob ?? [])
    }

    /// Calls a function with the two halves of each base in turn; nil for an empty place.
    @inline(__always)
    func withHalves(_ body: (Int, (erp: RowView, crm: RowView)?) -> Void) {
        buffer.withUnsafeBytes { bytes in
            var start = 0
            for index in ends.indices {
                let end = ends[index]
                body(index, halves(UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
                start = end
            }
        }
    }

    @inline(__always)
    private func halves(_ blob: UnsafeRawBufferPointer) -> (erp: RowView, crm: RowView)? {
        // What is in the buffer was found sound when it was appended.
        guard !blob.isEmpty else { return nil }
        let length = Int(UInt32(littleEndian: blob.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        let middle = Base.headerSize &+ length
        let count = layout.fields.count
        return (
            RowView(bytes: UnsafeRawBufferPointer(rebasing: blob[Base.headerSize..<middle]), fieldCount: count),
            RowView(bytes: UnsafeRawBufferPointer(rebasing: blob[middle...]), fieldCount: count)
        )
    }
}
