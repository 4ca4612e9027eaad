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
        case .none, .opportunity, .salesDocument, .salesLine, .contactInformation, .financialDetail, .customerSales:
            return
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

    /// What follows when a record was inserted, modified or deleted.
    mutating func written(_ id: SandboxGUID, replacing row: SandboxRow?, _ route: Route, at now: SandboxInstant) {}

    /// - Throws: `BusinessCentralError` where something still needs the record.
    func checkDeletion(_ row: SandboxRow, _ route: Route) throws(BusinessCentralError) {}
}
