/// Changing the options of a choice.
extension DataverseSandbox {
    /// `InsertOptionValue`: a new option, with the next number of the customer's range where none is given.
    mutating func insertOption(
        _ body: SandboxJSON,
        _ call: DataverseCall
    ) throws(DataverseError) -> DataverseAnswer {
        let choice = try choice(body)
        let options = choice.options
        let next = (options.map(\.value).filter { $0 >= 100_000_000 }.max() ?? 99_999_999) + 1
        let value = body["Value"]?.integer ?? next
        guard !options.contains(where: { $0.value == value }) else { throw .duplicateOption(value) }
        let option = DataverseOption(value: value, label: DataverseColumnBody.label(body["Label"]) ?? "")
        put(options + [option], choice)
        let answer = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.InsertOptionValueResponse"),
            "NewOptionValue": .number(String(value)),
        ])
        return .json(200, answer.bytes)
    }

    /// `UpdateOptionValue`: another label.
    mutating func updateOption(_ body: SandboxJSON) throws(DataverseError) {
        let choice = try choice(body)
        let value = try known(body, choice)
        guard let label = DataverseColumnBody.label(body["Label"]) else { throw .missingParameter("Label") }
        put(choice.options.map { $0.value == value ? DataverseOption(value: value, label: label) : $0 }, choice)
    }

    /// `DeleteOptionValue`: records that have the option keep its number, which then has no label.
    mutating func deleteOption(_ body: SandboxJSON) throws(DataverseError) {
        let choice = try choice(body)
        let value = try known(body, choice)
        put(choice.options.filter { $0.value != value }, choice)
    }

    /// The options that a request is about: those of a column, or those that several columns share.
    private enum Choice {
        case column(DataverseTable, DataverseColumn, [DataverseOption])
        case shared(DataverseOptionSet)

        var options: [DataverseOption] {
            switch self {
            case .column(_, _, let options): options
            case .shared(let set): set.options
            }
        }
    }

    private func known(_ body: SandboxJSON, _ choice: Choice) throws(DataverseError) -> Int {
        guard let value = body["Value"]?.integer, choice.options.contains(where: { $0.value == value }) else {
            throw .unknownOption(body["Value"]?.integer ?? 0)
        }
        return value
    }

    private func choice(_ body: SandboxJSON) throws(DataverseError) -> Choice {
        if let name = body["OptionSetName"]?.string { return .shared(try optionSet("Name='\(name.lowercased())'")) }
        guard let name = body["EntityLogicalName"]?.string else { throw .missingParameter("EntityLogicalName") }
        guard let table = store.schema.table(name) else { throw .unknownTable(name) }
        let attribute = body["AttributeLogicalName"]?.string ?? ""
        guard let position = table.position(attribute) else { throw .unknownAttribute(attribute, name) }
        let column = table.columns[position]
        if let set = column.optionSet { return .shared(try optionSet("Name='\(set)'")) }
        switch column.type {
        case .choice(let options), .choices(let options): return .column(table, column, options)
        default: throw .missingParameter("AttributeLogicalName")
        }
    }

    private mutating func put(_ options: [DataverseOption], _ choice: Choice) {
        switch choice {
        case .shared(var set):
            set.options = options
            put(set)
        case .column(let table, let column, _):
            let type: DataverseColumnType
            if case .choices = column.type { type = .choices(options) } else { type = .choice(options) }
            let changed = column.with(type)
            store.schema.put(self.changed(table, table.columns.map { $0 === column ? changed : $0 }))
        }
    }
}
