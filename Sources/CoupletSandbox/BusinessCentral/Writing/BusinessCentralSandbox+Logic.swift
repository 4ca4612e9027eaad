/// What the server does by itself when records are written.
extension BusinessCentralSandbox {
    /// Works out what follows from a draft before it is kept.
    /// - Throws: `BusinessCentralError` for what the tables' own logic refuses.
    func settle(
        _ draft: inout BusinessCentralDraft,
        replacing row: SandboxRow?,
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) {
        switch draft.entity.logic {
        case .contact: settleContact(&draft)
        case .item:
            guard row == nil, draft.sent.contains("inventory") else { return }
            throw .dialog("Inventory cannot be changed during on insert.")
        case .defaultDimension: try settleDefaultDimension(&draft, route.company ?? .zero)
        case .opportunity where row == nil: draft["creationDate"] = String(now.text.prefix(10))
        case .dimensionSetLine: try settleSetLine(&draft, replacing: row, route)
        case .salesDocument: try settleDocument(&draft, replacing: row, route, at: now)
        case .salesLine(let documents): try settleLine(&draft, replacing: row, of: documents, route)
        case .none, .opportunity, .contactInformation, .financialDetail, .customerSales: return
        }
    }

    /// A company is its own company.
    func settleContact(_ draft: inout BusinessCentralDraft) {
        guard draft["type"].isEmpty else { return }
        if draft["companyNumber"].isEmpty { draft["companyNumber"] = draft["number"] }
        if draft["companyNumber"] == draft["number"], !draft.sent.contains("companyName") {
            draft["companyName"] = draft["displayName"]
        }
    }

    private func settleDefaultDimension(
        _ draft: inout BusinessCentralDraft,
        _ company: SandboxGUID
    ) throws(BusinessCentralError) {
        guard !draft["dimensionId"].isEmpty else { throw .dialog("The \"dimensionId\" must be provided.") }
        let kinds = [("customers", "Customer"), ("items", "Item"), ("vendors", "Vendor")]
        let parent = SandboxGUID(draft["parentId"]) ?? .zero
        guard let kind = kinds.first(where: { stored($0.0, company)?[parent] != nil })?.1 else {
            throw .dialog("The \"parentId\" does not match to a record.")
        }
        draft["parentType"] = kind
        guard let values = stored("dimensionValues", company), let id = SandboxGUID(draft["dimensionValueId"]),
            let value = values[id]
        else { return }
        guard values.text("dimensionId", of: value) == draft["dimensionId"] else {
            throw .dialog("The dimension value does not belong to the dimension.")
        }
    }

    private func settleSetLine(
        _ draft: inout BusinessCentralDraft,
        replacing row: SandboxRow?,
        _ route: Route
    ) throws(BusinessCentralError) {
        guard !draft["id"].isEmpty else { throw .dialog("The \"code\" must be provided.") }
        guard let values = stored("dimensionValues", route.company ?? .zero) else { return }
        if draft.sent.contains("valueCode"), !draft.sent.contains("valueId") {
            let value = values.existing.first { row in
                values.text("code", of: row) == draft["valueCode"]
                    && values.text("dimensionId", of: row) == draft["id"]
            }
            guard let value else {
                throw .noRelation("Dimension Value Code", route.entity.table, draft["valueCode"], "Dimension Value")
            }
            draft["valueId"] = value.id.description
            draft["valueDisplayName"] = values.text("displayName", of: value)
        } else if let value = SandboxGUID(draft["valueId"]).flatMap({ values[$0] }),
            values.text("dimensionId", of: value) != draft["id"]
        {
            throw .dialog("The dimension value does not belong to the dimension.")
        }
    }

    /// What follows when a record was inserted, modified or deleted.
    mutating func written(_ id: SandboxGUID, replacing row: SandboxRow?, _ route: Route, at now: SandboxInstant) {
        let company = route.company ?? .zero
        switch route.entity.logic {
        case .salesDocument(let lines):
            calculate(id, (documents: route.entity.place, lines: lines), company, at: now, isTouched: false)
        case .salesLine(let documents):
            let lines = route.entity.place
            guard let table = stored(lines, company), let line = table[id] ?? row,
                let document = SandboxGUID(table.text("documentId", of: line))
            else { return }
            calculate(document, (documents: documents, lines: lines), company, at: now, isTouched: true)
        case .none, .contact, .item, .defaultDimension, .dimensionSetLine, .opportunity, .contactInformation,
            .financialDetail, .customerSales:
            return
        }
    }

    /// - Throws: `BusinessCentralError` where something still needs the record.
    func checkDeletion(_ row: SandboxRow, _ route: Route) throws(BusinessCentralError) {
        let company = route.company ?? .zero
        let kinds = [("salesQuotes", "Quote"), ("salesOrders", "Order"), ("salesInvoices", "Invoice")]
        for (set, kind) in kinds {
            let isItem = route.entity.logic == .item
            let place = isItem ? "sales\(kind)Lines" : set
            let property = isItem ? "itemId" : "customerId"
            guard isItem || route.entity.place == "customers", let table = stored(place, company),
                table.existing.contains(where: { table.text(property, of: $0) == row.id.description })
            else { continue }
            let number = route.entity.schema.naturalKey.map { row.fields.text(at: $0) } ?? ""
            let reason =
                isItem
                ? "there is at least one outstanding Sales \(kind) that includes this item."
                : "there is at least one outstanding Sales \(kind) for this customer."
            throw .dialog("You cannot delete \(route.entity.table) \(number) because \(reason)")
        }
    }
}
