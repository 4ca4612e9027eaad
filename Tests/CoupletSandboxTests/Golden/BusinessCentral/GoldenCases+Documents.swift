import CoupletSandbox

extension GoldenCase {
    private static let head = "9e0f5c9c-44e3-ea11-bb43-000d3a2feca1"
    private static let former = "the example shows a property of a former version"
    private static let placeholder = "the example shows a placeholder"

    /// Quotes, orders and invoices with their lines.
    static let documents: [GoldenCase] = [
        invoiceLine, invoice, order, deleting("bc-071", "salesInvoices", ["number": "103001"]),
        line("bc-074", "salesInvoices", "salesInvoiceLine"), line("bc-075", "salesInvoices", "salesInvoiceLine"),
        deleting("bc-076", "salesOrders", ["number": "101005"]), reading("bc-077", "salesOrders"),
        changing(
            "bc-078",
            "salesOrders",
            before: ["paymentTermsId": .string("0e8b5305-593f-ee11-be74-6045bdc8c285")],
            also: [
                "paymentTerms": [.record(["id": "3bb5b4b6-ea4c-43ca-ba1c-3b69e29a6668", "code": "14 DAYS"])],
                "customers": [.record(["id": "c04c550b-593f-ee11-be74-6045bdc8c285", "number": "10000"])],
            ]
        ), line("bc-080", "salesOrders", "salesOrderLine"), line("bc-081", "salesOrders", "salesOrderLine"),
        deleting("bc-086", "salesQuotes", ["number": "1006"]), quote("bc-087"), quote("bc-089"), printed,
        GoldenCase(
            id: "bc-h-deep-1",
            bench: {
                .businessCentral([
                    "customers": [.record(["id": head, "number": "10000"])],
                    "items": [
                        .members([
                            "id": .string("02a6738a-44e3-ea11-bb43-000d3a2feca1"), "number": .string("1000"),
                            "unitPrice": .number("4.5"),
                        ])
                    ],
                ])
            },
            values: [
                "companyId": [GoldenBench.companyID], "customerId": [head],
                "itemId": ["02a6738a-44e3-ea11-bb43-000d3a2feca1"],
            ],
            check: { response, bench in
                let id = response.json["id"]?.string ?? ""
                let lines = bench.send("GET", GoldenBench.path("salesQuotes(\(id))/salesQuoteLines")).records
                let total = response.json["totalAmountExcludingTax"]?.number
                return lines.count == 1 && total == "45" ? [] : ["\(lines.count) lines, total \(total ?? "")"]
            }
        ),
    ]

    private static let invoiceLine = GoldenCase(
        id: "bc-068",
        bench: {
            .businessCentral([
                "salesInvoices": [.record(["id": head, "number": "103001"])],
                "items": [.record(["id": "02a6738a-44e3-ea11-bb43-000d3a2feca1", "number": "1928-S"])],
                "unitsOfMeasure": [.record(["id": "5ca6738a-44e3-ea11-bb43-000d3a2feca1", "code": "PCS"])],
                "taxDetails": [.members(["taxGroupCode": .string("FURNITURE"), "taxBelowMaximum": .number("5")])],
            ])
        },
        values: ["id": [GoldenBench.companyID, head]]
    )

    private static let invoice = GoldenCase(
        id: "bc-069",
        bench: {
            .businessCentral([
                "companyInformation": [.record(["currencyCode": "GBP"])],
                "currencies": [.record(["id": "7e8b5305-593f-ee11-be74-6045bdc8c285", "code": "USD"])],
                "paymentTerms": [.record(["id": "0ba5738a-44e3-ea11-bb43-000d3a2feca1", "code": "COD"])],
                "salespeoplePurchasers": [.record(["code": "PS"])],
                "customers": [
                    .record([
                        "id": "f3a5738a-44e3-ea11-bb43-000d3a2feca1", "number": "20000",
                        "displayName": "Trey Research", "addressLine1": "153 Thomas Drive", "city": "Chicago",
                        "state": "IL", "country": "US", "postalCode": "61236",
                    ])
                ],
            ])
        },
        values: ["id": [GoldenBench.companyID]],
        adjust: { request, _ in request.leaveOut(["number", "customerName"]) },
        notes: ["without number and customerName, which the service does not take"]
    )

