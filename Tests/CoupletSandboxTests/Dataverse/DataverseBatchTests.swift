import Testing

@testable import CoupletSandbox

@Suite("Dataverse: batches")
struct DataverseBatchTests {
    private static let id = "00000000-0000-0000-0000-000000000001"
    private static let tooLong = #"{"name":"\#(String(repeating: "x", count: 161))"}"#

    /// One part of a batch, or of a change set where it has a Content-ID.
    private static func part(
        _ method: String,
        _ target: String,
        _ body: String = "",
        headers: [String] = [],
        contentID: String? = nil
    ) -> String {
        var lines = ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
        if let contentID { lines.append("Content-ID: \(contentID)") }
        lines += ["", "\(method) \(target) HTTP/1.1", "Content-Type: application/json"] + headers + ["", body]
        return lines.joined(separator: "\r\n")
    }

    private static func multipart(_ parts: [String], boundary: String) -> String {
        parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n"
    }

    private static func changeSet(_ parts: [String]) -> String {
        "Content-Type: multipart/mixed; boundary=\"changeset_1\"\r\n\r\n" + multipart(parts, boundary: "changeset_1")
    }

    private static func send(
        _ parts: [String],
        to client: inout DataverseClient,
        prefer: String? = nil,
        type: String = "multipart/mixed; boundary=\"batch_1\""
    ) -> SandboxResponse {
        var headers = [("Content-Type", type)]
        if let prefer { headers.append(("Prefer", prefer)) }
        return client.send("POST", "$batch", multipart(parts, boundary: "batch_1"), headers: headers)
    }

    /// The status lines of all answers, those in change sets included.
    private static func statuses(_ response: SandboxResponse) -> [Int] {
        response.text.split(separator: "\r\n").filter { $0.hasPrefix("HTTP/1.1 ") }.compactMap {
            Int($0.dropFirst(9).prefix(3))
        }
    }

