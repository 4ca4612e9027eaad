import CoupletCore

/// Mappings, rows and inputs in few words.
enum Sample {
    static let text = FieldType.text(maximum: 20)

    static func field(
        _ name: String,
        _ erp: FieldType = text,
        _ crm: FieldType = text,
        direction: Direction = .bidirectional,
        reference: FieldMapping.Reference? = nil,
        keepTargetWhenBlank: Bool = false,
        allowTruncation: Bool = false
    ) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field("e_" + name, erp),
            crm: FieldMapping.Field("c_" + name, crm),
            direction: direction,
            reference: reference,
            keepTargetWhenBlank: keepTargetWhenBlank,
            allowTruncation: allowTruncation
        )
    }

    static func mapping(
        _ name: String = "THING",
        _ fields: [FieldMapping],
        direction: Direction = .bidirectional,
        matchRules: [MatchRule] = [],
        configure: (inout TableMapping) -> Void = { _ in }
    ) -> TableMapping {
        var mapping = TableMapping(
            name: name,
            erp: TableMapping.Table(
                connection: "erp",
                table: "things",
                idField: "e_id",
                keyField: "e_key",
                nameField: "e_label"
            ),
            crm: TableMapping.Table(
                connection: "crm",
                table: "objects",
                idField: "c_id",
                keyField: "c_key",
                nameField: "c_label"
            ),
            direction: direction,
            fields: fields,
            matchRules: matchRules
        )
        configure(&mapping)
        return mapping
    }

    static func program(_ mapping: TableMapping) throws -> MappingProgram {
        try MappingProgram(
            mapping: mapping,
            layouts: BySide(
                erp: RowLayout(number: 1, fields: MappingProgram.feedFields(of: [mapping], side: .erp)),
                crm: RowLayout(number: 2, fields: MappingProgram.feedFields(of: [mapping], side: .crm))
            ),
            baseLayout: RowLayout(number: 3, fields: MappingProgram.baseFields(of: mapping))
        )
    }

    static func program(_ fields: [FieldMapping], direction: Direction = .bidirectional) throws -> MappingProgram {
        try program(mapping("THING", fields, direction: direction))
    }

    /// An id made of a small number.
    static func id(_ number: Int, _ side: Side = .erp) -> RecordID {
        RecordID(high: side == .erp ? 0xE : 0xC, low: UInt64(number))
    }

    /// A row with values by field name; fields not given are null.
    static func row(_ values: [String: Value?], _ layout: RowLayout, version: String = "1") -> ObservedRow {
        ObservedRow(
            row: EncodedRow(layout.fields.map { values[$0] ?? Value.null }),
            layout: layout,
            version: version
        )
    }

    /// A row with texts by field name; fields not given are null.
    static func row(texts: [String: String], _ layout: RowLayout) -> ObservedRow {
        row(texts.mapValues { Value.text($0) }, layout)
    }
}

/// One field coupled under test: what it was, what it is, and what is decided about it.
struct OneField {
    var field: FieldMapping
    var direction = Direction.bidirectional
    var job = Direction.bidirectional
    var isFull = false
    var choice: Side?
    var resolution: Resolution?
    var references = ReferenceTable()

    /// The decision for values of a side; nil means not observed, and a nil base that there is none.
    func decide(base: BySide<Value>?, erp: Value?, crm: Value?) throws -> PairDecision {
        let program = try Sample.program([field], direction: direction)
        let reconciler = Reconciler(program: program, direction: job, isFull: isFull)
        return reconciler.decide(input(program, base: base, erp: erp, crm: crm), references: references)
    }

    func input(_ program: MappingProgram, base: BySide<Value>?, erp: Value?, crm: Value?) -> PairInput {
        PairInput(
            coupling: 7,
            ids: BySide(erp: Sample.id(1), crm: Sample.id(1, .crm)),
            base: base.map { Base(layout: program.baseLayout, values: [$0]) },
            observed: BySide(
                erp: erp.map { Sample.row([field.erp.name: $0], program.layouts.erp) },
                crm: crm.map { Sample.row([field.crm.name: $0], program.layouts.crm) }
            ),
            versions: BySide(erp: "e1", crm: "c1"),
            choice: choice,
            resolutions: resolution.map { [field.id: $0] } ?? [:]
        )
    }
}

extension Value: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .text(value) }
}

extension BySide {
    static func both(_ value: Element) -> BySide { BySide(erp: value, crm: value) }
}
