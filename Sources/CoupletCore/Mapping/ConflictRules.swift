/// What becomes of a mapping's conflicts without a person being asked, and what counts as one.
public struct ConflictRules: Codable, Sendable, Hashable {
    /// Whose values stand where a field was changed on both sides, differently.
    public enum Update: String, Codable, Sendable, Hashable, CaseIterable {
        /// Nobody's: a person settles the conflict.
        case ask = "none"
        /// The ERP's.
        case erp
        /// The CRM's.
        case crm

        /// The side whose values stand; nil where a person settles it.
        public var winner: Side? {
            switch self {
            case .ask: nil
            case .erp: .erp
            case .crm: .crm
            }
        }
    }

    /// How much of a record is one conflict.
    public enum Scope: String, Codable, Sendable, Hashable, CaseIterable {
        /// A field that was changed on both sides; the record's other fields go on.
        case field
        /// Every two-way field that differs, as soon as both sides changed anything; nothing of the record is written
        /// until it is settled.
        case record
    }

    /// What becomes of a coupling when the record of one side was deleted.
    public enum Deletion: String, Codable, Sendable, Hashable, CaseIterable {
        /// A person settles it.
        case ask = "none"
        /// The record is created again from the other side's.
        case restore
        /// The coupling is removed, and the other side's record stays.
        case uncouple
    }

    /// Whose values stand where both sides were changed.
    public var update: Update
    /// How much of a record is one conflict.
    public var scope: Scope
    /// What becomes of a coupling when the record of one side was deleted.
    public var deletion: Deletion

    /// Creates rules; those not given leave everything to a person, field by field.
    public init(update: Update = .ask, scope: Scope = .field, deletion: Deletion = .ask) {
        self.update = update
        self.scope = scope
        self.deletion = deletion
    }
}
