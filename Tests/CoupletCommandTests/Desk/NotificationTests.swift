import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Foundation
import Testing

@testable import CoupletEngine
@testable import CoupletServer
@testable import couplet

@Suite("Being told of changes", .timeLimit(.minutes(10)))
struct NotificationTests {
    /// A scheduler over a world, worked step by step on the world's clock.
    private struct Work {
        let world: NotificationWorld
        let scheduler: Scheduler
        var day: ScheduledDay

        init(_ world: NotificationWorld, subscribes: Bool = true) async throws {
            self.world = world
            scheduler = Scheduler(
                engine: world.engine,
                sweeps: try Schedule(parsing: "every 7 d"),
                notifications: subscribes ? try world.address : nil
            )
            day = try await scheduler.begin()
        }

        /// Steps for so many seconds of the world's clock.
        mutating func work(seconds: Double) async throws {
            let (world, scheduler) = (world, scheduler)
            try await workThrough(
                seconds: seconds,
                now: { world.clock.now },
                advance: { world.clock.advance(bySeconds: $0) },
                step: { try await scheduler.step(&day) }
            )
        }
    }

    private static func states(_ world: NotificationWorld) async throws -> [String: SubscriptionState] {
        let view = try await world.perform(ListSubscriptions())
        return Dictionary(view.subscriptions.map { ($0.table, $0.state) }) { first, _ in first }
    }

    @Test("a change is told, and the mapping synchronized without asking; an idle table is hardly looked at")
    func told() async throws {
        try await NotificationWorld.run { world in
            var keeper = try world.keeper()
            try await keeper.step()
            // Salespeople cannot be subscribed to, and are asked for as ever.
            #expect(try await Self.states(world) == ["customers": .living])
            let made = try #require(try await world.subscriptions().first)
            #expect(made.address == world.desk + "/notifications/business-central/erp")
            #expect(made.clientState.utf8.count == 64)
            var schedule = try await Work(world)
            try await schedule.work(seconds: 120)
            let (customers, people) = (
                try await world.asked("GET", "/customers"), try await world.asked("GET", "/salespeoplePurchasers")
            )
            try await schedule.work(seconds: 1500)
            #expect(try await world.asked("GET", "/customers") == customers)
            #expect(try await world.asked("GET", "/salespeoplePurchasers") >= people + 20)
            try await schedule.work(seconds: 600)
            #expect(try await world.asked("GET", "/customers") == customers + 1)
            let number = try await world.customer()
            try await world.edit(number, "+46 8 555 01 01")
            try await schedule.work(seconds: 1)
            try await world.wait { world.engine.notifications.book.counts.received == 1 }
            #expect(world.phone(number) != "+46 8 555 01 01", "a notification itself writes nothing")
            try await schedule.work(seconds: 1)
            #expect(world.phone(number) == "+46 8 555 01 01")
            let view = try await world.perform(ListSubscriptions())
            #expect(view.subscriptions.first?.heardAt != nil)
            #expect(view.notifications.dropped.isEmpty)
        }
    }

