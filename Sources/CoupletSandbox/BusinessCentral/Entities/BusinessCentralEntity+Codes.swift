/// Small tables that others point to by code or id.
extension BusinessCentralEntity {
    static let codes: [BusinessCentralEntity] = [
        currencies, exchangeRates, paymentTerms,
        codeTable("paymentMethods", "paymentMethod", "Payment Method"),
        codeTable("shipmentMethods", "shipmentMethod", "Shipment Method"), countries, returnReasons,
        codeTable(
            "taxAreas",
            "taxArea",
            "Tax Area",
            20,
            [.option("taxType", ["Sales Tax", "VAT"], access: .readOnly)]
        ),
        codeTable(
            "taxGroups",
            "taxGroup",
            "Tax Group",
            20,
            [.option("taxType", ["Sales Tax", "VAT"], access: .readOnly)]
        ),
        taxDetails, locations,
    ]

    private static let currencies = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "currencies",
            entityName: "currency",
            columns: [
                .id, .code("code", 10, "Code"), .text("displayName", 30, "Description"), .text("symbol", 10, "Symbol"),
                .text("amountDecimalPlaces", 5, "Amount Decimal Places"),
                .decimal("amountRoundingPrecision", "Amount Rounding Precision"), .modified,
            ],
            naturalKey: "code"
        ),
        table: "Currency",
        mandatory: ["code"]
    )

    private static let exchangeRates = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "currencyExchangeRates",
            entityName: "currencyExchangeRate",
            columns: [
                .id, .code("currencyCode", 10, "Currency Code"), .date("startingDate", "Starting Date"),
                .decimal("exchangeRateAmount"), .code("relationalCurrencyCode", 10),
                .decimal("relationalExchangeRateAmount"), .modified,
            ]
        ),
        table: "Currency Exchange Rate",
        verbs: [],
        unique: ["currencyCode", "startingDate"],
        order: ["currencyCode", "startingDate"]
    )

    private static let paymentTerms = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "paymentTerms",
            entityName: "paymentTerm",
            columns: [
                .id, .code("code", 10, "Code"), .text("displayName", 100, "Description"),
                .text("dueDateCalculation", 32, "Due Date Calculation"),
                .text("discountDateCalculation", 32, "Discount Date Calculation"),
                .decimal("discountPercent", "Discount %"), .boolean("calculateDiscountOnCreditMemos"), .modified,
            ],
            naturalKey: "code"
        ),
        table: "Payment Terms",
        mandatory: ["code"]
    )

    private static let countries = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "countriesRegions",
            entityName: "countryRegion",
            columns: [
                .id, .code("code", 10, "Code"), .text("displayName", 50, "Name"),
                .option(
                    "addressFormat",
                    [
                        "Post Code+City", "City+Post Code", "City+County+Post Code", "Blank Line+Post Code+City",
                        "Custom",
                    ],
                    "Address Format"
                ), .modified,
            ],
            naturalKey: "code"
        ),
        table: "Country/Region",
        mandatory: ["code"]
    )

    private static let returnReasons = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "customerReturnReasons",
            entityName: "customerReturnReason",
            columns: [.id, .code("code", 10, "Code"), .text("description", 100, "Description"), .modified],
            naturalKey: "code"
        ),
        table: "Reason Code"
    )

    /// How much tax is due on what belongs to a tax group.
    private static let taxDetails = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "taxDetails",
            entityName: "taxDetail",
            columns: [
                .id, .code("taxGroupCode", 20, "Tax Group Code"), .decimal("taxBelowMaximum", "Tax Below Maximum"),
                .modified,
            ],
            naturalKey: "taxGroupCode"
        ),
        table: "Tax Detail",
        isPublished: false
    )

    private static let locations = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "locations",
            entityName: "location",
            columns: [
                .id, .code("code", 10, "Code"), .text("displayName", 100, "Name"), .text("contact", 100, "Contact"),
            ] + SandboxColumn.partyAddress + [
                .text("email", 80, "Email"), .text("website", 255, "Home Page"), .modified,
            ],
            naturalKey: "code"
        ),
        table: "Location",
        references: [.country()]
    )

    static func codeTable(
        _ set: String,
        _ name: String,
        _ table: String,
        _ length: Int = 10,
        _ more: [SandboxColumn] = []
    ) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: set,
                entityName: name,
                columns: [.id, .code("code", length, "Code"), .text("displayName", 100, "Description")] + more
                    + [.modified],
                naturalKey: "code"
            ),
            table: table,
            mandatory: ["code"]
        )
    }
}
