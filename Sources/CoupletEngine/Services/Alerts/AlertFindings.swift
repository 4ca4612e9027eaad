import CoupletCore
import CoupletPorts

extension Engine {
    /// All that needs a person now.
    /// - Throws: `StoreError`.
    func alerts() async throws -> [Alert] {
        let look = AlertLook(engine: self, now: clock.now)
        let told = try await subscriptions.view()
        return try await store.read { transaction in
            let scene = try AlertLook.Scene(transaction)
            return try look.general(scene, transaction) + look.connections(scene) + look.mappings(scene, transaction)
                + look.work(scene) + look.subscriptions(told, scene)
        }
    }
}

/// One look at all that may need a person.
private struct AlertLook: Sendable {
    /// What the store says.
    struct Scene {
        var connections: [StoredConnection]
        var mappings: [TableMapping]
        /// The mappings that are synchronized by themselves at present.
        var active: [TableMapping]
        var held: [PlanRecord]
        /// The mappings of plans that wait for approval.
        var heldMappings: Set<String>
        var lastEnds: [String: Instant]
        var lagSeconds: Int

        init(_ transaction: any StoreReading) throws {
            connections = try transaction.connections()
            mappings = try transaction.mappings()
            let enabled = Set(connections.filter(\.isEnabled).map(\.name))
            active = mappings.filter { mapping in
                mapping.pausedAt == nil && Side.allCases.allSatisfy { enabled.contains(mapping.table($0).connection) }
            }
            held = try transaction.plans(in: .held)
            heldMappings = Set(held.flatMap { $0.details?.settings.map(\.mapping.name) ?? [] })
            lastEnds = try transaction.lastJobEnds()
            lagSeconds = try AlertDocuments.lagSeconds(transaction)
        }
    }

    let engine: Engine
    let now: Instant

    /// What may pass by itself is told when it has lasted so many seconds.
    private static let retryPatience = 3600.0
    /// How many seconds a schedule may be late.
    private static let latePatience = 1800.0

    /// What concerns Couplet as a whole, and plans that wait.
    func general(_ scene: Scene, _ transaction: any StoreReading) throws -> [Alert] {
        var alerts: [Alert] = []
        if let stop = try transaction.writeStops(includingConfirmed: false).first {
            alerts.append(Alert(.writingStopped, since: stop.foundAt))
        }
        if let obstacle = engine.pulse.obstacle(at: now) {
            alerts.append(Alert(.schedulerStuck, since: engine.pulse.gotOnAt ?? engine.startedAt, cause: obstacle))
        }
        for plan in scene.held {
            let mappings = Set(plan.details?.settings.map(\.mapping.name) ?? []).sorted()
            alerts.append(Alert(.planHeld, String(plan.id), mappings: mappings, since: plan.madeAt))
        }
        return alerts
    }

    /// Connections that mappings use and nobody may write to.
    func connections(_ scene: Scene) -> [Alert] {
        let used = scene.mappings.filter { $0.pausedAt == nil }
        return scene.connections.filter { !$0.isEnabled }.compactMap { connection in
            let own = used.filter { mapping in
                Side.allCases.contains { mapping.table($0).connection == connection.name }
            }
            guard !own.isEmpty else { return nil }
            return Alert(.connectionDisabled, connection.name, mappings: own.map(\.name), since: now)
        }
    }

    /// What is open in mappings.
    func mappings(_ scene: Scene, _ transaction: any StoreReading) throws -> [Alert] {
        try scene.mappings.flatMap { mapping in
            let found = try StatusService.moments(mapping.name, [], [], transaction)
            let all: [(AlertKind, [Instant])] = [
                (.recordsParked, found[.parked] ?? []), (.recordsDeleted, found[.deleted] ?? []),
                (.conflictsOpen, found[.conflicts] ?? []),
                (.questionsOpen, (found[.questions] ?? []) + (found[.unconfirmed] ?? [])),
                (
                    .recordsFail,
                    (found[.retrying] ?? []).filter { $0.seconds(until: now) >= Self.retryPatience }
                ),
            ]
            let open = all.compactMap { kind, moments in
                moments.min().map {
                    Alert(kind, mapping.name, count: moments.count, mappings: [mapping.name], since: $0)
                }
            }
            return open + [try behind(mapping, scene, transaction)].compactMap(\.self)
        }
    }

