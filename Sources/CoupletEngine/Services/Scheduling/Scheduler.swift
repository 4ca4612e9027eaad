package import CoupletCore
import CoupletPorts

/// Synchronizes mappings by themselves, each by its schedule, until it is cancelled.
///
/// Looking for changes writes nothing and leaves no run; only where there is something to do a run begins.
package struct Scheduler: Sendable {
    /// What happened.
    package enum Event: Sendable {
        /// A mapping was synchronized.
        case ran(mapping: String, RunOrPlan)
        /// A mapping could not be synchronized, and is tried again later.
        case failed(mapping: String, CoupletError, nextAt: Instant)
        /// A table could not be read, and is tried again later.
        case unread(connection: String, table: String, CoupletError, nextAt: Instant)
    }

    /// Who its runs were started by.
    package static let name = "schedule"

    /// The longest time in seconds until changed settings are noticed.
    static let settingsPause = 5.0

    let engine: Engine
    let sweeps: Schedule
    let pace: LookPace
    let report: @Sendable (Event) -> Void

    /// Makes a scheduler.
    /// - Parameters:
    ///   - engine: Does the work.
    ///   - sweeps: When whole tables are read, to find what no list of changes tells.
    ///   - pace: How soon systems are looked at again.
    ///   - report: Takes what happened.
    package init(
        engine: Engine,
        sweeps: Schedule,
        pace: LookPace = LookPace(),
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.engine = engine
        self.sweeps = sweeps
        self.pace = pace
        self.report = report
    }

    /// Works until the task is cancelled.
    /// - Throws: `CancellationError`, or what the store throws.
    package func run() async throws {
        var day = ScheduledDay(pace: pace, beganAt: engine.clock.now)
        while true {
            let next = try await step(&day)
            try await engine.wakeups.wait(until: next, engine.clock)
        }
    }

    /// Does what is due.
    /// - Returns: When there may be something to do again.
    package func step(_ day: inout ScheduledDay) async throws -> Instant {
        let active = try await activeMappings()
        day.keep(active.map(\.name))
        try await sweep(active, &day)
        let hasLooked = try await look(active, &day)
        for mapping in active where try await isDue(mapping, day, hasLooked: hasLooked) {
            try await synchronize(mapping, &day)
        }
        return nextStep(active, day)
    }

    /// The mappings that may be synchronized, referenced ones first.
    private func activeMappings() async throws -> [TableMapping] {
        try await engine.store.read { transaction in
            let enabled = Set(try transaction.connections().filter(\.isEnabled).map(\.name))
            return try StepOrdering.ordered(transaction.mappings()).filter { mapping in
                mapping.pausedAt == nil
                    && Side.allCases.allSatisfy { enabled.contains(mapping.table($0).connection) }
            }
        }
    }

    private func nextStep(_ active: [TableMapping], _ day: ScheduledDay) -> Instant {
        let now = engine.clock.now
        var next = now.advanced(bySeconds: Scheduler.settingsPause)
        let followed = active.filter { $0.plan.times == .follow }
        if !followed.isEmpty { next = min(next, day.nextLook) }
        for mapping in active {
            guard let due = day.due(mapping, now: now), due > now else { continue }
            next = min(next, due)
        }
        // A person at work comes first.
        return max(next, now.advanced(bySeconds: engine.gate.isFree ? 0.05 : 0.5))
    }

    // MARK: Looking

    /// Brings the tables of followed mappings up to date, where it is time or somebody knows of a change.
    /// - Returns: Whether it was.
    private func look(_ active: [TableMapping], _ day: inout ScheduledDay) async throws -> Bool {
        let now = engine.clock.now
        let words = engine.wakeups.take()
        day.note(words)
        guard engine.gate.isFree else { return false }
        let followed = active.filter { mapping in
            guard mapping.plan.times == .follow else { return false }
            return mapping.plan.window?.isOpen(at: now, in: mapping.plan.zone) ?? true
        }
        let isTime = now >= day.nextLook
        let feeds = MappedFeed.all(in: followed).filter { feed in
            guard day.mayRead(feed, now: now) else { return false }
            return isTime || day.words.contains(Wakeups.Table(connection: feed.connection, table: feed.table))
        }
        var found = false
        for feed in feeds { if try await read(feed, isFull: false, &day) { found = true } }
        day.words = []
        // Also where nothing may be read at present: looking again at once would not help.
        if isTime || found { day.looked(foundChanges: found, at: engine.clock.now) }
        return isTime || !feeds.isEmpty
    }

    /// Reads whole tables at the sweeps' times.
    private func sweep(_ active: [TableMapping], _ day: inout ScheduledDay) async throws {
        guard let due = sweeps.next(after: day.sweptAt, wasIdle: false, now: engine.clock.now),
            due <= engine.clock.now, engine.gate.isFree, !active.isEmpty
        else { return }
        day.sweptAt = engine.clock.now
        for feed in MappedFeed.all(in: active) { _ = try await read(feed, isFull: true, &day) }
    }

    /// Reads a table's changes, or the whole table.
    /// - Returns: Whether anything came that was not known.
    private func read(_ feed: MappedFeed, isFull: Bool, _ day: inout ScheduledDay) async throws -> Bool {
        guard let mapping = feed.mappings.first else { return false }
        let engine = engine
        do {
            let news = try await engine.gate.withTurn {
                let context = try await MappingContext.load(
                    mapping,
                    store: engine.store,
                    connections: engine.connections,
                    decisions: engine.decisions,
                    now: engine.clock.now
                )
                let reader = ChangeReader(store: engine.store) { _ in }
                return try await reader.refresh(context, feed.side, isFull: isFull).news
            }
            day.read(feed)
            if news > 0 { day.noteChanges(of: feed.mappings.map(\.name)) }
            return news > 0
        } catch let error as ConnectorError where error.kind != .cancelled {
            let nextAt = day.failed(feed, at: engine.clock.now, jitter: jitter())
            report(.unread(connection: feed.connection, table: feed.table, CoupletError(error), nextAt: nextAt))
            return false
        } catch let error as CoupletError where error.status != .interrupted {
            let nextAt = day.failed(feed, at: engine.clock.now, jitter: jitter())
            report(.unread(connection: feed.connection, table: feed.table, error, nextAt: nextAt))
            return false
        }
    }

    // MARK: Synchronizing

    /// What is pending is asked for after a look only: until then nothing is known that was not known before.
    private func isDue(_ mapping: TableMapping, _ day: ScheduledDay, hasLooked: Bool) async throws -> Bool {
        let now = engine.clock.now
        guard engine.gate.isFree, let due = day.due(mapping, now: now), due <= now else { return false }
        guard mapping.plan.times == .follow else { return true }
        guard hasLooked || day.hasChanges(mapping.name) else { return false }
        let isMoved = !mapping.onlyCoupled || mapping.conflictRules.deletion != .ask
        if day.hasChanges(mapping.name), isMoved { return true }
        return try await engine.store.read { transaction in
            func feed(_ side: Side) throws -> Int64? {
                let table = mapping.table(side)
                return try transaction.feed(connection: table.connection, table: table.table)?.id
            }
            guard let erp = try feed(.erp), let crm = try feed(.crm) else { return false }
            let pending = try transaction.couplingStates(
                mapping: mapping.name,
                feeds: BySide(erp: erp, crm: crm),
                scope: .pending,
                now: now,
                after: 0,
                limit: 1
            )
            return try !pending.isEmpty || !transaction.sentSteps(of: mapping.name).isEmpty
        }
    }

    private func synchronize(_ mapping: TableMapping, _ day: inout ScheduledDay) async throws {
        let began = engine.clock.now
        let isFollowed = mapping.plan.times == .follow
        do {
            let context = ActionContext(engine: engine, startedBy: Scheduler.name)
            let result = try await engine.synchronize(
                Synchronize(mapping: mapping.name),
                context,
                hasRead: isFollowed
            )
            day.ran(mapping, result, began: began)
            report(.ran(mapping: mapping.name, result))
        } catch let error as CoupletError where error.status != .interrupted {
            let nextAt = day.failed(mapping, began: began, at: engine.clock.now, jitter: jitter())
            report(.failed(mapping: mapping.name, error, nextAt: nextAt))
        }
    }

    /// From 0 to 1.
    private func jitter() -> Double { Double(engine.ids.next().low >> 11) / Double(1 << 53) }
}

extension TableMapping {
    /// The schedule, the usual one where the mapping states none.
    var plan: Schedule { schedule ?? .usual }
}
