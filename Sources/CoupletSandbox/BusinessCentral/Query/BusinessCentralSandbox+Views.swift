/// Rows that are worked out from others.
extension BusinessCentralSandbox {
    /// The rows of an entity that has none of its own; nil for all others.
    func view(_ entity: BusinessCentralEntity, _ company: SandboxGUID, _ scope: Scope?) -> SandboxTable? {
        switch entity.logic {
        case .contactInformation: contactInformation(entity, company)
        case .financialDetail, .customerSales: customerFigures(entity, company, scope)
        case .none, .contact, .item, .defaultDimension, .dimensionSetLine, .opportunity, .salesDocument, .salesLine:
            nil
        }
    }

    /// The contacts of the companies that customers and vendors are.
    private func contactInformation(_ entity: BusinessCentralEntity, _ company: SandboxGUID) -> SandboxTable {
        var view = SandboxTable(schema: entity.schema)
        // A seed may say it outright.
        for row in stored(entity.schema.entitySet, company)?.existing ?? [] {
            let texts = entity.schema.columns.indices.map { row.fields.text(at: $0) }
            view.insert(id: row.id, texts: texts, version: row.version, createdAt: row.createdAt)
        }
        guard let relations = stored("contactBusinessRelations", company), let contacts = stored("contacts", company)
        else { return view }
        var people: [String: [SandboxRow]] = [:]
        for row in contacts.existing { people[contacts.text("companyNumber", of: row), default: []].append(row) }
        for relation in relations.existing {
            let kind = relations.text("relatedType", of: relation)
            let set = kind == "Customer" ? "customers" : kind == "Vendor" ? "vendors" : ""
            let number = relations.text("relatedNumber", of: relation)
            guard let related = stored(set, company)?.row(naturalKey: number) else { continue }
            for row in people[relations.text("contactNumber", of: relation)] ?? [] where view[row.id] == nil {
                let texts = [
                    "", contacts.text("number", of: row), contacts.text("displayName", of: row),
                    contacts.text("type", of: row), related.id.description, kind,
                ]
                view.insert(id: row.id, texts: texts, version: row.version, createdAt: row.createdAt)
            }
        }
        return view
    }

    /// What customers owe and were sold.
    private func customerFigures(
        _ entity: BusinessCentralEntity,
        _ company: SandboxGUID,
        _ scope: Scope?
    ) -> SandboxTable {
        var view = SandboxTable(schema: entity.schema)
        guard let customers = stored("customers", company) else { return view }
        let id = scope?.conditions.first { entity.schema.columns[$0.column].source == .id }?.text
        let rows = id.map { SandboxGUID($0).flatMap { customers[$0] }.map { [$0] } ?? [] } ?? customers.existing
        let sales = salesByCustomer(company)
        for row in rows {
            let number = customers.text("number", of: row)
            let sold = BusinessCentralNumber.text(sales[row.id.description] ?? 0)
            let texts =
                entity.logic == .customerSales
                ? ["", number, customers.text("displayName", of: row), sold, ""]
                : ["", number, customers.text("balanceDue", of: row), sold, "", ""]
            view.insert(
                id: row.id,
                texts: texts,
                version: row.version,
                createdAt: row.createdAt,
                modifiedAt: row.modifiedAt
            )
        }
        return view
    }

    /// The amounts of posted invoices by customer.
    private func salesByCustomer(_ company: SandboxGUID) -> [String: Double] {
        guard let invoices = stored("salesInvoices", company) else { return [:] }
        var sales: [String: Double] = [:]
        for row in invoices.existing where ["Open", "Paid"].contains(invoices.text("status", of: row)) {
            let amount = Double(invoices.text("totalAmountExcludingTax", of: row)) ?? 0
            sales[invoices.text("customerId", of: row), default: 0] += amount
        }
        return sales
    }

    /// The rows that a company keeps of an entity set.
    func stored(_ entitySet: String, _ company: SandboxGUID) -> SandboxTable? {
        places[TableKey(company: company, entitySet: entitySet)].map { tables[$0] }
    }
}

extension SandboxTable {
    /// All rows in no particular order.
    var existing: [SandboxRow] { slots.compactMap(\.self) }

    /// A stored property by name, blank where it is absent.
    func text(_ name: String, of row: SandboxRow) -> String {
        guard let index = schema.index(of: name) else { return "" }
        let text = row.fields.text(at: index)
        return text.isEmpty && schema.columns[index].kind == .option ? schema.columns[index].blankText : text
    }
}