    /// A mapping that does not keep up with its changes, or has missed its time; nil where neither is so.
    private func behind(_ mapping: TableMapping, _ scene: Scene, _ transaction: any StoreReading) throws -> Alert? {
        guard engine.pulse.isExpected, engine.meter.current == nil,
            scene.active.contains(where: { $0.name == mapping.name }), !scene.heldMappings.contains(mapping.name)
        else { return nil }
        // Nobody was late while nobody was at work.
        let last = max(scene.lastEnds[mapping.name] ?? engine.startedAt, engine.startedAt)
        guard mapping.plan.times == .follow else {
            let due = mapping.plan.next(after: last, wasIdle: true, now: last)
            guard let due, due.seconds(until: now) > Self.latePatience else { return nil }
            return Alert(.scheduleMissed, mapping.name, mappings: [mapping.name], since: due)
        }
        let isOpen = mapping.plan.window?.isOpen(at: now, in: mapping.plan.zone) ?? true
        guard isOpen, last.seconds(until: now) > Double(scene.lagSeconds) else { return nil }
        let pending = try transaction.pendingCount(mapping: mapping.name, now: now)
        guard pending > 0 else { return nil }
        return Alert(.mappingBehind, mapping.name, count: pending, mappings: [mapping.name], since: last)
    }

    /// What the scheduler could not read or synchronize the last time: systems that refuse or do not answer, each once,
    /// and what else keeps a table or a mapping.
    func work(_ scene: Scene) -> [Alert] {
        var alerts: [String: Alert] = [:]
        func add(_ kind: AlertKind, _ subject: String, _ mappings: [String], _ trouble: RunMeter.Trouble) {
            var alert = Alert(kind, subject, mappings: mappings, since: trouble.since, cause: trouble.cause)
            if let known = alerts[alert.id] {
                alert.since = min(alert.since, known.since)
                alert.mappings = Set(alert.mappings + known.mappings).sorted()
                alert.cause = known.cause
            }
            alerts[alert.id] = alert
        }
        let troubles = engine.meter.troubles
        for feed in MappedFeed.all(in: scene.active) {
            guard let trouble = troubles.tables[Wakeups.Table(feed)] else { continue }
            let mappings = feed.mappings.map(\.name)
            let kind = AlertKind(connectionTrouble: trouble.cause)
            let table = "\(feed.connection) \(feed.table)"
            add(kind ?? .tableUnread, kind == nil ? table : feed.connection, mappings, trouble)
        }
        for mapping in scene.active {
            guard let trouble = troubles.mappings[mapping.name] else { continue }
            let connection = trouble.cause.arguments["connection"]
            if let kind = AlertKind(connectionTrouble: trouble.cause), let connection {
                add(kind, connection, [mapping.name], trouble)
            } else if !trouble.cause.code.hasPrefix(Self.stopCodes) {
                add(.mappingFails, mapping.name, [mapping.name], trouble)
            }
        }
        return alerts.values.sorted { $0.id < $1.id }
    }

    /// How the codes begin of a stop of writing, which is told once for all mappings.
    private static let stopCodes = "writing."

    /// Connections whose subscriptions do not tell of changes.
    func subscriptions(_ view: SubscriptionsView, _ scene: Scene) -> [Alert] {
        guard view.address != nil else { return [] }
        let silent = view.subscriptions.filter { [.pending, .doubted, .silent, .ended].contains($0.state) }
        let problems = Dictionary(view.problems.map { ($0.connection, $0.message) }) { first, _ in first }
        return Set(silent.map(\.connection)).union(problems.keys).sorted().map { connection in
            let mappings = scene.mappings.filter { mapping in
                Side.allCases.contains { mapping.table($0).connection == connection }
            }
            return Alert(
                .subscriptionsSilent,
                connection,
                mappings: mappings.map(\.name),
                since: now,
                cause: problems[connection]
            )
        }
    }
}

extension AlertKind {
    /// What a failure says about a whole connection; nil where it is about something else.
    fileprivate init?(connectionTrouble cause: Message) {
        switch cause.code {
        case "remote.unreachable", "remote.unavailable": self = .connectionUnreachable
        case "remote.unauthorized", "remote.forbidden", "connection.noSecret": self = .connectionRefused
        case let code where code.hasPrefix("credentials."): self = .connectionRefused
        default: return nil
        }
    }
}