    @Test("the text that proves notifications is kept sealed, and shown nowhere")
    func secret() async throws {
        try await NotificationWorld.run { world in
            var keeper = try world.keeper()
            try await keeper.step()
            let state = try #require(try await world.subscriptions().first).clientState
            let stored = try await world.store.read { try $0.subscriptions(connection: "erp") }
            let sealer = AESSecretSealer(keyFile: KeyFile(path: world.folder.path + "/key"))
            #expect(try stored.map { try sealer.open($0.sealedState) } == [state])
            #expect(!stored.contains { $0.sealedState.firstRange(of: Array(state.utf8)) != nil })
            let shown = try JSONEncoder().encode(try await world.perform(ListSubscriptions()))
            let audit = try JSONEncoder().encode(try await world.perform(ListAudit()))
            for text in [shown, audit] { #expect(text.firstRange(of: Data(state.utf8)) == nil) }
        }
    }

    @Test("whatever comes without proof is taken without a word, dropped and counted")
    func garbage() async throws {
        try await NotificationWorld.run { world in
            var keeper = try world.keeper()
            try await keeper.step()
            let id = try #require(try await world.subscriptions().first).id
            func item(_ id: String, _ state: String) -> String {
                #"{"subscriptionId":"\#(id)","clientState":"\#(state)","changeType":"updated"}"#
            }
            let sent: [(String, DroppedNotification)] = [
                ("", .unreadable), ("{", .unreadable), ("[]", .unreadable), (#"{"value":[]}"#, .unreadable),
                (String(repeating: "[", count: 100_000), .unreadable),
                (#"{"value":[\#(item(id, "wrong"))]}"#, .wrongClientState),
                (#"{"value":[\#(item(id, ""))]}"#, .wrongClientState),
                (#"{"value":[\#(item("other", "wrong"))]}"#, .unknownSubscription),
                (#"{"value":[{}]}"#, .unknownSubscription), (#"{"value":[1]}"#, .unreadable),
            ]
            var expected: [String: Int] = [:]
            for (body, reason) in sent {
                let answer = try await world.send(body.utf8)
                #expect(answer.status == 200 && answer.body.isEmpty, "\(body.prefix(80))")
                expected[reason.rawValue, default: 0] += 1
                #expect(world.engine.notifications.book.counts.dropped == expected, "\(body.prefix(80))")
            }
            #expect(try await world.send([0xFF, 0xFE, 0x00]).status == 200)
            for (method, type) in [("GET", "application/json"), ("PUT", "application/json"), ("POST", "text/plain")] {
                #expect(try await world.send("{}".utf8, method, type: type).status == 200)
            }
            for path in ["business-central/none", "dataverse/erp", "x/y/"] {
                #expect(try await world.send("{}".utf8, path: "/notifications/" + path).status == 200)
            }
            let large = [UInt8](repeating: 0x20, count: NotificationDoor.largestBody + 1)
            #expect(try await world.send(large).status == 200)
            let counts = world.engine.notifications.book.counts
            #expect(counts.dropped["otherRequest"] == 3 && counts.dropped["unknownConnection"] == 3)
            #expect(counts.dropped["tooLarge"] == 1 && counts.dropped["unreadable"] == 7)
            #expect(counts.received == 0)
            #expect(try await Self.states(world) == ["customers": .living], "nothing of it ends the subscription")
        }
    }

    @Test("the question whether somebody listens is answered with what was asked, as plain text")
    func handshake() async throws {
        try await NotificationWorld.run { world in
            let path = "/notifications/business-central/erp?validationToken=a%2Bb%3Cc%3E"
            let answer = try await world.send([], path: path, type: "text/plain")
            #expect(answer.status == 200 && String(decoding: answer.body, as: UTF8.self) == "a+b<c>")
            #expect(answer.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            let long = String(repeating: "x", count: 5000)
            let refused = try await world.send([], path: "/notifications/business-central/erp?validationToken=\(long)")
            #expect(refused.status == 200 && refused.body.isEmpty)
        }
    }

    @Test("while the store is away the sender is asked to try again, and its word is heard then")
    func storeAway() async throws {
        try await NotificationWorld.run { world in
            var keeper = try world.keeper()
            try await keeper.step()
            var schedule = try await Work(world)
            try await schedule.work(seconds: 60)
            let number = try await world.customer()
            world.store.isAway = true
            try await world.edit(number, "+46 8 555 02 02")
            world.clock.advance(bySeconds: 1)
            try await world.wait { world.engine.notifications.book.counts.putOff == 1 }
            let answer = try await world.send(#"{"value":[]}"#.utf8)
            #expect(answer.status == 503 && answer.header("Retry-After") != nil)
            world.store.isAway = false
            world.clock.advance(bySeconds: 60)
            try await world.wait { world.engine.notifications.book.counts.received == 1 }
            try await schedule.work(seconds: 1)
            #expect(world.phone(number) == "+46 8 555 02 02")
        }
    }

    @Test("a body that does not come to its end is not waited for")
    func slow() async throws {
        try await NotificationWorld.run { world in
            let connection = try RawConnection(port: try #require(URL(string: world.desk)?.port))
            connection.send(
                "POST /notifications/business-central/erp HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"
            )
            try await world.wait {
                world.clock.advance(bySeconds: NotificationDoor.patience)
                return connection.received().hasPrefix("HTTP/1.1 503 ")
            }
        }
    }

    @Test("who sends too much is asked to come later")
    func tooMany() async throws {
        try await NotificationWorld.run { world in
            var statuses: [Int: Int] = [:]
            for _ in 0..<130 { statuses[try await world.send("{}".utf8).status, default: 0] += 1 }
            #expect(statuses == [200: 120, 503: 10])
            world.clock.advance(bySeconds: 5)
            #expect(try await world.send("{}".utf8).status == 200)
        }
    }

    @Test("a subscription is renewed before it ends, and a lost one made again")
    func renewal() async throws {
        try await NotificationWorld.run { world in
            var keeper = try world.keeper()
            try await keeper.step()
            let made = try #require(try await world.subscriptions().first)
            world.clock.advance(bySeconds: 30 * 3600)
            try await keeper.step()
            #expect(try await world.subscriptions().first?.expiresAt == made.expiresAt)
            world.clock.advance(bySeconds: 10 * 3600)
            try await keeper.step()
            let renewed = try #require(try await world.subscriptions().first)
            #expect(renewed.id == made.id && renewed.clientState == made.clientState)
            #expect(renewed.expiresAt > made.expiresAt.advanced(bySeconds: 30 * 3600))
            world.clock.advance(bySeconds: 40 * 3600)
            #expect(try await Self.states(world) == ["customers": .living])
            // Somebody takes it away.
            let service = try #require(try await world.engine.connections.connector(for: "erp").subscriptions)
            try await service.remove(try #require(try await world.subscriptions().first))
            try await keeper.step()
            let again = try #require(try await world.subscriptions().first)
            #expect(again.id != made.id && again.clientState != made.clientState)
            #expect(try await Self.states(world) == ["customers": .living])
        }
    }

    @Test("another notification address is told to the service, and what changed meanwhile looked for")
    func moved() async throws {
        try await NotificationWorld.run { world in
            var keeper = try world.keeper()
            try await keeper.step()
            let made = try #require(try await world.subscriptions().first)
            #expect(!world.engine.wakeups.take().isEmpty)
            let base = world.desk.replacing("127.0.0.1", with: "localhost")
            let address = try #require(NotificationAddress(base))
            var moved = KeeperDesk(SubscriptionKeeper(engine: world.engine, address: address))
            #expect(try await Self.states(world) == ["customers": .elsewhere])
            try await moved.step()
            let renewed = try #require(try await world.subscriptions().first)
            #expect(renewed.id == made.id && renewed.address == base + "/notifications/business-central/erp")
            #expect(try await Self.states(world) == ["customers": .living])
            #expect(world.engine.wakeups.take() == [Wakeups.Table(connection: "erp", table: "customers")])
        }
    }

    @Test("a restart keeps what there is, and what nothing needs any more is removed")
    func lifetime() async throws {
        try await NotificationWorld.run { world in
            var keeper = try world.keeper()
            try await keeper.step()
            let made = try await world.subscriptions().map(\.id)
            #expect(made.count == 1)
            var again = try world.keeper(of: world.restarted())
            try await again.step()
            #expect(try await world.subscriptions().map(\.id) == made)
            #expect(try await world.asked("POST", "/subscriptions") == 1)
            try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: true))
            try await again.step()
            #expect(try await world.subscriptions().isEmpty)
            try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: false))
            try await again.step()
            #expect(try await world.subscriptions().count == 1)
            try await world.perform(EnableConnection(connection: "crm", isEnabled: false))
            try await again.step()
            #expect(try await world.subscriptions().isEmpty)
            try await world.perform(EnableConnection(connection: "crm", isEnabled: true))
            try await again.step()
            #expect(try await world.subscriptions().count == 1)
            let view = try await world.perform(RemoveSubscriptions(connection: "erp"))
            #expect(view.subscriptions.isEmpty && view.stopped == ["erp"])
            #expect(try await world.subscriptions().isEmpty)
            try await again.step()
            #expect(try await world.subscriptions().isEmpty)
            #expect(try await world.perform(AllowSubscriptions(connection: "erp")).stopped.isEmpty)
            try await again.step()
            #expect(try await world.subscriptions().count == 1)
            let events = try await world.perform(ListAudit(AuditSelection(subject: "erp"), limit: 2)).entries
            #expect(events.map(\.event) == [.subscriptionsAllowed, .subscriptionsRemoved])
        }
    }

    @Test("what a lost store had made is taken over, and others' subscriptions are left alone")
    func takenOver() async throws {
        try await NotificationWorld.run { world in
            let service = try #require(try await world.engine.connections.connector(for: "erp").subscriptions)
            let own = world.desk + "/notifications/business-central/erp"
            let lost = try await service.subscribe(.init(table: "customers", address: own, clientState: "lost"))
            let other = try await service.subscribe(.init(table: "items", address: own, clientState: "lost"))
            let foreign = try await service.subscribe(
                .init(table: "customers", address: own + "?of=others", clientState: "theirs")
            )
            var keeper = try world.keeper()
            try await keeper.step()
            let left = try await world.subscriptions()
            #expect(Set(left.map(\.id)) == [lost.id, foreign.id], "\(other.id) is needed by nobody")
            #expect(left.first { $0.id == lost.id }?.clientState.utf8.count == 64)
            #expect(left.first { $0.id == foreign.id }?.clientState == "theirs")
            #expect(try await Self.states(world) == ["customers": .living])
        }
    }

    @Test("a service that does not reach the address is asked again later, and tables are looked at as ever")
    func unreachable() async throws {
        try await NotificationWorld.run { world in
            let nowhere = try #require(NotificationAddress("http://127.0.0.1:1"))
            var keeper = KeeperDesk(SubscriptionKeeper(engine: world.engine, address: nowhere))
            try await keeper.step()
            let view = try await world.perform(ListSubscriptions())
            #expect(view.problems.map(\.message.code) == ["subscription.refused"])
            #expect(view.subscriptions.map(\.state) == [.pending])
            let asked = try await world.asked("POST", "/subscriptions")
            try await keeper.step()
            #expect(try await world.asked("POST", "/subscriptions") == asked)
            world.clock.advance(bySeconds: 900)
            var mended = try world.keeper()
            try await mended.step()
            #expect(try await world.perform(ListSubscriptions()).problems.isEmpty)
            #expect(try await Self.states(world) == ["customers": .living])
        }
    }

    @Test("without a notification address nothing is subscribed to, and tables are looked at as ever")
    func without() async throws {
        try await NotificationWorld.run { world in
            var schedule = try await Work(world, subscribes: false)
            try await schedule.work(seconds: 400)
            let before = try await world.asked("GET", "/customers")
            try await schedule.work(seconds: 1200)
            #expect(try await world.asked("GET", "/customers") >= before + 18)
            #expect(try await world.subscriptions().isEmpty)
            #expect(try await world.asked("POST", "/subscriptions") == 0)
        }
    }

    @Test("while writing is stopped no subscription is changed")
    func stopped() async throws {
        try await NotificationWorld.run { world in
            let now = world.clock.now
            try await world.store.write { transaction in
                _ = try transaction.save(WriteStop(reason: .copiedStore, foundAt: now))
            }
            var keeper = try world.keeper()
            try await keeper.step()
            #expect(try await world.subscriptions().isEmpty)
            await #expect(throws: CoupletError.self) { try await world.perform(RemoveSubscriptions(connection: "erp")) }
        }
    }
}
