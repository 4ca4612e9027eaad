import CoupletCore
package import CoupletPorts
import Testing

/// What every adapter of `ChangeSubscriptions` must do: a list of checks, each of which wants a remote of its own.
package enum SubscriptionConformance {
    /// One promise of the port.
    package struct Check: Sendable, CustomTestStringConvertible {
        /// The promise, as a sentence.
        package let name: String
        /// Looks whether the subscriptions of a remote keep it.
        package let body: @Sendable (SubscriptionWorld) async throws -> Void

        package var testDescription: String { name }
    }

    /// All checks.
    package static let checks = [
        Check(name: "the tables that can be subscribed to are told as mappings name them", body: tellsTables),
        Check(name: "who subscribes is told of changes with the text that was given", body: tellsChanges),
        Check(name: "an address that does not answer gets no subscription", body: refusesTheDeaf),
        Check(name: "a table without notifications gets no subscription", body: refusesOtherTables),
        Check(name: "a renewed subscription lives longer and is what is wanted now", body: renews),
        Check(name: "a subscription that changed meanwhile is not renewed", body: versionsCount),
        Check(name: "a subscription ends when nobody renews it, and cannot be renewed then", body: ends),
        Check(name: "a removed subscription is gone, and removing it again is no failure", body: removes),
    ]

    @Sendable private static func tellsTables(_ world: SubscriptionWorld) async throws {
        let tables = try await world.subscriptions.tables()
        #expect(tables.contains(world.table))
        #expect(!tables.contains(world.otherTable))
    }

    @Sendable private static func tellsChanges(_ world: SubscriptionWorld) async throws {
        let made = try await world.subscriptions.subscribe(world.wanted("secret \"å\" \\ 1"))
        #expect(!made.id.isEmpty && made.table == world.table && made.address == world.address)
        #expect(made.expiresAt > world.clock.now.advanced(bySeconds: 86_400))
        #expect(try await world.subscriptions.all().map(\.id) == [made.id])
        #expect(world.told().isEmpty)
        world.change()
        world.clock.advance(bySeconds: 60)
        let told = world.told()
        #expect(told == [ChangeNotification(subscription: made.id, clientState: "secret \"å\" \\ 1")])
    }

    @Sendable private static func refusesTheDeaf(_ world: SubscriptionWorld) async throws {
        var wanted = world.wanted("a")
        wanted.address = world.deafAddress
        let error = await #expect(throws: ConnectorError.self) { try await world.subscriptions.subscribe(wanted) }
        #expect(error?.kind == .protocolViolation && error?.detail.isEmpty == false)
        #expect(try await world.subscriptions.all().isEmpty)
    }

    @Sendable private static func refusesOtherTables(_ world: SubscriptionWorld) async throws {
        var wanted = world.wanted("a")
        wanted.table = world.otherTable
        await #expect(throws: ConnectorError.self) { try await world.subscriptions.subscribe(wanted) }
        #expect(try await world.subscriptions.all().isEmpty)
    }

    @Sendable private static func renews(_ world: SubscriptionWorld) async throws {
        let made = try await world.subscriptions.subscribe(world.wanted("a"))
        world.clock.advance(bySeconds: 86_400)
        let found = try #require(try await world.subscriptions.all().first)
        let renewed = try #require(try await world.subscriptions.renew(found, as: world.wanted("b")))
        #expect(renewed.id == made.id && renewed.expiresAt > made.expiresAt && renewed.version != made.version)
        world.change()
        world.clock.advance(bySeconds: 60)
        #expect(world.told() == [ChangeNotification(subscription: made.id, clientState: "b")])
    }

    @Sendable private static func versionsCount(_ world: SubscriptionWorld) async throws {
        let made = try await world.subscriptions.subscribe(world.wanted("a"))
        _ = try #require(try await world.subscriptions.renew(made, as: world.wanted("b")))
        await #expect(throws: ConnectorError.self) {
            try await world.subscriptions.renew(made, as: world.wanted("c"))
        }
    }

    @Sendable private static func ends(_ world: SubscriptionWorld) async throws {
        let made = try await world.subscriptions.subscribe(world.wanted("a"))
        world.clock.advance(bySeconds: world.clock.now.seconds(until: made.expiresAt) + 1)
        #expect(try await world.subscriptions.all().isEmpty)
        #expect(try await world.subscriptions.renew(made, as: world.wanted("a")) == nil)
    }

    @Sendable private static func removes(_ world: SubscriptionWorld) async throws {
        let made = try await world.subscriptions.subscribe(world.wanted("a"))
        try await world.subscriptions.remove(made)
        #expect(try await world.subscriptions.all().isEmpty)
        try await world.subscriptions.remove(made)
        world.change()
        world.clock.advance(bySeconds: 60)
        #expect(world.told().isEmpty)
    }
}

/// A remote with a table that can be subscribed to, and somebody at an address who hears what it tells.
package struct SubscriptionWorld: Sendable {
    /// The remote's subscriptions.
    package var subscriptions: any ChangeSubscriptions
    /// The clock of both.
    package var clock: SteppingClock
    /// A table that can be subscribed to.
    package var table: String
    /// A table that cannot.
    package var otherTable: String
    /// Where somebody answers what the remote asks.
    package var address: String
    /// Where nobody does.
    package var deafAddress: String
    /// A user changes a record of the table.
    package var change: @Sendable () -> Void
    /// What came to the address since this was asked last.
    package var told: @Sendable () -> [ChangeNotification]

    /// Creates a world.
    package init(
        subscriptions: any ChangeSubscriptions,
        clock: SteppingClock,
        table: String,
        otherTable: String,
        address: String,
        deafAddress: String,
        change: @escaping @Sendable () -> Void,
        told: @escaping @Sendable () -> [ChangeNotification]
    ) {
        self.subscriptions = subscriptions
        self.clock = clock
        self.table = table
        self.otherTable = otherTable
        self.address = address
        self.deafAddress = deafAddress
        self.change = change
        self.told = told
    }

    func wanted(_ state: String) -> WantedSubscription {
        WantedSubscription(table: table, address: address, clientState: state)
    }
}
