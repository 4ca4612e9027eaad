import CoupletSandbox

extension GoldenCase {
    private static let oneID = "by its own id: v2.0 knows a default dimension by one id, not by two"
    private static let same = ["postingValidation": encoded]
    private static let parent = "b3fbe87a-61b8-4a6c-85de-0555f1627a67"
    private static let dimension = "d5fc81ea-8687-4e9d-9c49-7fde28ccdb1a"
    private static let value = "1045a902-070a-4d31-b2b1-b9431e9e5b26"
    private static let own = "5b049aad-bde4-ea11-bbf2-00155df3a615"

    /// Default dimensions of customers, vendors and items, and dimensions of documents.
    static let dimensions: [GoldenCase] = [
        addingDimension("bc-019", "customers", "customerId"), addingDimension("bc-101", "vendors", "vendorId"),
        changingDimension("bc-025", "customers", "customerId"), changingDimension("bc-107", "vendors", "vendorId"),
        deletingDimension("bc-034", "items", "itemId"), deletingDimension("bc-103", "vendors", "vendorId"),
        GoldenCase(
            id: "bc-035",
            bench: {
                let item = "53049aad-bde4-ea11-bbf2-00155df3a615"
                return .businessCentral([
                    "items": [.record(["id": item, "number": "1000"])],
                    "defaultDimensions": [documented("bc-035", ["parentType": .string("Item")])],
                ])
            },
            values: ["companyId": [GoldenBench.companyID], "itemId": ["53049aad-bde4-ea11-bbf2-00155df3a615"]],
            shape: .oneOfTheList,
            differences: same
        ),
        GoldenCase(
            id: "bc-105",
            bench: { state("vendors", value: "PROD") },
            values: ["companyId": [GoldenBench.companyID], "vendorId": [parent]],
            differences: ["value/0/postingValidation": encoded]
        ), setLine("bc-039"), setLine("bc-040"), setLine("bc-041"),
    ]

    /// A record with a dimension and, unless left out, its value for it.
    private static func state(_ set: String, value code: String? = "SALES") -> GoldenBench {
        let kind = ["customers": "Customer", "vendors": "Vendor", "items": "Item"][set] ?? ""
        var tables: [String: [SandboxJSON]] = [
            set: [.record(["id": parent, "number": "10000", "displayName": "Adatum Corporation"])],
            "dimensions": [.record(["id": dimension, "code": "DEPARTMENT"])],
            "dimensionValues": [.record(["id": value, "code": code ?? "SALES", "dimensionId": dimension])],
        ]
        if code != nil {
            tables["defaultDimensions"] = [
                .record([
                    "id": own, "parentType": kind, "parentId": parent, "dimensionId": dimension,
                    "dimensionValueId": value, "postingValidation": "Same Code",
                ])
            ]
        }
        return .businessCentral(tables)
    }

    private static func addingDimension(_ id: String, _ set: String, _ name: String) -> GoldenCase {
        GoldenCase(
            id: id,
            bench: { state(set, value: nil) },
            values: ["companyId": [GoldenBench.companyID], name: [parent]],
            adjust: { request, _ in
                let body = SandboxJSON.record([
                    "dimensionId": dimension, "dimensionValueId": value, "postingValidation": "Same Code",
                ])
                request.body = body.bytes
            },
            notes: ["with the body that the document describes"],
            differences: same
        )
    }

    private static func changingDimension(_ id: String, _ set: String, _ name: String) -> GoldenCase {
        GoldenCase(
            id: id,
            bench: { state(set) },
            values: ["companyId": [GoldenBench.companyID], name: [parent], "dimensionId": [dimension]],
            adjust: { request, _ in
                request.target = request.target.replacing("(\(parent),\(dimension))", with: "(\(own))")
                request.headers["If-Match"] = "*"
                request.body = SandboxJSON.record(["postingValidation": "Same_x0020_Code"]).bytes
            },
            notes: [ifMatch, oneID, "with the body that the document describes"],
            differences: same
        )
    }

    private static func deletingDimension(_ id: String, _ set: String, _ name: String) -> GoldenCase {
        GoldenCase(
            id: id,
            bench: { state(set) },
            values: ["companyId": [GoldenBench.companyID], name: [parent], "dimensionId": [dimension]],
            adjust: { request, _ in
                request.target = request.target.replacing("(\(parent),\(dimension))", with: "(\(own))")
                request.headers["If-Match"] = "*"
            },
            notes: [ifMatch, oneID],
            check: { _, bench in
                let rest = bench.send("GET", GoldenBench.path("\(set)(\(parent))/defaultDimensions"))
                return rest.records.isEmpty ? [] : ["the default dimension is still there"]
            }
        )
    }

    private static func setLine(_ id: String) -> GoldenCase {
        let (document, group) = ("85d8a1c5-bde4-ea11-bbf2-00155df3a615", "55c99ea7-bde4-ea11-bbf2-00155df3a615")
        let sales = "66c99ea7-bde4-ea11-bbf2-00155df3a615"
        let isChange = id == "bc-041"
        return GoldenCase(
            id: id,
            bench: {
                let value = "56c99ea7-bde4-ea11-bbf2-00155df3a615"
                return .businessCentral([
                    "salesOrders": [.record(["id": document, "number": "S-ORD101001"])],
                    "dimensions": [
                        .record(["id": group, "code": "BUSINESSGROUP", "displayName": "Business Group"]),
                        .record(["id": sales, "code": "SALESGROUP", "displayName": "Sales Group"]),
                    ],
                    "dimensionValues": [
                        .record([
                            "id": value, "code": "HOME", "displayName": "Home",
                            "dimensionId": isChange ? sales : group,
                        ])
                    ], "dimensionSetLines": [documented("bc-040")],
                ])
            },
            values: ["id": [GoldenBench.companyID, document, group]],
            adjust: { request, _ in
                if request.method != "GET" { request.headers["If-Match"] = "*" }
                request.leaveOut(["displayName"])
            },
            notes: id == "bc-040"
                ? [] : [ifMatch] + (isChange ? ["without displayName, which the service does not take"] : []),
            differences: id == "bc-039" ? [:] : ["parentType": encoded]
        )
    }
}
