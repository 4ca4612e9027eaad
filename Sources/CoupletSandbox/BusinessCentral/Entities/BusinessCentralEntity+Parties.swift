/// Those one deals with, and the people who do.
extension BusinessCentralEntity {
    static func parties(_ local: String) -> [BusinessCentralEntity] {
        [
            customers(local), customerFinancialDetails, customerSales, vendors(local), contacts, contactsInformation,
            businessRelations,
        ]
    }

    private static func customers(_ local: String) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: "customers",
                entityName: "customer",
                columns: [
                    .id, .code("number", 20, "No."), .text("displayName", 100, "Name"),
                    .option("type", ["Company", "Person"]),
                ] + SandboxColumn.partyAddress + [
                    .text("email", 80, "Email"), .text("website", 255, "Home Page"),
                    .code("salespersonCode", 20, "Salesperson Code"),
                    .decimal("balanceDue", "Balance Due", access: .readOnly),
                    .decimal("creditLimit", "Credit Limit (LCY)"), .boolean("taxLiable", "Tax Liable"),
                    .guid("taxAreaId"), .text("taxAreaDisplayName", 100, access: .readOnly),
                    .text("taxRegistrationNumber", 50, "VAT Registration No."), .guid("currencyId"), .currency(local),
                    .guid("paymentTermsId"), .guid("shipmentMethodId"), .guid("paymentMethodId"),
                    .option("blocked", [" ", "Ship", "Invoice", "All"], "Blocked"), .modified,
                ],
                naturalKey: "number"
            ),
            table: "Customer",
            mandatory: ["displayName"],
            references: [
                .pair("currencyId", "currencyCode", "currencies", "Currency"),
                .id("paymentTermsId", "paymentTerms", "Payment Terms"),
                .id("shipmentMethodId", "shipmentMethods", "Shipment Method"),
                .id("paymentMethodId", "paymentMethods", "Payment Method"),
                .id("taxAreaId", "taxAreas", "Tax Area", fills: [.init("taxAreaDisplayName", from: "displayName")]),
                .code("salespersonCode", "salespeoplePurchasers"), .country(),
            ],
            children: [
                .init("customerFinancialDetail", "customerFinancialDetails", parent: "id", isSingle: true),
                .init("defaultDimensions", parent: "parentId", kind: ("parentType", "Customer")),
                .init("contactsInformation", parent: "relatedId", kind: ("relatedType", "Customer")),
            ],
            numberSeries: NumberSeries(prefix: "C", digits: 5, step: 10)
        )
    }

    private static let customerFinancialDetails = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "customerFinancialDetails",
            entityName: "customerFinancialDetail",
            columns: [
                .id, .code("number", 20, "No."), .decimal("balance"), .decimal("totalSalesExcludingTax"),
                .decimal("overdueAmount"), .modified,
            ],
            naturalKey: "number"
        ),
        table: "Customer",
        verbs: [],
        logic: .financialDetail
    )

    private static let customerSales = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "customerSales",
            entityName: "customerSale",
            columns: [
                SandboxColumn("customerId", .guid, source: .id, blank: "\"\(SandboxGUID.zero)\""),
                .code("customerNumber", 20), .text("name", 100), .decimal("totalSalesAmount"),
                SandboxColumn("dateFilter_FilterOnly", .date, blank: "null"),
            ],
            naturalKey: "customerNumber"
        ),
        table: "Customer",
        verbs: [],
        logic: .customerSales,
        hasTag: false
    )

    private static func vendors(_ local: String) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: "vendors",
                entityName: "vendor",
                columns: [.id, .code("number", 20, "No."), .text("displayName", 100, "Name")]
                    + SandboxColumn.partyAddress + [
                        .text("email", 80, "Email"), .text("website", 255, "Home Page"),
                        .text("taxRegistrationNumber", 50, "VAT Registration No."), .guid("currencyId"),
                        .currency(local), .code("irs1099Code", 10, "IRS 1099 Code"), .guid("paymentTermsId"),
                        .guid("paymentMethodId"), .boolean("taxLiable", "Tax Liable"),
                        .option("blocked", [" ", "Payment", "All"], "Blocked"),
                        .decimal("balance", "Balance", access: .readOnly), .modified,
                    ],
                naturalKey: "number"
            ),
            table: "Vendor",
            mandatory: ["displayName"],
            references: [
                .pair("currencyId", "currencyCode", "currencies", "Currency"),
                .id("paymentTermsId", "paymentTerms", "Payment Terms"),
                .id("paymentMethodId", "paymentMethods", "Payment Method"), .country(),
            ],
            children: [
                .init("defaultDimensions", parent: "parentId", kind: ("parentType", "Vendor")),
                .init("contactsInformation", parent: "relatedId", kind: ("relatedType", "Vendor")),
            ],
            numberSeries: NumberSeries(prefix: "V", digits: 5, step: 10)
        )
    }

    private static let contacts = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "contacts",
            entityName: "contact",
            columns: [
                .id, .code("number", 20, "No."), .option("type", ["Company", "Person"], "Type"),
                .text("displayName", 100, "Name"), .text("jobTitle", 30, "Job Title"),
                .code("companyNumber", 20, "Company No."), .text("companyName", 100, "Company Name"),
                .option("contactBusinessRelation", relationNames + ["None", "Other", "Multiple"]),
            ] + SandboxColumn.partyAddress + [
                .text("mobilePhoneNumber", 30, "Mobile Phone No."), .text("email", 80, "Email"),
                .text("website", 255, "Home Page"), .code("searchName", 100, "Search Name"),
                .boolean("privacyBlocked", "Privacy Blocked"),
                .text("taxRegistrationNumber", 50, "VAT Registration No."),
                .date("lastInteractionDate", "Last Date Attempted", access: .readOnly), .modified,
            ],
            naturalKey: "number"
        ),
        table: "Contact",
        mandatory: ["displayName"],
        references: [
            .code("companyNumber", "contacts", fills: [.init("companyName", from: "displayName")]), .country(),
        ],
        numberSeries: NumberSeries(prefix: "CT", digits: 6, step: 1),
        logic: .contact
    )

    private static let relationNames = [" ", "Customer", "Vendor", "Bank Account", "Employee"]

    private static let contactsInformation = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "contactsInformation",
            entityName: "contactInformation",
            columns: [
                SandboxColumn("contactId", .guid, source: .id, blank: "\"\(SandboxGUID.zero)\""),
                .code("contactNumber", 20), .text("contactName", 100), .option("contactType", ["Company", "Person"]),
                .guid("relatedId"), .option("relatedType", relationNames),
            ],
            naturalKey: "contactNumber"
        ),
        table: "Contact Information Buffer",
        verbs: [],
        references: [.id("contactId", "contacts", "Contact")],
        logic: .contactInformation,
        hasTag: false
    )

    /// Which company contact belongs to which customer or vendor.
    private static let businessRelations = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "contactBusinessRelations",
            entityName: "contactBusinessRelation",
            columns: [
                .id, .code("contactNumber", 20, "Contact No."), .option("relatedType", relationNames),
                .code("relatedNumber", 20, "No."), .modified,
            ]
        ),
        table: "Contact Business Relation",
        order: ["contactNumber"],
        isPublished: false
    )

    static let salespeoplePurchasers = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "salespeoplePurchasers",
            entityName: "salespersonPurchaser",
            columns: [
                .id, .code("code", 20, "Code"), .text("displayName", 50, "Name"), .text("email", 80, "Email"),
                .text("email2", 80, "Email 2"), .text("phoneNo", 30, "Phone No."), .text("jobTitle", 30, "Job Title"),
                .decimal("commisionPercent", "Commission %"), .boolean("privacyBlocked", "Privacy Blocked"),
                .boolean("blocked", "Blocked"), .modified,
            ],
            naturalKey: "code"
        ),
        table: "Salesperson/Purchaser"
    )
}
