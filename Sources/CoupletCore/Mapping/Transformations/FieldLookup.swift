/// A table in which a text is found in one field, and another field of that row takes its place.
public struct FieldLookup: Codable, Sendable, Hashable {
    /// What becomes of a text that no row has.
    public enum Missing: String, Codable, Sendable, Hashable, CaseIterable {
        /// It is reported.
        case refuse
        /// Nothing is left of it.
        case blank
        /// It stays as it is.
        case keep
    }

    /// What was found.
    public enum Answer: Sendable, Hashable {
        /// What the row says; blank where its field is.
        case found(String)
        /// Several rows have the text and say different things.
        case ambiguous
    }

    /// The side whose system has the table.
    public var side: Side
    /// The entity set.
    public var table: String
    /// The field with a row's id.
    public var idField: String
    /// The field that is compared, without regard to case and surrounding blanks.
    public var keyField: String
    /// The field that is taken.
    public var valueField: String
    /// What becomes of other texts.
    public var missing: Missing

    /// Creates a lookup.
    public init(
        side: Side,
        table: String,
        idField: String,
        keyField: String,
        valueField: String,
        missing: Missing = .refuse
    ) {
        self.side = side
        self.table = table
        self.idField = idField
        self.keyField = keyField
        self.valueField = valueField
        self.missing = missing
    }

    /// What is asked for a text.
    func question(_ text: String) -> ReferenceTable.RowQuestion {
        let trimmed = text.trimmed
        return ReferenceTable.RowQuestion(lookup: self, text: RecordID(trimmed)?.description ?? trimmed)
    }

    /// What takes a text's place.
    /// - Throws: `rule.notInTable` or `rule.severalInTable`, where nothing does.
    func applied(to text: String, _ references: ReferenceTable) throws(TransformationFailure) -> String {
        let names = ["table": table, "key": keyField]
        switch (references.answer(question(text)), missing) {
        case (.found(let value), .keep): return value.trimmed.isEmpty ? text : value
        case (.found(let value), _): return value
        case (.ambiguous, _): throw TransformationFailure("rule.severalInTable", text, names)
        case (nil, .blank): return ""
        case (nil, .keep): return text
        case (nil, .refuse): throw TransformationFailure("rule.notInTable", text, names)
        }
    }
}

extension [TransformationRule] {
    /// The chain's lookup; nil where it has none.
    public var lookup: FieldLookup? { lazy.compactMap(\.lookup).first }

    /// What the chain's lookup is asked for a value; nil without a lookup, or where nothing reaches it.
    func rowQuestion(of text: String) -> ReferenceTable.RowQuestion? {
        guard let index = firstIndex(where: { $0.lookup != nil }), let lookup = self[index].lookup,
            let reached = try? Array(self[..<index]).applied(to: text, ReferenceTable()), !reached.trimmed.isEmpty
        else { return nil }
        return lookup.question(reached)
    }
}

extension TransformationRule {
    /// The table that the rule looks texts up in; nil for other rules.
    public var lookup: FieldLookup? {
        if case .lookup(let lookup) = self { return lookup }
        return nil
    }
}
