package import CoupletCore
import CoupletPorts

/// What a scheduler remembers between its steps.
package struct ScheduledDay: Sendable {
    private struct Work {
        var lastBegan: Instant?
        var wasIdle = false
        var failures = 0
        /// Not before this, whatever is due.
        var notBefore: Instant?
        var hasChanges = false
    }

    private struct Reading {
        var failures = 0
        var nextAt: Instant?
    }

    private var pace: LookPace
    /// When systems are looked at again.
    private(set) var nextLook: Instant
    /// When whole tables were read last; the beginning before the first time.
    var sweptAt: Instant
    /// Tables of which word came since the last look.
    var words: Set<Wakeups.Table> = []
    private var works: [String: Work] = [:]
    private var readings: [Wakeups.Table: Reading] = [:]

    /// Begins with nothing known.
    package init(pace: LookPace, beganAt: Instant) {
        self.pace = pace
        nextLook = beganAt
        sweptAt = beganAt
    }

    /// Forgets mappings that are there no more.
    mutating func keep(_ names: [String]) {
        let known = Set(names)
        works = works.filter { known.contains($0.key) }
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
        readings[Wakeups.Table(feed)]?.nextAt.map { $0 <= now } ?? true
    }

    mutating func read(_ feed: MappedFeed) { readings[Wakeups.Table(feed)] = nil }

    /// - Returns: When the table is read again.
    mutating func failed(_ feed: MappedFeed, at now: Instant, jitter: Double) -> Instant {
        let table = Wakeups.Table(feed)
        let failures = (readings[table]?.failures ?? 0) + 1
        let nextAt = now.advanced(bySeconds: ScheduledDay.pause(failures, jitter))
        readings[table] = Reading(failures: failures, nextAt: nextAt)
        return nextAt
    }

    // MARK: Working

    /// Takes note of changes in tables of mappings: what was waited out is tried again.
    mutating func noteChanges(of mappings: [String]) {
        for name in mappings {
            works[name, default: Work()].hasChanges = true
            works[name]?.notBefore = nil
            works[name]?.wasIdle = false
        }
    }

    func hasChanges(_ mapping: String) -> Bool { works[mapping]?.hasChanges == true }

    /// When a mapping may be synchronized next; nil for never.
    func due(_ mapping: TableMapping, now: Instant) -> Instant? {
        let work = works[mapping.name] ?? Work()
        let due = mapping.plan.next(after: work.lastBegan, wasIdle: work.wasIdle, now: now)
        return due.map { max($0, work.notBefore ?? $0) }
    }

    /// Takes note of a run that came to its end.
    ///
    /// A followed mapping with something to do that comes to nothing, such as a plan that waits for approval, is gone
    /// over less and less often until a change comes.
    mutating func ran(_ mapping: TableMapping, _ result: RunOrPlan, began: Instant) {
        var work = works[mapping.name] ?? Work()
        let counts = (result.jobs ?? []).map(\.counts)
        let done = counts.reduce(0) { $0 + $1.inserted + $1.modified + $1.deleted + $1.coupled + $1.uncoupled }
        work.lastBegan = began
        work.hasChanges = false
        work.wasIdle = done + counts.reduce(0) { $0 + $1.failed } == 0
        work.failures = done > 0 ? 0 : work.failures + 1
        work.notBefore = nil
        if mapping.plan.times == .follow, done == 0 {
            work.notBefore = began.advanced(bySeconds: RetryPolicy.transient.pause(afterAttempts: work.failures))
        }
        works[mapping.name] = work
    }

    /// Takes note of a run that failed.
    /// - Returns: When it is tried again.
    mutating func failed(_ mapping: TableMapping, began: Instant, at now: Instant, jitter: Double) -> Instant {
        var work = works[mapping.name] ?? Work()
        work.lastBegan = began
        work.failures += 1
        let nextAt = now.advanced(bySeconds: ScheduledDay.pause(work.failures, jitter))
        work.notBefore = nextAt
        works[mapping.name] = work
        return nextAt
    }

    /// The pause after so many failures, up to half as long again so that not all come back at once.
    private static func pause(_ failures: Int, _ jitter: Double) -> Double {
        RetryPolicy.transient.pause(afterAttempts: failures) * (1 + jitter / 2)
    }
}

extension Wakeups.Table {
    fileprivate init(_ feed: MappedFeed) { self.init(connection: feed.connection, table: feed.table) }
}
