/// What is done with sales documents beyond changing them: `POST …/Microsoft.NAV.post` and its like.
extension BusinessCentralSandbox {
    /// An action of a document.
    enum DocumentAction: String {
        case makeOrder
        case makeInvoice
        case shipAndInvoice
        case post
        case postAndSend
        case send
        case cancel

        /// Whether a document of that set has it.
        func isOffered(by entitySet: String) -> Bool {
            switch self {
            case .makeOrder, .makeInvoice: entitySet == "salesQuotes"
            case .shipAndInvoice: entitySet == "salesOrders"
            case .post, .postAndSend, .cancel: entitySet == "salesInvoices"
            case .send: entitySet != "salesOrders"
            }
        }
    }

    /// The action a segment names; nil where it names none of this entity.
    func action(_ name: String, of entity: BusinessCentralEntity) -> DocumentAction? {
        let prefix = "Microsoft.NAV."
        guard name.hasPrefix(prefix), let action = DocumentAction(rawValue: String(name.dropFirst(prefix.count))),
            action.isOffered(by: entity.place)
        else { return nil }
        return action
    }

    /// Does an action; the answer's location is the document that there is now.
    mutating func perform(
        _ action: DocumentAction,
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        guard route.request.method == "POST" else {
            throw .methodNotAllowed(route.request.method, action.rawValue, isCollection: false)
        }
        let row = try existingRow(route)
        var (set, id) = (route.entity.place, row.id)
        switch action {
        case .makeOrder: (set, id) = ("salesOrders", try turn(row, route, into: "salesOrders", at: now))
        case .makeInvoice: (set, id) = ("salesInvoices", try turn(row, route, into: "salesInvoices", at: now))
        case .shipAndInvoice:
            (set, id) = ("salesInvoices", try turn(row, route, into: "salesInvoices", at: now))
            try post(id, route, at: now)
        case .post, .postAndSend: try post(id, route, at: now)
        case .send:
            if set == "salesInvoices" {
                try post(id, route, at: now)
            } else {
                setStatus("Sent", id, set, route, at: now)
            }
        case .cancel: try cancel(row, route, at: now)
        }
        var response = answer(204)
        let home = route.company.map { "/companies(\($0))" } ?? ""
        response.headers["Location"] = "\(route.root)\(home)/\(set)(\(id))"
        return response
    }

    /// Makes another document with the same lines and deletes this one.
    private mutating func turn(
        _ row: SandboxRow,
        _ route: Route,
        into set: String,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxGUID {
        guard let target = entities[set], case .salesDocument(let targetLines) = target.logic,
            case .salesDocument(let lines) = route.entity.logic, let lineTarget = entities[targetLines]
        else { throw .badAddress }
        var inner = route
        (inner.entity, inner.key, inner.path) = (target, nil, set)
        let source = BusinessCentralDraft(route.entity, texts: row.fields.texts)
        var draft = copied(source, to: target)
        draft["number"] = try newNumber(inner)
        draft["status"] = ""
        for name in ["orderDate", "invoiceDate"] { draft.fill(name, BusinessCentralDates.day(now)) }
        if route.entity.place == "salesOrders" {
            draft["orderId"] = row.id.description
            draft["orderNumber"] = source["number"]
        }
        let id = desk.generator.guid()
        let company = route.company ?? .zero
        tables[try place(inner)].insert(id: id, texts: draft.texts, version: desk.nextVersion(), createdAt: now)
        guard let from = stored(lines, company), let home = places[TableKey(company: company, entitySet: targetLines)],
            let lineEntity = entities[lines]
        else { throw .badAddress }
        for line in from.rows(parent: row.id) {
            var copy = copied(BusinessCentralDraft(lineEntity, texts: line.fields.texts), to: lineTarget)
            copy["documentId"] = id.description
            let lineID = desk.generator.guid()
            tables[home].insert(id: lineID, texts: copy.texts, version: desk.nextVersion(), createdAt: now)
        }
        try deleteChildren(of: row, route, at: now)
        tables[try place(route)].delete(id: row.id, version: desk.nextVersion(), deletedAt: now)
        calculate(id, (documents: set, lines: targetLines), company, at: now, isTouched: true)
        return id
    }

    /// The properties that both entities have.
    private func copied(_ source: BusinessCentralDraft, to target: BusinessCentralEntity) -> BusinessCentralDraft {
        var draft = BusinessCentralDraft(target)
        for column in target.schema.columns where column.source == .stored { draft[column.name] = source[column.name] }
        return draft
    }

    /// Posts an invoice: from now on its amount is owed.
    private mutating func post(
        _ id: SandboxGUID,
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) {
        let company = route.company ?? .zero
        guard let invoices = stored("salesInvoices", company), let row = invoices[id] else {
            throw .notFound(route.entity.table, id)
        }
        guard invoices.text("status", of: row) == "Draft" else { throw .dialog("The invoice has already been posted.") }
        guard let lines = stored("salesInvoiceLines", company),
            !lines.rows(parent: id).isEmpty
        else { throw .dialog("There is nothing to post.") }
        owe(BusinessCentralNumber.value(invoices.text("totalAmountIncludingTax", of: row)), row, company, at: now)
        setStatus("Open", id, "salesInvoices", route, at: now)
    }

    private mutating func cancel(
        _ row: SandboxRow,
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) {
        let draft = BusinessCentralDraft(route.entity, texts: row.fields.texts)
        guard draft["status"] == "Open" else {
            throw .dialog("The invoice cannot be canceled because it is not posted.")
        }
        owe(-BusinessCentralNumber.value(draft["remainingAmount"]), row, route.company ?? .zero, at: now)
        setStatus("Canceled", row.id, route.entity.place, route, at: now)
    }

    private mutating func owe(
        _ amount: Double,
        _ invoice: SandboxRow,
        _ company: SandboxGUID,
        at now: SandboxInstant
    ) {
        guard let invoices = stored("salesInvoices", company), let entity = entities["customers"],
            let customers = stored("customers", company),
            let row = SandboxGUID(invoices.text("billToCustomerId", of: invoice)).flatMap({ customers[$0] })
        else { return }
        var customer = BusinessCentralDraft(entity, texts: row.fields.texts)
        let balance = BusinessCentralNumber.value(customer["balanceDue"]) + amount
        customer["balanceDue"] = BusinessCentralNumber.text(balance)
        write(customer.texts, to: row, entity, company, at: now)
    }

    private mutating func setStatus(
        _ status: String,
        _ id: SandboxGUID,
        _ set: String,
        _ route: Route,
        at now: SandboxInstant
    ) {
        let company = route.company ?? .zero
        guard let entity = entities[set], let row = stored(set, company)?[id] else { return }
        var draft = BusinessCentralDraft(entity, texts: row.fields.texts)
        draft["status"] = status
        if set == "salesInvoices" {
            draft["remainingAmount"] = status == "Open" ? draft["totalAmountIncludingTax"] : ""
        }
        if status == "Sent" { draft["sentDate"] = now.text }
        write(draft.texts, to: row, entity, company, at: now)
    }
}
