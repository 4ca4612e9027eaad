/// Finds which rows of a page differ from their bases, and in which fields, touching bytes only.
///
/// A page of a feed mostly repeats what is known. Only rows reported here need values, references and a decision.
public struct ChangeScan: Sendable {
    /// A row that needs a decision.
    public struct Hit: Sendable, Hashable {
        /// The row's position in the page.
        public var index: Int
        /// The fields that differ from the base, by position in the mapping.
        public var fields: FieldMask
        /// Whether the row, or one of its fields, has no base to compare with.
        public var needsBase: Bool

        /// Creates a hit.
        public init(index: Int, fields: FieldMask, needsBase: Bool) {
            self.index = index
            self.fields = fields
            self.needsBase = needsBase
        }
    }

    private let alignment: FieldAlignment
    private let digest: ValueDigest?
    private let side: Side

    /// Creates a scan of one side's pages.
    public init(program: MappingProgram, side: Side) {
        alignment = program.alignments[side]
        digest = program.digest
        self.side = side
    }

    /// Compares each row with the base at its place; tombstones are passed over.
    /// - Parameters:
    ///   - page: Rows in the layout of the program's side.
    ///   - bases: One place a row, in their order.
    /// - Returns: The rows that differ or cannot be compared, in the page's order.
    public func scan(_ page: RowPage, against bases: BasePage) -> [Hit] {
        precondition(page.count == bases.count, "a base page has one place for each row")
        precondition(page.layout.fields.count == alignment.rowFieldCount, "the page has the layout of the feed")
        var hits: [Hit] = []
        page.withRows { bytes, ends in
            var start = 0
            bases.withHalves { index, halves in
                let row = RowView(
                    bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<ends[index]]),
                    fieldCount: alignment.rowFieldCount
                )
                start = ends[index]
                guard page.kind(at: index) == .present else { return }
                guard let halves else {
                    hits.append(Hit(index: index, fields: FieldMask(), needsBase: true))
                    return
                }
                let found = alignment.changes(
                    of: row,
                    page.ids[index],
                    erp: halves.erp,
                    crm: halves.crm,
                    side: side,
                    digest: digest
                )
                if !found.changed.isEmpty || !found.fresh.isEmpty {
                    hits.append(Hit(index: index, fields: found.changed, needsBase: !found.fresh.isEmpty))
                }
            }
        }
        return hits
    }
}
