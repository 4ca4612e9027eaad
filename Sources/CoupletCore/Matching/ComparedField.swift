/// Two fields whose values are compared for likeness.
public struct ComparedField: Sendable, Hashable {
    /// The ERP's field.
    public var erp: String
    /// The CRM's field.
    public var crm: String
    /// Whether the remotes say that the field holds a day; otherwise the values tell what they are.
    public var isDate: Bool

    /// Creates a pair of fields.
    public init(erp: String, crm: String, isDate: Bool = false) {
        self.erp = erp
        self.crm = crm
        self.isDate = isDate
    }

    /// The name of one side's field.
    public func name(_ side: Side) -> String { side == .erp ? erp : crm }

    /// What a mapping lets compare: its plain fields, its natural keys and what its match rules compare.
    ///
    /// References are left out, for each side names the same record in its own way; and so is what is not kept.
    public static func all(of mapping: TableMapping) -> [ComparedField] {
        var result: [ComparedField] = []
        func add(_ field: ComparedField) {
            if !result.contains(where: { $0.erp == field.erp && $0.crm == field.crm }) { result.append(field) }
        }
        for field in mapping.enabledFields
        where field.reference == nil && field.constant == nil && field.isUnkept != true {
            guard isText(field.erp.type), isText(field.crm.type) else { continue }
            add(ComparedField(erp: field.erp.name, crm: field.crm.name, isDate: isDate(field.erp.type)))
        }
        for rule in mapping.matchRules {
            for pair in rule.pairs { add(ComparedField(erp: pair.erp, crm: pair.crm)) }
        }
        if !result.contains(where: { $0.erp == mapping.erp.nameField }) {
            add(ComparedField(erp: mapping.erp.nameField, crm: mapping.crm.nameField))
        }
        return result
    }

    private static func isText(_ type: FieldType) -> Bool {
        switch type {
        case .text, .code, .date, .dateTime, .personName, .integer: true
        case .decimal, .boolean, .guid, .option, .reference: false
        }
    }

    private static func isDate(_ type: FieldType) -> Bool {
        switch type {
        case .date, .dateTime: true
        case .text, .code, .personName, .integer, .decimal, .boolean, .guid, .option, .reference: false
        }
    }
}
