/// What the body of a write says, read against a table.
struct DataverseWriteBody {
    /// A record that a navigation property with many values gets.
    enum Element {
        /// A new one, made with the record itself.
        case new([SandboxJSON.Member])
        /// One that is there.
        case existing(SandboxGUID)
    }

    /// A record to be made first, because a lookup will lead to it.
    struct Parent {
        let position: Int
        let table: DataverseTable
        let members: [SandboxJSON.Member]
    }

    /// Values by position; a value of nil clears the column.
    var values: [Int: [UInt8]?] = [:]
    /// The primary key, if the body has one.
    var key: SandboxGUID?
    /// The records that lookups are led to.
    var references: [(table: String, id: SandboxGUID)] = []
    /// Records to be made first.
    var parents: [Parent] = []
    /// Records to be made or related afterwards.
    var children: [(collection: DataverseCollection, elements: [Element])] = []

    /// Whether more than the record itself is written.
    var isDeep: Bool { !parents.isEmpty || !children.isEmpty }
}

/// Reading bodies.
extension DataverseSandbox {
    /// The members of a call's body.
    func members(_ call: DataverseCall, _ entity: String) throws(DataverseError) -> [SandboxJSON.Member] {
        let json: SandboxJSON
        do { json = try SandboxJSON(bytes: Array(call.body)) } catch {
            throw .payload(entity, "Microsoft.OData.ODataException: \(error.reason) at position \(error.offset).")
        }
        guard let members = json.object else {
            throw .payload(entity, "Microsoft.OData.ODataException: An object was expected.")
        }
        return members
    }

    /// Reads what a body sets.
    /// - Parameters:
    ///   - members: the members of the body.
    ///   - table: the table written to.
    ///   - isCreate: whether a record is made.
    ///   - call: the request, for addresses in the body.
    /// - Returns: what the body sets.
    /// - Throws: what is wrong with the body.
    mutating func body(
        _ members: [SandboxJSON.Member],
        _ table: DataverseTable,
        isCreate: Bool,
        _ call: DataverseCall
    ) throws(DataverseError) -> DataverseWriteBody {
        var body = DataverseWriteBody()
        for member in desk.changes.changed(members, entitySet: table.set, isNew: isCreate) {
            if let mark = member.name.utf8.firstIndex(of: UInt8(ascii: "@")) {
                guard mark != member.name.startIndex, member.name[mark...] == "@odata.bind" else { continue }
                try bind(String(member.name[..<mark]), member.value, table, isCreate: isCreate, call, &body)
            } else if let position = table.byProperty[member.name] {
                try set(position, member, table, isCreate: isCreate, &body)
            } else if let navigation = table.byNavigation[member.name] {
                try nest(navigation, member, table, isCreate: isCreate, &body)
            } else if let collection = store.schema.collections(of: table.name)[member.name] {
                guard isCreate else { throw .deepUpdate }
                guard let elements = member.value.array else {
                    throw .unconvertible(member.name, table.name, type: "Collection")
                }
                body.children.append(
                    (
                        collection,
                        try elements.map { (json) throws(DataverseError) in try Self.new(json, member.name, table) }
                    )
                )
            } else {
                throw .undeclaredProperty(member.name, table.name)
            }
        }
        return body
    }

    private func set(
        _ position: Int,
        _ member: SandboxJSON.Member,
        _ table: DataverseTable,
        isCreate: Bool,
        _ body: inout DataverseWriteBody
    ) throws(DataverseError) {
        let column = table.columns[position]
        if column.isLookup {
            throw .unsupported(
                "CRM do not support direct update of Entity Reference properties, Use Navigation properties instead."
            )
        }
        if position == 0 {
            guard let id = member.value.string.flatMap({ SandboxGUID($0) }) else {
                throw .unconvertible(member.name, table.name, type: column.type.edmName)
            }
            body.key = id
        } else if Self.isWritable(column, isCreate: isCreate) {
            body.values[position] = .some(try DataverseEncoding.json(member.value, column: column, table: table.name))
        }
    }

    /// Columns that may not be written are left out without an error, as the service does.
    private static func isWritable(_ column: DataverseColumn, isCreate: Bool) -> Bool {
        switch column.access {
        case .always: true
        case .create: isCreate
        case .update: !isCreate
        case .never: false
        }
    }

    /// A navigation property with one value, given as an object: a record to be made, or null.
    private func nest(
        _ navigation: DataverseNavigation,
        _ member: SandboxJSON.Member,
        _ table: DataverseTable,
        isCreate: Bool,
        _ body: inout DataverseWriteBody
    ) throws(DataverseError) {
        if member.value.isNull {
            if Self.isWritable(table.columns[navigation.position], isCreate: isCreate) {
                body.values[navigation.position] = .some(nil)
            }
            return
        }
        guard isCreate else { throw .deepUpdate }
        guard let members = member.value.object else {
            throw .unconvertible(member.name, table.name, type: "Microsoft.Dynamics.CRM.crmbaseentity")
        }
        let named = member.value["@odata.type"]?.string.map { String($0.split(separator: ".").last ?? "") }
        let targets = table.columns[navigation.position].type.targets.map(\.table)
        guard let target = navigation.table ?? named ?? targets.first, targets.contains(target),
            let parent = store.schema.table(target)
        else { throw .undeclaredProperty(member.name, table.name) }
        body.parents.append(.init(position: navigation.position, table: parent, members: members))
    }

    private static func new(
        _ json: SandboxJSON,
        _ name: String,
        _ table: DataverseTable
    ) throws(DataverseError) -> DataverseWriteBody.Element {
        guard let members = json.object else {
            throw .unconvertible(name, table.name, type: "Microsoft.Dynamics.CRM.crmbaseentity")
        }
        return .new(members)
    }

    /// `x@odata.bind`: an address, several for a navigation property with many values, or null.
    private mutating func bind(
        _ name: String,
        _ value: SandboxJSON,
        _ table: DataverseTable,
        isCreate: Bool,
        _ call: DataverseCall,
        _ body: inout DataverseWriteBody
    ) throws(DataverseError) {
        guard let navigation = table.byNavigation[name] else {
            guard let collection = store.schema.collections(of: table.name)[name] else {
                throw .undeclaredAnnotation(name, table.name)
            }
            guard isCreate else { throw .deepUpdate }
            guard let addresses = value.array else {
                throw .unconvertible("\(name)@odata.bind", table.name, type: "Collection")
            }
            var elements: [DataverseWriteBody.Element] = []
            for address in addresses {
                let found = try reference(address.string ?? "", call)
                guard found.table.name == collection.table else {
                    throw .wrongReference(found.table.set, name, table.name)
                }
                elements.append(.existing(found.id))
            }
            body.children.append((collection, elements))
            return
        }
        let column = table.columns[navigation.position]
        guard Self.isWritable(column, isCreate: isCreate) else { return }
        if value.isNull {
            body.values[navigation.position] = .some(nil)
            return
        }
        guard let address = value.string else {
            throw .unconvertible("\(name)@odata.bind", table.name, type: "Edm.String")
        }
        let (target, id) = try reference(address, call)
        let allowed = navigation.table.map { [$0] } ?? column.type.targets.map(\.table)
        guard allowed.contains(target.name) else { throw .wrongReference(target.set, name, table.name) }
        body.references.append((target.name, id))
        body.values[navigation.position] = DataverseEncoding.guid(id)
    }
}
