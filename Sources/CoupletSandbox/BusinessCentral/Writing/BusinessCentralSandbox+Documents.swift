/// Heads of sales documents.
extension BusinessCentralSandbox {
    func settleDocument(
        _ draft: inout BusinessCentralDraft,
        replacing row: SandboxRow?,
        _ route: Route,
        at now: SandboxInstant
    ) throws(BusinessCentralError) {
        guard !draft["customerId"].isEmpty else {
            throw .dialog("A \"customerNumber\" or a \"customerId\" must be provided.")
        }
        let customers = stored("customers", route.company ?? .zero)
        let before = row.map { BusinessCentralDraft(route.entity, texts: $0.fields.texts) }
        guard before?["customerId"] != draft["customerId"], let customers,
            let customer = SandboxGUID(draft["customerId"]).flatMap({ customers[$0] })
        else { return fillDates(&draft, route, at: now) }
        let number = customers.text("number", of: customer)
        guard customers.text("blocked", of: customer) != "All" else {
            throw .dialog("You cannot create this type of document when Customer \(number) is blocked with type All")
        }
        draft.fill("billToCustomerId", customer.id.description)
        draft.fill("billToCustomerNumber", number)
        if draft["billToCustomerId"].isEmpty { draft["billToCustomerId"] = customer.id.description }
        let payer = SandboxGUID(draft["billToCustomerId"]).flatMap { customers[$0] } ?? customer
        draft["billToCustomerNumber"] = customers.text("number", of: payer)
        fill(&draft, from: customer, payer, customers)
        if row == nil { draft.fill("partialShipping", "true") }
        fillDates(&draft, route, at: now)
    }

    private func fill(
        _ draft: inout BusinessCentralDraft,
        from customer: SandboxRow,
        _ payer: SandboxRow,
        _ customers: SandboxTable
    ) {
        let address = [
            ("AddressLine1", "addressLine1"), ("AddressLine2", "addressLine2"), ("City", "city"),
            ("Country", "country"), ("State", "state"), ("PostCode", "postalCode"),
        ]
        for (own, theirs) in address {
            draft.fill("sellTo\(own)", customers.text(theirs, of: customer))
            draft.fill("shipTo\(own)", customers.text(theirs, of: customer))
            draft.fill("billTo\(own)", customers.text(theirs, of: payer))
        }
        draft.fill("customerName", customers.text("displayName", of: customer))
        draft.fill("shipToName", customers.text("displayName", of: customer))
        draft.fill("billToName", customers.text("displayName", of: payer))
        let rest = [
            ("currencyId", "currencyId"), ("currencyCode", "currencyCode"), ("paymentTermsId", "paymentTermsId"),
            ("shipmentMethodId", "shipmentMethodId"), ("salesperson", "salespersonCode"),
            ("phoneNumber", "phoneNumber"), ("email", "email"),
        ]
        let isCurrencySent = draft.sent.contains("currencyId") || draft.sent.contains("currencyCode")
        for (own, theirs) in rest where !(isCurrencySent && own.hasPrefix("currency")) {
            draft.fill(own, customers.text(theirs, of: customer))
        }
    }

    /// Dates that are blank: today; payment is due as the terms say.
    private func fillDates(_ draft: inout BusinessCentralDraft, _ route: Route, at now: SandboxInstant) {
        for name in ["orderDate", "documentDate", "invoiceDate", "postingDate"] where draft[name].isEmpty {
            draft.fill(name, BusinessCentralDates.day(now))
        }
        guard draft.entity.schema.index(of: "dueDate") != nil, !draft.sent.contains("dueDate") else { return }
        let start =
            [draft["documentDate"], draft["invoiceDate"]].first { !$0.isEmpty } ?? BusinessCentralDates.day(now)
        let terms = stored("paymentTerms", route.company ?? .zero)
        let term = SandboxGUID(draft["paymentTermsId"]).flatMap { terms?[$0] }
        let formula = term.flatMap { terms?.text("dueDateCalculation", of: $0) } ?? ""
        draft["dueDate"] = BusinessCentralDates.adding(formula, to: start)
    }
}
