/// A moment on a sandbox's clock, in milliseconds since 1970-01-01T00:00:00Z.
package struct SandboxInstant: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    package let milliseconds: Int64

    /// Makes an instant from milliseconds since the epoch.
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Orders by time.
    package static func < (left: SandboxInstant, right: SandboxInstant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant that many milliseconds later.
    package func advanced(byMilliseconds difference: Int64) -> SandboxInstant {
        SandboxInstant(milliseconds: milliseconds + difference)
    }

    /// The instant without its fraction of a second.
    package var wholeSeconds: SandboxInstant {
        SandboxInstant(milliseconds: Self.floorDivide(milliseconds, 1_000).quotient * 1_000)
    }
}

/// Calendar arithmetic of the proleptic Gregorian calendar, so that no formatter is needed.
extension SandboxInstant {
    /// A moment in UTC taken apart.
    struct Parts {
        var year = 1970
        var month = 1
        var day = 1
        var hour = 0
        var minute = 0
        var second = 0
        var millisecond = 0
        /// 0 is Sunday.
        var weekday = 4
    }

    init(_ parts: Parts) {
        let days = Self.days(year: parts.year, month: parts.month, day: parts.day)
        let seconds = ((days * 24 + Int64(parts.hour)) * 60 + Int64(parts.minute)) * 60 + Int64(parts.second)
        self.init(milliseconds: seconds * 1_000 + Int64(parts.millisecond))
    }

    var parts: Parts {
        let (days, rest) = Self.floorDivide(milliseconds, 86_400_000)
        let shifted = days + 719_468
        let (era, dayOfEra) = Self.floorDivide(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return Parts(
            year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)),
            month: Int(month),
            day: Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1),
            hour: Int(rest / 3_600_000),
            minute: Int(rest / 60_000 % 60),
            second: Int(rest / 1_000 % 60),
            millisecond: Int(rest % 1_000),
            weekday: Int(Self.floorDivide(days + 4, 7).remainder)
        )
    }

    private static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let (era, yearOfEra) = floorDivide(shiftedYear, 400)
        let shiftedMonth = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
