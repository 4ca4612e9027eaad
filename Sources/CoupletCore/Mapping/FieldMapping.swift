/// A field of the ERP's table coupled with a field of the CRM's.
public struct FieldMapping: Codable, Sendable, Hashable {
    /// One side of a field mapping.
    public struct Field: Codable, Sendable, Hashable {
        /// The remote field name as read.
        public var name: String
        /// What it holds.
        public var type: FieldType

        /// Creates a field.
        public init(_ name: String, _ type: FieldType) {
            self.name = name
            self.type = type
        }
    }

    /// How a value of a reference field finds its counterpart: through the couplings of another mapping.
    public struct Reference: Codable, Sendable, Hashable {
        /// The name of the table mapping whose couplings translate the value.
        public var mapping: String
        /// Whether the ERP's field holds the referenced record's natural key (its code or number) and not its id.
        public var erpHoldsKey: Bool
        /// Whether a record waits until the referenced one is coupled; otherwise the field follows later.
        public var required: Bool
        /// How the counterpart is found where the field does not simply name a record of that mapping; nil where it
        /// does.
        public var path: ReferencePath?
        /// Whether the record belongs to the referenced one: when that one is uncoupled, so is the record, where both
        /// sides name it; nil for no.
        public var isParent: Bool?

        /// Creates a reference rule.
        public init(
            mapping: String,
            erpHoldsKey: Bool,
            required: Bool,
            path: ReferencePath? = nil,
            isParent: Bool? = nil
        ) {
            self.mapping = mapping
            self.erpHoldsKey = erpHoldsKey
            self.required = required
            self.path = path
            self.isParent = isParent
        }

        /// The mappings whose couplings translate values, in the order in which they are asked.
        public var mappings: [String] { [mapping] + (path?.others ?? []) }
    }

    /// The ERP's field.
    public var erp: Field
    /// The CRM's field.
    public var crm: Field
    /// Where values flow; within the table mapping's direction.
    public var direction: Direction
    /// Whether the field takes part.
    public var enabled: Bool
    /// How references are translated; nil for plain values.
    public var reference: Reference?
    /// Whether a blank source value, or one that rules leave nothing of, leaves the target as it is.
    public var keepTargetWhenBlank: Bool
    /// Whether text too long for the target may be cut; otherwise it is reported.
    public var allowTruncation: Bool
    /// What values are turned into on their way; nil where they stay what they are.
    public var rules: FieldRules?
    /// What the target holds whatever the source has; the source's field has no name then, and the field flows one way.
    public var constant: Value?
    /// Where a day begins when it meets a point in time; nil for UTC.
    public var zone: TimeZoneRule?
    /// Whether a reference whose record is not coupled empties the target until it is, instead of leaving what was
    /// there; nil for no.
    public var clearsWhenUncoupled: Bool?
    /// Whether a blank source value is reported instead of being written; nil for no.
    public var needsValue: Bool?
    /// Whose value stands where the field was changed on both sides; nil for what the table mapping says.
    public var updateConflicts: ConflictRules.Update?
    /// Whether its values are synchronized and not kept: what is settled of them stays as a digest; nil for no.
    public var isUnkept: Bool?

    /// Creates a field mapping.
    public init(
        erp: Field,
        crm: Field,
        direction: Direction,
        enabled: Bool = true,
        reference: Reference? = nil,
        keepTargetWhenBlank: Bool = false,
        allowTruncation: Bool = false,
        rules: FieldRules? = nil,
        constant: Value? = nil,
        zone: TimeZoneRule? = nil,
        clearsWhenUncoupled: Bool? = nil,
        needsValue: Bool? = nil,
        updateConflicts: ConflictRules.Update? = nil,
        isUnkept: Bool? = nil
    ) {
        self.erp = erp
        self.crm = crm
        self.direction = direction
        self.enabled = enabled
        self.reference = reference
        self.keepTargetWhenBlank = keepTargetWhenBlank
        self.allowTruncation = allowTruncation
        self.rules = rules
        self.constant = constant
        self.zone = zone
        self.clearsWhenUncoupled = clearsWhenUncoupled
        self.needsValue = needsValue
        self.updateConflicts = updateConflicts
        self.isUnkept = isUnkept
    }

    /// What bases, conflicts and history call the field: both names, so that a field mapped anew has no base.
    ///
    /// A constant stands for the name it has not.
    public var id: String {
        guard let constant else { return "\(erp.name)|\(crm.name)" }
        return erp.name.isEmpty ? "='\(constant.text)'|\(crm.name)" : "\(erp.name)|='\(constant.text)'"
    }

    /// The field of one side.
    public func field(_ side: Side) -> Field { side == .erp ? erp : crm }
}
