extension FieldConverter {
    /// A source side's value after the rules for it, in the other side's form.
    ///
    /// The rules see text: numbers in plain digits, days and times as they are read. What they leave is converted like
    /// text of the source; what they leave empty is blank.
    func transformed(_ value: Value, by rules: FieldRules, from source: Side) -> Conversion {
        let target = mapping.field(source.other).name
        guard let chain = rules.chain(from: source) else {
            return .problem(Message("rule.noInverse", ["field": target, "value": value.text]))
        }
        var bare = mapping
        bare.rules = nil
        let type = FieldType.text(maximum: 0)
        switch source {
        case .erp: bare.erp.type = type
        case .crm: bare.crm.type = type
        }
        do {
            let text = try chain.applied(to: mapping.field(source).type.plainText(of: value), references)
            let converter = FieldConverter(field: SharedField(bare, id: field.id), references: references)
            return converter.convert(.text(text), from: source)
        } catch {
            var message = error.message
            message.arguments["field"] = target
            return .problem(message)
        }
    }
}
