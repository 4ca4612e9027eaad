import CoupletCore
import Testing

@Suite("What a recipient of alerts is told")
struct AlertLedgerTests {
    /// 2026-12-01 12:00 UTC, a Tuesday.
    private static let noon = Instant(milliseconds: 1_796_126_400_000)

    /// What is found, and one recipient who takes every message at once.
    private struct Trial {
        var watch = AlertWatch()
        var ledger = AlertLedger()
        var now = noon
        var terms: AlertTerms
        var messages = 0

        init(_ terms: AlertTerms = AlertTerms()) { self.terms = terms }

        /// Lets time pass and looks again.
        /// - Returns: What the recipient is told: the events and alerts of a message; nil where there is none.
        mutating func look(after seconds: Double, _ found: Alert...) -> [String]? {
            now = now.advanced(bySeconds: seconds)
            ledger.note(ended: watch.note(found, at: now))
            messages += 1
            ledger.compose(watch, terms, id: "m\(messages)", now: now)
            guard let delivery = ledger.due(at: now, changedAt: noon) else { return nil }
            ledger.delivered(at: now)
            return delivery.message.items.map { "\($0.event.rawValue) \($0.alert.id)" }
        }
    }

    private static func conflicts(_ mapping: String = "CUSTOMER", count: Int = 1) -> Alert {
        Alert(.conflictsOpen, mapping, count: count, mappings: [mapping], since: noon)
    }

    private static let stop = Alert(.writingStopped, since: noon)

    @Test("an alert is told when others have had time to join it, once, and again after a day")
    func onceAndDaily() {
        var trial = Trial()
        #expect(trial.look(after: 0, Self.conflicts()) == nil)
        #expect(trial.look(after: 59, Self.conflicts()) == nil)
        #expect(trial.look(after: 1, Self.conflicts()) == ["begun conflictsOpen CUSTOMER"])
        for _ in 1...24 {
            #expect(trial.look(after: 3599, Self.conflicts(count: 7)) == nil, "also where there are more")
        }
        #expect(trial.look(after: 24, Self.conflicts(count: 7)) == ["lasting conflictsOpen CUSTOMER"])
        #expect(trial.look(after: 86_399, Self.conflicts()) == nil)
        #expect(trial.look(after: 1, Self.conflicts()) == ["lasting conflictsOpen CUSTOMER"])
    }

    @Test("several that begin within a short time are one message, what is urgent first")
    func grouping() {
        var trial = Trial()
        #expect(trial.look(after: 0, Self.conflicts("B")) == nil)
        #expect(trial.look(after: 30, Self.conflicts("B"), Self.conflicts("A"), Self.stop) == nil)
        let told = trial.look(after: 30, Self.conflicts("B"), Self.conflicts("A"), Self.stop)
        #expect(told == ["begun writingStopped", "begun conflictsOpen A", "begun conflictsOpen B"])
        #expect(trial.look(after: 600, Self.conflicts("B"), Self.conflicts("A"), Self.stop) == nil)
    }

    @Test("an end is told once, and only where the beginning was")
    func end() {
        var trial = Trial()
        #expect(trial.look(after: 0, Self.stop) == nil)
        #expect(trial.look(after: 30) == nil)
        #expect(trial.look(after: 600) == nil, "it was over before anybody was told")
        #expect(trial.look(after: 0, Self.stop) == nil)
        #expect(trial.look(after: 60, Self.stop) == ["begun writingStopped"])
        #expect(trial.look(after: 60) == nil)
        #expect(trial.look(after: AlertWatch.calm - 1) == nil)
        #expect(trial.look(after: 1) == ["ended writingStopped"])
        #expect(trial.look(after: 86_400) == nil)
    }

    @Test("what comes and goes within minutes is one alert that lasts")
    func comesAndGoes() {
        var trial = Trial()
        #expect(trial.look(after: 0, Self.stop) == nil)
        #expect(trial.look(after: 60, Self.stop) == ["begun writingStopped"])
        for _ in 1...20 {
            #expect(trial.look(after: 200) == nil)
            #expect(trial.look(after: 60, Self.stop) == nil)
        }
    }

    @Test("what may pass by itself is told when it has lasted")
    func patience() {
        var trial = Trial()
        let silent = Alert(.connectionUnreachable, "erp", since: Self.noon)
        #expect(trial.look(after: 0, silent) == nil)
        #expect(trial.look(after: 599, silent) == nil)
        #expect(trial.look(after: 1) == nil, "it passed")
        #expect(trial.look(after: 1, silent) == nil)
        #expect(trial.look(after: 600, silent) == nil)
        #expect(trial.look(after: 60, silent) == ["begun connectionUnreachable erp"])
    }

