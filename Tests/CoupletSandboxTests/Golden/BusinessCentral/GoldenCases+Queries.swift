import CoupletSandbox

extension GoldenCase {
    private static let item = "7ce0af2e-0963-460f-9b1f-0014aea3e117"
    private static let company = ["companyId": [GoldenBench.companyID]]

    /// Query options and batches.
    static let queries: [GoldenCase] = [
        batch, GoldenCase(id: "bc-h-err-op", bench: { .businessCentral() }, values: company), expansion,
        GoldenCase(
            id: "bc-h-filter-1",
            bench: {
                .businessCentral([
                    "customers": [
                        .record(["number": "1", "lastModifiedDateTime": "2019-08-18T20:05:51.603Z"]),
                        .record(["number": "2", "lastModifiedDateTime": "2019-08-18T20:05:51.604Z"]),
                    ]
                ])
            },
            values: company,
            check: { response, _ in
                let numbers = response.records.compactMap { $0["number"]?.string }
                return numbers == ["2"] ? [] : ["the filter gives \(numbers)"]
            }
        ),
        GoldenCase(
            id: "bc-h-page-1",
            bench: { .businessCentral(["customers": (1...301).map { .record(["number": "\($0)"]) }]) },
            values: company,
            check: { response, _ in
                let isPaged = response.records.count == 300 && response.nextLink != nil
                let isApplied = response.headers["preference-applied"] == "odata.maxpagesize=300"
                return isPaged && isApplied ? [] : ["a page of \(response.records.count)"]
            }
        ),
    ]

    private static let expansion = GoldenCase(
        id: "bc-h-expand-1",
        bench: {
            let (term, category) = ("3bb5b4b6-ea4c-43ca-ba1c-3b69e29a6668", "e21a6a90-44e3-ea11-bb43-000d3a2feca1")
            let order = "960f5c9c-44e3-ea11-bb43-000d3a2feca1"
            return .businessCentral([
                "paymentTerms": [.record(["id": term, "code": "14 DAYS"])],
                "itemCategories": [.record(["id": category, "code": "TABLE"])],
                "items": [.record(["id": item, "number": "1000", "itemCategoryId": category])],
                "salesOrders": [
                    .record(["id": order, "number": "1", "orderDate": "2019-05-01", "paymentTermsId": term]),
                    .record(["number": "2", "orderDate": "2019-04-30"]),
                ], "salesOrderLines": [.record(["documentId": order, "itemId": item, "lineType": "Item"])],
            ])
        },
        values: company,
        check: { response, _ in
            let line = response.records.first?["salesOrderLines"]?.array?.first
            let category = line?["item"]?["itemCategory"]?["code"]?.string
            let term = response.records.first?["paymentTerm"]?["code"]?.string
            let isRight = response.records.count == 1 && category == "TABLE" && term == "14 DAYS"
            return isRight && line?["account"]?.isNull ?? false ? [] : ["something is not expanded"]
        }
    )

    private static let batch = GoldenCase(
        id: "bc-h-batch-1",
        bench: {
            .businessCentral([
                "companies": [
                    .record(["id": GoldenBench.companyID, "name": "CRONUS International Ltd."])
                ], "items": [.record(["id": item, "number": "1000", "displayName": "Touring Bicycle"])],
            ])
        },
        differences: [
            "responses/0/headers/content-type": "with one parameter more",
            "responses/2/headers/content-type": "likewise",
        ],
        check: { _, bench in
            let name = bench.send("GET", GoldenBench.path("items(\(item))")).json["displayName"]?.string
            return name == "Touring Bicycle" ? [] : ["the change was not taken back: \(name ?? "")"]
        }
    )
}
