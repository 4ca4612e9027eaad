import CoupletSandbox
import Testing

@Suite("Stand-ins: statistics")
struct StatisticsTests {
    private func lines(_ name: String, _ client: inout BusinessCentralClient) -> [SandboxJSON] {
        json(client.sendRaw("GET", "/_sandbox/stats"))[name]?.array ?? []
    }

    @Test func `what a stand-in does not know is listed without keys`() {
        var client = BusinessCentralClient()
        for _ in 0..<3 { _ = client.send("GET", "unicorns(\(SandboxGUID.zero))/horns('a)b')") }
        _ = client.send("PUT", "customers")
        _ = client.send("GET", "customers")
        _ = client.send("GET", "customers(\(SandboxGUID.zero))")
        let unknown = lines("unknown", &client)
        #expect(unknown.compactMap { $0["method"]?.string } == ["PUT", "GET"])
        let root = "/v2.0/tenant/production/api/v2.0/companies()"
        #expect(unknown.compactMap { $0["path"]?.string } == ["\(root)/customers", "\(root)/unicorns()/horns()"])
        #expect(unknown.compactMap { $0["count"]?.integer } == [1, 3])
    }

    @Test func `parts of batches are listed as well`() {
        var client = BusinessCentralClient()
        let body =
            #"{"requests":[{"id":"1","method":"GET","url":"companies(1)/unicorns"},{"id":"2","method":"GET","#
            + #""url":"unicorns"}]}"#
        let preferences: SandboxHeaders = ["Accept": "application/json", "Prefer": "odata.continue-on-error"]
        _ = client.sendRaw("POST", "/api/v2.0/$batch", body, headers: preferences)
        #expect(lines("unknown", &client).compactMap { $0["path"]?.string } == ["/api/v2.0/unicorns"])
    }

    @Test func `unknown requests of the other system are listed as well`() {
        var client = DataverseClient()
        _ = client.send("GET", "unicorns?$select=horn")
        _ = client.send("PUT", "accounts")
        let stats = client.send("GET", "/_sandbox/stats").json
        let paths = stats["unknown"]?.array?.compactMap { $0["path"]?.string }
        #expect(paths == ["/api/data/v9.2/accounts", "/api/data/v9.2/unicorns"])
    }

    @Test func `lists are bounded`() {
        var statistics = RequestStatistics()
        for number in 0..<300 { statistics.noteUnknown("GET", "/api/\(number)") }
        #expect(statistics.json["unknown"]?.array?.count == 200)
        #expect(statistics.json["unknownUnlisted"]?.integer == 100)
        for number in 0..<10_050 {
            let request = SandboxRequest(method: "GET", target: "/api/things(\(number))")
            statistics.note(request, SandboxResponse(status: 200))
        }
        #expect(statistics.count == 10_050)
        #expect(statistics.json["requests"]?.array?.count == 10_001)
        let rest = statistics.json["requests"]?.array?.first { $0["path"]?.string == "/api/things()" }
        #expect(rest?["count"]?.integer == 50)
    }
}