    @Test("in quiet hours only what is urgent is told, and the rest when they are over")
    func quietHours() throws {
        let quiet = try QuietHours(parsing: "between 12:00 and 13:00")
        var trial = Trial(AlertTerms(quiet: quiet))
        #expect(trial.look(after: 60, Self.conflicts(), Self.stop) == nil)
        #expect(trial.look(after: 60, Self.conflicts(), Self.stop) == ["begun writingStopped"])
        #expect(trial.look(after: 60, Self.conflicts()) == nil)
        #expect(trial.look(after: 600, Self.conflicts()) == nil, "an end can wait as well")
        let told = trial.look(after: 3600, Self.conflicts())
        #expect(told == ["begun conflictsOpen CUSTOMER", "ended writingStopped"])
    }

    @Test("who wants it so is told nothing at all in quiet hours, and of nothing but what is urgent")
    func terms() throws {
        let quiet = try QuietHours(parsing: "between 12:00 and 13:00")
        var trial = Trial(AlertTerms(groupingSeconds: 0, quiet: quiet, urgentWaits: true, urgentOnly: true))
        #expect(trial.look(after: 60, Self.conflicts(), Self.stop) == nil)
        #expect(trial.look(after: 3600, Self.conflicts(), Self.stop) == ["begun writingStopped"])
    }

    @Test("what did not arrive is sent again unchanged, with growing pauses, and what began meanwhile after it")
    func undelivered() throws {
        var trial = Trial(AlertTerms(groupingSeconds: 0))
        trial.ledger.note(ended: trial.watch.note([Self.stop], at: trial.now))
        trial.ledger.compose(trial.watch, trial.terms, id: "first", now: trial.now)
        var pauses: [Double] = []
        for _ in 1...8 {
            let delivery = try #require(trial.ledger.due(at: trial.now, changedAt: Self.noon))
            #expect(delivery.message.id == "first")
            trial.ledger.failed(at: trial.now, Message("alert.refused", ["status": "503"]), jitter: 0)
            #expect(trial.ledger.due(at: trial.now, changedAt: Self.noon) == nil)
            let next = try #require(trial.ledger.delivery?.nextAt)
            pauses.append(trial.now.seconds(until: next))
            trial.now = next
            _ = trial.watch.note([Self.stop, Self.conflicts()], at: trial.now)
            trial.ledger.compose(trial.watch, trial.terms, id: "later", now: trial.now)
        }
        #expect(pauses == [5, 15, 45, 135, 405, 1215, 3600, 3600])
        #expect(trial.ledger.failedCount == 8)
        let changed = trial.now.advanced(bySeconds: -1)
        trial.ledger.failed(at: changed.advanced(bySeconds: -1), Message("alert.refused"), jitter: 0)
        #expect(trial.ledger.due(at: changed, changedAt: changed) != nil, "the recipient was set anew")
        trial.ledger.delivered(at: trial.now)
        trial.ledger.compose(trial.watch, trial.terms, id: "later", now: trial.now)
        #expect(trial.ledger.delivery?.message.id == "later")
        #expect(trial.ledger.delivery?.message.items.map(\.alert.kind) == [.conflictsOpen])
    }

    @Test("what is not followed any more has ended, whatever became of what was kept")
    func lostWatch() {
        var trial = Trial()
        _ = trial.look(after: 0, Self.stop)
        #expect(trial.look(after: 60, Self.stop) == ["begun writingStopped"])
        trial.watch = AlertWatch()
        #expect(trial.look(after: 60) == nil)
        #expect(trial.look(after: 60) == ["ended writingStopped"])
    }
}

@Suite("Quiet hours")
struct QuietHoursTests {
    @Test(
        "are written as they are read",
        arguments: ["between 22:00 and 07:00 in Europe/Stockholm", "on sun,sat", "between 17:00 and 08:00 on mon,fri"]
    )
    func spelling(_ text: String) throws { #expect(try QuietHours(parsing: text).text == text) }

    @Test(
        "that name no part of the day, or say more, are refused",
        arguments: [
            ("", "alert.wrongQuiet"), ("in Europe/Stockholm", "alert.wrongQuiet"),
            ("between 22:00 and 07:00 rest 2 h", "alert.wrongQuiet"), ("at night", "schedule.wrongText"),
        ]
    )
    func refusals(_ text: String, _ code: String) {
        let error = #expect(throws: CoupletError.self) { try QuietHours(parsing: text) }
        #expect(error?.message.code == code)
    }

    @Test("follow the clocks of their zone over a change of the hour")
    func zone() throws {
        let quiet = try QuietHours(parsing: "between 22:00 and 07:00 in Europe/Stockholm")
        func holds(_ text: String) throws -> Bool { quiet.contain(try #require(Instant(iso8601: text))) }
        #expect(try !holds("2026-12-01T20:59:59Z"))
        #expect(try holds("2026-12-01T21:00:00Z"))
        #expect(try holds("2026-12-02T05:59:59Z"))
        #expect(try !holds("2026-12-02T06:00:00Z"))
        #expect(try holds("2026-07-01T20:00:00Z"))
    }
}
