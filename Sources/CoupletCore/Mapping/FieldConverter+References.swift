extension FieldConverter {
    /// The type that the CRM's field is written as for a reference of the ERP, where its record is coupled by a mapping
    /// of another table than the field's own type says; nil elsewhere.
    func targetType(of value: Value, from source: Side) -> FieldType? {
        source == .erp ? crmType(naming: value, of: .erp) : nil
    }

    /// The type that the CRM's field is written as for a reference that either side holds; nil where it is the field's own.
    func crmType(naming value: Value, of side: Side) -> FieldType? {
        guard let reference = mapping.reference, let targets = reference.path?.targets else { return nil }
        let question = FieldConverter.question(of: value, in: mapping, by: reference, from: side)
        guard let coupler = references.coupler(question),
            let target = targets.first(where: { $0.mapping.utf8.elementsEqual(coupler.utf8) })
        else { return nil }
        return .reference(table: target.table, property: target.property)
    }
}

extension FieldMapping.Field {
    /// The field with another type; the field itself without one.
    func `as`(_ type: FieldType?) -> FieldMapping.Field { type.map { FieldMapping.Field(name, $0) } ?? self }
}
