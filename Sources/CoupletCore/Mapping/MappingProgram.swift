/// A mapping compiled for the layouts of its feeds: every name is looked up once, here.
public struct MappingProgram: Sendable {
    /// The mapping.
    public let mapping: TableMapping
    /// The fields that take part, in order.
    public let fields: [FieldMapping]
    /// The mapping's tables with the filters that they have now.
    let tables: BySide<TableMapping.Table>
    /// The layouts of the two feeds.
    public let layouts: BySide<RowLayout>
    /// The layout of the mapping's bases: the fields' ids in order.
    public let baseLayout: RowLayout

    /// The fields, for their converters.
    let shared: [SharedField]
    /// The values of fields that a side does not have and a constant stands for; nil for all others.
    let constants: BySide<[Value?]>
    /// The fields' ids, spelled once.
    let fieldIDs: [String]
    /// The company's stamp among the fields; nil where the mapping has none.
    let stamp: Int?
    /// The fields whose values ask something of other records: references, and rules with a lookup.
    let asking: [Int]
    /// Whose value stands where both sides of a field were changed; nil where a person is asked.
    let winners: [Side?]
    /// The fields whose values are not kept, by id.
    public let unkept: Set<String>
    /// Makes the digests by which such values are known; nil where there are none.
    let digest: ValueDigest?
    /// Where each field's values may flow; nil for a field whose direction lies outside the mapping's.
    let directions: [Direction?]
    let alignments: BySide<FieldAlignment>
    let types: BySide<[FieldType]>
    let keyPositions: BySide<Int?>
    let namePositions: BySide<Int>

    /// Compiles a mapping.
    /// - Parameters:
    ///   - mapping: The mapping.
    ///   - layouts: What the feeds read, at least `feedFields(of:side:)` of this mapping.
    ///   - baseLayout: The layout of its bases, at least `baseFields(of:)`.
    ///   - now: What days counted from today are counted from; without it a filter with such days passes no record.
    ///   - digest: Makes the digests of values that are not kept, or were not when a base was stored; nil where there are
    ///     none.
    /// - Throws: `mapping.fieldNotRead` when a layout lacks a field, `mapping.tooManyFields` beyond 256 enabled fields;
    ///   both with the status `wrongConfiguration`.
    public init(
        mapping: TableMapping,
        layouts: BySide<RowLayout>,
        baseLayout: RowLayout,
        now: Instant? = nil,
        digest: ValueDigest? = nil
    ) throws(CoupletError) {
        self.mapping = mapping
        func table(_ side: Side) -> TableMapping.Table {
            var table = mapping.table(side)
            table.filter = mapping.scope(side)
            return now.map { table.resolved(at: $0) } ?? table
        }
        tables = BySide(erp: table(.erp), crm: table(.crm))
        self.layouts = layouts
        self.baseLayout = baseLayout
        let fields = mapping.enabledFields
        self.fields = fields
        guard fields.count <= FieldMask.capacity else {
            throw CoupletError(
                "mapping.tooManyFields",
                ["mapping": mapping.name, "count": String(fields.count), "maximum": String(FieldMask.capacity)],
                status: .wrongConfiguration
            )
        }
        for side in Side.allCases {
            let needed = MappingProgram.feedFields(of: [mapping], side: side)
            try MappingProgram.require(needed, in: layouts[side], of: mapping)
        }
        try MappingProgram.require(MappingProgram.baseFields(of: mapping), in: baseLayout, of: mapping)
        shared = fields.map { SharedField($0) }
        func constants(_ side: Side) -> [Value?] { fields.map { $0.field(side).name.isEmpty ? $0.constant : nil } }
        self.constants = BySide(erp: constants(.erp), crm: constants(.crm))
        fieldIDs = shared.map(\.id)
        stamp = mapping.stampField == nil ? nil : fields.count - 1
        asking = fields.indices.filter { fields[$0].reference != nil || fields[$0].rules?.hasLookup == true }
        let rule = mapping.conflictRules.update
        winners = fields.map { ($0.updateConflicts ?? rule).winner }
        directions = fields.map(mapping.direction)
        unkept = Set(fields.filter { $0.isUnkept == true }.map(\.id))
        self.digest = digest
        func aligned(_ side: Side) -> FieldAlignment {
            FieldAlignment(fields: fields, side: side, rows: layouts[side], base: baseLayout)
        }
        alignments = BySide(erp: aligned(.erp), crm: aligned(.crm))
        types = BySide(erp: fields.map(\.erp.type), crm: fields.map(\.crm.type))
        func position(_ side: Side, _ field: String?) -> Int? { field.flatMap(layouts[side].position) }
        keyPositions = BySide(erp: position(.erp, mapping.erp.keyField), crm: position(.crm, mapping.crm.keyField))
        namePositions = BySide(
            erp: position(.erp, mapping.erp.nameField) ?? -1,
            crm: position(.crm, mapping.crm.nameField) ?? -1
        )
    }

    private static func require(
        _ needed: [String],
        in layout: RowLayout,
        of mapping: TableMapping
    ) throws(CoupletError) {
        for field in needed where layout.position(of: field) == nil {
            throw CoupletError(
                "mapping.fieldNotRead",
                ["mapping": mapping.name, "field": field],
                status: .wrongConfiguration
            )
        }
    }

    /// The fields that a feed reads for the mappings of one table, without the id field.
    ///
    /// The first mapping's pair fields come first and in pair order, so that its bases compare with rows as a whole;
    /// then key, name, time of change, filter and match rule fields; then what each further mapping adds.
    public static func feedFields(of mappings: [TableMapping], side: Side) -> [String] {
        var result: [String] = []
        for mapping in mappings {
            let table = mapping.table(side)
            var wanted = mapping.enabledFields.map { $0.field(side).name }.filter { !$0.isEmpty }
            wanted += [table.keyField, table.nameField, table.modifiedField, table.absorbedBy].compactMap(\.self)
            wanted += mapping.scope(side).fields
            wanted += (mapping.table(side.other).templates ?? []).flatMap(\.filter.fields)
            for rule in mapping.matchRules { wanted += rule.pairs.map { side == .erp ? $0.erp : $0.crm } }
            for field in wanted where field != table.idField && !result.contains(field) { result.append(field) }
        }
        return result
    }

    /// The fields of a mapping's bases: the ids of its enabled fields in order.
    public static func baseFields(of mapping: TableMapping) -> [String] { mapping.enabledFields.map(\.id) }
}
