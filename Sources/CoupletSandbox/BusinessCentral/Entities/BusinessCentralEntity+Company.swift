extension BusinessCentralEntity {
    /// All entities within a company, those that others point to first; `localCurrency` is the code that records without a currency show.
    static func all(localCurrency: String) -> [BusinessCentralEntity] {
        [companyInformation(localCurrency), salespeoplePurchasers] + codes + dimensions + goods
            + parties(localCurrency) + documents(localCurrency)
    }

    /// The companies of the environment, read only.
    static let companies = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "companies",
            entityName: "company",
            columns: [
                .id, .text("systemVersion", 250), SandboxColumn("timestamp", .integer, source: .version, blank: "0"),
                .text("name", 30), .text("displayName", 250), .text("businessProfileId", 250),
                .created("systemCreatedAt"), .guid("systemCreatedBy"), .modified("systemModifiedAt"),
                .guid("systemModifiedBy"),
            ],
            naturalKey: "name"
        ),
        table: "Company",
        verbs: [],
        hasTag: false
    )

    private static func companyInformation(_ local: String) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: "companyInformation",
                entityName: "companyInformation",
                columns: [.id, .text("displayName", 100, "Name")] + SandboxColumn.partyAddress + [
                    .text("faxNumber", 30, "Fax No."), .text("email", 80, "Email"), .text("website", 255, "Home Page"),
                    .text("taxRegistrationNumber", 50, "VAT Registration No."),
                    .currency(local, access: .readOnly),
                    .date("currentFiscalYearStartDate", "Current Fiscal Year Start Date", access: .readOnly),
                    .text("industry", 30, "Industrial Classification"), .text("experience", 250), .modified,
                ]
            ),
            table: "Company Information",
            verbs: [.modify],
            references: [.country()]
        )
    }
}
