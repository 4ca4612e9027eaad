extension SandboxInstant {
    /// ISO 8601 in UTC; the fraction of a second is left out where it is zero and has no trailing zeros.
    package var text: String { String(decoding: utf8Text, as: UTF8.self) }

    /// The bytes of `text`.
    package var utf8Text: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        appendText(to: &bytes)
        return bytes
    }

    /// The date of an HTTP header, as RFC 1123 has it.
    package var httpDate: String {
        let parts = parts
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = [parts.hour, parts.minute, parts.second].map(Self.twoDigits).joined(separator: ":")
        let date = "\(Self.twoDigits(parts.day)) \(months[parts.month - 1]) \(parts.year)"
        return "\(weekdays[parts.weekday]), \(date) \(time) GMT"
    }

    /// Reads `2024-05-06T07:08:09.123Z`, with an offset instead of `Z`, without seconds, or a date alone; nil for
    /// anything else.
    package init?(text: some StringProtocol) {
        var scanner = DigitScanner(bytes: Array(text.utf8))
        var parts = Parts()
        guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2),
            scanner.take("-"), let day = scanner.number(digits: 2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        (parts.year, parts.month, parts.day) = (year, month, day)
        if scanner.isAtEnd {
            self.init(parts)
            return
        }
        guard scanner.take("T") || scanner.take("t"), let hour = scanner.number(digits: 2), scanner.take(":"),
            let minute = scanner.number(digits: 2), hour < 24, minute < 60
        else { return nil }
        (parts.hour, parts.minute) = (hour, minute)
        if scanner.take(":") {
            guard let second = scanner.number(digits: 2), second < 60 else { return nil }
            parts.second = second
            if scanner.take(".") {
                guard let millisecond = scanner.fraction() else { return nil }
                parts.millisecond = millisecond
            }
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        self = SandboxInstant(parts).advanced(byMilliseconds: -Int64(offset) * 60_000)
    }

    func appendText(to bytes: inout [UInt8]) {
        let parts = parts
        Self.append(parts.year, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(parts.month, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(parts.day, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Self.append(parts.hour, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(parts.minute, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(parts.second, digits: 2, to: &bytes)
        if parts.millisecond > 0 {
            bytes.append(UInt8(ascii: "."))
            Self.append(parts.millisecond, digits: 3, to: &bytes)
            while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
        }
        bytes.append(UInt8(ascii: "Z"))
    }

    private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Reads fixed-width digits.
private struct DigitScanner {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int? {
        guard position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) else {
            return nil
        }
        position += 1
        return Int(bytes[position - 1] - UInt8(ascii: "0"))
    }

    mutating func number(digits: Int) -> Int? {
        var number = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// One to twelve digits after the point, as milliseconds.
    mutating func fraction() -> Int? {
        guard let first = digit() else { return nil }
        var (milliseconds, weight) = (first * 100, 10)
        while let digit = digit() {
            milliseconds += digit * weight
            weight /= 10
        }
        return milliseconds
    }

    /// `Z` or a signed offset, in minutes.
    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(digits: 2), take(":"), let minutes = number(digits: 2) else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
