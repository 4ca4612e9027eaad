/// A value that the system changes by itself when a record is written, as code of its owner would.
package struct FieldChange: Sendable {
    /// What becomes of the value.
    package enum Kind: Sendable {
        case upperCase
        case lowerCase
        /// Blanks at both ends are removed.
        case trim
        /// So many characters are kept.
        case truncate(Int)
        /// The value is always this one.
        case set(SandboxJSON)
        /// The value is this one where a new record comes without.
        case fill(SandboxJSON)
    }

    /// The table.
    package let entitySet: String
    /// The property.
    package let field: String
    /// What becomes of its value.
    package let kind: Kind
    /// Whether it happens in a write of its own, right after the request; else as part of the write.
    package let isLater: Bool
    /// The share of writes that are changed, from 0 to 1.
    package let probability: Double
    /// Decides which ones, where `probability` is below 1.
    package let seed: UInt64

    /// The value that a write has instead, nil where it stays; a write that says nothing of the field has none.
    func changed(_ value: SandboxJSON?, isNew: Bool) -> SandboxJSON? {
        let text = value?.string
        switch kind {
        case .upperCase: return Self.difference(text, text?.uppercased())
        case .lowerCase: return Self.difference(text, text?.lowercased())
        case .trim: return Self.difference(text, text.map(Self.trimmed))
        case .truncate(let length): return Self.difference(text, text.map { String($0.prefix(length)) })
        case .set(let other): return value?.bytes == other.bytes ? nil : other
        case .fill(let other):
            let isBlank = value.map { $0.isNull || $0.string == "" } ?? true
            return isNew && isBlank ? other : nil
        }
    }

    private static func difference(_ old: String?, _ new: String?) -> SandboxJSON? {
        guard let old, let new, !old.utf8.elementsEqual(new.utf8) else { return nil }
        return .string(new)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension FieldChange {
    /// Reads the element of `changes` in the body of `POST /_sandbox/faults`: `entitySet`, `field`, `change`
    /// (`upperCase`, `lowerCase`, `trim`, `truncate` with `length`, `set` or `default` with `value`), `later`,
    /// `probability` (1) and `seed` (0).
    /// - Throws: `QueryError` naming the mistake.
    package init(json: SandboxJSON) throws(QueryError) {
        guard let entitySet = json["entitySet"]?.string, let field = json["field"]?.string else {
            throw QueryError(.syntax, "A change needs 'entitySet' and 'field'.")
        }
        (self.entitySet, self.field) = (entitySet, field)
        kind = try Self.kind(json)
        isLater = json["later"]?.boolean ?? false
        probability = json["probability"]?.number.flatMap { Double($0) } ?? 1
        seed = json["seed"]?.number.flatMap { UInt64($0) } ?? 0
    }

    private static func kind(_ json: SandboxJSON) throws(QueryError) -> Kind {
        switch json["change"]?.string {
        case "upperCase": return .upperCase
        case "lowerCase": return .lowerCase
        case "trim": return .trim
        case "truncate":
            guard let length = json["length"]?.integer, length >= 0 else {
                throw QueryError(.syntax, "The change 'truncate' needs a 'length'.")
            }
            return .truncate(length)
        case "set": return .set(json["value"] ?? .null)
        case "default": return .fill(json["value"] ?? .null)
        case .some(let name): throw QueryError(.syntax, "There is no change '\(name)'.")
        case nil: throw QueryError(.syntax, "A change needs a 'change'.")
        }
    }
}

/// The changes in force, and how far their chance has come.
package struct FieldChanges: Sendable {
    private var rules: [(rule: FieldChange, generator: SandboxGenerator)] = []
    /// The tables with changes in writes of their own.
    private(set) var laterSets: Set<String> = []

    /// Makes an empty list.
    package init() {}

    /// Adds changes behind those in force.
    package mutating func add(_ added: [FieldChange]) {
        rules += added.map { ($0, SandboxGenerator(seed: $0.seed)) }
        laterSets.formUnion(added.filter(\.isLater).map(\.entitySet))
    }

    /// The properties of a write with what the system changes of them.
    package mutating func changed(
        _ members: [SandboxJSON.Member],
        entitySet: String,
        isNew: Bool
    ) -> [SandboxJSON.Member] {
        guard !rules.isEmpty else { return members }
        var members = members
        for (field, value) in changes(entitySet, isLater: false, isNew: isNew, of: members) {
            members.removeAll { $0.name == field }
            members.append(SandboxJSON.Member(name: field, value: value))
        }
        return members
    }

    /// The properties that a write of its own gives to a record that was just written; empty where all stay.
    mutating func later(_ record: SandboxJSON, entitySet: String) -> [SandboxJSON.Member] {
        let members = record.object ?? []
        return changes(entitySet, isLater: true, isNew: false, of: members).map {
            SandboxJSON.Member(name: $0.field, value: $0.value)
        }
    }

    private mutating func changes(
        _ entitySet: String,
        isLater: Bool,
        isNew: Bool,
        of members: [SandboxJSON.Member]
    ) -> [(field: String, value: SandboxJSON)] {
        var found: [(field: String, value: SandboxJSON)] = []
        for index in rules.indices {
            let rule = rules[index].rule
            guard rule.entitySet == entitySet, rule.isLater == isLater else { continue }
            let present = found.last { $0.field == rule.field }?.value ?? members.first { $0.name == rule.field }?.value
            guard let value = rule.changed(present, isNew: isNew) else { continue }
            guard rule.probability >= 1 || rules[index].generator.fraction() < rule.probability else { continue }
            found.removeAll { $0.field == rule.field }
            found.append((rule.field, value))
        }
        return found
    }
}
