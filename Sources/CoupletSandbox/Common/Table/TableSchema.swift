/// One property of an entity.
package struct SandboxColumn: Sendable {
    /// What its values are.
    package enum Kind: Sendable, Equatable {
        case text
        /// Text that is kept in capitals and trimmed.
        case code
        case guid
        case boolean
        case integer
        case decimal
        case dateTime
        case date
        /// One of the names in `choices`.
        case option
    }

    /// Who may write it.
    package enum Access: Sendable, Equatable {
        case readWrite
        case readOnly
        case insertOnly
        case updateOnly
    }

    /// Where a row keeps it.
    package enum Source: Sendable, Equatable {
        case stored
        case id
        case version
        case createdAt
        case modifiedAt
    }

    /// The property's name.
    package let name: String
    /// What its values are.
    package let kind: Kind
    /// The greatest length of text, in UTF-16 units; nil without limit.
    package let maxLength: Int?
    /// Who may write it.
    package let access: Access
    /// Where a row keeps it.
    package let source: Source
    /// The names an option may have.
    package let choices: [String]
    /// The field's name as people see it in messages.
    package let caption: String
    /// The JSON an absent value is written as.
    package let blank: [UInt8]
    /// The text of an absent value, without quotes.
    package let blankText: String
    /// The name in quotes and a colon.
    let encodedName: [UInt8]

    /// Makes a column; `blank` is JSON text.
    package init(
        _ name: String,
        _ kind: Kind,
        maxLength: Int? = nil,
        access: Access = .readWrite,
        source: Source = .stored,
        choices: [String] = [],
        caption: String? = nil,
        blank: String
    ) {
        self.name = name
        self.kind = kind
        self.maxLength = maxLength
        self.access = access
        self.source = source
        self.choices = choices
        self.caption = caption ?? name
        self.blank = Array(blank.utf8)
        blankText = blank.filter { $0 != "\"" }
        encodedName = Array("\"\(name)\":".utf8)
    }

    /// Whether its values are written in quotes.
    package var isQuoted: Bool {
        switch kind {
        case .text, .code, .guid, .dateTime, .date, .option: true
        case .boolean, .integer, .decimal: false
        }
    }
}

/// An entity set and its properties in the order they are written.
package struct TableSchema: Sendable {
    /// The smallest step of the server's own times.
    package enum Resolution: Sendable {
        case milliseconds
        case seconds
    }

    /// The name in addresses.
    package let entitySet: String
    /// The name of one entity in messages.
    package let entityName: String
    /// The properties.
    package let columns: [SandboxColumn]
    /// The column that is unique and gives the order of reading; nil orders by id.
    package let naturalKey: Int?
    /// The column with the id of the record that a row belongs to, by which rows are found at once; nil for none.
    package let parentKey: Int?
    /// The smallest step of created and modified times.
    package let resolution: Resolution
    private let indexByName: [String: Int]

    /// Makes a schema; `naturalKey` and `parentKey` name columns.
    package init(
        entitySet: String,
        entityName: String,
        columns: [SandboxColumn],
        naturalKey: String? = nil,
        parentKey: String? = nil,
        resolution: Resolution = .milliseconds
    ) {
        self.entitySet = entitySet
        self.entityName = entityName
        self.columns = columns
        self.resolution = resolution
        indexByName = Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
        self.naturalKey = naturalKey.flatMap { [indexByName] in indexByName[$0] }
        self.parentKey = parentKey.flatMap { [indexByName] in indexByName[$0] }
    }

    /// The place of a property; nil where there is none of that name.
    package func index(of name: String) -> Int? { indexByName[name] }
}
