extension Schedule {
    /// Reads a schedule.
    /// - Throws: `schedule.wrongText` with the words that say nothing, status `wrongUse`.
    public init(parsing text: String) throws(CoupletError) {
        var reader = ScheduleReader(text)
        self = try reader.schedule()
    }

    /// The schedule in the one spelling that reading brings back.
    public var text: String {
        var parts: [String] =
            switch times {
            case .follow: ["follow"]
            case .every(let seconds): ["every", Schedule.text(seconds: seconds)]
            case .cron(let expression): ["cron", expression.text]
            }
        if let window {
            if window != DayWindow(days: window.days) {
                parts += ["between", Schedule.time(window.opens), "and", Schedule.time(window.closes)]
            }
            if window.days != DayWindow.everyDay { parts += ["on", Schedule.days(window.days)] }
        }
        if let rest { parts += ["rest", Schedule.text(seconds: rest)] }
        if zone != .utc { parts += ["in", zone.name] }
        return parts.joined(separator: " ")
    }

    private static func text(seconds: Int) -> String {
        if seconds % 3600 == 0 { return "\(seconds / 3600) h" }
        return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }

    private static func time(_ minute: Int) -> String {
        "\((minute / 60).padded(to: 2)):\((minute % 60).padded(to: 2))"
    }

    private static func days(_ mask: UInt8) -> String {
        let names = CronExpression.weekdayNames
        return (0..<7).filter { mask >> UInt8($0) & 1 == 1 }.map { names[$0] }.joined(separator: ",")
    }
}

extension Schedule: Codable {
    /// Decodes the text.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Reads the words of a schedule.
private struct ScheduleReader {
    private let text: String
    private var words: ArraySlice<Substring>

    init(_ text: String) {
        self.text = text
        words = text.split { $0.isWhitespace }[...]
    }

    mutating func schedule() throws(CoupletError) -> Schedule {
        var schedule = Schedule(try times())
        while let word = words.popFirst() {
            switch word.lowercased() {
            case "between":
                let opens = try minute(below: 1440)
                try expect("and")
                let closes = try minute(below: 1441)
                schedule.window = DayWindow(
                    opens: opens,
                    closes: closes,
                    days: schedule.window?.days ?? DayWindow.everyDay
                )
            case "on":
                let days = try days()
                schedule.window = DayWindow(
                    opens: schedule.window?.opens ?? 0,
                    closes: schedule.window?.closes ?? 1440,
                    days: days
                )
            case "rest": schedule.rest = try seconds()
            case "in":
                guard let zone = words.popFirst().flatMap({ TimeZoneRule(String($0)) }) else { throw wrong(word) }
                schedule.zone = zone
            default: throw wrong(word)
            }
        }
        return schedule
    }

    private mutating func times() throws(CoupletError) -> Schedule.Times {
        let word = words.popFirst() ?? ""
        switch word.lowercased() {
        case "follow": return .follow
        case "every": return .every(seconds: try seconds())
        case "cron":
            let fields = words.prefix(5).joined(separator: " ")
            guard let expression = CronExpression(fields) else { throw wrong(fields[...]) }
            words = words.dropFirst(5)
            return .cron(expression)
        default: throw wrong(word)
        }
    }

    /// A number and its unit; at least a second and at most a year.
    private mutating func seconds() throws(CoupletError) -> Int {
        let number = words.popFirst() ?? ""
        let unit = words.popFirst() ?? ""
        let factors = ["s": 1, "min": 60, "h": 3600, "d": 86_400]
        guard let count = Int(number), let factor = factors[unit.lowercased()], (1...31_536_000).contains(count),
            count * factor <= 31_536_000
        else { throw wrong("\(number) \(unit)"[...]) }
        return count * factor
    }

    private mutating func minute(below limit: Int) throws(CoupletError) -> Int {
        let word = words.popFirst() ?? ""
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute < limit
        else { throw wrong(word) }
        return hour * 60 + minute
    }

    private mutating func days() throws(CoupletError) -> UInt8 {
        let word = words.popFirst() ?? ""
        var mask: UInt8 = 0
        for part in word.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { end in
                CronExpression.weekdayNames.firstIndex(of: String(end))
            }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil else { throw wrong(word) }
            var day = first
            mask |= 1 << UInt8(day)
            // From Friday to Monday goes over the weekend.
            while day != last {
                day = (day + 1) % 7
                mask |= 1 << UInt8(day)
            }
        }
        return mask
    }

    private mutating func expect(_ word: String) throws(CoupletError) {
        let found = words.popFirst() ?? ""
        guard found.lowercased() == word else { throw wrong(found) }
    }

    private func wrong(_ words: Substring) -> CoupletError {
        CoupletError("schedule.wrongText", ["schedule": text, "text": String(words)], status: .wrongUse)
    }
}
