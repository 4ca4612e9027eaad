/// Pages in the place of an app's: `/main.aspx?pagetype=entityrecord&etn=account&id=ID` is a form,
/// `pagetype=entitylist` a view.
extension DataverseSandbox: FormSource {
    static var formSystem: String { "dataverse" }

    private static let phone = FormTable.Field("telephone1", "Main Phone", "Huvudtelefon")
    private static let email = FormTable.Field("emailaddress1", "Email", "E-post")

    static let formTables: [FormTable] = [
        FormTable(
            entitySet: "accounts",
            name: "account",
            one: FormWord("Account", "Konto"),
            all: FormWord("Accounts", "Konton"),
            id: "accountid",
            number: "accountnumber",
            heading: "name",
            fields: [
                FormTable.Field("accountnumber", "Account Number", "Kontonummer"),
                FormTable.Field("name", "Account Name", "Kontonamn"),
                FormTable.Field("address1_line1", "Street", "Gata"),
                FormTable.Field("address1_city", "City", "Ort"), phone, email,
            ]
        ),
        FormTable(
            entitySet: "contacts",
            name: "contact",
            one: FormWord("Contact", "Kontakt"),
            all: FormWord("Contacts", "Kontakter"),
            id: "contactid",
            number: nil,
            heading: "fullname",
            fields: [FormTable.Field("fullname", "Full Name", "Fullständigt namn"), phone, email]
        ),
        FormTable(
            entitySet: "products",
            name: "product",
            one: FormWord("Product", "Produkt"),
            all: FormWord("Products", "Produkter"),
            id: "productid",
            number: "productnumber",
            heading: "name",
            fields: [
                FormTable.Field("productnumber", "Product ID", "Produkt-ID"),
                FormTable.Field("name", "Name", "Namn"),
            ]
        ),
        FormTable(
            entitySet: "systemusers",
            name: "systemuser",
            one: FormWord("User", "Användare"),
            all: FormWord("Users", "Användare"),
            id: "systemuserid",
            number: nil,
            heading: "fullname",
            fields: [
                FormTable.Field("fullname", "Full Name", "Fullständigt namn"),
                FormTable.Field("internalemailaddress", "Primary Email", "Primär e-post"),
            ]
        ),
    ]

    package func form(for request: SandboxRequest, desk: String) -> SandboxResponse? {
        FormPage.response(to: request, from: self, desk: desk)
    }

    func formRequest(_ request: SandboxRequest) -> FormRequest? {
        guard request.path == "/main.aspx" || request.path == "/" else { return nil }
        let query = Dictionary(FormDecoding.pairs(request.query).map { ($0.name, $0.value) }) { first, _ in first }
        let name = query["etn"] ?? Self.formTables[0].name
        guard let table = Self.formTables.first(where: { $0.name == name }),
            let definition = store.schema.table(set: table.entitySet)
        else { return nil }
        let rows = store[definition.name]
        if query["pagetype"] == "entityrecord" {
            let place = query["id"].flatMap { SandboxGUID($0) }.flatMap { rows.place(of: $0) }
            let records = place.map { json($0, rows, definition) } ?? []
            return FormRequest(table: table, records: records, count: nil)
        }
        let places = rows.ids.indices.filter { rows.present[$0] }
        let records = places.prefix(Self.formListLength).flatMap { json($0, rows, definition) }
        return FormRequest(table: table, records: records, count: places.count)
    }

    private func json(_ place: Int, _ rows: DataverseRows, _ table: DataverseTable) -> [SandboxJSON] {
        var bytes: [UInt8] = []
        var writer = DataverseRowWriter(table: table, projection: .all(table))
        writer.append(rows, place, to: &bytes)
        return (try? SandboxJSON(bytes: bytes)).map { [$0] } ?? []
    }

    static func listAddress(of table: FormTable) -> String { "/main.aspx?pagetype=entitylist&etn=\(table.name)" }

    static func address(of record: SandboxJSON, in table: FormTable) -> String {
        "/main.aspx?pagetype=entityrecord&etn=\(table.name)&id=\(record[table.id]?.string ?? "")"
    }
}