    @Test
    func `parts are answered in order and a read sees the writes before it`() {
        var client = DataverseClient()
        let response = Self.send(
            [
                Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"A"}"#),
                Self.part("PATCH", "https://crm.example/api/data/v9.2/accounts(\(Self.id))", #"{"name":"B"}"#),
                Self.part("GET", "accounts?$select=name&$filter=name%20ne%20null"),
            ],
            to: &client
        )
        #expect(response.status == 200)
        #expect(Self.statuses(response) == [204, 204, 200])
        let lines = response.text.split(separator: "\r\n", omittingEmptySubsequences: false)
        let boundary = String(lines[0])
        #expect(boundary.hasPrefix("--batchresponse_"))
        #expect(response.headers["Content-Type"] == "multipart/mixed; boundary=\(boundary.dropFirst(2))")
        #expect(
            lines[1...5].elementsEqual([
                "Content-Type: application/http", "Content-Transfer-Encoding: binary", "", "HTTP/1.1 204 No Content",
                "OData-Version: 4.0",
            ])
        )
        #expect(lines[6].hasPrefix("Location: https://crm.example/api/data/v9.2/accounts("))
        #expect(lines[7].hasPrefix("OData-EntityId: https://crm.example/api/data/v9.2/accounts("))
        #expect(lines[8...9].elementsEqual(["", ""]))
        #expect(response.text.hasSuffix("\(boundary)--\r\n"))
        #expect(response.text.contains(#""name":"A""#))
        #expect(response.text.contains(#""name":"B""#))
    }

    @Test
    func `a batch ends at the first failure and has its status`() {
        var client = DataverseClient()
        let parts = [
            Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"A"}"#),
            Self.part("POST", "/api/data/v9.2/accounts", Self.tooLong),
            Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"C"}"#),
        ]
        let response = Self.send(parts, to: &client)
        #expect(response.status == 400)
        #expect(Self.statuses(response) == [204, 400])
        #expect(response.text.contains("REQ_ID: "))
        #expect(response.text.contains(#"{"error":{"code":"0x80044331","message":"A validation error occurred."#))
        #expect(client.send("GET", "accounts").records.count == 1)
    }

    @Test
    func `a batch goes on behind failures where it is asked to`() {
        var client = DataverseClient()
        let parts = [
            Self.part("POST", "/api/data/v9.2/accounts", Self.tooLong),
            Self.part("GET", "/api/data/v9.2/accounts(\(Self.id))"),
            Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"C"}"#),
        ]
        let response = Self.send(parts, to: &client, prefer: "odata.continue-on-error")
        #expect(response.status == 200)
        #expect(Self.statuses(response) == [400, 404, 204])
        #expect(client.send("GET", "accounts").records.count == 1)
    }

    @Test
    func `conditions and preferences of a part are its own`() {
        var client = DataverseClient()
        let id = client.createAccount(#""name":"A""#)
        let target = "/api/data/v9.2/accounts(\(id))?$select=name"
        let tag = client.tag(id)
        let response = Self.send(
            [
                Self.part(
                    "PATCH",
                    target,
                    #"{"name":"B"}"#,
                    headers: ["If-Match: \(tag)", "Prefer: return=representation"]
                ),
                Self.part("PATCH", target, #"{"name":"C"}"#, headers: ["If-Match: \(tag)"]),
                Self.part("PATCH", target, #"{"name":"D"}"#, headers: ["If-Match: *", "If-None-Match: null"]),
            ],
            to: &client,
            prefer: "odata.continue-on-error"
        )
        #expect(Self.statuses(response) == [200, 412, 204])
        #expect(response.text.contains(#""name":"B""#))
        #expect(response.text.contains("Preference-Applied: return=representation"))
        #expect(response.text.contains("0x80060882"))
    }

    @Test
    func `a change set names its answers and its requests can refer to earlier ones`() {
        var client = DataverseClient()
        let response = Self.send(
            [
                Self.changeSet([
                    Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"P"}"#, contentID: "1"),
                    Self.part(
                        "POST",
                        "/api/data/v9.2/accounts",
                        #"{"name":"C","parentaccountid@odata.bind":"$1"}"#,
                        contentID: "2"
                    ),
                    Self.part("PATCH", "$1", #"{"fax":"1"}"#, contentID: "3"),
                    Self.part("PUT", "$2/telephone1", #"{"value":"2"}"#, contentID: "4"),
                ])
            ],
            to: &client
        )
        #expect(Self.statuses(response) == [204, 204, 204, 204])
        #expect(response.text.contains("Content-Type: multipart/mixed; boundary=changesetresponse_"))
        for id in 1...4 { #expect(response.text.contains("Content-ID: \(id)\r\n")) }
        let records = client.send("GET", "accounts").records
        #expect(records[0]["fax"]?.string == "1")
        #expect(records[1]["telephone1"]?.string == "2")
        #expect(records[1]["_parentaccountid_value"]?.string == records[0]["accountid"]?.string)
    }

    @Test
    func `a failed change set leaves nothing behind and answers once`() {
        var client = DataverseClient()
        let kept = client.createAccount(#""name":"K""#)
        let gone = client.createAccount(#""name":"G""#)
        let before = client.send("GET", "accounts").text
        let link = client.send("GET", "accounts", headers: [("Prefer", "odata.track-changes")]).deltaLink
        let response = Self.send(
            [
                Self.changeSet([
                    Self.part("PATCH", "/api/data/v9.2/accounts(\(kept))", #"{"name":"X"}"#, contentID: "1"),
                    Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"N"}"#, contentID: "2"),
                    Self.part("DELETE", "/api/data/v9.2/accounts(\(gone))", contentID: "3"),
                    Self.part("POST", "/api/data/v9.2/accounts", Self.tooLong, contentID: "4"),
                ]), Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"Z"}"#),
            ],
            to: &client,
            prefer: "odata.continue-on-error"
        )
        #expect(Self.statuses(response) == [400, 204])
        #expect(response.text.contains("boundary=changesetresponse_"))
        #expect(response.text.contains("Content-ID: 4\r\n"))
        #expect(!response.text.contains("Content-ID: 1\r\n"))
        #expect(client.follow(link).records.count == 1)
        client.send("DELETE", "accounts(\(client.send("GET", "accounts").records[2]["accountid"]?.string ?? ""))")
        #expect(client.send("GET", "accounts").text == before)
        #expect(client.send("PATCH", "accounts(\(kept))", #"{"fax":"1"}"#).status == 204)
        #expect(client.follow(link).records.count == 2)
    }

    @Test(arguments: [
        (
            [
                part("POST", "/api/data/v9.2/accounts", #"{"parentaccountid@odata.bind":"$1"}"#, contentID: "2"),
                part("POST", "/api/data/v9.2/accounts", #"{"name":"A"}"#, contentID: "1"),
            ], "Content-ID Reference: '$1' does not exist in the batch context."
        ),
        (
            [part("PATCH", "$9", "{}", contentID: "1")],
            "Content-ID Reference: '$9' does not exist in the batch context."
        ),
        ([part("GET", "/api/data/v9.2/accounts", contentID: "1")], "A change set cannot contain GET requests."),
        ([part("POST", "/api/data/v9.2/accounts", "{}")], "Content-ID is missing in a request of a change set."),
    ])
    func `a change set that cannot be carried out makes the batch invalid`(parts: [String], message: String) {
        var client = DataverseClient()
        let response = Self.send([Self.changeSet(parts)], to: &client)
        #expect(response.status == 400)
        #expect(response.message == message)
        #expect(client.send("GET", "accounts").records.isEmpty)
    }

    @Test
    func `a batch has a thousand requests at most, and none in another`() {
        var client = DataverseClient()
        let part = Self.part("POST", "/api/data/v9.2/accounts", #"{"name":"A"}"#)
        #expect(Self.send(Array(repeating: part, count: 1_001), to: &client).status == 400)
        #expect(client.send("GET", "accounts/$count").text.hasSuffix("0"))
        #expect(Self.send(Array(repeating: part, count: 1_000), to: &client).status == 200)
        #expect(client.send("GET", "accounts/$count").text.hasSuffix("1000"))
        #expect(Self.send([Self.part("POST", "/api/data/v9.2/$batch")], to: &client).status == 400)
    }

    @Test(arguments: [
        "multipart/mixed;boundary=batch_1", "multipart/mixed; boundary=batch_1",
        "Multipart/Mixed; Boundary=\"batch_1\"",
    ])
    func `a boundary may be in quotation marks or not`(type: String) {
        var client = DataverseClient()
        #expect(Self.send([Self.part("GET", "/api/data/v9.2/accounts")], to: &client, type: type).status == 200)
    }

    @Test
    func `lines end with carriage return and line feed`() {
        var client = DataverseClient()
        let body = Self.multipart([Self.part("POST", "/api/data/v9.2/accounts", "{}")], boundary: "batch_1")
        let response = client.send(
            "POST",
            "$batch",
            body.replacing("\r\n", with: "\n"),
            headers: [("Content-Type", "multipart/mixed; boundary=batch_1")]
        )
        #expect(response.status == 400)
        #expect(client.send("GET", "accounts").records.isEmpty)
        for type in ["application/json", "multipart/mixed", "multipart/mixed; boundary=other"] {
            #expect(client.send("POST", "$batch", body, headers: [("Content-Type", type)]).status == 400)
        }
    }

    @Test
    func `faults stop a batch or fail one of its parts`() {
        var client = DataverseClient()
        let parts = (0..<3).map { Self.part("POST", "/api/data/v9.2/accounts", "{\"name\":\"\($0)\"}") }
        client.sandbox.desk.faults.add([FaultRule(.stopBatch(part: 2))])
        #expect(Self.statuses(Self.send(parts, to: &client)) == [204, 204])
        var rule = FaultRule(.status(429, retryAfter: 9))
        rule.part = 1
        client.sandbox.desk.faults.add([rule])
        let response = Self.send(parts, to: &client, prefer: "odata.continue-on-error")
        #expect(Self.statuses(response) == [204, 429, 204])
        #expect(response.text.contains("Retry-After: 9\r\n"))
    }
}
