extension TransformationRule {
    /// Applies a rule about days and times.
    func dated(_ text: String) throws(TransformationFailure) -> String {
        switch self {
        case .readDate(let pattern):
            guard let read = pattern.read(text) else { throw failure("rule.notADate", text, pattern) }
            return read.day.description
        case .writeDate(let pattern):
            guard let result = try pattern.write(day(text)) else { throw failure("rule.notADate", text, pattern) }
            return result
        case .readTime(let pattern, let zone):
            guard let read = pattern.read(text),
                let instant = zone.instant(day: read.day, milliseconds: read.milliseconds)
            else { throw failure("rule.notATime", text, pattern) }
            return instant.description
        case .writeTime(let pattern, let zone):
            guard let local = zone.local(try instant(text)),
                let result = pattern.write(local.day, milliseconds: local.milliseconds)
            else { throw failure("rule.notATime", text, pattern) }
            return result
        case .datePart(let part):
            let (year, month, day) = try day(text).parts
            return switch part {
            case .day: String(day)
            case .month: String(month)
            case .year: String(year)
            }
        case .readUnixTime:
            guard let number = DecimalNumber(text), number.isWhole, let seconds = Int64(number.description),
                (-62_135_596_800..<253_402_300_800).contains(seconds)
            else { throw TransformationFailure("rule.notASecond", text) }
            return Instant(milliseconds: seconds * 1000).description
        case .writeUnixTime:
            return String(try instant(text).milliseconds.quotientRoundedDown(by: 1000))
        default: return text
        }
    }

    private func failure(_ code: String, _ text: String, _ pattern: DatePattern) -> TransformationFailure {
        TransformationFailure(code, text, ["pattern": pattern.spelling])
    }

    /// A day, or the day in UTC of a point in time.
    private func day(_ text: String) throws(TransformationFailure) -> CalendarDay {
        if let day = CalendarDay(iso8601: text.trimmed) { return day }
        let milliseconds = try instant(text).milliseconds
        guard let day = CalendarDay(number: milliseconds.quotientRoundedDown(by: 86_400_000)) else {
            throw TransformationFailure("rule.notADay", text)
        }
        return day
    }

    private func instant(_ text: String) throws(TransformationFailure) -> Instant {
        guard let instant = Instant(iso8601: text.trimmed) else { throw TransformationFailure("rule.notADay", text) }
        return instant
    }
}
