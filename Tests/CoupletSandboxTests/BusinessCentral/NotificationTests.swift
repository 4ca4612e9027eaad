import CoupletSandbox
import Testing

@Suite("Business Central stand-in: notifications")
struct NotificationTests {
    @Test func `changes are told once, half a minute after the first`() {
        var subscriber = SubscriberClient()
        let before = subscriber.create("Before")
        _ = subscriber.subscribe("customers", id: "mine")
        #expect(subscriber.client.sandbox.nextCallDue() == nil)
        let made = subscriber.create()
        subscriber.change(made)
        subscriber.wait(seconds: 20)
        subscriber.change(before)
        subscriber.change(before)
        #expect(subscriber.told.isEmpty)
        subscriber.wait(seconds: 10)
        #expect(subscriber.changes == [["created", "updated"]])
        let notice = subscriber.told[0]["value"]?.array?.first
        #expect(notice?["subscriptionId"]?.string == "mine")
        #expect(notice?["clientState"]?.string == "secret")
        #expect(
            notice?["resource"]?.string == "api/v2.0/companies(\(BusinessCentralClient.company))/customers(\(made))"
        )
        subscriber.wait(seconds: 600)
        #expect(subscriber.told.count == 1)
        subscriber.delete(made)
        subscriber.wait(seconds: 30)
        #expect(subscriber.changes.last == ["deleted"])
    }

    @Test func `subscriptions of one address are told in one call`() {
        var subscriber = SubscriberClient()
        _ = subscriber.subscribe("customers", id: "one")
        _ = subscriber.subscribe("items", id: "two")
        _ = subscriber.subscribe("customers", id: "three")
        _ = subscriber.create()
        _ = subscriber.client.send("POST", "items", #"{"displayName":"Rope","type":"Inventory"}"#)
        subscriber.wait(seconds: 30)
        let ids = subscriber.told.first?["value"]?.array?.compactMap { $0["subscriptionId"]?.string }
        #expect(subscriber.told.count == 1)
        #expect(ids?.sorted() == ["one", "three", "two"])
    }

    @Test func `edits of the system's own users are told too`() {
        var subscriber = SubscriberClient()
        _ = subscriber.subscribe("customers")
        _ = subscriber.client.sendRaw("POST", "/_sandbox/records/customers", #"{"displayName":"By hand"}"#)
        subscriber.wait(seconds: 31)
        #expect(subscriber.changes == [["created"]])
    }

    @Test func `more than a thousand records are one notice of the table`() {
        var subscriber = SubscriberClient()
        _ = subscriber.subscribe("customers")
        for _ in 0..<1_001 { _ = subscriber.create() }
        subscriber.wait(seconds: 30)
        #expect(subscriber.changes == [["collection"]])
        let resource = subscriber.told[0]["value"]?.array?.first?["resource"]?.string ?? ""
        let table = "/api/v2.0/companies(\(BusinessCentralClient.company))/customers"
        #expect(resource.hasPrefix("\(table)?$filter=lastDateTimeModified%20gt%202023-11-14T22:13:20"))
        _ = subscriber.create()
        subscriber.wait(seconds: 30)
        #expect(subscriber.changes.last == ["created"])
    }

    @Test(arguments: [OutboundOutcome.failed, .answered(status: 503, body: []), .answered(status: 429, body: [])])
    func `who cannot be told now is told later, with what has happened since`(outcome: OutboundOutcome) {
        var subscriber = SubscriberClient()
        _ = subscriber.subscribe("customers")
        let made = subscriber.create()
        subscriber.outcome = outcome
        subscriber.wait(seconds: 30)
        subscriber.change(made)
        let other = subscriber.create()
        subscriber.wait(seconds: 29)
        #expect(subscriber.changes == [["created"]])
        subscriber.wait(seconds: 1)
        #expect(subscriber.changes.last == ["created", "created"])
        subscriber.delete(other)
        subscriber.outcome = .answered(status: 202, body: [])
        subscriber.wait(seconds: 60)
        #expect(subscriber.changes.last == ["created", "deleted"])
        subscriber.wait(seconds: 3_600)
        #expect(subscriber.told.count == 3)
    }

    @Test func `after a day and a half nobody is tried any more`() {
        var subscriber = SubscriberClient()
        _ = subscriber.subscribe("customers")
        _ = subscriber.create()
        subscriber.outcome = .failed
        for _ in 0..<80 { subscriber.wait(seconds: 1_800) }
        #expect(subscriber.client.sandbox.nextCallDue() == nil)
        #expect(subscriber.count() == 1)
        #expect((40...60).contains(subscriber.told.count))
    }

    @Test(arguments: [400, 401, 404, 410, 301])
    func `who refuses loses the subscription`(status: Int) {
        var subscriber = SubscriberClient()
        _ = subscriber.subscribe("customers")
        _ = subscriber.subscribe("items")
        _ = subscriber.create()
        subscriber.outcome = .answered(status: status, body: [])
        subscriber.wait(seconds: 30)
        #expect(subscriber.count() == 1)
    }

    @Test func `a batch cannot subscribe`() {
        var subscriber = SubscriberClient()
        let part =
            #"{"id":"1","method":"POST","url":"subscriptions","body":{"notificationUrl":"https://s","resource":"items"}}"#
        let answer = subscriber.client.sendRaw(
            "POST",
            "/api/v2.0/$batch",
            #"{"requests":[\#(part)]}"#,
            headers: ["Accept": "application/json"]
        )
        #expect(json(answer)["responses"]?.array?.first?["status"]?.integer == 400)
        #expect(answer.call == nil)
        #expect(subscriber.count() == 0)
    }
}
