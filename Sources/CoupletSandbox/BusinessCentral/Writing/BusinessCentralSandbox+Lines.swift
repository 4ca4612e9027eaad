/// Lines of sales documents.
extension BusinessCentralSandbox {
    func settleLine(
        _ draft: inout BusinessCentralDraft,
        replacing row: SandboxRow?,
        of documents: String,
        _ route: Route
    ) throws(BusinessCentralError) {
        let company = route.company ?? .zero
        guard let heads = stored(documents, company), let head = SandboxGUID(draft["documentId"]),
            let document = heads[head]
        else { throw .dialog("The \"documentId\" does not match to a document.") }
        if draft["sequence"].isEmpty { draft["sequence"] = String(nextSequence(draft, route)) }
        try settleObject(&draft, company)
        if row == nil {
            draft.fill(
                "shipmentDate",
                heads.text(documents == "salesOrders" ? "orderDate" : "postingDate", of: document)
            )
        }
        if row == nil || draft.sent.contains("quantity") {
            for name in ["shipQuantity", "invoiceQuantity"] { draft.fill(name, draft["quantity"]) }
        }
        calculateLine(&draft, company)
    }

    private func nextSequence(_ draft: BusinessCentralDraft, _ route: Route) -> Int {
        guard let lines = stored(route.entity.place, route.company ?? .zero) else { return 10_000 }
        let last = lines.rows(parent: SandboxGUID(draft["documentId"]) ?? .zero)
            .compactMap { Int(lines.text("sequence", of: $0)) }.max()
        return (last ?? 0) + 10_000
    }

    /// What is sold: an item or an account, by its id or by its number.
    private func settleObject(_ draft: inout BusinessCentralDraft, _ company: SandboxGUID) throws(BusinessCentralError)
    {
        let isNumbered = draft.sent.contains("lineObjectNumber") && !draft["lineObjectNumber"].isEmpty
        let isItem =
            draft.sent.contains("itemId") && !draft["itemId"].isEmpty || isNumbered && draft["lineType"] == "Item"
        let isAccount =
            draft.sent.contains("accountId") && !draft["accountId"].isEmpty
            || isNumbered && draft["lineType"] == "Account"
        guard isItem || isAccount else { return }
        let (set, id) = isItem ? ("items", "itemId") : ("accounts", "accountId")
        guard let table = stored(set, company) else { return }
        let byID = draft.sent.contains(id) ? SandboxGUID(draft[id]).flatMap { table[$0] } : nil
        let number = draft["lineObjectNumber"]
        guard let object = byID ?? table.row(naturalKey: number) else {
            throw .noRelation("No.", draft.entity.table, number, entities[set]?.table ?? set)
        }
        if isNumbered, table.text("number", of: object) != number {
            throw .dialog("The \(isItem ? "item" : "account") values do not match to a specific record.")
        }
        if table.text("blocked", of: object) == "true" {
            let name = "\(entities[set]?.table ?? set): No.=\(table.text("number", of: object))"
            throw .field("Blocked must be equal to 'No' in \(name). Current value is 'Yes'.")
        }
        draft[id] = object.id.description
        draft[isItem ? "accountId" : "itemId"] = ""
        draft["lineType"] = isItem ? "Item" : "Account"
        draft["lineObjectNumber"] = table.text("number", of: object)
        draft.fill("description", table.text("displayName", of: object))
        guard isItem else { return }
        draft.fill("description2", table.text("displayName2", of: object))
        if !draft.sent.contains("unitOfMeasureId"), !draft.sent.contains("unitOfMeasureCode") {
            draft["unitOfMeasureId"] = table.text("baseUnitOfMeasureId", of: object)
            draft["unitOfMeasureCode"] = table.text("baseUnitOfMeasureCode", of: object)
        }
        draft.fill("unitPrice", table.text("unitPrice", of: object))
        draft.fill("taxCode", table.text("taxGroupCode", of: object))
    }

