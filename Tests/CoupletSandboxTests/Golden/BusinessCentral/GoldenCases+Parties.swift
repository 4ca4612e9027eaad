import CoupletSandbox

extension GoldenCase {
    private static let date = "the document shows a date, the service a time"
    private static let blocked = ["blocked": encoded]

    /// Customers, vendors, contacts, salespeople and opportunities.
    static let parties: [GoldenCase] = [
        creating(
            "bc-004",
            also: ["contacts": [.record(["number": "17806", "displayName": "CRONUS US"])]],
            without: ["lastInteractionDate", "lastModifiedDateTime"],
            onSet: true,
            differences: [
                "lastInteractionDate": "no interaction was recorded", "lastModifiedDateTime": date,
            ]
        ),
        changing(
            "bc-007",
            "contacts",
            before: ["number": .string("108000")],
            without: ["id"],
            differences: ["lastModifiedDateTime": date]
        ),
        creating(
            "bc-018",
            also: [
                "paymentTerms": [.record(["id": "04a5738a-44e3-ea11-bb43-000d3a2feca1", "code": "14 DAYS"])],
                "paymentMethods": [.record(["id": "3b196a90-44e3-ea11-bb43-000d3a2feca1", "code": "CASH"])],
                "taxAreas": [.record(["id": "90196a90-44e3-ea11-bb43-000d3a2feca1", "code": "ATLANTA, GA"])],
            ],
            differences: ["blocked": encoded, "number": "the number series of this sandbox"]
        ), deleting("bc-020", "customers", ["number": "10000", "displayName": "Adatum Corporation"]),
        reading("bc-022", "customers", differences: blocked),
        changing(
            "bc-024",
            "customers",
            before: ["displayName": .string("Adatum Corporation"), "phoneNumber": .string("")],
            differences: blocked
        ), customerSales, creating("bc-082", onSet: true),
        deleting("bc-083", "salespeoplePurchasers", ["code": "JS"]),
        reading("bc-104", "vendors", differences: blocked),
        changing(
            "bc-106",
            "vendors",
            before: ["displayName": .string("Fabrikam, Inc."), "blocked": .string(" ")]
        ),
        with(
            creating(
                "bc-057",
                also: [
                    "contacts": [
                        .record([
                            "number": "CT200116", "type": "Person", "displayName": "David Oliver Lawrence",
                            "companyName": "A. Gibson\"s Law Firm",
                        ])
                    ], "salespeoplePurchasers": [.record(["code": "BC"])],
                ],
                onSet: true
            ),
            "on the day of the example"
        ) { _, bench in
            bench.now = SandboxInstant(text: "2021-08-24T11:22:38Z") ?? bench.now
        }, deleting("bc-058", "opportunities", ["number": "OP100101"]),
    ]

    private static let customerSales = GoldenCase(
        id: "bc-033",
        bench: {
            let id = "5d115c9c-44e3-ea11-bb43-000d3a2feca1"
            let invoices = [("1", "83000"), ("2", "956.45")].map { number, amount in
                SandboxJSON.members([
                    "number": .string(number), "customerId": .string(id), "status": .string("Open"),
                    "totalAmountExcludingTax": .number(amount),
                ])
            }
            let customer = SandboxJSON.record(["id": id, "number": "50000", "displayName": "Relecloud"])
            return .businessCentral(["customers": [customer], "salesInvoices": invoices])
        },
        values: ["id": [GoldenBench.companyID]],
        shape: .oneOfTheList
    )
}
