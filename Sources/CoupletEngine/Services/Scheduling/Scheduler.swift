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
        case failed(mapping: String, any Error, nextAt: Instant)
        /// A table could not be read, and is tried again later.
        case unread(connection: String, table: String, any Error, nextAt: Instant)
        /// The store could not be asked, and is asked again later.
        case stumbled(any Error, nextAt: Instant)
    }

    /// Who its runs were started by.
    package static let name = "schedule"

    /// The longest time in seconds until changed settings are noticed.
    static let settingsPause = 5.0
    /// How often, in seconds, a table is looked at whose changes are told: so long goes unseen what nobody has told of.
    static let toldPause = 1800.0

    let engine: Engine
    let sweeps: Schedule
    let pace: LookPace
    let notifications: NotificationAddress?
    let report: @Sendable (Event) -> Void

    /// Makes a scheduler.
    /// - Parameters:
    ///   - engine: Does the work.
    ///   - sweeps: When whole tables are read, to find what no list of changes tells.
    ///   - pace: How soon systems are looked at again.
    ///   - notifications: Where changes are told that are subscribed to; nil where none are.
    ///   - report: Takes what happened.
    package init(
        engine: Engine,
        sweeps: Schedule,
        pace: LookPace = LookPace(),
        notifications: NotificationAddress? = nil,
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.engine = engine
        self.sweeps = sweeps
        self.pace = pace
        self.notifications = notifications
        self.report = report
    }

    /// Works until the task is cancelled.
    /// - Throws: `CancellationError`.
    package func run() async throws {
        var day: ScheduledDay?
        while true {
            let next: Instant
            do {
                var present = if let day { day } else { try await begin() }
                next = try await step(&present)
                day = present
            } catch {
                try Task.checkCancellation()
                let pause = RetryPolicy.transient.firstPause * (1 + engine.ids.jitter() / 2)
                next = engine.clock.now.advanced(bySeconds: pause)
                report(.stumbled(error, nextAt: next))
            }
            try await engine.wakeups.wait(until: next, engine.clock)
        }
    }

    /// What a scheduler begins with: when it worked last, before this process.
    package func begin() async throws -> ScheduledDay {
        let now = engine.clock.now
        let (swept, last) = try await engine.store.write { transaction in
            let kept = try transaction.document(kind: Scheduler.documents, key: Scheduler.sweepKey)
            let swept = kept.flatMap { Instant(iso8601: String(decoding: $0, as: UTF8.self)) }
            if swept == nil { try Scheduler.keep(sweptAt: now, transaction) }
            return (swept ?? now, try Scheduler.lastRuns(transaction))
        }
        return ScheduledDay(pace: pace, beganAt: now, sweptAt: swept, lastBegan: last)
    }

    private static let documents = "schedule"
    private static let sweepKey = "sweep"

    private static func keep(sweptAt: Instant, _ transaction: any StoreWriting) throws {
        try transaction.saveDocument(Array(sweptAt.description.utf8), kind: documents, key: sweepKey)
    }

    /// When each mapping was synchronized by a scheduler last, among the latest jobs.
    private static func lastRuns(_ transaction: any StoreReading) throws -> [String: Instant] {
        var last: [String: Instant] = [:]
        for job in try transaction.jobs(run: nil, limit: 1000) where last[job.mapping] == nil {
            guard try transaction.run(job.run)?.startedBy == name else { continue }
            last[job.mapping] = job.startedAt
        }
        return last
    }

    /// Does what is due.
    /// - Returns: When there may be something to do again.
    package func step(_ day: inout ScheduledDay) async throws -> Instant {
        engine.pulse.getOn(at: engine.clock.now)
        let active = try await activeMappings()
        day.keep(active.map(\.name), at: engine.clock.now)
        if day.hasHeld { day.release(except: try await heldMappings()) }
        if let notifications { day.told = try await engine.subscriptions.living(at: notifications) }
        try await sweep(active, &day)
        let seen = try await look(active, &day)
        noteNews(active, &day)
        for mapping in active where try await isDue(mapping, day, hasLooked: !seen.isEmpty) {
            try await synchronize(mapping, active, seen, &day)
        }
        return nextStep(active, day)
    }

    /// Takes note of what tables told to whoever has read them since.
    private func noteNews(_ active: [TableMapping], _ day: inout ScheduledDay) {
        let news = engine.wakeups.takeNews()
        guard !news.isEmpty else { return }
        for feed in MappedFeed.all(in: active) where news.contains(Wakeups.Table(feed)) {
            day.noteChanges(of: feed.mappings.map(\.name))
        }
    }

    /// The mappings of plans that wait for approval.
    private func heldMappings() async throws -> Set<String> {
        let plans = try await engine.store.read { try $0.plans(in: .held) }
        return Set(plans.flatMap { $0.details?.settings.map(\.mapping.name) ?? [] })
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

    /// Brings the tables of followed mappings up to date where it is time, and those of which word came.
    /// - Returns: The tables that were read.
    private func look(_ active: [TableMapping], _ day: inout ScheduledDay) async throws -> Set<Wakeups.Table> {
        let now = engine.clock.now
        day.note(engine.wakeups.take())
        guard engine.gate.isFree else { return [] }
        let words = day.words
        day.forgive(words)
        day.words = []
        let isTime = now >= day.nextLook
        let feeds = MappedFeed.all(in: active).filter { feed in
            if words.contains(Wakeups.Table(feed)) { return true }
            return isTime && day.mayRead(feed, now: now) && feed.mappings.contains { $0.isFollowed(at: now) }
        }
        var seen: Set<Wakeups.Table> = []
        var found = false
        for feed in feeds {
            guard let news = try await read(feed, isFull: false, &day) else { continue }
            let table = Wakeups.Table(feed)
            seen.insert(table)
            found = found || news > 0
            if news > 0, day.told.contains(table), !words.contains(table) { try await doubt(table, &day) }
        }
        // Also where nothing may be read at present: looking again at once would not help.
        if isTime || found { day.looked(foundChanges: found, at: engine.clock.now) }
        return seen
    }

    /// A change was found that nobody has told of: until a notification comes, the table is looked at as any other.
    private func doubt(_ table: Wakeups.Table, _ day: inout ScheduledDay) async throws {
        day.told.remove(table)
        try await engine.subscriptions.doubt(table)
    }

    /// Reads whole tables at the sweeps' times, those that references and rules ask among them.
    private func sweep(_ active: [TableMapping], _ day: inout ScheduledDay) async throws {
        let now = engine.clock.now
        guard let due = sweeps.next(after: day.sweptAt, wasIdle: false, now: now), due <= now, engine.gate.isFree,
            !active.isEmpty
        else { return }
        day.sweptAt = now
        try await engine.store.write { try Scheduler.keep(sweptAt: now, $0) }
        for feed in MappedFeed.all(in: active) { _ = try await read(feed, isFull: true, &day) }
        try await readKeys(of: active, nextAt: sweeps.next(after: now, wasIdle: false, now: now) ?? now)
    }

    /// Reads a table's changes, or the whole table.
    /// - Returns: How many rows said something that was not known; nil where it could not be read.
    private func read(_ feed: MappedFeed, isFull: Bool, _ day: inout ScheduledDay) async throws -> Int? {
        guard let mapping = feed.mappings.first else { return nil }
        let engine = engine
        do {
            let news = try await engine.gate.withTurn {
                let context = try await engine.context(of: mapping)
                let reader = ChangeReader(store: engine.store) { _ in engine.pulse.getOn(at: engine.clock.now) }
                return try await reader.refresh(context, feed.side, isFull: isFull).news
            }
            day.read(feed, at: engine.clock.now)
            engine.meter.note(Wakeups.Table(feed), nil, at: engine.clock.now)
            if news > 0 { day.noteChanges(of: feed.mappings.map(\.name)) }
            return news
        } catch {
            try Task.checkCancellation()
            let nextAt = day.failed(feed, at: engine.clock.now, jitter: engine.ids.jitter())
            engine.meter.note(Wakeups.Table(feed), Message(of: error), at: engine.clock.now)
            report(.unread(connection: feed.connection, table: feed.table, error, nextAt: nextAt))
            return nil
        }
    }

    /// Reads the tables that references and rules of mappings ask, each once; what cannot be read is left to the next sweep.
    private func readKeys(of active: [TableMapping], nextAt: Instant) async throws {
        var visited: Set<Int64> = []
        for mapping in active {
            do {
                let context = try await engine.context(of: mapping)
                for (key, number) in context.keyFeeds.sorted(by: { $0.value < $1.value })
                where visited.insert(number).inserted {
                    engine.pulse.getOn(at: engine.clock.now)
                    try await read(key, number, context, nextAt: nextAt)
                }
            } catch {
                try Task.checkCancellation()
                report(.failed(mapping: mapping.name, error, nextAt: nextAt))
            }
        }
    }

    private func read(
        _ key: MappingContext.KeyFeed,
        _ number: Int64,
        _ context: MappingContext,
        nextAt: Instant
    ) async throws {
        let reader = KeyReader(store: engine.store, context: context, now: engine.clock.now)
        do {
            _ = try await engine.gate.withTurn { try await reader.read(key, number) }
        } catch {
            try Task.checkCancellation()
            let connection = context.mapping.table(key.side).connection
            report(.unread(connection: connection, table: key.table.table, error, nextAt: nextAt))
        }
    }

    // MARK: Synchronizing

    /// What is pending is asked for after a look only: until then nothing is known that was not known before.
    private func isDue(_ mapping: TableMapping, _ day: ScheduledDay, hasLooked: Bool) async throws -> Bool {
        let now = engine.clock.now
        guard engine.gate.isFree, let due = day.due(mapping, now: now), due <= now else { return false }
        guard mapping.plan.times == .follow else { return true }
        guard hasLooked || day.hasChanges(mapping.name) else { return false }
        if day.hasChanges(mapping.name), mapping.actsOnUncoupled { return true }
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

    private func synchronize(
        _ mapping: TableMapping,
        _ active: [TableMapping],
        _ seen: Set<Wakeups.Table>,
        _ day: inout ScheduledDay
    ) async throws {
        let began = engine.clock.now
        let hasRead = Side.allCases.allSatisfy { side in
            let table = mapping.table(side)
            return seen.contains(Wakeups.Table(connection: table.connection, table: table.table))
        }
        do {
            let context = ActionContext(engine: engine, startedBy: Scheduler.name)
            let turn = ScheduledTurn(hasRead: hasRead)
            let result = try await engine.synchronize(Synchronize(mapping: mapping.name), context, turn: turn)
            day.ran(mapping, result, began: began)
            engine.meter.note(mapping: mapping.name, nil, at: engine.clock.now)
            report(.ran(mapping: mapping.name, result))
            let isCoupling = (result.jobs ?? []).contains { $0.counts.inserted + $0.counts.coupled > 0 }
            // What is coupled now may be what records of these waited for.
            if isCoupling { day.noteChanges(of: active.filter { $0.refers(to: mapping.name) }.map(\.name)) }
        } catch {
            try Task.checkCancellation()
            engine.meter.note(mapping: mapping.name, Message(of: error), at: engine.clock.now)
            let nextAt = day.failed(mapping, began: began, at: engine.clock.now, jitter: engine.ids.jitter())
            report(.failed(mapping: mapping.name, error, nextAt: nextAt))
        }
    }
}

extension TableMapping {
    /// The schedule, the usual one where the mapping states none.
    var plan: Schedule { schedule ?? .usual }

    /// Whether its changes are followed at a time.
    fileprivate func isFollowed(at now: Instant) -> Bool {
        plan.times == .follow && (plan.window?.isOpen(at: now, in: plan.zone) ?? true)
    }

    /// Whether one of its fields names records of another mapping.
    fileprivate func refers(to mapping: String) -> Bool {
        enabledFields.contains { $0.reference?.mappings.contains(mapping) == true }
    }
}

/// A mapping's turn that no person has asked for.
package struct ScheduledTurn: Sendable {
    /// Whether both of its tables were brought up to date just before.
    var hasRead: Bool

    /// Creates a turn.
    package init(hasRead: Bool) { self.hasRead = hasRead }
}
