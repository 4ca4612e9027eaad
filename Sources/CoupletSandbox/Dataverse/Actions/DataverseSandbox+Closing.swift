/// Closing sales documents, which no plain update can do.
extension DataverseSandbox {
    /// How an action closes a document.
    private struct Closing {
        let table: String
        let activity: String
        let state: Int
        let from: Set<Int>
    }

    private static func closing(_ action: DataverseAction) -> Closing? {
        switch action {
        case .winOpportunity: Closing(table: "opportunity", activity: "OpportunityClose", state: 1, from: [0])
        case .loseOpportunity: Closing(table: "opportunity", activity: "OpportunityClose", state: 2, from: [0])
        case .fulfillSalesOrder: Closing(table: "salesorder", activity: "OrderClose", state: 3, from: [0, 1])
        case .cancelSalesOrder: Closing(table: "salesorder", activity: "OrderClose", state: 2, from: [0, 1])
        case .winQuote: Closing(table: "quote", activity: "QuoteClose", state: 2, from: [1])
        case .closeQuote: Closing(table: "quote", activity: "QuoteClose", state: 3, from: [0, 1])
        case .merge, .bulkDelete, .createEntities, .createCustomerRelationships, .insertOptionValue,
            .updateOptionValue, .deleteOptionValue, .publishXml, .publishAllXml:
            nil
        }
    }

    mutating func close(
        _ action: DataverseAction,
        _ body: SandboxJSON,
        _ call: DataverseCall,
        _ author: DataverseAuthor
    ) throws(DataverseError) {
        guard let closing = Self.closing(action), let table = store.schema.table(closing.table) else {
            throw .unknownSegment(action.rawValue)
        }
        guard let activity = body[closing.activity] else { throw .missingParameter(closing.activity) }
        guard let address = activity["\(table.key)@odata.bind"]?.string else {
            throw .missingParameter("\(closing.activity)/\(table.key)")
        }
        let found = try reference(address, call)
        guard found.table.name == table.name, let place = store[table.name].place(of: found.id) else {
            throw .missing(table.name, found.id.description)
        }
        var draft = DataverseRecordDraft(table: table, id: found.id, old: store[table.name].rows[place], changes: [:])
        guard let state = draft.number("statecode"), closing.from.contains(state) else {
            throw .alreadyClosed(table.name)
        }
        draft.set("statecode", Array(String(closing.state).utf8))
        // -1 stands for the state's usual status.
        if let status = body["Status"]?.integer, status != -1 { draft.set("statuscode", Array(String(status).utf8)) }
        try draft.settleStatus()
        draft.settleClosing(activity, won: closing.state == 1, at: call.now)
        draft.stamp(call.now, author)
        save(draft, at: place)
    }
}

extension DataverseRecordDraft {
    /// What an opportunity takes over from the activity that closes it.
    mutating func settleClosing(_ activity: SandboxJSON, won: Bool, at now: SandboxInstant) {
        guard table.name == "opportunity" else { return }
        let day = String(now.text.prefix(10))
        set(
            "actualclosedate",
            SandboxJSON.string(activity["actualend"]?.string.map { String($0.prefix(10)) } ?? day).bytes
        )
        if let revenue = activity["actualrevenue"]?.number, let number = Double(revenue) {
            set("actualvalue", DataverseEncoding.decimal(revenue, number, decimals: 4))
        } else if won {
            setIfMissing("actualvalue", value("estimatedvalue").map { Array($0) })
        }
    }

    /// Refuses what a plain update cannot do to a sales document: close it, or change one that is closed in anything but
    /// its state and its owner.
    func checkState() throws(DataverseError) {
        guard old != nil else { return }
        if table.name == "opportunity", changes("statecode"), let state = number("statecode"), state != 0 {
            throw .closingByUpdate(state == 1 ? "won" : "lost")
        }
        guard isClosed else { return }
        let open: Set<String> = ["statecode", "statuscode", "ownerid"]
        if changes.keys.contains(where: { !open.contains(table.columns[$0].attribute) }) {
            throw .readOnlyRecord(table.name)
        }
    }

    private var isClosed: Bool {
        guard let old, let position = table.position("statecode"), let json = old.value(position),
            let state = Int(String(decoding: json, as: UTF8.self))
        else { return false }
        switch table.name {
        case "opportunity": return state != 0
        case "quote": return state > 1
        case "salesorder": return state > 1
        case "invoice": return state > 1
        default: return false
        }
    }
}
