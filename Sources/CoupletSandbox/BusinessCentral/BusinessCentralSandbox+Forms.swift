/// Pages in the place of the web client's: `?company=NAME&page=21&filter='No.' IS '10000'` is a card, `?page=22` a list.
extension BusinessCentralSandbox: FormSource {
    static var formSystem: String { "business-central" }

    /// The pages of a table, and the field that cards are found by.
    private struct Pages {
        let card: Int
        let list: Int
        let field: String
        let table: FormTable
    }

    static var formTables: [FormTable] { pages.map(\.table) }

    private static let address: [FormTable.Field] = [
        FormTable.Field("addressLine1", "Address", "Adress"), FormTable.Field("city", "City", "Ort"),
        FormTable.Field("phoneNumber", "Phone No.", "Telefonnr"), FormTable.Field("email", "Email", "E-post"),
    ]

    private static let pages: [Pages] = [
        described(21, 22, "customers", "customer", ("Customer Card", "Kundkort"), ("Customers", "Kunder"), address),
        described(
            26,
            27,
            "vendors",
            "vendor",
            ("Vendor Card", "Leverantörskort"),
            ("Vendors", "Leverantörer"),
            address
        ),
        described(
            5050,
            5052,
            "contacts",
            "contact",
            ("Contact Card", "Kontaktkort"),
            ("Contacts", "Kontakter"),
            address
        ),
        described(
            30,
            31,
            "items",
            "item",
            ("Item Card", "Artikelkort"),
            ("Items", "Artiklar"),
            [FormTable.Field("unitPrice", "Unit Price", "À-pris")]
        ),
        described(
            5116,
            14,
            "salespeoplePurchasers",
            "salesperson",
            ("Salesperson/Purchaser Card", "Säljar-/inköparkort"),
            ("Salespeople/Purchasers", "Säljare/inköpare"),
            [FormTable.Field("email", "Email", "E-post"), FormTable.Field("phoneNumber", "Phone No.", "Telefonnr")],
            code: "code"
        ),
    ]

    private static func described(
        _ card: Int,
        _ list: Int,
        _ entitySet: String,
        _ name: String,
        _ one: (String, String),
        _ all: (String, String),
        _ fields: [FormTable.Field],
        code: String? = nil
    ) -> Pages {
        let number = code.map { FormTable.Field($0, "Code", "Kod") } ?? FormTable.Field("number", "No.", "Nr")
        return Pages(
            card: card,
            list: list,
            field: number.label.english,
            table: FormTable(
                entitySet: entitySet,
                name: name,
                one: FormWord(one.0, one.1),
                all: FormWord(all.0, all.1),
                id: "id",
                number: number.property,
                heading: "displayName",
                fields: [number, FormTable.Field("displayName", "Name", "Namn")] + fields
            )
        )
    }

    package func form(for request: SandboxRequest, desk: String) -> SandboxResponse? {
        FormPage.response(to: request, from: self, desk: desk)
    }

    func formRequest(_ request: SandboxRequest) -> FormRequest? {
        guard request.path.hasSuffix("/"), !request.path.contains("/api/") else { return nil }
        let query = Dictionary(FormDecoding.pairs(request.query).map { ($0.name, $0.value) }) { first, _ in first }
        guard let company = company(query["company"]) else { return nil }
        let number = query["page"].flatMap { Int($0) } ?? Self.pages[0].list
        guard let page = Self.pages.first(where: { $0.card == number || $0.list == number }) else { return nil }
        guard let place = places[TableKey(company: company, entitySet: page.table.entitySet)] else { return nil }
        let context = query["company"].map { "&company=" + FormDecoding.encode($0) } ?? ""
        var table = tables[place]
        if page.card == number {
            let (start, key) = ("'\(page.field)' IS '", query["filter"] ?? "")
            guard key.hasPrefix(start), key.hasSuffix("'"), key.count > start.count else { return nil }
            let row = table.row(naturalKey: BusinessCentralEntity.code(String(key.dropFirst(start.count).dropLast())))
            let records = row.flatMap { json($0, table) }.map { [$0] } ?? []
            return FormRequest(table: page.table, records: records, count: nil, context: context)
        }
        let rows = table.rows()
        let records = rows.prefix(Self.formListLength).compactMap { json($0, table) }
        return FormRequest(table: page.table, records: records, count: rows.count, context: context)
    }

    /// A company by its name; the first one where none is named.
    private func company(_ name: String?) -> SandboxGUID? {
        guard let name else { return mainCompany }
        var companies = companies
        return companies.rows().first { companies.text("name", of: $0) == name }?.id
    }

    private func json(_ row: SandboxRow, _ table: SandboxTable) -> SandboxJSON? {
        var writer = JSONWriter()
        writer.beginObject()
        table.write(row, into: &writer)
        writer.endObject()
        return try? SandboxJSON(bytes: writer.bytes)
    }

    static func listAddress(of table: FormTable) -> String {
        let page = pages.first { $0.table.name == table.name }
        return "/?page=\(page?.list ?? pages[0].list)"
    }

    static func address(of record: SandboxJSON, in table: FormTable) -> String {
        guard let page = pages.first(where: { $0.table.name == table.name }), let number = table.number else {
            return "/"
        }
        let filter = "'\(page.field)' IS '\(record[number]?.string ?? "")'"
        return "/?page=\(page.card)&filter=\(FormDecoding.encode(filter))"
    }
}
