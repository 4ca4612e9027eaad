import CoupletSandbox

extension GoldenCase {
    private static let item = "d0e5d5da-795a-4924-b376-13665f794cdd"

    /// Items, their categories, variants and pictures.
    static let items: [GoldenCase] = [
        deleting("bc-044", "items", ["number": "1896-S"]), reading("bc-046", "items"),
        changing(
            "bc-048",
            "items",
            before: ["displayName": .string("ATHENS Desk"), "blocked": .boolean(false)]
        ), creating("bc-049"), deleting("bc-050", "itemCategories", ["code": "CHAIR"]),
        reading("bc-051", "itemCategories"),
        changing("bc-052", "itemCategories", before: ["displayName": .string("Office Chair")]),
        reading("bc-055", "itemVariants"),
        changing(
            "bc-056",
            "itemVariants",
            before: ["itemNumber": .string("1896-S")],
            also: [
                "items": [
                    .record(["id": "fca5738a-44e3-ea11-bb43-000d3a2feca1", "number": "1896-S"]),
                    .record(["number": "3876-J"]),
                ]
            ]
        ),
        GoldenCase(
            id: "bc-045",
            bench: { try withPicture() },
            values: ["companyId": [GoldenBench.companyID], "itemId": [item]],
            adjust: { request, _ in request.headers["If-Match"] = "*" },
            notes: [ifMatch],
            check: { _, bench in
                let picture = bench.send("GET", GoldenBench.path("items(\(item))/picture"))
                return picture.json["width"]?.integer == 0 ? [] : ["the picture is still there"]
            }
        ),
        GoldenCase(
            id: "bc-047",
            bench: { try withPicture() },
            values: ["companyId": [GoldenBench.companyID], "itemId": [item]],
            repair: { $0.replacing("\\", with: "/") },
            notes: ["the backslashes of the document's body are read as slashes"],
            differences: [
                "content@odata.mediaEditLink": "the address of this sandbox",
                "content@odata.mediaReadLink": "the address of this sandbox",
            ]
        ),
    ]

    /// An item with a JPEG picture of 500 by 496 pixels.
    private static func withPicture() throws -> GoldenBench {
        var bench = GoldenBench.businessCentral(["items": [.record(["id": item, "number": "1000"])]])
        let head: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 1, 0xF0, 1, 0xF4, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let request = GoldenRequest(
            method: "PATCH",
            target: GoldenBench.path("items(\(item))/picture(\(item))/content"),
            headers: ["If-Match": "*", "Content-Type": "image/jpeg"],
            body: head
        )
        let response = bench.send(request)
        guard response.status == 204 else { throw GoldenBench.PreparationError(description: response.text) }
        return bench
    }
}
