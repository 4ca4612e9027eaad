/// The entities of the stand-in.
extension BusinessCentralEntity {
    /// All entities within a company; `localCurrency` is the code that records without a currency show.
    static func all(localCurrency: String) -> [BusinessCentralEntity] {
        [
            customers(localCurrency: localCurrency), salespeoplePurchasers, currencies, paymentTerms,
            codeTable("paymentMethods", "paymentMethod", "Payment Method"),
            codeTable("shipmentMethods", "shipmentMethod", "Shipment Method"),
        ]
    }

    /// The companies of the environment, read only.
    static let companies = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "companies",
            entityName: "company",
            columns: [
                .id(), .text("systemVersion", 250), SandboxColumn("timestamp", .integer, source: .version, blank: "0"),
                .text("name", 30), .text("displayName", 250), .text("businessProfileId", 250),
                SandboxColumn("systemCreatedAt", .dateTime, source: .createdAt, blank: "\"0001-01-01T00:00:00Z\""),
                .guid("systemCreatedBy"), .modified("systemModifiedAt"), .guid("systemModifiedBy"),
            ],
            naturalKey: "name"
        ),
        table: "Company",
        isReadOnly: true
    )

    private static func customers(localCurrency: String) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: "customers",
                entityName: "customer",
                columns: [
                    .id(), .code("number", 20, "No."), .text("displayName", 100, "Name"),
                    .option("type", ["Company", "Person"]),
                    .text("addressLine1", 100, "Address"), .text("addressLine2", 50, "Address 2"),
                    .text("city", 30, "City"),
                    .text("state", 30, "County"), .code("country", 10, "Country/Region Code"),
                    .code("postalCode", 20, "Post Code"), .text("phoneNumber", 30, "Phone No."),
                    .text("email", 80, "Email"),
                    .text("website", 255, "Home Page"), .code("salespersonCode", 20, "Salesperson Code"),
                    .decimal("balanceDue", "Balance Due", access: .readOnly),
                    .decimal("creditLimit", "Credit Limit (LCY)"),
                    .boolean("taxLiable"), .guid("taxAreaId"), .text("taxAreaDisplayName", 100, access: .readOnly),
                    .text("taxRegistrationNumber", 50, "VAT Registration No."), .guid("currencyId"),
                    SandboxColumn(
                        "currencyCode",
                        .code,
                        maxLength: 10,
                        caption: "Currency Code",
                        blank: "\"\(localCurrency)\""
                    ),
                    .guid("paymentTermsId"), .guid("shipmentMethodId"), .guid("paymentMethodId"),
                    .option("blocked", [" ", "Ship", "Invoice", "All"]), .modified(),
                ],
                naturalKey: "number"
            ),
            table: "Customer",
            mandatory: ["displayName"],
            references: [
                .pair(id: "currencyId", code: "currencyCode", entitySet: "currencies", caption: "Currency"),
                .id("paymentTermsId", entitySet: "paymentTerms", caption: "Payment Terms"),
                .id("shipmentMethodId", entitySet: "shipmentMethods", caption: "Shipment Method"),
                .id("paymentMethodId", entitySet: "paymentMethods", caption: "Payment Method"),
                .code("salespersonCode", entitySet: "salespeoplePurchasers"),
            ],
            numberSeries: NumberSeries(prefix: "C", digits: 5, step: 10)
        )
    }

    private static let salespeoplePurchasers = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "salespeoplePurchasers",
            entityName: "salespersonPurchaser",
            columns: [
                .id(), .code("code", 20, "Code"), .text("displayName", 50, "Name"), .text("email", 80, "Email"),
                .text("email2", 80, "Email 2"), .text("phoneNo", 30, "Phone No."), .text("jobTitle", 30, "Job Title"),
                .decimal("commisionPercent", "Commission %"), .boolean("privacyBlocked"), .boolean("blocked"),
                .modified(),
            ],
            naturalKey: "code"
        ),
        table: "Salesperson/Purchaser"
    )

    private static let currencies = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "currencies",
            entityName: "currency",
            columns: [
                .id(), .code("code", 10, "Code"), .text("displayName", 30, "Description"),
                .text("symbol", 10, "Symbol"),
                .text("amountDecimalPlaces", 5, "Amount Decimal Places"),
                .decimal("amountRoundingPrecision", "Amount Rounding Precision"), .modified(),
            ],
            naturalKey: "code"
        ),
        table: "Currency",
        mandatory: ["code"]
    )

    private static let paymentTerms = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "paymentTerms",
            entityName: "paymentTerm",
            columns: [
                .id(), .code("code", 10, "Code"), .text("displayName", 100, "Description"),
                .text("dueDateCalculation", 32, "Due Date Calculation"),
                .text("discountDateCalculation", 32, "Discount Date Calculation"),
                .decimal("discountPercent", "Discount %"),
                .boolean("calculateDiscountOnCreditMemos"), .modified(),
            ],
            naturalKey: "code"
        ),
        table: "Payment Terms",
        mandatory: ["code"]
    )

    private static func codeTable(_ set: String, _ name: String, _ table: String) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: set,
                entityName: name,
                columns: [.id(), .code("code", 10, "Code"), .text("displayName", 100, "Description"), .modified()],
                naturalKey: "code"
            ),
            table: table,
            mandatory: ["code"]
        )
    }
}

extension SandboxColumn {
    fileprivate static func id() -> SandboxColumn {
        SandboxColumn("id", .guid, access: .readOnly, source: .id, caption: "Id", blank: "\"\(SandboxGUID.zero)\"")
    }

    fileprivate static func modified(_ name: String = "lastModifiedDateTime") -> SandboxColumn {
        SandboxColumn(
            name,
            .dateTime,
            access: .readOnly,
            source: .modifiedAt,
            caption: "Last Modified Date",
            blank: "\"0001-01-01T00:00:00Z\""
        )
    }

    fileprivate static func text(
        _ name: String,
        _ length: Int,
        _ caption: String? = nil,
        access: Access = .readWrite
    ) -> SandboxColumn {
        SandboxColumn(name, .text, maxLength: length, access: access, caption: caption, blank: "\"\"")
    }

    fileprivate static func code(_ name: String, _ length: Int, _ caption: String) -> SandboxColumn {
        SandboxColumn(name, .code, maxLength: length, caption: caption, blank: "\"\"")
    }

    fileprivate static func guid(_ name: String) -> SandboxColumn {
        SandboxColumn(name, .guid, blank: "\"\(SandboxGUID.zero)\"")
    }

    fileprivate static func boolean(_ name: String) -> SandboxColumn { SandboxColumn(name, .boolean, blank: "false") }

    fileprivate static func decimal(_ name: String, _ caption: String, access: Access = .readWrite) -> SandboxColumn {
        SandboxColumn(name, .decimal, access: access, caption: caption, blank: "0")
    }

    fileprivate static func option(_ name: String, _ choices: [String]) -> SandboxColumn {
        SandboxColumn(
            name,
            .option,
            choices: choices,
            blank: "\"\(BusinessCentralName.encoded(choices.first ?? " "))\""
        )
    }
}
