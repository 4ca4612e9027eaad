/// Dates as text, `yyyy-MM-dd`.
enum BusinessCentralDates {
    /// The day of a moment.
    static func day(_ instant: SandboxInstant) -> String { String(instant.text.prefix(10)) }

    /// A date moved by a formula such as `10D`, `1M`, `CM` or `CM+8D`; the date itself where the formula is none.
    static func adding(_ formula: String, to date: String) -> String {
        guard var instant = SandboxInstant(text: date) else { return date }
        var rest = Substring(formula.uppercased())
        while !rest.isEmpty {
            let sign = rest.first == "-" ? -1 : 1
            rest = rest.drop { $0 == "+" || $0 == "-" }
            if rest.hasPrefix("CM") {
                instant = endOfMonth(instant)
                rest = rest.dropFirst(2)
                continue
            }
            let digits = rest.prefix { $0.isNumber }
            guard let number = Int(digits), let unit = rest.dropFirst(digits.count).first,
                let moved = moved(instant, by: sign * number, unit)
            else { return date }
            instant = moved
            rest = rest.dropFirst(digits.count + 1)
        }
        return day(instant)
    }

    private static func moved(_ instant: SandboxInstant, by number: Int, _ unit: Character) -> SandboxInstant? {
        switch unit {
        case "D": instant.advanced(byMilliseconds: Int64(number) * 86_400_000)
        case "W": instant.advanced(byMilliseconds: Int64(number) * 7 * 86_400_000)
        case "M": inMonths(instant, number)
        case "Q": inMonths(instant, number * 3)
        case "Y": inMonths(instant, number * 12)
        case _: nil
        }
    }

    /// The same day some months later, or the last day of that month.
    private static func inMonths(_ instant: SandboxInstant, _ months: Int) -> SandboxInstant {
        let parts = instant.parts
        let first = firstOfMonth(parts, after: months)
        let last = firstOfMonth(parts, after: months + 1).advanced(byMilliseconds: -86_400_000)
        let day = min(parts.day, last.parts.day)
        return first.advanced(byMilliseconds: Int64(day - 1) * 86_400_000)
    }

    private static func endOfMonth(_ instant: SandboxInstant) -> SandboxInstant {
        firstOfMonth(instant.parts, after: 1).advanced(byMilliseconds: -86_400_000)
    }

    private static func firstOfMonth(_ parts: SandboxInstant.Parts, after months: Int) -> SandboxInstant {
        let index = parts.year * 12 + parts.month - 1 + months
        var first = SandboxInstant.Parts()
        (first.year, first.month) = (index / 12, index % 12 + 1)
        return SandboxInstant(first)
    }
}
