import CoupletSandbox

/// A company with a little of everything, for tests that need related records.
enum BusinessCentralWorld {
    static let customer = "f2a5738a-44e3-4a11-bb43-000d3a2feca1"
    static let item = "fca5738a-44e3-4a11-bb43-000d3a2feca1"
    static let terms = "04a5738a-44e3-4a11-bb43-000d3a2feca1"
    static let department = "d5fc81ea-8687-4e9d-9c49-7fde28ccdb1a"
    static let production = "1045a902-070a-4d31-b2b1-b9431e9e5b26"

    static let tables: [SeedTable] = [
        table("paymentTerms", [["id": terms, "code": "14 DAYS", "dueDateCalculation": "14D"]]),
        table("unitsOfMeasure", [["code": "PCS", "displayName": "Piece"]]),
        table("taxGroups", [["code": "FURNITURE"]]),
        SeedTable(
            entitySet: "taxDetails",
            rows: [.members(["taxGroupCode": .string("FURNITURE"), "taxBelowMaximum": .number("25")])]
        ), table("salespeoplePurchasers", [["code": "JO", "displayName": "Jim Olive"]]),
        SeedTable(
            entitySet: "items",
            rows: [
                .members([
                    "id": .string(item), "number": .string("1000"), "displayName": .string("Desk"),
                    "unitPrice": .number("99.9"), "baseUnitOfMeasureCode": .string("PCS"),
                    "taxGroupCode": .string("FURNITURE"),
                ])
            ]
        ),
        table(
            "customers",
            [
                [
                    "id": customer, "number": "10000", "displayName": "Adatum", "addressLine1": "Station Road 21",
                    "city": "Lund", "postalCode": "222 21", "paymentTermsId": terms, "salespersonCode": "JO",
                ]
            ]
        ),
        table(
            "contacts",
            [
                ["number": "CT1", "displayName": "Adatum"],
                ["number": "CT2", "type": "Person", "displayName": "Robert Townes", "companyNumber": "CT1"],
            ]
        ),
        table(
            "contactBusinessRelations",
            [["contactNumber": "CT1", "relatedType": "Customer", "relatedNumber": "10000"]]
        ), table("dimensions", [["id": department, "code": "DEPARTMENT"]]),
        table("dimensionValues", [["id": production, "code": "PROD", "dimensionId": department]]),
    ]

    /// A table of text.
    static func table(_ set: String, _ rows: [KeyValuePairs<String, String>]) -> SeedTable {
        SeedTable(
            entitySet: set,
            rows: rows.map { row in .object(row.map { .init(name: $0.key, value: .string($0.value)) }) }
        )
    }
}
