import CoupletCore
import CoupletPorts

/// What a scheduler remembers between its steps.
package struct ScheduledDay: Sendable {
    private struct Reading {
        var failures = 0
        var nextAt: Instant?
    }

    private var pace: LookPace
    /// When systems are looked at again.
    private(set) var nextLook: Instant
    /// When whole tables were read last.
    var sweptAt: Instant
    /// Tables of which word came since the last look.
    var words: Set<Wakeups.Table> = []
    private let lastBegan: [String: Instant]
    private var works: [String: ScheduledWork] = [:]
    private var readings: [Wakeups.Table: Reading] = [:]
    /// When each table was read last.
    private var lastRead: [Wakeups.Table: Instant] = [:]
    /// The tables whose changes are told.
    var told: Set<Wakeups.Table> = []

    /// Begins.
    /// - Parameters:
    ///   - pace: How soon systems are looked at again.
    ///   - beganAt: The present time.
    ///   - sweptAt: When whole tables were read last.
    ///   - lastBegan: When each mapping was synchronized by itself last.
    init(pace: LookPace, beganAt: Instant, sweptAt: Instant, lastBegan: [String: Instant]) {
        self.pace = pace
        self.sweptAt = sweptAt
        self.lastBegan = lastBegan
        nextLook = beganAt
    }

    /// Takes in mappings that are new, and forgets those that are there no more.
    mutating func keep(_ names: [String], at now: Instant) {
        let known = Set(names)
        works = works.filter { known.contains($0.key) }
        for name in names where works[name] == nil {
            works[name] = ScheduledWork(beganAt: now, lastBegan: lastBegan[name])
        }
    }

    /// Whether anything waits for approval, as far as is known here.
    var hasHeld: Bool { works.values.contains(where: \.isHeld) }

    /// Lets mappings go on of which nothing waits for approval any more.
    mutating func release(except held: Set<String>) {
        for name in works.keys where !held.contains(name) { works[name]?.release() }
    }

    // MARK: Looking

    mutating func note(_ words: Set<Wakeups.Table>) {
        guard !words.isEmpty else { return }
        self.words.formUnion(words)
        pace.wake()
    }

    mutating func looked(foundChanges: Bool, at now: Instant) {
        pace.note(foundChanges: foundChanges)
        nextLook = now.advanced(bySeconds: pace.pause)
    }

    func mayRead(_ feed: MappedFeed, now: Instant) -> Bool {
        let table = Wakeups.Table(feed)
        if told.contains(table), let last = lastRead[table], last.seconds(until: now) < Scheduler.toldPause {
            return false
        }
        return readings[table]?.nextAt.map { $0 <= now } ?? true
    }

    /// Forgets that tables could not be read: who tells of a change has seen them answer.
    mutating func forgive(_ tables: Set<Wakeups.Table>) { for table in tables { readings[table] = nil } }

    mutating func read(_ feed: MappedFeed, at now: Instant) {
        readings[Wakeups.Table(feed)] = nil
        lastRead[Wakeups.Table(feed)] = now
    }

    /// - Returns: When the table is read again.
    mutating func failed(_ feed: MappedFeed, at now: Instant, jitter: Double) -> Instant {
        let table = Wakeups.Table(feed)
        let failures = (readings[table]?.failures ?? 0) + 1
        let nextAt = now.advanced(bySeconds: RetryPolicy.transient.pause(afterAttempts: failures, jitter: jitter))
        readings[table] = Reading(failures: failures, nextAt: nextAt)
        return nextAt
    }

    // MARK: Working

    /// Takes note of something new in tables of mappings.
    mutating func noteChanges(of mappings: [String]) {
        for name in mappings { works[name]?.noteChanges() }
    }

    func hasChanges(_ mapping: String) -> Bool { works[mapping]?.hasChanges == true }

    /// When a mapping may be synchronized next; nil for never.
    func due(_ mapping: TableMapping, now: Instant) -> Instant? {
        works[mapping.name]?.due(by: mapping.plan, now: now)
    }

    /// Takes note of a run that came to its end.
    mutating func ran(_ mapping: TableMapping, _ result: RunOrPlan, began: Instant) {
        let counts = (result.jobs ?? []).map(\.counts)
        works[mapping.name]?.ended(
            by: mapping.plan,
            began: began,
            done: counts.reduce(0) { $0 + $1.inserted + $1.modified + $1.deleted + $1.coupled + $1.uncoupled },
            failed: counts.reduce(0) { $0 + $1.failed },
            isHeld: result.plan?.state == .held
        )
    }

    /// Takes note of a run that failed.
    /// - Returns: When it is tried again.
    mutating func failed(_ mapping: TableMapping, began: Instant, at now: Instant, jitter: Double) -> Instant {
        works[mapping.name]?.failed(began: began, at: now, jitter: jitter) ?? now
    }
}

extension Wakeups.Table {
    init(_ feed: MappedFeed) { self.init(connection: feed.connection, table: feed.table) }
}
