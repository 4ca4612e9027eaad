import CoupletSandbox
import Testing

@Suite("Business Central stand-in: subscriptions")
struct SubscriptionTests {
    @Test func `a subscription is made when the subscriber repeats the token`() {
        var subscriber = SubscriberClient()
        let made = subscriber.subscribe("customers")
        #expect(made.status == 201)
        let body = json(made)
        #expect(body["subscriptionId"]?.string?.count == 32)
        #expect(body["clientState"]?.string == "secret")
        #expect(body["expirationDateTime"]?.string == "2023-11-17T22:13:20Z")
        #expect(made.headers["etag"] == body["@odata.etag"]?.string)
        let id = body["subscriptionId"]?.string ?? ""
        #expect(made.headers["location"] == "https://erp.example:8443/api/v2.0/subscriptions('\(id)')")
        #expect(json(subscriber.send("GET", "subscriptions('\(id)')"))["resource"]?.string == body["resource"]?.string)
        #expect(subscriber.count() == 1)
    }

    @Test(arguments: [
        OutboundOutcome.failed, .answered(status: 200, body: Array("wrong".utf8)), .answered(status: 404, body: []),
    ])
    func `without the token there is no subscription`(outcome: OutboundOutcome) {
        var subscriber = SubscriberClient()
        let body = #"{"notificationUrl":"https://s.example","resource":"customers"}"#
        #expect(subscriber.send("POST", "subscriptions", body, answering: { _ in outcome }).status == 400)
        #expect(subscriber.count() == 0)
    }

    @Test(arguments: [
        #"{"resource":"customers"}"#, #"{"notificationUrl":"https://s.example"}"#,
        #"{"notificationUrl":"ftp://s.example","resource":"customers"}"#,
        #"{"notificationUrl":"https://s.example","resource":"contacts"}"#,
        #"{"notificationUrl":"https://s.example","resource":"companies(11111111-1111-4111-8111-111111111111)/items"}"#,
        #"{"notificationUrl":"https://s.example","resource":"customers(1)"}"#, "nothing",
    ])
    func `what cannot be subscribed to is refused without asking anybody`(body: String) {
        var subscriber = SubscriberClient()
        let response = subscriber.client.sendRaw("POST", "/api/v2.0/subscriptions", body)
        #expect(response.status == 400 || response.status == 404)
        #expect(response.call == nil)
    }

    @Test(arguments: [
        "customers", "/api/v2.0/companies(\(BusinessCentralClient.company))/customers",
        "https://api.businesscentral.dynamics.com/v2.0/production/api/v2.0/companies(\(BusinessCentralClient.company))/items",
    ])
    func `a resource may be written in several ways`(resource: String) {
        var subscriber = SubscriberClient()
        let body = #"{"notificationUrl":"https://s.example","resource":"\#(resource)"}"#
        #expect(subscriber.send("POST", "subscriptions", body).status == 201)
    }

    @Test func `renewing shakes hands again and needs the tag`() {
        var subscriber = SubscriberClient()
        let made = subscriber.subscribe("customers", id: "mine")
        #expect(subscriber.send("PATCH", "subscriptions('mine')", "{}").status == 400)
        #expect(
            subscriber.send("PATCH", "subscriptions('mine')", "{}", headers: ["If-Match": "W/\"x1\""]).status == 409
        )
        subscriber.wait(seconds: 86_400)
        let tag: SandboxHeaders = ["If-Match": made.headers["etag"] ?? ""]
        let refused = subscriber.send("PATCH", "subscriptions('mine')", "{}", headers: tag, answering: { _ in .failed })
        #expect(refused.status == 400)
        let renewed = subscriber.send("PATCH", "subscriptions('mine')", #"{"clientState":"new"}"#, headers: tag)
        #expect(renewed.status == 200)
        #expect(json(renewed)["clientState"]?.string == "new")
        #expect(json(renewed)["expirationDateTime"]?.string == "2023-11-18T22:13:20Z")
        subscriber.wait(seconds: 2 * 86_400)
        #expect(subscriber.count() == 1)
        subscriber.wait(seconds: 86_400)
        #expect(subscriber.count() == 0)
    }

    @Test func `a subscription is deleted, and its tag is checked where it is sent`() {
        var subscriber = SubscriberClient()
        _ = subscriber.subscribe("customers", id: "mine")
        #expect(subscriber.subscribe("items", id: "mine").status == 400)
        #expect(subscriber.send("DELETE", "subscriptions('mine')", headers: ["If-Match": "W/\"x1\""]).status == 409)
        #expect(subscriber.send("DELETE", "subscriptions('mine')").status == 204)
        #expect(subscriber.send("DELETE", "subscriptions('mine')").status == 404)
        #expect(subscriber.send("PUT", "subscriptions('mine')").status == 405)
    }

    @Test func `no more than two hundred are taken`() {
        var subscriber = SubscriberClient()
        let statuses = (0...200).map { _ in subscriber.subscribe("customers").status }
        #expect(statuses.dropLast().allSatisfy { $0 == 201 })
        #expect(statuses.last == 400)
    }

    @Test func `the tables that can be subscribed to are listed`() {
        var subscriber = SubscriberClient()
        let place = "/api/microsoft/runtime/beta/companies(\(BusinessCentralClient.company))/webhookSupportedResources"
        let all = subscriber.client.sendRaw("GET", place)
        #expect(column("resource", all).count == 22)
        #expect(column("resource", all).contains("v2.0/customers"))
        let some = subscriber.client.sendRaw("GET", place + "?$filter=resource%20eq%20'v2.0/c*'")
        #expect(column("resource", some).count == 5)
        #expect(subscriber.client.sendRaw("POST", place).status == 405)
    }
}
