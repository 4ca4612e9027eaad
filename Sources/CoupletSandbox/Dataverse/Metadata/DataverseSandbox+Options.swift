/// Changing the options of a choice.
extension DataverseSandbox {
    /// `InsertOptionValue`: a new option, with the next number of the customer's range where none is given.
    mutating func insertOption(
        _ body: SandboxJSON,
        _ call: DataverseCall
    ) throws(DataverseError) -> DataverseAnswer {
        let (table, column, options) = try choice(body)
        let next = (options.map(\.value).filter { $0 >= 100_000_000 }.max() ?? 99_999_999) + 1
        let value = body["Value"]?.integer ?? next
        guard !options.contains(where: { $0.value == value }) else { throw .duplicateOption(value) }
        let option = DataverseOption(value: value, label: DataverseColumnBody.label(body["Label"]) ?? "")
        put(options + [option], column, table)
        let answer = SandboxJSON.members([
            "@odata.context": .string("\(call.root)$metadata#Microsoft.Dynamics.CRM.InsertOptionValueResponse"),
            "NewOptionValue": .number(String(value)),
        ])
        return .json(200, answer.bytes)
    }

    /// `UpdateOptionValue`: another label.
    mutating func updateOption(_ body: SandboxJSON) throws(DataverseError) {
        let (table, column, options) = try choice(body)
        guard let value = body["Value"]?.integer, options.contains(where: { $0.value == value }) else {
            throw .unknownOption(body["Value"]?.integer ?? 0)
        }
        guard let label = DataverseColumnBody.label(body["Label"]) else { throw .missingParameter("Label") }
        put(options.map { $0.value == value ? DataverseOption(value: value, label: label) : $0 }, column, table)
    }

    /// `DeleteOptionValue`: records that have the option keep its number, which then has no label.
    mutating func deleteOption(_ body: SandboxJSON) throws(DataverseError) {
        let (table, column, options) = try choice(body)
        guard let value = body["Value"]?.integer, options.contains(where: { $0.value == value }) else {
            throw .unknownOption(body["Value"]?.integer ?? 0)
        }
        put(options.filter { $0.value != value }, column, table)
    }

    private func choice(
        _ body: SandboxJSON
    ) throws(DataverseError) -> (DataverseTable, DataverseColumn, [DataverseOption]) {
        guard let name = body["EntityLogicalName"]?.string else { throw .missingParameter("EntityLogicalName") }
        guard let table = store.schema.table(name) else { throw .unknownTable(name) }
        let attribute = body["AttributeLogicalName"]?.string ?? ""
        guard let position = table.position(attribute) else { throw .unknownAttribute(attribute, name) }
        let column = table.columns[position]
        switch column.type {
        case .choice(let options), .choices(let options): return (table, column, options)
        default: throw .missingParameter("AttributeLogicalName")
        }
    }

    private mutating func put(_ options: [DataverseOption], _ column: DataverseColumn, _ table: DataverseTable) {
        let type: DataverseColumnType
        if case .choices = column.type { type = .choices(options) } else { type = .choice(options) }
        let changed = column.with(type)
        store.schema.put(self.changed(table, table.columns.map { $0 === column ? changed : $0 }))
    }
}
