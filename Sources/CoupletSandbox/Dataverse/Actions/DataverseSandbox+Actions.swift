/// Actions: what is done by name instead of by a verb.
extension DataverseSandbox {
    /// Performs an action that belongs to no record; nil where there is none of that name.
    mutating func perform(
        _ call: DataverseCall,
        _ segment: ODataSegment
    ) throws(DataverseError) -> DataverseAnswer? {
        guard let action = DataverseAction(rawValue: segment.name) else { return nil }
        guard call.method == "POST", call.segments.count == 1 else { throw .methodNotAllowed(call.method) }
        let author = try author(of: call)
        let body = SandboxJSON.object(try members(call, action.rawValue))
        switch action {
        case .merge: try merge(body, call, author)
        case .bulkDelete: return try bulkDelete(body, call, author)
        case .winOpportunity, .loseOpportunity, .fulfillSalesOrder, .cancelSalesOrder, .winQuote, .closeQuote:
            try close(action, body, call, author)
        case .createEntities: return try createEntities(body, call)
        case .createCustomerRelationships: return try createCustomerRelationships(body, call)
        case .insertOptionValue: return try insertOption(body, call)
        case .updateOptionValue: try updateOption(body)
        case .deleteOptionValue: try deleteOption(body)
        case .publishXml, .publishAllXml: break
        }
        return DataverseAnswer(status: 204)
    }

    /// Performs an action of a record.
    mutating func performBound(
        _ action: String,
        _ call: DataverseCall,
        _ table: DataverseTable,
        _ id: SandboxGUID
    ) throws(DataverseError) -> DataverseAnswer {
        guard table.name == "queue", action == "AddToQueue" else {
            throw .unknownSegment("Microsoft.Dynamics.CRM.\(action)")
        }
        return try addToQueue(call, id)
    }

    /// The record that a parameter names: an object with a type and a primary key, or an address in its
    /// `@odata.id`.
    mutating func record(
        _ parameter: SandboxJSON?,
        _ name: String,
        _ call: DataverseCall
    ) throws(DataverseError) -> (table: DataverseTable, place: Int) {
        guard let parameter else { throw .missingParameter(name) }
        let found: (table: DataverseTable, id: SandboxGUID)
        if let address = parameter["@odata.id"]?.string {
            found = try reference(address, call)
        } else {
            let type = parameter["@odata.type"]?.string?.split(separator: ".").last.map(String.init) ?? ""
            guard let table = store.schema.table(type),
                let id = parameter[table.key]?.string.flatMap({ SandboxGUID($0) })
            else { throw .missingParameter(name) }
            found = (table, id)
        }
        guard let place = store[found.table.name].place(of: found.id) else {
            throw .missing(found.table.name, found.id.description)
        }
        return (found.table, place)
    }
}

/// The actions that belong to no record.
enum DataverseAction: String {
    case merge = "Merge"
    case bulkDelete = "BulkDelete"
    case winOpportunity = "WinOpportunity"
    case loseOpportunity = "LoseOpportunity"
    case fulfillSalesOrder = "FulfillSalesOrder"
    case cancelSalesOrder = "CancelSalesOrder"
    case winQuote = "WinQuote"
    case closeQuote = "CloseQuote"
    case createEntities = "CreateEntities"
    case createCustomerRelationships = "CreateCustomerRelationships"
    case insertOptionValue = "InsertOptionValue"
    case updateOptionValue = "UpdateOptionValue"
    case deleteOptionValue = "DeleteOptionValue"
    case publishXml = "PublishXml"
    case publishAllXml = "PublishAllXml"
}
