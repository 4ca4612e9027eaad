/// Sales documents, their lines, and opportunities.
extension BusinessCentralEntity {
    static func documents(_ local: String) -> [BusinessCentralEntity] {
        [
            opportunities, salesQuotes(local), salesOrders(local), salesInvoices(local),
            lines("salesQuoteLines", "salesQuoteLine", of: "salesQuotes", []),
            lines(
                "salesOrderLines",
                "salesOrderLine",
                of: "salesOrders",
                ["shippedQuantity", "invoicedQuantity", "invoiceQuantity", "shipQuantity"].map { .decimal($0) }
            ),
            lines("salesInvoiceLines", "salesInvoiceLine", of: "salesInvoices", []), dimensionSetLines,
        ]
    }

    private static let opportunities = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "opportunities",
            entityName: "opportunity",
            columns: [
                .id, .code("number", 20, "No."), .code("contactNumber", 20, "Contact No."),
                .text("contactName", 100, "Contact Name", access: .readOnly),
                .text("contactCompanyName", 100, "Contact Company Name", access: .readOnly),
                .code("salespersonCode", 20, "Salesperson Code"), .text("description", 100, "Description"),
                .option("status", ["Not Started", "In Progress", "Won", "Lost"], "Status", access: .readOnly),
                .boolean("closed", "Closed", access: .readOnly),
                .date("creationDate", "Creation Date", access: .readOnly),
                .date("dateClosed", "Date Closed", access: .readOnly),
                .decimal("calculatedCurrentValue", "Calcd. Current Value (LCY)", access: .readOnly),
                .decimal("chancesOfSuccessPrc", "Chances of Success %", access: .readOnly),
                .decimal("completedPrc", "Completed %", access: .readOnly),
                .date("estimatedClosingDate", "Estimated Closing Date", access: .readOnly),
                .decimal("estimatedValue", "Estimated Value (LCY)", access: .readOnly),
                .created("systemCreatedAt"), .modified,
            ],
            naturalKey: "number"
        ),
        table: "Opportunity",
        references: [
            .code(
                "contactNumber",
                "contacts",
                fills: [.init("contactName", from: "displayName"), .init("contactCompanyName", from: "companyName")]
            ), .code("salespersonCode", "salespeoplePurchasers"),
        ],
        numberSeries: NumberSeries(prefix: "OP", digits: 6, step: 1),
        logic: .opportunity
    )

    private static func salesOrders(_ local: String) -> BusinessCentralEntity {
        document(
            ("salesOrders", "salesOrder", "salesOrderLines", "Sales_x0020_Order"),
            [.date("orderDate", "Order Date"), .date("postingDate", "Posting Date")],
            local,
            [
                .boolean("pricesIncludeTax", "Prices Including VAT"), .boolean("partialShipping"),
                .date("requestedDeliveryDate", "Requested Delivery Date"),
                .boolean("discountAppliedBeforeTax", access: .readOnly), .boolean("fullyShipped"),
                .option("status", ["Draft", "In Review", "Open"], "Status", access: .readOnly),
            ],
            NumberSeries(prefix: "S-ORD", digits: 6, step: 1, first: 101_001)
        )
    }

    private static func salesQuotes(_ local: String) -> BusinessCentralEntity {
        document(
            ("salesQuotes", "salesQuote", "salesQuoteLines", "Sales_x0020_Quote"),
            [
                .date("documentDate", "Document Date"), .date("postingDate", "Posting Date"),
                .date("dueDate", "Due Date"),
            ],
            local,
            [
                .option("status", ["Draft", "Sent", "Accepted", "Expired"], "Status", access: .readOnly),
                .dateTime("sentDate"), .date("validUntilDate"), .date("acceptedDate"),
            ],
            NumberSeries(prefix: "S-QUO", digits: 6, step: 1, first: 101_001)
        )
    }

    private static func salesInvoices(_ local: String) -> BusinessCentralEntity {
        document(
            ("salesInvoices", "salesInvoice", "salesInvoiceLines", "Sales_x0020_Invoice"),
            [
                .date("invoiceDate", "Document Date"), .date("postingDate", "Posting Date"),
                .date("dueDate", "Due Date"), .date("promisedPayDate"),
                .text("customerPurchaseOrderReference", 35, "Your Reference"),
            ],
            local,
            [
                .guid("orderId", access: .readOnly), .code("orderNumber", 20, "Order No.", access: .readOnly),
                .guid("disputeStatusId"), .code("disputeStatus", 10),
                .boolean("pricesIncludeTax", "Prices Including VAT", access: .readOnly),
                .decimal("remainingAmount", "Amount Including VAT", access: .readOnly),
                .boolean("discountAppliedBeforeTax", access: .readOnly),
                .option(
                    "status",
                    ["Draft", " ", "In Review", "Open", "Paid", "Canceled", "Corrective"],
                    "Status",
                    access: .readOnly
                ),
            ],
            NumberSeries(prefix: "PS-INV", digits: 6, step: 1, first: 103_001)
        )
    }

    private static func document(
        _ names: (set: String, entity: String, lines: String, kind: String),
        _ dates: [SandboxColumn],
        _ local: String,
        _ more: [SandboxColumn],
        _ series: NumberSeries
    ) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: names.set,
                entityName: names.entity,
                columns: header(dates, local) + more + [.modified],
                naturalKey: "number"
            ),
            table: "Sales Header",
            references: [
                .pair("customerId", "customerNumber", "customers", "Customer"),
                .pair("billToCustomerId", "billToCustomerNumber", "customers", "Customer"),
                .pair("currencyId", "currencyCode", "currencies", "Currency"),
                .id("paymentTermsId", "paymentTerms", "Payment Terms"),
                .id("shipmentMethodId", "shipmentMethods", "Shipment Method"),
                .code("salesperson", "salespeoplePurchasers"), .country("sellToCountry"), .country("shipToCountry"),
            ],
            children: [
                .init(names.lines, parent: "documentId"),
                .init("dimensionSetLines", parent: "parentId", kind: ("parentType", names.kind)),
            ],
            numberSeries: series,
            logic: .salesDocument(lines: names.lines)
        )
    }

    private static func header(_ dates: [SandboxColumn], _ local: String) -> [SandboxColumn] {
        [.id, .code("number", 20, "No.", access: .readOnly), .code("externalDocumentNumber", 35)] + dates + [
            .guid("customerId"), .code("customerNumber", 20, "Sell-to Customer No."),
            .text("customerName", 100, "Sell-to Customer Name", access: .readOnly),
            .text("billToName", 100, "Bill-to Name", access: .readOnly), .guid("billToCustomerId"),
            .code("billToCustomerNumber", 20, "Bill-to Customer No."), .text("shipToName", 100, "Ship-to Name"),
            .text("shipToContact", 100, "Ship-to Contact"),
        ] + SandboxColumn.address("sellTo") + SandboxColumn.address("billTo", access: .readOnly)
            + SandboxColumn.address("shipTo") + [
                .code("shortcutDimension1Code", 20), .code("shortcutDimension2Code", 20), .guid("currencyId"),
                .currency(local), .guid("paymentTermsId"), .guid("shipmentMethodId"),
                .code("salesperson", 20, "Salesperson Code"), .decimal("discountAmount", "Invoice Discount Amount"),
                .decimal("totalAmountExcludingTax", "Amount", access: .readOnly),
                .decimal("totalTaxAmount", "Total Tax Amount", access: .readOnly),
                .decimal("totalAmountIncludingTax", "Amount Including VAT", access: .readOnly),
                .text("phoneNumber", 30, "Sell-to Phone No."), .text("email", 80, "Sell-to Email"),
            ]
    }

    private static func lines(
        _ set: String,
        _ name: String,
        of documents: String,
        _ more: [SandboxColumn]
    ) -> BusinessCentralEntity {
        BusinessCentralEntity(
            schema: TableSchema(
                entitySet: set,
                entityName: name,
                columns: line + more + lineEnd,
                parentKey: "documentId"
            ),
            table: "Sales Line",
            unique: ["documentId", "sequence"],
            order: ["documentId", "sequence"],
            references: [
                .id("itemId", "items", "Item"), .id("accountId", "accounts", "G/L Account"),
                .pair("unitOfMeasureId", "unitOfMeasureCode", "unitsOfMeasure", "Unit of Measure"),
                .id("itemVariantId", "itemVariants", "Item Variant"), .id("locationId", "locations", "Location"),
            ],
            logic: .salesLine(documents: documents)
        )
    }

    /// The dimension values of documents; each is known by its dimension's id.
    private static let dimensionSetLines = BusinessCentralEntity(
        schema: TableSchema(
            entitySet: "dimensionSetLines",
            entityName: "dimensionSetLine",
            columns: [
                .guid("id"), .code("code", 20, "Dimension Code"),
                .code("consolidationCode", 20, access: .readOnly), .guid("parentId", access: .readOnly),
                .option(
                    "parentType",
                    [" ", "Sales Order", "Sales Quote", "Sales Invoice"],
                    "Parent Type",
                    access: .readOnly
                ), .text("displayName", 30, "Dimension Name", access: .readOnly), .guid("valueId"),
                .code("valueCode", 20, "Dimension Value Code"),
                .code("valueConsolidationCode", 20, access: .readOnly),
                .text("valueDisplayName", 50, "Dimension Value Name", access: .readOnly),
            ],
            parentKey: "parentId"
        ),
        table: "Dimension Set Entry Buffer",
        unique: ["parentId", "code"],
        order: ["parentId", "code"],
        references: [
            .pair(
                "id",
                "code",
                "dimensions",
                "Dimension",
                fills: [
                    .init("displayName", from: "displayName"), .init("consolidationCode", from: "consolidationCode"),
                ]
            ),
            .id(
                "valueId",
                "dimensionValues",
                "Dimension Value",
                fills: [
                    .init("valueCode", from: "code"), .init("valueDisplayName", from: "displayName"),
                    .init("valueConsolidationCode", from: "consolidationCode"),
                ]
            ),
        ],
        logic: .dimensionSetLine
    )

    private static let line: [SandboxColumn] = [
        .id, .guid("documentId"), .integer("sequence", "Line No."), .guid("itemId"), .guid("accountId"),
        .option(
            "lineType",
            ["Comment", "Account", "Item", "Resource", "Fixed Asset", "Charge", "Allocation Account"],
            "Line Type"
        ), .code("lineObjectNumber", 20, "No."), .text("description", 100, "Description"),
        .text("description2", 50, "Description 2"), .guid("unitOfMeasureId"),
        .code("unitOfMeasureCode", 10, "Unit of Measure Code"), .decimal("quantity", "Quantity"),
        .decimal("unitPrice", "Unit Price"), .decimal("discountAmount", "Line Discount Amount"),
        .decimal("discountPercent", "Line Discount %"), .boolean("discountAppliedBeforeTax", access: .readOnly),
        .decimal("amountExcludingTax", "Line Amount Excluding Tax", access: .readOnly), .code("taxCode", 50),
        .decimal("taxPercent", "VAT %", access: .readOnly),
        .decimal("totalTaxAmount", "Line Tax Amount", access: .readOnly),
        .decimal("amountIncludingTax", "Line Amount Including Tax", access: .readOnly),
        .decimal("invoiceDiscountAllocation", "Inv. Discount Amount Excl. VAT", access: .readOnly),
        .decimal("netAmount", "Amount", access: .readOnly),
        .decimal("netTaxAmount", "Tax Amount", access: .readOnly),
        .decimal("netAmountIncludingTax", "Amount Including VAT", access: .readOnly),
        .date("shipmentDate", "Shipment Date"),
    ]

    private static let lineEnd: [SandboxColumn] = [.guid("itemVariantId"), .guid("locationId")]
}
