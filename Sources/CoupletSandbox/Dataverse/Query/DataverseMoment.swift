/// Who asks and when, for the parts of queries that depend on it.
struct DataverseMoment: Sendable {
    /// When the request came.
    var now = SandboxInstant(milliseconds: 0)
    /// Who sent it.
    var caller = SandboxGUID.zero
    /// The caller's business unit.
    var businessUnit = SandboxGUID.zero

    /// The days, hours and so on that a name such as `last-x-days` stands for: from one moment up to another.
    ///
    /// A week begins on Sunday. Nil for a name that is none of these.
    func window(_ name: String, count: Int?) -> (from: SandboxInstant?, to: SandboxInstant?)? {
        let words = name.split(separator: "-").map(String.init)
        let today = start(of: "days", now)
        switch name {
        case "today": return (today, shifted(today, 1, "days"))
        case "yesterday": return (shifted(today, -1, "days"), today)
        case "tomorrow": return (shifted(today, 1, "days"), shifted(today, 2, "days"))
        case "last-seven-days": return (shifted(today, -7, "days"), shifted(today, 1, "days"))
        case "next-seven-days": return (today, shifted(today, 8, "days"))
        default: break
        }
        if words.count == 2, ["last", "this", "next"].contains(words[0]), Self.units.contains("\(words[1])s") {
            let unit = "\(words[1])s"
            let this = start(of: unit, now)
            let offset = words[0] == "last" ? -1 : words[0] == "next" ? 1 : 0
            return (shifted(this, offset, unit), shifted(this, offset + 1, unit))
        }
        guard words.count == 3, words[1] == "x", let count, count > 0, Self.units.contains(words[2]) else { return nil }
        switch words[0] {
        case "last":
            let unit = words[2]
            let from = shifted(now, -count, unit)
            return (unit == "hours" ? from : start(of: "days", from), now)
        case "next":
            let unit = words[2]
            let to = shifted(now, count, unit)
            return (now, unit == "hours" ? to : shifted(start(of: "days", to), 1, "days"))
        case "olderthan": return (nil, shifted(now, -count, words[2]))
        default: return nil
        }
    }

    /// The day of a moment: from midnight to midnight.
    func day(_ instant: SandboxInstant) -> (from: SandboxInstant, to: SandboxInstant) {
        let from = start(of: "days", instant)
        return (from, shifted(from, 1, "days"))
    }

    private static let units: Set<String> = ["minutes", "hours", "days", "weeks", "months", "years"]

    private func start(of unit: String, _ instant: SandboxInstant) -> SandboxInstant {
        var parts = instant.parts
        let weekday = parts.weekday
        (parts.hour, parts.minute, parts.second, parts.millisecond) = (0, 0, 0, 0)
        if unit == "months" || unit == "years" { parts.day = 1 }
        if unit == "years" { parts.month = 1 }
        let start = SandboxInstant(parts)
        return unit == "weeks" ? shifted(start, -weekday, "days") : start
    }

    private func shifted(_ instant: SandboxInstant, _ count: Int, _ unit: String) -> SandboxInstant {
        // Nobody asks for more, and a moment must stay within what texts can say.
        let count = max(-10_000, min(10_000, count))
        switch unit {
        case "minutes": return instant.advanced(byMilliseconds: Int64(count) * 60_000)
        case "hours": return instant.advanced(byMilliseconds: Int64(count) * 3_600_000)
        case "days": return instant.advanced(byMilliseconds: Int64(count) * 86_400_000)
        case "weeks": return instant.advanced(byMilliseconds: Int64(count) * 7 * 86_400_000)
        default:
            var parts = instant.parts
            let months = parts.year * 12 + parts.month - 1 + (unit == "years" ? count * 12 : count)
            guard months >= 12 else { return SandboxInstant(milliseconds: Int64.min / 2) }
            let first = SandboxInstant(SandboxInstant.Parts(year: months / 12, month: months % 12 + 1))
            let after = SandboxInstant(SandboxInstant.Parts(year: (months + 1) / 12, month: (months + 1) % 12 + 1))
            let days = Int((after.milliseconds - first.milliseconds) / 86_400_000)
            (parts.year, parts.month, parts.day) = (months / 12, months % 12 + 1, min(parts.day, days))
            return SandboxInstant(parts)
        }
    }
}
