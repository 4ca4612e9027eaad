/// A mapping that two tables' descriptions suggest, for a person to correct.
public struct MappingProposal: Codable, Sendable {
    /// A field that was left out.
    public struct Unmapped: Codable, Sendable, Hashable {
        /// Its side.
        public var side: Side
        /// Its name.
        public var field: String
        /// Why.
        public var reason: Message

        /// Creates an entry.
        public init(side: Side, field: String, reason: Message) {
            self.side = side
            self.field = field
            self.reason = reason
        }
    }

    /// The mapping.
    public var mapping: TableMapping
    /// Why each field mapping was proposed, by its id.
    public var reasons: [String: Message]
    /// The fields that were left out.
    public var unmapped: [Unmapped]

    /// Proposes a mapping.
    /// - Parameters:
    ///   - name: The mapping's name.
    ///   - connections: The connections' names.
    ///   - tables: What the remote systems say of their tables.
    public init(name: String, connections: BySide<String>, tables: BySide<TableDescription>) {
        let proposer = Proposer(tables)
        reasons = Dictionary(proposer.pairs.map { ($0.mapping.id, $0.reason) }) { first, _ in first }
        unmapped = proposer.unmapped
        func table(_ side: Side) -> TableMapping.Table {
            let description = tables[side]
            return TableMapping.Table(
                connection: connections[side],
                table: description.table,
                idField: description.idField,
                keyField: description.keyField,
                nameField: description.nameField ?? description.keyField ?? description.idField,
                modifiedField: description.modifiedField
            )
        }
        let fields = proposer.pairs.map(\.mapping)
        let erp = table(.erp)
        let crm = table(.crm)
        let identifying = fields.first { $0.erp.name == erp.keyField } ?? fields.first { $0.erp.name == erp.nameField }
        mapping = TableMapping(
            name: name,
            erp: erp,
            crm: crm,
            direction: .bidirectional,
            fields: fields,
            matchRules: identifying.map { field in
                [MatchRule(pairs: [MatchRule.Pair(erp: field.erp.name, crm: field.crm.name)])]
            } ?? []
        )
    }
}

/// Finds the fields of two tables that belong together.
private struct Proposer {
    struct Pair {
        var mapping: FieldMapping
        var reason: Message
        var position: Int
    }

    private(set) var pairs: [Pair] = []
    private(set) var unmapped: [MappingProposal.Unmapped] = []

    init(_ tables: BySide<TableDescription>) {
        /// A name without that of its table, which some systems put before it: the number of an account.
        func own(_ name: String, _ table: TableDescription) -> String {
            let singular = (table.table.last == "s" ? String(table.table.dropLast()) : table.table).lowercased()
            guard name.count > singular.count, name.lowercased().hasPrefix(singular) else { return name }
            return String(name.dropFirst(singular.count))
        }
        var candidates: [(erp: Int, crm: Int, likeness: FieldNames.Likeness)] = []
        for (erpIndex, erp) in tables.erp.fields.enumerated() where Self.whyNot(erp, tables.erp) == nil {
            for (crmIndex, crm) in tables.crm.fields.enumerated() where Self.whyNot(crm, tables.crm) == nil {
                let (left, right) = (own(erp.name, tables.erp), own(crm.name, tables.crm))
                guard let likeness = FieldNames.likeness(left, right), Self.fit(erp, crm) else { continue }
                candidates.append((erpIndex, crmIndex, likeness))
            }
        }
        candidates.sort { ($1.likeness.score, $0.erp, $0.crm) < ($0.likeness.score, $1.erp, $1.crm) }
        var taken = BySide<Set<Int>>(erp: [], crm: [])
        for candidate in candidates where !taken.erp.contains(candidate.erp) && !taken.crm.contains(candidate.crm) {
            let (erp, crm) = (tables.erp.fields[candidate.erp], tables.crm.fields[candidate.crm])
            guard let erpType = erp.type, let crmType = crm.type,
                let direction = Self.direction(erp.isWritable, crm.isWritable)
            else { continue }
            taken.erp.insert(candidate.erp)
            taken.crm.insert(candidate.crm)
            let mapping = FieldMapping(
                erp: FieldMapping.Field(erp.name, erpType),
                crm: FieldMapping.Field(crm.name, crmType),
                direction: direction
            )
            let reason = Message(candidate.likeness.code, ["erp": erp.name, "crm": crm.name])
            pairs.append(Pair(mapping: mapping, reason: reason, position: candidate.erp))
        }
        pairs.sort { $0.position < $1.position }
        for side in Side.allCases {
            for (index, field) in tables[side].fields.enumerated() where !taken[side].contains(index) {
                guard field.name != tables[side].idField, field.name != tables[side].modifiedField else { continue }
                let reason = Self.whyNot(field, tables[side]) ?? Self.whyAlone(field, tables[side.other])
                unmapped.append(MappingProposal.Unmapped(side: side, field: field.name, reason: reason))
            }
        }
    }

    /// Why a field is not proposed whatever the other side has; nil when it may be.
    private static func whyNot(_ field: TableDescription.Field, _ table: TableDescription) -> Message? {
        if field.name == table.idField || field.name == table.modifiedField { return Message("propose.ofTheSystem") }
        switch field.type {
        case nil: return Message("propose.noType", ["type": field.remoteType])
        case .reference(let target, _): return Message("propose.reference", ["table": target])
        case .guid: return Message("propose.guid")
        case .option: return Message("propose.option")
        case .personName: return Message("propose.noType", ["type": field.remoteType])
        case .text, .code, .decimal, .integer, .boolean, .date, .dateTime: return nil
        }
    }

    private static func whyAlone(_ field: TableDescription.Field, _ other: TableDescription) -> Message {
        let alike = other.fields.first { FieldNames.likeness(field.name, $0.name) != nil }
        guard let alike else { return Message("propose.nothingAlike") }
        if !fit(field, alike) {
            return Message("propose.otherType", ["field": alike.name, "type": alike.remoteType])
        }
        if !field.isWritable, !alike.isWritable { return Message("propose.readOnly", ["field": alike.name]) }
        return Message("propose.taken", ["field": alike.name])
    }

    private static func fit(_ one: TableDescription.Field, _ other: TableDescription.Field) -> Bool {
        guard let left = one.type, let right = other.type else { return false }
        return left.fits(right)
    }

    private static func direction(_ erp: Bool, _ crm: Bool) -> Direction? {
        switch (erp, crm) {
        case (true, true): .bidirectional
        case (true, false): .fromIntegrationTable
        case (false, true): .toIntegrationTable
        case (false, false): nil
        }
    }
}
