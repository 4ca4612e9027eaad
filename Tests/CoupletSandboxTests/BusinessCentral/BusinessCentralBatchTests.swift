import CoupletSandbox
import Testing

@Suite("Business Central stand-in: batches")
struct BusinessCentralBatchTests {
    private static let home = "companies(\(BusinessCentralClient.company))"

    private func create(_ id: String, _ name: String) -> String {
        """
        {"id":"\(id)","method":"POST","url":"\(Self.home)/customers?$select=number",
        "headers":{"Content-Type":"application/json"},"body":{"displayName":"\(name)"}}
        """
    }

    private func send(
        _ parts: [String],
        _ client: inout BusinessCentralClient,
        headers: SandboxHeaders = [:]
    ) -> SandboxResponse {
        var headers = headers
        if headers["accept"] == nil { headers["Accept"] = "application/json" }
        let body = #"{"requests":[\#(parts.joined(separator: ","))]}"#
        return client.sendRaw("POST", "/api/v2.0/$batch", body, headers: headers)
    }

    private func statuses(_ response: SandboxResponse) -> [Int?] {
        json(response)["responses"]?.array?.map { $0["status"]?.integer } ?? []
    }

    private func names(_ client: inout BusinessCentralClient) -> [String] {
        column("displayName", client.send("GET", "customers"))
    }

    @Test func `parts are answered one by one with their ids`() {
        var client = BusinessCentralClient()
        let read = #"{"method":"GET","url":"https://erp.example:8443/api/v2.0/\#(Self.home)/customers"}"#
        let response = send([create("a", "A"), create("b", "B"), read], &client)
        #expect(response.status == 200)
        #expect(statuses(response) == [201, 201, 200])
        let parts = json(response)["responses"]?.array ?? []
        #expect(parts.map { $0["id"]?.string } == ["a", "b", nil])
        #expect(parts.last?["id"]?.isNull == true)
        #expect(parts.first?["body"]?["number"]?.string == "C00010")
        #expect(parts.first?["headers"]?["content-type"]?.string?.hasPrefix("application/json") == true)
        #expect(parts.last?["body"]?["value"]?.array?.count == 2)
    }

    @Test func `a failure ends the batch and what follows is neither done nor answered`() {
        var client = BusinessCentralClient()
        let response = send([create("1", "A"), create("2", ""), create("3", "C")], &client)
        #expect(statuses(response) == [201, 400])
        #expect(names(&client) == ["A"])
    }

    @Test func `a batch goes on after a failure where that is preferred`() {
        var client = BusinessCentralClient()
        let headers: SandboxHeaders = ["Prefer": "odata.continue-on-error"]
        let response = send([create("1", "A"), create("2", ""), create("3", "C")], &client, headers: headers)
        #expect(statuses(response) == [201, 400, 201])
        #expect(names(&client) == ["A", "C"])
    }

    @Test func `a snapshot batch undoes everything after a failure`() {
        var client = BusinessCentralClient()
        let response = send([create("1", "A"), create("2", "")], &client, headers: ["Isolation": "snapshot"])
        #expect(statuses(response) == [201, 400])
        #expect(names(&client).isEmpty)
    }

    @Test func `a hundred parts are the most`() {
        var client = BusinessCentralClient()
        #expect(statuses(send((1...100).map { create("\($0)", "N") }, &client)).count == 100)
        let response = send((1...101).map { create("\($0)", "N") }, &client)
        #expect(response.status == 400)
        #expect(errorCode(response) == "Unknown")
        #expect(errorMessage(response).hasPrefix("The current batch message contains too many parts."))
    }

    @Test func `without asking for JSON the answer is multipart`() {
        var client = BusinessCentralClient()
        let response = send([create("1", "A")], &client, headers: ["Accept": "*/*"])
        #expect(response.headers["content-type"]?.hasPrefix("multipart/mixed; boundary=") == true)
        #expect(response.text.contains("HTTP/1.1 201 Created"))
    }

    @Test func `a part finds its company by header`() {
        var client = BusinessCentralClient()
        let part = #"{"method":"POST","url":"customers","headers":{"Company":"Main"},"body":{"displayName":"A"}}"#
        #expect(statuses(send([part], &client)) == [201])
    }

    @Test func `faults hit single parts or cut the batch short`() throws {
        var client = BusinessCentralClient()
        client.sandbox.desk.faults.add(
            try FaultRule.rules(
                SandboxJSON(bytes: Array(#"{"part":1,"fault":"status","status":503,"retryAfter":7}"#.utf8))
            )
        )
        let prefer: SandboxHeaders = ["Prefer": "odata.continue-on-error"]
        let parts = [create("1", "A"), create("2", "B"), create("3", "C")]
        let response = send(parts, &client, headers: prefer)
        #expect(statuses(response) == [201, 503, 201])
        #expect(json(response)["responses"]?.array?[1]["headers"]?["retry-after"]?.string == "7")

        client.sandbox.desk.faults.add(
            try FaultRule.rules(SandboxJSON(bytes: Array(#"[{"path":"$batch","fault":"stopBatch","after":1}]"#.utf8)))
        )
        #expect(statuses(send(parts, &client, headers: prefer)) == [201])
    }
}
