/// Options that choices of several tables share.
struct DataverseOptionSet: Sendable {
    /// The name.
    let name: String
    /// The name that people see.
    var label: String
    /// The options.
    var options: [DataverseOption]
    /// The identifier of its definition.
    let metadataID: SandboxGUID

    /// The definition.
    var definition: SandboxJSON {
        .members([
            "@odata.type": .string("#Microsoft.Dynamics.CRM.OptionSetMetadata"),
            "MetadataId": .string(metadataID.description), "Name": .string(name), "IsGlobal": .boolean(true),
            "IsCustomOptionSet": .boolean(true), "OptionSetType": .string("Picklist"),
            "DisplayName": DataverseMetadata.label(label), "Options": DataverseMetadata.list(options, isManaged: false),
        ])
    }
}

/// `GlobalOptionSetDefinitions`: options that choices of several tables share.
extension DataverseSandbox {
    func optionSets(_ call: DataverseCall, _ query: MetadataQuery) throws(DataverseError) -> DataverseAnswer {
        guard let key = call.segments[0].key else {
            let context = "GlobalOptionSetDefinitions"
            return Self.list(store.schema.optionSets.map(\.definition), context, query, call)
        }
        let set = query.project(try optionSet(key).definition)
        return Self.one(set, "GlobalOptionSetDefinitions/$entity", call)
    }

    /// The set that `Name='x'` or the identifier of its definition names.
    func optionSet(_ key: String) throws(DataverseError) -> DataverseOptionSet {
        let (id, name) = (SandboxGUID(key), Self.name(key, "Name"))
        guard let set = store.schema.optionSets.first(where: { $0.name == name || $0.metadataID == id }) else {
            throw DataverseError(404, "0x80060891", "Could not find an option set with the key '\(key)'.")
        }
        return set
    }

    /// `POST GlobalOptionSetDefinitions`, and `PUT` and `DELETE` of one of them.
    mutating func writeOptionSet(_ call: DataverseCall) throws(DataverseError) -> DataverseAnswer {
        guard let key = call.segments[0].key else {
            guard call.method == "POST" else { throw .methodNotAllowed(call.method) }
            let json = SandboxJSON.object(try members(call, "OptionSetMetadata"))
            guard let name = json["Name"]?.string, Self.isCustomName(name) else {
                throw .badSchemaName(json["Name"]?.string ?? "", "OptionSet")
            }
            guard !store.schema.optionSets.contains(where: { $0.name == name.lowercased() }) else {
                throw .duplicateOptionSet(name)
            }
            let set = DataverseOptionSet(
                name: name.lowercased(),
                label: DataverseColumnBody.label(json["DisplayName"]) ?? name,
                options: try DataverseColumnBody.options(json["Options"]?.array ?? []),
                metadataID: desk.generator.guid()
            )
            store.schema.optionSets.append(set)
            return Self.defined("GlobalOptionSetDefinitions(\(set.metadataID))", call)
        }
        var set = try optionSet(key)
        switch call.method {
        case "PUT":
            let json = SandboxJSON.object(try members(call, "OptionSetMetadata"))
            if let label = DataverseColumnBody.label(json["DisplayName"]) { set.label = label }
            put(set)
        case "DELETE":
            if store.schema.tables.contains(where: { $0.columns.contains { $0.optionSet == set.name } }) {
                throw .usedOptionSet(set.name)
            }
            store.schema.optionSets.removeAll { $0.name == set.name }
        default: throw .methodNotAllowed(call.method)
        }
        return DataverseAnswer(status: 204)
    }

    /// Puts a set in the place of the one of its name, and its options into the choices that share them.
    mutating func put(_ set: DataverseOptionSet) {
        store.schema.optionSets = store.schema.optionSets.map { $0.name == set.name ? set : $0 }
        for table in store.schema.tables where table.columns.contains(where: { $0.optionSet == set.name }) {
            let columns = table.columns.map { column in
                guard column.optionSet == set.name else { return column }
                if case .choices = column.type { return column.with(.choices(set.options)) }
                return column.with(.choice(set.options))
            }
            store.schema.put(changed(table, columns))
        }
    }

    /// The set that the definition of a column shares; nil where its options are its own.
    mutating func sharedOptions(_ json: SandboxJSON) throws(DataverseError) -> DataverseOptionSet? {
        if let address = json["GlobalOptionSet@odata.bind"]?.string {
            guard let segment = ODataPath.segments(address)?.last, segment.name == "GlobalOptionSetDefinitions",
                let key = segment.key
            else { throw .unknownSegment(address) }
            return try optionSet(key)
        }
        guard let set = json["OptionSet"], set["IsGlobal"]?.boolean == true, let name = set["Name"]?.string else {
            return nil
        }
        return try optionSet("Name='\(name.lowercased())'")
    }
}
