import CoupletSandbox
import Testing

@Suite("Stand-ins: faults")
struct FaultPlanTests {
    private func arm(_ rules: String, _ client: inout BusinessCentralClient) -> Int {
        client.sendRaw("POST", "/_sandbox/faults", rules).status
    }

    private func create(_ client: inout BusinessCentralClient) -> SandboxResponse {
        client.send("POST", "customers", #"{"displayName":"A"}"#)
    }

    private func count(_ client: inout BusinessCentralClient) -> String { client.send("GET", "customers/$count").text }

    @Test func `a status is answered instead of handling, for the request and as often as planned`() {
        var client = BusinessCentralClient()
        let rule =
            #"{"method":"post","path":"/customers","fault":"status","status":429,"retryAfter":3,"nth":2,"times":2}"#
        #expect(arm(rule, &client) == 204)
        let answers = (0..<4).map { _ in create(&client) }
        #expect(answers.map(\.status) == [201, 429, 429, 201])
        #expect(answers[1].headers["retry-after"] == "3")
        #expect(count(&client) == "2")
    }

    @Test func `a connection drops before or after handling`() {
        var client = BusinessCentralClient()
        #expect(arm(#"[{"method":"POST","path":"customers","fault":"dropBefore"}]"#, &client) == 204)
        #expect(create(&client).delivery == .droppedBeforeHandling)
        #expect(count(&client) == "0")
        #expect(arm(#"[{"method":"POST","path":"customers","fault":"dropAfter"}]"#, &client) == 204)
        #expect(create(&client).delivery == .droppedAfterHandling)
        #expect(count(&client) == "1")
        #expect(create(&client).delivery == .answer)
    }

    @Test func `an answer is delayed and a token counts as expired`() {
        var client = BusinessCentralClient()
        #expect(arm(#"[{"fault":"delay","milliseconds":250},{"fault":"expiredToken"}]"#, &client) == 204)
        let response = client.send("GET", "customers")
        #expect(response.delayMilliseconds == 250)
        #expect(response.status == 401)
        #expect(client.send("GET", "customers").status == 200)
    }

    @Test func `chance is decided by the seed`() {
        func statuses(_ seed: Int) -> [Int] {
            var client = BusinessCentralClient()
            let rule = #"{"fault":"status","status":503,"probability":0.3,"seed":\#(seed),"times":0}"#
            #expect(arm(rule, &client) == 204)
            return (0..<200).map { _ in client.send("GET", "customers").status }
        }
        let first = statuses(1)
        #expect(first == statuses(1))
        #expect(first != statuses(2))
        #expect((30...90).contains(first.count { $0 == 503 }))
    }

    @Test func `faults can be taken back`() {
        var client = BusinessCentralClient()
        #expect(arm(#"{"fault":"status","status":500,"times":0}"#, &client) == 204)
        #expect(client.send("GET", "customers").status == 500)
        #expect(client.sendRaw("DELETE", "/_sandbox/faults").status == 204)
        #expect(client.send("GET", "customers").status == 200)
        #expect(arm(#"{"fault":"status","status":500,"times":0}"#, &client) == 204)
        #expect(client.sendRaw("POST", "/_sandbox/reset").status == 204)
        #expect(client.send("GET", "customers").status == 200)
    }

    @Test(arguments: ["[", "{}", #"{"fault":"earthquake"}"#, #"{"fault":"status"}"#, #"{"fault":"status","status":9}"#])
    func `a plan with a mistake is refused`(_ rules: String) {
        var client = BusinessCentralClient()
        #expect(arm(rules, &client) == 400)
    }

    @Test(arguments: [("GET", "/_sandbox/nothing"), ("GET", "/_sandbox/records/unicorns"), ("PUT", "/_sandbox/stats")])
    func `unknown administration is answered with 404`(_ method: String, _ target: String) {
        var client = BusinessCentralClient()
        #expect(client.sendRaw(method, target).status == 404)
    }
}
