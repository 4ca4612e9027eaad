/// A remote table as the remote system describes it.
public struct TableDescription: Codable, Sendable, Hashable {
    /// One field.
    public struct Field: Codable, Sendable, Hashable {
        /// Its name as read.
        public var name: String
        /// What it holds; nil for something that no mapping can hold.
        public var type: FieldType?
        /// What the remote calls that.
        public var remoteType: String
        /// Whether a client may set it, at least when creating, as far as the remote tells.
        public var isWritable: Bool

        /// Whether every new record needs a value; nil where the remote does not tell.
        public var isRequired: Bool?

        /// Creates a field.
        public init(
            _ name: String,
            _ type: FieldType?,
            remoteType: String,
            isWritable: Bool = true,
            isRequired: Bool? = nil
        ) {
            self.name = name
            self.type = type
            self.remoteType = remoteType
            self.isWritable = isWritable
            self.isRequired = isRequired
        }
    }

    /// The entity set in the API.
    public var table: String
    /// The field with the record's id.
    public var idField: String
    /// The field with the number or code people know a record by, if it has one.
    public var keyField: String?
    /// The field with the record's name, if it has one.
    public var nameField: String?
    /// The field with the time of the last change, where incremental reads need it.
    public var modifiedField: String?
    /// Whether the remote keeps account of changes, where that is set for each table; nil where it is not.
    public var tracksChanges: Bool?
    /// The fields, in the remote's order.
    public var fields: [Field]

    /// Creates a description.
    public init(
        table: String,
        idField: String,
        keyField: String? = nil,
        nameField: String? = nil,
        modifiedField: String? = nil,
        tracksChanges: Bool? = nil,
        fields: [Field]
    ) {
        self.table = table
        self.idField = idField
        self.keyField = keyField
        self.nameField = nameField
        self.modifiedField = modifiedField
        self.tracksChanges = tracksChanges
        self.fields = fields
    }

    /// The field of a name, or the one that an annotation, `field@what`, says something of; nil when there is none.
    public func field(_ name: String) -> Field? {
        let name = name.prefix { $0 != "@" }
        return fields.first { $0.name == name }
    }
}

extension FieldType {
    /// Whether values of a field can be kept as values of another: text with text, numbers with numbers.
    /// - Parameter other: The other field's type.
    /// - Returns: Whether they fit; lengths are not looked at.
    public func fits(_ other: FieldType) -> Bool {
        switch (self, other) {
        case (.text, .text), (.text, .code), (.code, .text), (.code, .code): true
        case (.text, .option), (.option, .text), (.code, .option), (.option, .code), (.option, .option): true
        case (.text, .personName), (.personName, .text), (.personName, .personName): true
        case (.decimal, .decimal), (.decimal, .integer), (.integer, .decimal), (.integer, .integer): true
        case (.option, .integer), (.integer, .option): true
        case (.boolean, .boolean), (.date, .date), (.dateTime, .dateTime), (.guid, .guid): true
        case (.reference, .reference), (.reference, .guid), (.guid, .reference): true
        default: false
        }
    }

    /// The most characters that a value can have; nil where there is no limit or it is no text.
    public var maximumLength: Int? {
        switch self {
        case .text(let maximum), .code(let maximum): maximum > 0 ? maximum : nil
        case .decimal, .integer, .boolean, .date, .dateTime, .guid, .option, .reference, .personName: nil
        }
    }
}
