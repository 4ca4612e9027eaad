/// What was seen of one side's record.
public struct ObservedRow: Sendable, Hashable {
    /// The record's values in the feed's layout.
    public var row: EncodedRow
    /// The layout of the row.
    public var layout: RowLayout
    /// The remote's version, empty when it gave none.
    public var version: String

    /// Creates an observed row.
    public init(row: EncodedRow, layout: RowLayout, version: String) {
        self.row = row
        self.layout = layout
        self.version = version
    }
}

/// How a person settled a conflict of one field.
public enum Resolution: Codable, Sendable, Hashable {
    /// The value of a side stands.
    case take(Side)
    /// A value typed by the person stands, in the ERP's form.
    case value(Value)
}

/// Everything the reconciler needs to know of one coupling.
public struct PairInput: Sendable {
    /// The coupling's number in the store.
    public var coupling: Int64
    /// The two records.
    public var ids: BySide<RecordID>
    /// The settled values; nil when the records were never compared.
    public var base: Base?
    /// What was seen since; nil means the side is as its half of the base.
    public var observed: BySide<ObservedRow?>
    /// The version that a write must be conditional on; empty when none is known.
    public var versions: BySide<String>
    /// Whether the record is gone on a side.
    public var isDeleted: BySide<Bool>
    /// Whether the record lies outside the mapping's filter on a side.
    public var isOutOfScope: BySide<Bool>
    /// The side whose values stand where nothing else decides, conflicts included: named by a person for this very
    /// record and this time.
    public var choice: Side?
    /// The side that was chosen when coupling: stands for fields that were never compared, and for nothing else, so it
    /// may be given every time.
    public var firstChoice: Side?
    /// How a person settled conflicts, by field mapping id.
    public var resolutions: [String: Resolution]

    /// Creates an input; everything but the ids has the value of an untouched coupling.
    public init(
        coupling: Int64,
        ids: BySide<RecordID>,
        base: Base? = nil,
        observed: BySide<ObservedRow?> = BySide(erp: nil, crm: nil),
        versions: BySide<String> = BySide(erp: "", crm: ""),
        isDeleted: BySide<Bool> = BySide(erp: false, crm: false),
        isOutOfScope: BySide<Bool> = BySide(erp: false, crm: false),
        choice: Side? = nil,
        firstChoice: Side? = nil,
        resolutions: [String: Resolution] = [:]
    ) {
        self.coupling = coupling
        self.ids = ids
        self.base = base
        self.observed = observed
        self.versions = versions
        self.isDeleted = isDeleted
        self.isOutOfScope = isOutOfScope
        self.choice = choice
        self.firstChoice = firstChoice
        self.resolutions = resolutions
    }
}
