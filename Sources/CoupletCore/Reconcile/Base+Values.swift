extension Base {
    /// A base of values by position; nil at a position means that the field has no base.
    ///
    /// Encodes the CRM's half so that a field equal to the ERP's takes one entry and no bytes.
    public init(layout: RowLayout, values: [BySide<Value>?]) {
        var erp = RowBuilder(fieldCount: layout.fields.count)
        var crm = RowBuilder(fieldCount: layout.fields.count)
        for pair in values {
            erp.append(pair?.erp)
            if let pair, pair.erp == pair.crm {
                crm.append(tag: .same)
            } else {
                crm.append(pair?.crm)
            }
        }
        self.init(layout: layout, erp: EncodedRow(bytes: erp.finish()), crm: EncodedRow(bytes: crm.finish()))
    }

    /// A base without any field.
    public static func empty(layout: RowLayout) -> Base {
        Base(layout: layout, values: Array(repeating: nil, count: layout.fields.count))
    }

    /// The settled values of a field; nil when it has no base.
    public func values(of field: String) -> BySide<Value>? {
        guard let position = layout.position(of: field) else { return nil }
        return values(at: position)
    }

    /// The settled values at a position of the base's own layout; nil when the field has no base.
    public func values(at position: Int) -> BySide<Value>? {
        let count = layout.fields.count
        guard let erpValue = erp.withView(fieldCount: count, { $0.value(at: position) }) else { return nil }
        let crmValue = crm.withView(fieldCount: count) { view in
            view.tag(at: position) == .same ? erpValue : view.value(at: position)
        }
        return crmValue.map { BySide(erp: erpValue, crm: $0) }
    }

    /// The settled values by position of another layout; fields that this base lacks have none.
    public func values(in other: RowLayout) -> [BySide<Value>?] {
        if other == layout { return layout.fields.indices.map { values(at: $0) } }
        return other.fields.map { values(of: $0) }
    }
}
