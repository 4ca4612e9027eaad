import CoupletSandbox

extension GoldenCase {
    private static let readLink = "the address of this sandbox"

    /// The company and what it says of itself.
    static let companies: [GoldenCase] = [
        GoldenCase(
            id: "bc-001",
            bench: { .businessCentral(["companies": [documented("bc-001")]]) },
            shape: .oneOfTheList,
            differences: ["timestamp": "the number of the last write"]
        ),
        GoldenCase(
            id: "bc-002",
            bench: { .businessCentral(["companyInformation": [documented("bc-002")]]) },
            values: ["id": [GoldenBench.companyID]],
            shape: .oneOfTheList,
            differences: ["picture@odata.mediaReadLink": readLink]
        ),
        changing(
            "bc-003",
            "companyInformation",
            before: ["website": .string("")],
            differences: ["picture@odata.mediaReadLink": readLink]
        ),
        GoldenCase(
            id: "bc-h-company-1",
            bench: { .businessCentral(["companies": [documented("bc-h-company-1")]]) }
        ),
    ]

    private static let format = ["addressFormat": "the US edition names its formats otherwise"]
    private static let postCode: [String: SandboxJSON] = ["addressFormat": .string("City+Post Code")]

    /// Small tables.
    static let codes: [GoldenCase] = [
        with(creating("bc-009", differences: format), "with a format of the worldwide edition") { request, _ in
            request.set("addressFormat", "City_x002B_Post_x0020_Code")
        },
        GoldenCase(
            id: "bc-011",
            bench: { .businessCentral(["countriesRegions": [documented("bc-011", postCode)]]) },
            values: ["id": [GoldenBench.companyID, recordID("bc-011")]],
            differences: format
        ),
        changing(
            "bc-012",
            "countriesRegions",
            before: postCode.merging(["displayName": .string("Emirates")]) { $1 },
            differences: format
        ),
        creating("bc-013", without: ["id", "lastModifiedDateTime"]), deleting("bc-014", "currencies", ["code": "CAD"]),
        changing("bc-016", "currencies", before: ["displayName": .string("Dollar")]), exchangeRate,
        creating("bc-029"), deleting("bc-030", "customerReturnReasons", ["code": "VARIANT"]),
        reading("bc-031", "customerReturnReasons"),
        changing("bc-032", "customerReturnReasons", before: ["description": .string("Incorrect item variant")]),
        creating("bc-060", without: ["id"]), deleting("bc-061", "paymentMethods", ["code": "ACCOUNT"]),
        reading("bc-062", "paymentMethods").inCurrentVersion(),
        deleting("bc-065", "paymentTerms", ["code": "10 DAYS"]), reading("bc-066", "paymentTerms"),
        deleting("bc-091", "shipmentMethods", ["code": "CFR"]),
        reading("bc-092", "shipmentMethods").inCurrentVersion(),
        changing(
            "bc-093",
            "shipmentMethods",
            before: ["code": .string("CFR"), "displayName": .string("Cost and Freight")]
        ), creating("bc-096").inCurrentVersion(), deleting("bc-097", "unitsOfMeasure", ["code": "BOX"]),
    ]

    private static let exchangeRate = GoldenCase(
        id: "bc-017",
        bench: {
            let id = SandboxJSON.string("0ca5738a-44e3-ea11-bb43-000d3a2feca1")
            return .businessCentral(["currencyExchangeRates": [documented("bc-017", ["id": id])]])
        },
        values: ["id": [GoldenBench.companyID, "0ca5738a-44e3-ea11-bb43-000d3a2feca1"]],
        differences: ["id": "the service's ids are GUIDs, the example's is none"]
    )

    /// The case with one more note and change of the request.
    static func with(
        _ example: GoldenCase,
        _ note: String?,
        _ change: @escaping @Sendable (inout GoldenRequest, inout GoldenBench) throws -> Void
    ) -> GoldenCase {
        var changed = example
        if let note { changed.notes.append(note) }
        changed.adjust = { request, bench in
            try example.adjust(&request, &bench)
            try change(&request, &bench)
        }
        return changed
    }
}
