import CoupletSandbox

extension GoldenCase {
    private static let record = "f2a5738a-44e3-ea11-bb43-000d3a2feca1"
    private static let otherTable = "the example names another table"

    /// The table of errors, and the query options whose answers are not shown.
    static let errors: [GoldenCase] = [
        error("bc-h-err-02", "PATCH", "customers(\(record))", #"{"city":"Lund"}"#, "a change without If-Match"),
        error("bc-h-err-03", "GET", "OfficeAppResourceRegistrations", "", "an unknown segment"),
        error("bc-h-err-04", "GET", "customers(10000)", "", "a key that is no id"),
        with(
            error(
                "bc-h-err-05",
                "POST",
                "companies",
                "{}",
                "creating a company",
                ["error/message": "the product's name and the type as reported of current versions"]
            ),
            "on the list of companies"
        ) { request, _ in
            request.target = request.target.replacing("/companies(\(GoldenBench.companyID))", with: "")
        },
        error(
            "bc-h-err-06",
            "PATCH",
            "customers(\(record))",
            #"{"lastModifiedDateTime":"2024-01-01T00:00:00Z"}"#,
            "a change of a read-only property",
            ["error/message": "the caption of this entity's property"]
        ), error("bc-h-err-08", "POST", "customers", #"{"displayName":"#, "a body that is no JSON"),
        error(
            "bc-h-err-11",
            "POST",
            "customers",
            #"{"displayName":"A","salespersonCode":"ABL001"}"#,
            "a code that is not in the related table",
            ["error/message": otherTable]
        ),
        error(
            "bc-h-err-12",
            "POST",
            "customers",
            #"{"displayName":"A","number":"10000"}"#,
            "a number that is taken",
            ["error/message": otherTable]
        ),
        with(error("bc-h-err-13", "GET", "customers", "", "a company that does not exist"), nil) { request, _ in
            request.target = request.target.replacing(GoldenBench.companyID, with: record)
        }, error("bc-h-err-15", "DELETE", "items(\(record))", "", "deleting an item that is in a quote"),
        error("bc-h-err-17", "POST", "customers", #"{"displayName":"A","taxAreaId":"x"}"#, "an id that is no GUID"),
        error(
            "bc-h-err-18",
            "GET",
            "items?$filter=number eq 'SELLACRE24_W%252FOORINGS'",
            "",
            "a filter that is longer than the field"
        ),
        error(
            "bc-h-err-19",
            "POST",
            "salesQuotes(\(record))/salesQuoteLines",
            #"{"lineType":"Item","lineObjectNumber":"2000"}"#,
            "a field that must have another value",
            ["error/message": "the example's field is not in the API"]
        ),
        with(error("bc-h-err-20", "GET", "customers", "", "a token that was never issued"), nil) { request, _ in
            request.headers["Authorization"] = "Bearer nonsense"
        },
    ]

    /// A customer, an item that a quote names, and one that is blocked.
    private static func state() -> GoldenBench {
        .businessCentral([
            "customers": [.record(["id": record, "number": "10000", "displayName": "Adatum Corporation"])],
            "items": [
                .record(["id": record, "number": "1000"]),
                .members(["number": .string("2000"), "blocked": .boolean(true)]),
            ], "salesQuotes": [.record(["id": record, "number": "1006"])],
            "salesQuoteLines": [.record(["documentId": record, "itemId": record])],
        ])
    }

    private static func error(
        _ id: String,
        _ method: String,
        _ path: String,
        _ body: String,
        _ trigger: String,
        _ differences: [String: String] = [:]
    ) -> GoldenCase {
        GoldenCase(
            id: id,
            bench: { state() },
            adjust: { request, _ in
                (request.method, request.target) = (method, GoldenBench.path(path))
                request.body = Array(body.utf8)
                if method != "GET", id != "bc-h-err-02" { request.headers["If-Match"] = "*" }
            },
            notes: [trigger],
            differences: differences
        )
    }
}
