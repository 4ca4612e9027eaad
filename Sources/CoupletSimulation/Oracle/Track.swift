import CoupletCore

/// A record of either system.
struct RecordName: Hashable, Comparable, Sendable, CustomStringConvertible {
    var side: Side
    var table: String
    var id: RecordID

    static func < (left: RecordName, right: RecordName) -> Bool {
        (left.side.rawValue, left.table, left.id) < (right.side.rawValue, right.table, right.id)
    }

    var description: String { "\(side.rawValue) \(table) \(id)" }
}

/// What became of one field: its present value, who set it, and every value it ever had.
struct FieldTrack: Sendable {
    var value: String
    /// Whether a user set it last.
    var isUsers: Bool
    /// Whether a copy of Couplet's store set it last: to the store itself that is a user's edit.
    var isCopys = false
    /// The number of the event that set it.
    var setAt: Int
    /// Whether the other side has had the same value at a moment since.
    var hasReached: Bool
    var past: [String]
    /// The numbers of the events that set these.
    var pastEvents: [Int]
    /// The values that both sides had at the same time, the last one last, and whether Couplet had brought that about.
    ///
    /// Who sets a field back to what both sides had last has not changed it, as three-way comparison sees it.
    var agreed: [Agreed] = []
    /// The value that it had when an undo parted it from the other side: as long as both sides have what they had then, they
    /// may differ.
    var apart: String?
    /// The value that it had at the last quiet point, if the other side had the same one: Couplet has compared them.
    var settled: String?
    /// How often Couplet has set it since a user set it on either side.
    var repetitions = 0
    /// Whether it may have no base although both sides have agreed on it.
    var mayBeUnbased = false

    struct Agreed: Sendable {
        var value: String
        /// Whether Couplet has brought it about and knows so.
        var isCouplets: Bool
        /// Whether Couplet has brought it about and may not know yet.
        var isPending = false
    }

    /// Whether it is as both sides had it at the last quiet point.
    var isSettled: Bool { settled.map { $0.utf8.elementsEqual(value.utf8) } ?? false }

    /// Whether it is as it was when an undo parted it from the other side.
    var isApart: Bool { apart.map { $0.utf8.elementsEqual(value.utf8) } ?? false }

    /// The values that it had at an event or later.
    func values(since event: Int) -> [String] {
        let first = pastEvents.lastIndex { $0 <= event } ?? 0
        return Array(past[first...])
    }

    /// Whether a value may be what both sides had when Couplet last compared them.
    func mayBeBase(_ value: String) -> Bool {
        for known in agreed.reversed() {
            if known.value.utf8.elementsEqual(value.utf8) { return true }
            if known.isCouplets { return false }
        }
        return false
    }
}

/// What became of one record.
struct RecordTrack: Sendable {
    var fields: [String: FieldTrack] = [:]
    var version = ""
    var isPresent = true
    var isCouplets = false
    /// The number of the last event at whose beginning it was within its mapping's filter, or nil where it never was.
    var lastWithin: Int?
    /// The versions under which it was within its mapping's filter.
    var versionsWithin: Set<String> = []
    /// The version that Couplet has read last.
    var knownVersion = ""
    /// Whether a user changed it before it was coupled: if the answer to its create was lost and its system chose its
    /// id, nobody can tell any more that Couplet made it.
    var wasTouchedBefore = false
    /// Whether a user deleted it before Couplet heard that its create had arrived: asked for it, its system says the same
    /// as of one that never came, and the create is sent again.
    var wasDeletedUnheard = false

    /// Whether Couplet made it and can know so.
    var isCoupletsForSure: Bool { isCouplets && !wasTouchedBefore }

    func value(_ field: String) -> String { fields[field]?.value ?? "" }
}

/// What was known of a record's fields when its pair was parted.
struct FormerPair: Sendable {
    var partner: RecordName
    var fields: [String: FieldTrack]
}

/// A person's word that the other side's values may stand for a record.
struct Grant: Sendable {
    /// The values that the person saw and gave up; nil covers all until the records are equal.
    var values: Set<String>?

    func covers(_ value: String) -> Bool { values?.contains(value) ?? true }
}

/// A user's value that Couplet wrote over, to be found in the history.
struct Overwritten: Sendable {
    var record: RecordName
    var field: String
    var value: String
}

extension FieldMapping {
    /// Whether two values are the same to a person who knows what the fields hold.
    func isSame(_ one: String, _ other: String) -> Bool {
        func isCode(_ type: FieldType) -> Bool { if case .code = type { true } else { false } }
        if erp.type == .decimal, crm.type == .decimal {
            // One system writes zero where the other has nothing, and either may write more digits.
            func number(_ text: String) -> DecimalNumber? { text.isEmpty ? .zero : DecimalNumber(text) }
            return number(one) == number(other)
        }
        guard isCode(erp.type) || isCode(crm.type) else { return one.utf8.elementsEqual(other.utf8) }
        return one.uppercased().utf8.elementsEqual(other.uppercased().utf8)
    }
}

extension RecordFilter {
    /// Whether a record's texts pass.
    func accepts(_ value: (String) -> String) -> Bool {
        switch self {
        case .everything: true
        case .compare(let field, .equal, let wanted):
            value(field).lowercased().utf8.elementsEqual(wanted.text.lowercased().utf8)
        case .compare(let field, .notEqual, let wanted):
            !value(field).lowercased().utf8.elementsEqual(wanted.text.lowercased().utf8)
        case .compare(let field, .less, let wanted): value(field) < wanted.text
        case .compare(let field, .lessOrEqual, let wanted): value(field) <= wanted.text
        case .compare(let field, .greater, let wanted): value(field) > wanted.text
        case .compare(let field, .greaterOrEqual, let wanted): value(field) >= wanted.text
        case .blank(let field): value(field).isEmpty
        case .like(let field, let pattern): pattern.matches(value(field))
        // Simulated mappings have no such filters.
        case .relative: false
        case .all(let parts): parts.allSatisfy { $0.accepts(value) }
        case .any(let parts): parts.contains { $0.accepts(value) }
        case .not(let part): !part.accepts(value)
        }
    }
}
