import CoupletCore
import Testing

@Suite("Schedules of mappings")
struct ScheduleTests {
    private static func time(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    @Test(
        "A schedule is written as it is read",
        arguments: [
            "follow", "every 30 min", "every 45 s", "every 2 h rest 12 h", "cron 0 6-18 * * mon-fri",
            "every 30 min between 06:00 and 20:00 on mon,tue,wed rest 12 h in Europe/Stockholm",
            "follow between 22:00 and 05:30", "follow on sun,sat",
        ]
    )
    func spelling(_ text: String) throws {
        #expect(try Schedule(parsing: text).text == text)
        #expect(
            try Schedule(parsing: "  " + text.uppercased().replacing("EUROPE/STOCKHOLM", with: "Europe/Stockholm"))
                == Schedule(parsing: text)
        )
    }

    @Test(
        "What says nothing is refused, saying where",
        arguments: [
            ("", ""), ("sometimes", "sometimes"), ("every min", "min "), ("every 0 s", "0 s"),
            ("every 3 weeks", "3 weeks"),
            ("cron 0 25 * * *", "0 25 * * *"), ("cron 1 2 3", "1 2 3"), ("follow between 25:00 and 26:00", "25:00"),
            ("follow between 06:00 till 07:00", "till"), ("follow on someday", "someday"), ("follow in Mars", "in"),
            ("follow now", "now"), ("every 400 d", "400 d"),
        ]
    )
    func refusals(_ text: String, _ found: String) {
        let error = #expect(throws: CoupletError.self) { try Schedule(parsing: text) }
        #expect(error?.message.code == "schedule.wrongText")
        #expect(error?.message.arguments["text"] == found)
    }

    @Test(
        "Cron's next time",
        arguments: [
            ("0 6 * * *", "2026-03-01T05:59:59Z", "2026-03-01T06:00:00Z"),
            ("0 6 * * *", "2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z"),
            ("*/15 * * * *", "2026-03-01T06:07:00Z", "2026-03-01T06:15:00Z"),
            ("5/20 * * * *", "2026-03-01T06:26:00Z", "2026-03-01T06:45:00Z"),
            ("30 8 * * mon-fri", "2026-02-27T09:00:00Z", "2026-03-02T08:30:00Z"),
            ("0 0 29 feb *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("0 0 13 * fri", "2026-03-01T00:00:00Z", "2026-03-06T00:00:00Z"),
            ("0 0 1,15 * *", "2026-03-02T00:00:00Z", "2026-03-15T00:00:00Z"),
            ("0 12 * * 7", "2026-03-02T00:00:00Z", "2026-03-08T12:00:00Z"),
        ]
    )
    func cron(_ text: String, _ after: String, _ next: String) throws {
        let expression = try #require(CronExpression(text))
        #expect(expression.next(after: try Self.time(after), in: .utc) == (try Self.time(next)))
    }

    @Test("A day that never comes has no time, and is no endless search")
    func never() throws {
        #expect(
            try #require(CronExpression("0 0 31 feb *")).next(after: try Self.time("2026-01-01T00:00:00Z"), in: .utc)
                == nil
        )
    }

    @Test("A time that clocks skip is left out, and one that they show twice comes once")
    func summerTime() throws {
        let zone = try #require(TimeZoneRule("Europe/Stockholm"))
        let expression = try #require(CronExpression("30 2 * * *"))
        let skipped = expression.next(after: try Self.time("2026-03-28T12:00:00Z"), in: zone)
        #expect(skipped == (try Self.time("2026-03-30T00:30:00Z")))
        let first = try #require(expression.next(after: try Self.time("2026-10-24T12:00:00Z"), in: zone))
        #expect(first == (try Self.time("2026-10-25T00:30:00Z")))
        #expect(expression.next(after: first, in: zone) == (try Self.time("2026-10-26T01:30:00Z")))
    }

    @Test("A window that goes past midnight belongs to the day on which it opens")
    func nightWindow() throws {
        let window = DayWindow(opens: 22 * 60, closes: 5 * 60, days: 1 << 5)
        for (text, isOpen) in [
            ("2026-02-27T21:59:00Z", false), ("2026-02-27T22:00:00Z", true), ("2026-02-28T04:59:00Z", true),
            ("2026-02-28T05:00:00Z", false), ("2026-02-28T22:00:00Z", false),
        ] {
            #expect(window.isOpen(at: try Self.time(text), in: .utc) == isOpen, "\(text)")
        }
        let opening = window.opening(from: try Self.time("2026-02-28T06:00:00Z"), in: .utc)
        #expect(opening == (try Self.time("2026-03-06T22:00:00Z")))
    }

    @Test("An interval counts from the beginning, rests after nothing to do, and keeps to its window")
    func interval() throws {
        let schedule = try Schedule(parsing: "every 30 min between 06:00 and 20:00 rest 2 h")
        let last = try Self.time("2026-02-27T10:00:00Z")
        let now = try Self.time("2026-02-27T10:05:00Z")
        #expect(schedule.next(after: nil, wasIdle: false, now: now) == now)
        #expect(schedule.next(after: last, wasIdle: false, now: now) == (try Self.time("2026-02-27T10:30:00Z")))
        #expect(schedule.next(after: last, wasIdle: true, now: now) == (try Self.time("2026-02-27T12:00:00Z")))
        let late = try Self.time("2026-02-27T23:00:00Z")
        #expect(schedule.next(after: last, wasIdle: false, now: late) == (try Self.time("2026-02-28T06:00:00Z")))
    }

    @Test("What was missed is made up for once")
    func missed() throws {
        let schedule = try Schedule(parsing: "cron 0 * * * *")
        let now = try Self.time("2026-02-27T10:30:00Z")
        #expect(schedule.next(after: try Self.time("2026-02-27T02:00:00Z"), wasIdle: false, now: now) == now)
        #expect(schedule.next(after: now, wasIdle: false, now: now) == (try Self.time("2026-02-27T11:00:00Z")))
    }

    @Test("Looking is frequent while there are changes, rare while there are none, and soon again after a word of one")
    func pace() {
        var pace = LookPace(shortest: 1, longest: 8, factor: 2)
        var pauses: [Double] = []
        for _ in 0..<5 {
            pace.note(foundChanges: false)
            pauses.append(pace.pause)
        }
        #expect(pauses == [2, 4, 8, 8, 8])
        pace.wake()
        #expect(pace.pause == 1)
        pace.note(foundChanges: false)
        pace.note(foundChanges: true)
        #expect(pace.pause == 1)
    }
}
