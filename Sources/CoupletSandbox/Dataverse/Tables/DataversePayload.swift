/// Reads a payload: which columns it sets, and to what.
struct DataversePayload {
    /// Values by position; a value of nil clears the column.
    private(set) var values: [Int: [UInt8]?] = [:]
    /// The primary key, if the payload has one.
    private(set) var key: SandboxGUID?

    private let table: DataverseTable
    private let schema: DataverseSchema
    private let isCreate: Bool
    private let resolve: (String) throws(DataverseError) -> (set: String, id: SandboxGUID)

    /// Reads a body.
    /// - Parameters:
    ///   - body: a JSON object.
    ///   - table: the table written to.
    ///   - schema: the tables that references may lead to.
    ///   - isCreate: whether a record is made.
    ///   - resolve: finds the set and the id that the address of a record names.
    /// - Throws: what is wrong with the body.
    init(
        _ body: ArraySlice<UInt8>,
        table: DataverseTable,
        schema: DataverseSchema,
        isCreate: Bool,
        resolve: @escaping (String) throws(DataverseError) -> (set: String, id: SandboxGUID)
    ) throws(DataverseError) {
        self.table = table
        self.schema = schema
        self.isCreate = isCreate
        self.resolve = resolve
        let json: SandboxJSON
        do { json = try SandboxJSON(bytes: Array(body)) } catch {
            throw .payload(table.name, "Microsoft.OData.ODataException: \(error.reason) at position \(error.offset).")
        }
        guard let members = json.object else {
            throw .payload(table.name, "Microsoft.OData.ODataException: An object was expected.")
        }
        for member in members { try take(member.name, member.value) }
    }

    private mutating func take(_ name: String, _ value: SandboxJSON) throws(DataverseError) {
        if let mark = name.utf8.firstIndex(of: UInt8(ascii: "@")) {
            guard mark != name.startIndex, name[mark...] == "@odata.bind" else { return }
            try takeReference(String(name[..<mark]), value)
            return
        }
        guard let position = table.byProperty[name] else {
            if table.byNavigation[name] != nil {
                throw .unsupported("Navigation property '\(name)' can only be set by '\(name)@odata.bind' here.")
            }
            throw .undeclaredProperty(name, table.name)
        }
        let column = table.columns[position]
        if column.isLookup {
            throw .unsupported(
                "CRM do not support direct update of Entity Reference properties, Use Navigation properties instead."
            )
        }
        if position == 0 {
            guard let text = value.string, let id = SandboxGUID(text) else {
                throw .unconvertible(name, table.name, type: column.type.edmName)
            }
            key = id
            return
        }
        guard isWritable(column) else { return }
        values[position] = try DataverseEncoding.json(value, column: column, table: table.name)
    }

    /// Columns that may not be written are left out without an error, as the service does.
    private func isWritable(_ column: DataverseColumn) -> Bool {
        switch column.access {
        case .always: true
        case .create: isCreate
        case .update: !isCreate
        case .never: false
        }
    }

    private mutating func takeReference(_ name: String, _ value: SandboxJSON) throws(DataverseError) {
        guard let navigation = table.byNavigation[name] else { throw .undeclaredAnnotation(name, table.name) }
        let position = navigation.position
        let column = table.columns[position]
        guard isWritable(column) else { return }
        if value.isNull {
            values[position] = .some(nil)
            return
        }
        guard let address = value.string else {
            throw .unconvertible("\(name)@odata.bind", table.name, type: "Edm.String")
        }
        let (set, id) = try resolve(address)
        let targets = navigation.table.map { [$0] } ?? column.type.targets.map(\.table)
        guard let target = schema.table(set: set)?.name, targets.contains(target) else {
            throw .payload(
                table.name,
                "Microsoft.OData.ODataException: A record of '\(set)' cannot be the value of '\(name)'."
            )
        }
        references.append((target, id))
        values[position] = Array("\"\(id)\"".utf8)
    }

    /// The records that the payload refers to.
    private(set) var references: [(table: String, id: SandboxGUID)] = []
}
