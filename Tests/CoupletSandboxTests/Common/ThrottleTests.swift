import CoupletSandbox
import Testing

@Suite("Stand-ins: limits of requests in time")
struct ThrottleTests {
    private func dataverse(_ settings: String) -> DataverseClient {
        var client = DataverseClient()
        #expect(client.send("POST", "/_sandbox/faults", settings).status == 204)
        return client
    }

    private func businessCentral(_ settings: String) -> BusinessCentralClient {
        var client = BusinessCentralClient()
        #expect(client.sendRaw("POST", "/_sandbox/faults", settings).status == 204)
        return client
    }

    @Test func `the window of requests slides`() {
        var client = dataverse(#"{"throttle":{"requests":3,"seconds":30}}"#)
        let first = client.send("GET", "WhoAmI")
        #expect(first.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "2")
        client.now = client.now.advanced(byMilliseconds: 10_000)
        #expect((0..<2).map { _ in client.send("GET", "WhoAmI").status } == [200, 200])
        let refused = client.send("GET", "WhoAmI")
        #expect(refused.status == 429)
        #expect(refused.code == "0x80072322")
        #expect(refused.message == "Number of requests exceeded the limit of 3 over time window of 30 seconds.")
        #expect(refused.headers["retry-after"] == "20")
        #expect(refused.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "0")
        client.now = client.now.advanced(byMilliseconds: 20_000)
        #expect(client.send("GET", "WhoAmI").status == 200)
        #expect(client.send("GET", "WhoAmI").status == 429)
    }

    @Test func `execution time counts each record written`() {
        var client = dataverse(
            #"{"throttle":{"executionSeconds":1,"seconds":30,"milliseconds":100,"millisecondsPerWrite":450}}"#
        )
        let written = client.send("POST", "accounts", #"{"name":"A"}"#)
        #expect(written.status == 204)
        #expect(written.delayMilliseconds == 550)
        let read = client.send("GET", "WhoAmI")
        #expect(read.delayMilliseconds == 100)
        #expect(read.headers["x-ms-ratelimit-time-remaining-xrm-requests"] == "0.45")
        #expect(client.send("POST", "accounts", #"{"name":"A"}"#).status == 204)
        let refused = client.send("GET", "WhoAmI")
        #expect(refused.code == "0x80072321")
        #expect(refused.headers["retry-after"] == "30")
    }

    @Test func `Dataverse refuses what it cannot handle at once`() {
        var client = dataverse(#"{"throttle":{"concurrent":2,"milliseconds":2500}}"#)
        #expect((0..<2).map { _ in client.send("GET", "WhoAmI").status } == [200, 200])
        let refused = client.send("GET", "WhoAmI")
        #expect(refused.code == "0x80072326")
        #expect(refused.headers["retry-after"] == "3")
        client.now = client.now.advanced(byMilliseconds: 2_500)
        #expect(client.send("GET", "WhoAmI").status == 200)
    }

    @Test func `Business Central lets requests wait, then refuses`() {
        // The clock of this client moves by 10 ms with each request.
        var client = businessCentral(#"{"throttle":{"concurrent":2,"queue":3,"milliseconds":1000}}"#)
        let answers = (0..<6).map { _ in client.send("GET", "customers") }
        #expect(answers.map(\.status) == [200, 200, 200, 200, 200, 429])
        #expect(answers.map(\.delayMilliseconds) == [1_000, 1_000, 1_980, 1_980, 2_960, 0])
        #expect(answers[5].headers["retry-after"] == nil)
        #expect(errorCode(answers[5]) == "Application_TooManyRequests")
    }

    @Test func `Business Central gives up on what waits too long`() {
        var client = businessCentral(#"{"throttle":{"concurrent":1,"queueSeconds":5,"milliseconds":4000}}"#)
        let answers = (0..<3).map { _ in client.send("GET", "customers") }
        #expect(answers.map(\.status) == [200, 200, 503])
        #expect(answers[2].delayMilliseconds == 5_000)
        #expect(answers[2].headers["retry-after"] == "3")
    }

    @Test func `a gateway answers for what takes too long, and it is done`() {
        var client = businessCentral(#"{"throttle":{"gatewaySeconds":2,"millisecondsPerWrite":3000}}"#)
        let created = client.send("POST", "customers", #"{"displayName":"A"}"#)
        #expect(created.status == 504)
        #expect(created.delayMilliseconds == 2_000)
        #expect(created.headers["content-type"] == "text/html")
        #expect(client.send("GET", "customers/$count").text == "1")
    }

    @Test func `nothing is limited unless it is asked for`() {
        var client = DataverseClient()
        #expect((0..<6_100).allSatisfy { _ in client.send("GET", "WhoAmI").status == 200 })
        #expect(client.send("POST", "/_sandbox/faults", #"{"throttle":true}"#).status == 204)
        #expect((0..<6_001).map { _ in client.send("GET", "WhoAmI").status }.last == 429)
        #expect(client.send("DELETE", "/_sandbox/faults").status == 204)
        #expect(client.send("GET", "WhoAmI").status == 200)
    }

    @Test func `latency is the same for the same seed`() {
        func delays(_ seed: Int) -> [Int] {
            var client = dataverse(#"{"latency":{"milliseconds":50,"jitter":100,"seed":\#(seed)}}"#)
            return (0..<20).map { _ in client.send("GET", "WhoAmI").delayMilliseconds }
        }
        #expect(delays(1) == delays(1))
        #expect(delays(1) != delays(2))
        #expect(delays(1).allSatisfy { (50..<150).contains($0) })
    }

    @Test func `a request is done although the gateway says otherwise`() {
        var client = businessCentral(#"{"method":"POST","fault":"statusAfter","status":504}"#)
        #expect(client.send("POST", "customers", #"{"displayName":"A"}"#).status == 504)
        #expect(client.send("GET", "customers/$count").text == "1")
    }

    @Test(arguments: [
        #"{"throttle":{"speed":1}}"#, #"{"throttle":7}"#, #"{"latency":{"milliseconds":-1}}"#,
        #"{"changes":[{"entitySet":"accounts","field":"name","change":"rhyme"}]}"#,
        #"{"changes":[{"change":"trim"}]}"#, #"{"fault":"statusAfter"}"#,
    ])
    func `what cannot be understood is refused`(settings: String) {
        var client = BusinessCentralClient()
        #expect(client.sendRaw("POST", "/_sandbox/faults", settings).status == 400)
    }
}
