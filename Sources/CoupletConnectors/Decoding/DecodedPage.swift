import CSimdjson
public import CoupletCore

/// The rows of one answer and the links to what comes next.
public struct DecodedPage: Sendable {
    /// The rows; tombstones among them.
    public var rows: RowPage
    /// Where the next page is; nil on the last one.
    public var nextLink: String?
    /// Where the next incremental read begins, if the remote tracks changes.
    public var deltaLink: String?

    init(_ page: csj_page, layout: RowLayout) {
        let count = Int(page.row_count)
        let identifiers = page.ids
        let ids = [RecordID](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let identifiers, let target = buffer.baseAddress {
                for row in 0..<count {
                    let id = RecordID(high: identifiers[2 * row], low: identifiers[2 * row + 1])
                    (target + row).initialize(to: id)
                }
            }
            initialized = count
        }
        var kinds = [RowKind](repeating: .present, count: count)
        for (row, kind) in UnsafeBufferPointer(start: page.kinds, count: count).enumerated() where kind != 0 {
            kinds[row] = .tombstone
        }
        rows = RowPage(
            layout: layout,
            ids: ids,
            kinds: kinds,
            rows: [UInt8](UnsafeBufferPointer(start: page.rows, count: Int(page.rows_length))),
            rowEnds: UnsafeBufferPointer(start: page.row_ends, count: count).map { Int($0) },
            versions: [UInt8](UnsafeBufferPointer(start: page.versions, count: Int(page.versions_length))),
            versionEnds: UnsafeBufferPointer(start: page.version_ends, count: count).map { Int($0) }
        )
        nextLink = page.next_link.text(in: page.arena)
        deltaLink = page.delta_link.text(in: page.arena)
    }
}

extension csj_range {
    func bytes(in arena: UnsafePointer<UInt8>?) -> UnsafeBufferPointer<UInt8>? {
        guard length >= 0 else { return nil }
        guard let arena else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: arena + Int(offset), count: Int(length))
    }

    func text(in arena: UnsafePointer<UInt8>?) -> String? {
        bytes(in: arena).map { String(decoding: $0, as: UTF8.self) }
    }
}
