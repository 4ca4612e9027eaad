package import CoupletCore
import CoupletPorts

/// Subscribes to the changes of tables whose mappings are synchronized by themselves, until it is cancelled.
///
/// It renews subscriptions long before they end, makes those anew that are lost, and removes those that nothing needs any
/// more. At its own end everything stays: what happens meanwhile is told when it works again.
package struct SubscriptionKeeper: Sendable {
    /// What happened.
    package enum Event: Sendable {
        /// A table's changes are told from now on.
        case subscribed(connection: String, table: String)
        /// A subscription lives on.
        case renewed(connection: String, table: String)
        /// A subscription was removed; the table is nil where the connection does not reach it.
        case removed(connection: String, table: String?)
        /// The subscriptions of a connection are not as they should be, and that is tried again later.
        case failed(connection: String, any Error, nextAt: Instant)
        /// The store could not be asked, and is asked again later.
        case stumbled(any Error, nextAt: Instant)
    }

    /// What it remembers between its steps.
    package struct Memory: Sendable {
        fileprivate struct Known: Sendable {
            var wanted: Set<String> = []
            var place = ""
            var nextAt: Instant?
            var failures = 0
            var tables: (names: Set<String>, until: Instant)?
        }

        fileprivate var connections: [String: Known] = [:]

        /// Remembers nothing.
        package init() {}
    }

    /// The longest time in seconds until changed settings are noticed.
    static let settingsPause = 5.0
    /// How long, in seconds, until the system is asked again what subscriptions it has.
    static let listPause = 900.0
    /// How long, in seconds, it is taken for known which tables can be subscribed to.
    static let tablesPause = 86_400.0

    let engine: Engine
    let address: NotificationAddress
    let report: @Sendable (Event) -> Void

    /// Makes a keeper.
    /// - Parameters:
    ///   - engine: Has store and connectors.
    ///   - address: Where systems are told to send notifications.
    ///   - report: Takes what happened.
    package init(
        engine: Engine,
        address: NotificationAddress,
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.engine = engine
        self.address = address
        self.report = report
        engine.subscriptions.book.address = address
    }

    /// Works until the task is cancelled.
    /// - Throws: `CancellationError`.
    package func run() async throws {
        var memory = Memory()
        try await engine.keepOn(
            pause: RetryPolicy.transient.firstPause,
            step: { try await step(&memory) },
            stumbled: { report(.stumbled($0, nextAt: $1)) }
        )
    }

    /// What the store says about one connection.
    private struct Scene: Sendable {
        var connection: StoredConnection
        var wanted: Set<String>
        var stored: [StoredSubscription]
    }

    /// Does what is due.
    /// - Returns: When there may be something to do again.
    package func step(_ memory: inout Memory) async throws -> Instant {
        let scenes = try await scenes()
        let names = Set(scenes.map(\.connection.name))
        for name in memory.connections.keys where !names.contains(name) {
            memory.connections[name] = nil
            engine.subscriptions.book.note(nil, of: name)
        }
        for scene in scenes {
            let name = scene.connection.name
            var known = memory.connections[name] ?? Memory.Known()
            if known.place != scene.connection.place { known = Memory.Known() }
            guard isDue(scene, known) else { continue }
            (known.wanted, known.place) = (scene.wanted, scene.connection.place)
            do {
                let isKept = try await check(scene, &known)
                known.failures = 0
                let pause = isKept ? Self.listPause : Self.tablesPause
                known.nextAt = engine.clock.now.advanced(bySeconds: pause)
                engine.subscriptions.book.note(nil, of: name)
            } catch {
                try Task.checkCancellation()
                known.failures += 1
                let growing = RetryPolicy.transient.pause(afterAttempts: known.failures, jitter: engine.ids.jitter())
                let nextAt = engine.clock.now.advanced(bySeconds: min(growing, Self.listPause))
                known.nextAt = nextAt
                let problem = (error as? CoupletError) ?? (error as? ConnectorError).map { CoupletError($0) }
                engine.subscriptions.book.note(problem, of: name)
                report(.failed(connection: name, error, nextAt: nextAt))
            }
            memory.connections[name] = known
        }
        return engine.clock.now.advanced(bySeconds: Self.settingsPause)
    }

    private func isDue(_ scene: Scene, _ known: Memory.Known) -> Bool {
        let now = engine.clock.now
        guard let nextAt = known.nextAt, nextAt > now else { return true }
        if known.failures > 0 { return false }
        return scene.wanted != known.wanted
            || scene.stored.contains { subscription in
                subscription.doubtedAt.map { $0.seconds(until: now) >= SubscriptionPlan.silence } ?? false
            }
    }

    /// The connections that have, or shall have, subscriptions; none while nothing may be changed in any system.
    private func scenes() async throws -> [Scene] {
        try await engine.store.read { transaction in
            guard try transaction.writeStops(includingConfirmed: false).isEmpty else { return [] }
            let connections = try transaction.connections()
            let enabled = Set(connections.filter(\.isEnabled).map(\.name))
            let active = try transaction.mappings().filter { mapping in
                mapping.pausedAt == nil && Side.allCases.allSatisfy { enabled.contains(mapping.table($0).connection) }
            }
            let stored = Dictionary(grouping: try transaction.subscriptions(connection: nil), by: \.connection)
            return try connections.compactMap { connection in
                let own = MappedFeed.all(in: active).filter { $0.connection == connection.name }.map(\.table)
                let wanted = try transaction.isUnsubscribed(connection.name) ? [] : Set(own)
                let scene = Scene(connection: connection, wanted: wanted, stored: stored[connection.name] ?? [])
                return scene.wanted.isEmpty && scene.stored.isEmpty ? nil : scene
            }
        }
    }

    /// Brings a connection's subscriptions to what they should be.
    /// - Returns: Whether there are any that have to be looked after.
    private func check(_ scene: Scene, _ known: inout Memory.Known) async throws -> Bool {
        let connection = scene.connection
        let now = engine.clock.now
        guard let remote = try await engine.connections.connector(for: connection.name).subscriptions else {
            try await forget(scene.stored.map(\.table), of: connection.name)
            return false
        }
        var wanted = scene.wanted
        if !wanted.isEmpty {
            if known.tables.map({ $0.until <= now }) ?? true {
                known.tables = (try await remote.tables(), now.advanced(bySeconds: Self.tablesPause))
            }
            wanted.formIntersection(known.tables?.names ?? [])
        }
        if wanted.isEmpty, scene.stored.isEmpty { return false }
        let plan = SubscriptionPlan(
            wanted: wanted,
            stored: scene.stored,
            remote: try await remote.all(),
            place: connection.place,
            address: address.address(of: connection),
            now: now
        )
        var refusal: CoupletError?
        for change in plan.changes {
            do {
                try await perform(change, connection, remote)
            } catch let error as CoupletError where error.message.code == SubscriptionKeeper.refused {
                // What the system refuses of one table says nothing of another one.
                refusal = refusal ?? error
            }
        }
        if let refusal { throw refusal }
        return !wanted.isEmpty
    }

    private func perform(
        _ change: SubscriptionChange,
        _ connection: StoredConnection,
        _ remote: any ChangeSubscriptions
    ) async throws {
        switch change {
        case .remove(let found):
            try await remote.remove(found)
            report(.removed(connection: connection.name, table: found.table))
        case .forget(let table): try await forget([table], of: connection.name)
        case .note(let noted):
            try await engine.store.write { transaction in
                // A notification may have come meanwhile.
                for var present in try transaction.subscriptions(connection: noted.connection)
                where present.table == noted.table {
                    present.expiresAt = noted.expiresAt
                    try transaction.save(present)
                }
            }
        case .renew(let found, let own):
            let wanted = WantedSubscription(
                table: own.table,
                address: address.address(of: connection),
                clientState: try engine.connections.sealer.open(own.sealedState)
            )
            guard let renewed = try await refusing(wanted, connection, { try await remote.renew(found, as: wanted) })
            else { return try await subscribe(own.table, mustProve: own.mustProve, connection, remote) }
            guard try await keep(renewed, own.table, connection) else { return }
            if own.address != wanted.address {
                // What changed meanwhile was told at the address before.
                engine.wakeups.wake(Wakeups.Table(connection: connection.name, table: own.table))
            }
            report(.renewed(connection: connection.name, table: own.table))
        case .takeOver(let found, let table, let mustProve):
            let wanted = try await begin(table, mustProve: mustProve, connection, found.id)
            guard let taken = try await refusing(wanted, connection, { try await remote.renew(found, as: wanted) })
            else { return try await subscribe(table, mustProve: mustProve, connection, remote) }
            guard try await keep(taken, table, connection) else { return }
            engine.wakeups.wake(Wakeups.Table(connection: connection.name, table: table))
            report(.subscribed(connection: connection.name, table: table))
        case .subscribe(let table, let mustProve):
            try await subscribe(table, mustProve: mustProve, connection, remote)
        }
    }

    private func subscribe(
        _ table: String,
        mustProve: Bool,
        _ connection: StoredConnection,
        _ remote: any ChangeSubscriptions
    ) async throws {
        let wanted = try await begin(table, mustProve: mustProve, connection, nil)
        let made = try await refusing(wanted, connection) { try await remote.subscribe(wanted) }
        guard try await keep(made, table, connection) else { return try await remote.remove(made) }
        // What changed just before is told by nobody.
        engine.wakeups.wake(Wakeups.Table(connection: connection.name, table: table))
        report(.subscribed(connection: connection.name, table: table))
    }

    /// Stores a new text that proves notifications before the system is given it: whatever becomes of the answer, nothing
    /// that comes is lost for long.
    private func begin(
        _ table: String,
        mustProve: Bool,
        _ connection: StoredConnection,
        _ remoteID: String?
    ) async throws -> WantedSubscription {
        let state = "\(engine.ids.next())\(engine.ids.next())".filter { $0 != "-" }
        let subscription = StoredSubscription(
            connection: connection.name,
            table: table,
            place: connection.place,
            address: address.address(of: connection),
            remoteID: remoteID,
            sealedState: try engine.connections.sealer.seal(state),
            mustProve: mustProve
        )
        try await engine.store.write { try $0.save(subscription) }
        return WantedSubscription(table: table, address: subscription.address, clientState: state)
    }

    /// Stores what the system has made of it.
    /// - Returns: Whether it is still wanted: somebody may have removed it meanwhile.
    private func keep(
        _ remote: RemoteSubscription,
        _ table: String,
        _ connection: StoredConnection
    ) async throws -> Bool {
        let address = address.address(of: connection)
        return try await engine.store.write { transaction in
            let known = try transaction.subscriptions(connection: connection.name)
            guard var own = known.first(where: { $0.table == table }) else { return false }
            (own.remoteID, own.expiresAt, own.address) = (remote.id, remote.expiresAt, address)
            try transaction.save(own)
            return true
        }
    }

    private func forget(_ tables: [String], of connection: String) async throws {
        guard !tables.isEmpty else { return }
        try await engine.store.write { transaction in
            for table in tables { try transaction.removeSubscription(connection: connection, table: table) }
        }
    }

    private static let refused = "subscription.refused"

    /// Says of a refusal what it usually means: the system has called the address, and nobody has answered.
    private func refusing<Result>(
        _ wanted: WantedSubscription,
        _ connection: StoredConnection,
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as ConnectorError where error.kind == .protocolViolation {
            throw CoupletError(
                "subscription.refused",
                [
                    "connection": connection.name, "table": wanted.table, "address": wanted.address,
                    "detail": error.detail,
                ],
                status: .wrongConfiguration
            )
        }
    }
}