    private static let order = GoldenCase(
        id: "bc-070",
        bench: {
            .businessCentral([
                "companyInformation": [.record(["currencyCode": "GBP"])],
                "paymentTerms": [.record(["id": "3bb5b4b6-ea4c-43ca-ba1c-3b69e29a6668", "code": "14 DAYS"])],
                "customers": [
                    .record([
                        "id": "c04c550b-593f-ee11-be74-6045bdc8c285", "number": "10000",
                        "displayName": "Adatum Corporation", "addressLine1": "Station Road, 21",
                        "salespersonCode": "JO", "shipmentMethodId": "774c550b-593f-ee11-be74-6045bdc8c285",
                        "email": "robert.townes@contoso.com",
                    ])
                ],
            ])
        },
        values: ["id": [GoldenBench.companyID]],
        adjust: { request, bench in
            request.set("customerNumber", "10000")
            bench.now = SandboxInstant(text: "2023-09-02T17:38:08Z") ?? bench.now
        },
        notes: ["for the customer that the answer shows, on the day of the example"],
        differences: [
            "number": "the number series of this sandbox", "documentLines": "the entity has no such property",
            "shortcutDimension2Code": "customers have no shortcut dimensions here",
        ]
    )

    private static func line(_ id: String, _ documents: String, _ name: String) -> GoldenCase {
        let record = recordID(id)
        let document = GoldenLibrary.exchange(id)?.answer.body?["documentId"]?.string ?? ""
        let isChange = id != "bc-074" && id != "bc-080"
        return GoldenCase(
            id: id,
            bench: {
                .businessCentral([
                    documents: [.record(["id": document, "number": "101001"])], "\(name)s": [documented(id)],
                ])
            },
            values: [
                "id": [GoldenBench.companyID, id == "bc-075" ? "(\(document))" : document], "\(name)Id": [record],
            ],
            adjust: { request, _ in if isChange { request.headers["If-Match"] = "*" } },
            notes: isChange ? [ifMatch] : []
        )
    }

    private static func quote(_ id: String) -> GoldenCase {
        let isChange = id == "bc-089"
        let (own, customer) = ("94913756-80e9-47bc-995a-048a655b8cdd", "c04c550b-593f-ee11-be74-6045bdc8c285")
        return GoldenCase(
            id: id,
            bench: {
                let left: Set<String> = [
                    "customerId", "currencyId", "shipmentMethodId", "contactId", "billingPostalAddress",
                    "shipmentMethod", "status",
                ]
                let changed = ["id": SandboxJSON.string(own), "customerId": .string(customer)]
                return .businessCentral([
                    "companyInformation": [.record(["currencyCode": "GBP"])],
                    "customers": [.record(["id": customer, "number": "10000"])],
                    "paymentTerms": [.record(["id": "3bb5b4b6-ea4c-43ca-ba1c-3b69e29a6668", "code": "14 DAYS"])],
                    "salesQuotes": [documented(id, changed, without: left)],
                ])
            },
            values: ["id": [GoldenBench.companyID, own]],
            adjust: { request, _ in if isChange { request.headers["If-Match"] = "*" } },
            notes: isChange ? [ifMatch] : [],
            differences: [
                "id": placeholder, "customerId": placeholder, "currencyId": placeholder,
                "shipmentMethodId": placeholder, "contactId": former, "billingPostalAddress": former,
                "shipmentMethod": former, "status": former,
            ]
        )
    }

    private static let printed = GoldenCase(
        id: "bc-088",
        bench: {
            .businessCentral([
                "salesQuotes": [.record(["id": "94913756-80e9-47bc-995a-048a655b8cdd", "number": "1006"])]
            ])
        },
        values: ["id": [GoldenBench.companyID], "quoteId": ["94913756-80e9-47bc-995a-048a655b8cdd"]],
        differences: [
            "@odata.context": "the company by id instead of by name",
            "value/0/content@odata.mediaReadLink": "the address of this sandbox",
        ],
        check: { response, bench in
            let link = response.records.first?["content@odata.mediaReadLink"]?.string ?? ""
            let file = bench.send("GET", String(link.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }))
            return file.body.starts(with: Array("%PDF".utf8)) ? [] : ["the link leads to no PDF file: \(file.status)"]
        }
    )
}
