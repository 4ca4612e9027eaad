/// Why a field is written.
public enum WriteCause: String, Codable, Sendable, Hashable {
    /// The source changed since the base.
    case edit
    /// Without a base, the target was blank.
    case fill
    /// Without a base, the source's side was chosen.
    case choice
    /// A person settled a conflict.
    case resolution
    /// The mapping says whose values stand where both sides were changed.
    case rule
    /// A full synchronization puts a one-way field's target edit back.
    case drift
    /// The record is new.
    case create
    /// The records are uncoupled.
    case uncouple
    /// A person takes back an earlier write.
    case undo
    /// The record is deleted with its values.
    case delete
}

/// One field that shall be written to a side.
public struct FieldWrite: Codable, Sendable, Hashable {
    /// The field mapping's id.
    public var field: String
    /// The new value in the target's form.
    public var value: Value
    /// The value it stands for in the source's form; what the base's source half becomes.
    public var source: Value
    /// The target's value as last seen.
    public var before: Value
    /// Why.
    public var cause: WriteCause
    /// The target's type for this value where the field mapping has another one: a reference to a record of another
    /// table.
    public var type: FieldType?

    /// Creates a field write.
    public init(
        field: String,
        value: Value,
        source: Value,
        before: Value,
        cause: WriteCause,
        type: FieldType? = nil
    ) {
        self.field = field
        self.value = value
        self.source = source
        self.before = before
        self.cause = cause
        self.type = type
    }
}

/// A field whose two sides differ, with everything a person needs to choose.
public struct FieldDifference: Codable, Sendable, Hashable {
    /// The field mapping's id.
    public var field: String
    /// The settled value on each side; nil without a base.
    public var base: BySide<Value>?
    /// The present values.
    public var present: BySide<Value>

    /// Creates a difference.
    public init(field: String, base: BySide<Value>?, present: BySide<Value>) {
        self.field = field
        self.base = base
        self.present = present
    }
}

/// A field that cannot be written as it is, and why.
public struct FieldProblem: Codable, Sendable, Hashable {
    /// The field mapping's id.
    public var field: String
    /// The side it could not be written to.
    public var target: Side
    /// What is wrong; the catalogue's code and arguments.
    public var message: Message

    /// Creates a problem.
    public init(field: String, target: Side, message: Message) {
        self.field = field
        self.target = target
        self.message = message
    }
}

/// A reference whose record is not coupled yet.
public struct ReferenceWait: Codable, Sendable, Hashable {
    /// The field mapping's id.
    public var field: String
    /// The table mapping that should couple the referenced record.
    public var mapping: String
    /// The side that holds the value.
    public var source: Side
    /// The reference as that side holds it: a key or an id.
    public var value: String
    /// Whether the whole record waits, or only this field.
    public var required: Bool

    /// Creates a wait.
    public init(field: String, mapping: String, source: Side, value: String, required: Bool) {
        self.field = field
        self.mapping = mapping
        self.source = source
        self.value = value
        self.required = required
    }
}

/// Why a coupling is left alone.
public enum SkipReason: String, Codable, Sendable, Hashable, CaseIterable {
    /// A record lies outside the mapping's filter.
    case outOfScope
    /// The ERP's record is gone.
    case erpDeleted
    /// The CRM's record is gone.
    case crmDeleted
    /// Coupled without synchronizing, and nobody has asked to compare since.
    case uncompared
    /// One of the records has not been read yet.
    case unread
}

/// What shall happen to one coupling.
public struct PairDecision: Sendable, Hashable {
    /// The coupling's number in the store.
    public var coupling: Int64
    /// The fields to write, by target.
    public var writes = BySide<[FieldWrite]>(erp: [], crm: [])
    /// Fields that both sides already agree on and whose base moves without a write: their present values.
    public var agreements: [FieldDifference] = []
    /// Fields changed differently on both sides.
    public var conflicts: [FieldDifference] = []
    /// Fields that differ and were never compared: a person must choose a side.
    public var undecided: [FieldDifference] = []
    /// Target edits of one-way fields.
    public var drift: [FieldDifference] = []
    /// Changes that the asked direction leaves for another job, by the side that changed.
    public var left = BySide<[FieldDifference]>(erp: [], crm: [])
    /// Fields that cannot be written.
    public var problems: [FieldProblem] = []
    /// References whose records are not coupled.
    public var waits: [ReferenceWait] = []
    /// Fields that are written in a shortened form, as their mapping allows; for the log.
    public var notices: [FieldProblem] = []
    /// Sides that must be read before their fields without base can be compared.
    public var unread = BySide<Bool>(erp: false, crm: false)
    /// Fields that are seen to have changed on a side, and cannot be decided before values that are not kept are read,
    /// as `unread` says; nothing else is decided until then but what required references wait for.
    public var awaited = BySide<[String]>(erp: [], crm: [])
    /// Whether values must be read that are not kept.
    public var isAwaited = false
    /// Why nothing was decided.
    public var skip: SkipReason?

    /// Creates the decision that nothing is to be done.
    public init(coupling: Int64) { self.coupling = coupling }

    /// Whether there is nothing to write, to record or to tell.
    public var isUnchanged: Bool {
        writes.erp.isEmpty && writes.crm.isEmpty && agreements.isEmpty && conflicts.isEmpty && undecided.isEmpty
            && drift.isEmpty && left.erp.isEmpty && left.crm.isEmpty && problems.isEmpty && waits.isEmpty
            && !unread.erp && !unread.crm && skip == nil
    }
}
