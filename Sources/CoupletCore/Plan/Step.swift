/// One write to one record, as planned: the unit that is conditional, settled and kept in history.
public struct Step: Codable, Sendable, Hashable {
    /// What a step does.
    public enum Action: String, Codable, Sendable, Hashable {
        /// Creates a record and couples it with its source.
        case create
        /// Changes fields of a coupled record.
        case update
        /// Couples two records; writes to neither system.
        case couple
        /// Uncouples two records; writes to neither system.
        case uncouple
        /// Deletes a record whose counterpart is gone, and uncouples it.
        case delete
    }

    /// A field of the target with its write.
    public struct Field: Codable, Sendable, Hashable {
        /// The target's field.
        public var target: FieldMapping.Field
        /// What is written; for a template value the field mapping id is empty.
        public var write: FieldWrite

        /// Creates a field of a step.
        public init(target: FieldMapping.Field, write: FieldWrite) {
            self.target = target
            self.write = write
        }
    }

    /// The table mapping's name.
    public var mapping: String
    /// What to do.
    public var action: Action
    /// The side that is written; for `couple` and `uncouple`, the CRM.
    public var target: Side
    /// The coupling that the step belongs to; nil for one that the step makes.
    public var coupling: Int64?
    /// The two records; the target's is nil when the remote will choose it.
    public var ids: BySide<RecordID?>
    /// The fields to write, in the mapping's order, template values last.
    public var fields: [Field]
    /// The target's version that the step was planned from; empty for a create.
    public var precondition: String
    /// The natural key given to a record created here, if the mapping makes one.
    public var naturalKey: String?
    /// The key and name by which people know the record.
    public var label: String
    /// For a match: how sure, from 0 to 1.
    public var score: Double?
    /// Why, as messages.
    public var reasons: [Message]
    /// For a coupling: the side whose values stand where the records differ; nil leaves it uncompared.
    public var choice: Side?
    /// How a person names the record: the ERP's number or id, or `crm:` and an id of the CRM.
    public var key: String?
    /// The versions of both records that the step was decided from; empty where a record is not there yet.
    public var versions: BySide<String>?
    /// Whether another step of the plan, one that couples, shows what this one writes.
    public var isShownByCoupling: Bool?
    /// The entry of the history that the step undoes.
    public var undoes: Int64?
    /// For a create: the two-way fields that are not sent because the source has nothing there, by id.
    public var blanks: [String]?
    /// For a create: the coupling that it takes the place of, because that one's record on this side is gone.
    public var replaces: Int64?
    /// For a coupling: the couplings that end with it, because a record of theirs moves to another counterpart, or
    /// because what they were coupled with is gone.
    public var displaces: [Int64]?

    /// Creates a step.
    public init(
        mapping: String,
        action: Action,
        target: Side,
        coupling: Int64?,
        ids: BySide<RecordID?>,
        fields: [Field],
        precondition: String,
        naturalKey: String? = nil,
        label: String,
        score: Double? = nil,
        reasons: [Message] = [],
        choice: Side? = nil,
        key: String? = nil,
        versions: BySide<String>? = nil,
        isShownByCoupling: Bool? = nil,
        undoes: Int64? = nil,
        blanks: [String]? = nil,
        replaces: Int64? = nil,
        displaces: [Int64]? = nil
    ) {
        self.mapping = mapping
        self.action = action
        self.target = target
        self.coupling = coupling
        self.ids = ids
        self.fields = fields
        self.precondition = precondition
        self.naturalKey = naturalKey
        self.label = label
        self.score = score
        self.reasons = reasons
        self.choice = choice
        self.key = key
        self.versions = versions
        self.isShownByCoupling = isShownByCoupling
        self.undoes = undoes
        self.blanks = blanks
        self.replaces = replaces
        self.displaces = displaces
    }
}
