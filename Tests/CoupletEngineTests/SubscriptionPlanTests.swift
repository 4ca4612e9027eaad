import CoupletCore
import CoupletPorts
import CoupletSimulation
import Testing

@testable import CoupletEngine

@Suite("What is to be done about subscriptions")
struct SubscriptionPlanTests {
    private static let now = Instant(milliseconds: 1_795_478_400_000)
    private static let address = "https://we.example/notifications/some-kind/a"

    private static func at(hours: Double) -> Instant { now.advanced(bySeconds: hours * 3600) }

    private static func stored(
        _ table: String,
        _ id: String?,
        hours: Double? = 60,
        place: String = "here",
        change: (inout StoredSubscription) -> Void = { _ in }
    ) -> StoredSubscription {
        var stored = StoredSubscription(
            connection: "a",
            table: table,
            place: place,
            address: address,
            remoteID: id,
            sealedState: [1],
            expiresAt: hours.map(at(hours:))
        )
        change(&stored)
        return stored
    }

    private static func remote(
        _ id: String,
        _ table: String?,
        hours: Double = 60,
        _ address: String = address
    ) -> RemoteSubscription {
        RemoteSubscription(
            id: id,
            table: table,
            address: address,
            clientState: "s",
            expiresAt: at(hours: hours),
            version: "v"
        )
    }

    private static func changes(
        _ wanted: Set<String>,
        _ stored: [StoredSubscription] = [],
        _ remote: [RemoteSubscription] = []
    ) -> [SubscriptionChange] {
        let plan = SubscriptionPlan(
            wanted: wanted,
            stored: stored,
            remote: remote,
            place: "here",
            address: address,
            now: now
        )
        return plan.changes
    }

    @Test func `what is as it should be is left alone`() {
        #expect(Self.changes([], [], [Self.remote("x", "t", hours: 1, "https://other.example")]).isEmpty)
        #expect(Self.changes(["t"], [Self.stored("t", "1")], [Self.remote("1", "t")]).isEmpty)
    }

    @Test func `what is missing is subscribed to, also where the remote has lost it`() {
        #expect(
            Self.changes(["u", "t"]) == [
                .subscribe(table: "t", mustProve: false), .subscribe(table: "u", mustProve: false),
            ]
        )
        #expect(Self.changes(["t"], [Self.stored("t", "1")]) == [.subscribe(table: "t", mustProve: false)])
        let silent = Self.stored("t", "1") { $0.mustProve = true }
        #expect(Self.changes(["t"], [silent]) == [.subscribe(table: "t", mustProve: true)])
    }

    @Test func `what would end within a day and a half is renewed, and what ended elsewhere is noted`() {
        let (own, other) = (Self.stored("t", "1", hours: 35), Self.remote("1", "t", hours: 35))
        #expect(Self.changes(["t"], [own], [other]) == [.renew(other, own)])
        let longer = Self.remote("1", "t", hours: 71)
        #expect(Self.changes(["t"], [own], [longer]) == [.note(Self.stored("t", "1", hours: 71))])
    }

    @Test func `what is told at another address is renewed with the present one`() {
        let own = Self.stored("t", "1") { $0.address = "https://before.example" }
        let known = Self.remote("1", "t", hours: 71, "https://before.example")
        #expect(Self.changes(["t"], [own], [known]) == [.renew(known, own)])
    }

    @Test func `what is told at our address and unknown is taken over, once for a table`() {
        let (one, two) = (Self.remote("1", "t"), Self.remote("2", "t"))
        #expect(Self.changes(["t"], [], [one, two]) == [.remove(two), .takeOver(one, table: "t", mustProve: false)])
        let unanswered = Self.stored("t", nil, hours: nil)
        #expect(Self.changes(["t"], [unanswered], [one]) == [.takeOver(one, table: "t", mustProve: false)])
    }

    @Test func `what nothing needs any more is removed before it is forgotten`() {
        let (own, known) = (Self.stored("t", "1"), Self.remote("1", "t"))
        #expect(Self.changes([], [own], [known]) == [.remove(known), .forget(table: "t")])
        #expect(Self.changes([], [own], []) == [.forget(table: "t")])
        let company = Self.remote("9", nil)
        #expect(Self.changes(["t"], [own], [known, company]) == [.remove(company)])
    }

    @Test func `what belongs to another place is forgotten, and made anew here`() {
        let own = Self.stored("t", "1", place: "there")
        #expect(Self.changes(["t"], [own]) == [.forget(table: "t"), .subscribe(table: "t", mustProve: false)])
    }

    @Test func `one that has been silent for two minutes is replaced by one that must prove itself`() {
        let known = Self.remote("1", "t")
        let young = Self.stored("t", "1") { $0.doubtedAt = Self.now.advanced(bySeconds: -119) }
        #expect(Self.changes(["t"], [young], [known]).isEmpty)
        let old = Self.stored("t", "1") { $0.doubtedAt = Self.now.advanced(bySeconds: -120) }
        #expect(Self.changes(["t"], [old], [known]) == [.remove(known), .subscribe(table: "t", mustProve: true)])
    }
}

@Suite("The notification address")
struct NotificationAddressTests {
    private static let connection = StoredConnection(
        name: "north",
        side: .erp,
        kind: "someKind",
        url: "https://x.example",
        company: nil,
        tokenURL: "https://x.example",
        clientID: "c",
        operationLimitSeconds: 1
    )

    @Test(
        arguments: [
            ("https://we.example", "https://we.example/notifications/some-kind/north"),
            ("https://we.example:8443/couplet//", "https://we.example:8443/couplet/notifications/some-kind/north"),
            ("http://127.0.0.1:80/", "http://127.0.0.1:80/notifications/some-kind/north"),
            ("HTTP://localhost", "HTTP://localhost/notifications/some-kind/north"),
            ("http://[::1]:1", "http://[::1]:1/notifications/some-kind/north"),
        ]
    )
    func `every connection has its own below it`(text: String, expected: String) {
        #expect(NotificationAddress(text)?.address(of: Self.connection) == expected)
    }

    @Test(
        arguments: [
            "", "we.example", "https://", "https:///path", "http://we.example", "http://127.0.0.1.we.example",
            "http://localhost@we.example", "https://we.example?a=b", "https://we.example#a", "https://we example",
            "ftp://we.example", "https://we.example:99999", "https://we.example:", "https://å.example", "https://[::1",
        ]
    )
    func `anything else is none`(text: String) {
        #expect(NotificationAddress(text) == nil)
    }
}