    /// Works out a line's amounts from quantity, price, discount and tax.
    func calculateLine(_ draft: inout BusinessCentralDraft, _ company: SandboxGUID) {
        let details = stored("taxDetails", company)
        if let detail = details?.row(naturalKey: draft["taxCode"]) {
            draft["taxPercent"] = details?.text("taxBelowMaximum", of: detail) ?? ""
        }
        let number = { (name: String, draft: BusinessCentralDraft) in BusinessCentralNumber.value(draft[name]) }
        let gross = BusinessCentralNumber.cents(number("quantity", draft) * number("unitPrice", draft))
        if draft.sent.contains("discountAmount"),
            !draft.sent.contains("discountPercent") || number("discountPercent", draft) == 0
        {
            let percent = gross == 0 ? 0 : number("discountAmount", draft) / gross * 100
            draft["discountPercent"] = BusinessCentralNumber.text(percent)
        } else {
            let discount = BusinessCentralNumber.cents(gross * number("discountPercent", draft) / 100)
            draft["discountAmount"] = BusinessCentralNumber.text(discount)
        }
        let amount = gross - number("discountAmount", draft)
        let tax = BusinessCentralNumber.cents(amount * number("taxPercent", draft) / 100)
        draft["amountExcludingTax"] = BusinessCentralNumber.text(amount)
        draft["totalTaxAmount"] = BusinessCentralNumber.text(tax)
        draft["amountIncludingTax"] = BusinessCentralNumber.text(amount + tax)
        calculateNet(&draft)
    }

    /// What is left of a line after its share of the document's discount.
    private func calculateNet(_ draft: inout BusinessCentralDraft) {
        let net =
            BusinessCentralNumber.value(draft["amountExcludingTax"])
            - BusinessCentralNumber.value(draft["invoiceDiscountAllocation"])
        let tax = BusinessCentralNumber.cents(net * BusinessCentralNumber.value(draft["taxPercent"]) / 100)
        draft["netAmount"] = BusinessCentralNumber.text(net)
        draft["netTaxAmount"] = BusinessCentralNumber.text(tax)
        draft["netAmountIncludingTax"] = BusinessCentralNumber.text(net + tax)
    }

    /// Works out the totals of all documents.
    mutating func calculateDocuments(at now: SandboxInstant) {
        for company in companies.rows().map(\.id) {
            for entity in entities.values.sorted(by: { $0.place < $1.place }) {
                guard case .salesDocument(let lines) = entity.logic, let documents = stored(entity.place, company),
                    stored(lines, company)?.count ?? 0 > 0
                else { continue }
                let sets = (documents: entity.place, lines: lines)
                for row in documents.existing { calculate(row.id, sets, company, at: row.modifiedAt, isTouched: false) }
            }
        }
    }

    /// Spreads a document's discount over its lines and writes the totals.
    mutating func calculate(
        _ id: SandboxGUID,
        _ sets: (documents: String, lines: String),
        _ company: SandboxGUID,
        at now: SandboxInstant,
        isTouched: Bool
    ) {
        guard let documents = places[TableKey(company: company, entitySet: sets.documents)],
            let lines = places[TableKey(company: company, entitySet: sets.lines)], let row = tables[documents][id],
            let entity = entities[sets.documents], let lineEntity = entities[sets.lines]
        else { return }
        var head = BusinessCentralDraft(entity, texts: row.fields.texts)
        var drafts: [(row: SandboxRow, draft: BusinessCentralDraft)] = []
        for line in tables[lines].rows(parent: id) {
            drafts.append((line, BusinessCentralDraft(lineEntity, texts: line.fields.texts)))
        }
        guard isTouched || !drafts.isEmpty else { return }
        let amount = drafts.reduce(0) { $0 + BusinessCentralNumber.value($1.draft["amountExcludingTax"]) }
        let discount = BusinessCentralNumber.value(head["discountAmount"])
        for (line, draft) in drafts {
            var draft = draft
            let share = BusinessCentralNumber.value(draft["amountExcludingTax"])
            let part = amount == 0 ? 0 : BusinessCentralNumber.cents(discount * share / amount)
            draft["invoiceDiscountAllocation"] = BusinessCentralNumber.text(part)
            calculateNet(&draft)
            guard draft.texts != line.fields.texts else { continue }
            tables[lines].update(id: line.id, texts: draft.texts, version: desk.nextVersion(), modifiedAt: now)
        }
        let total = amount - discount
        let tax = tables[lines].rows(parent: id)
            .reduce(0) { $0 + BusinessCentralNumber.value(tables[lines].text("netTaxAmount", of: $1)) }
        head["totalAmountExcludingTax"] = BusinessCentralNumber.text(total)
        head["totalTaxAmount"] = BusinessCentralNumber.text(tax)
        head["totalAmountIncludingTax"] = BusinessCentralNumber.text(total + tax)
        guard isTouched || head.texts != row.fields.texts else { return }
        tables[documents].update(id: id, texts: head.texts, version: desk.nextVersion(), modifiedAt: now)
    }
}
