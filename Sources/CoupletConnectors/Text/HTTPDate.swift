package import CoupletCore

/// The dates of HTTP header fields.
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
    package static func parse(_ text: String) -> Instant? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]),
            let month = months.firstIndex(of: String(words[2])), words[3].count == 4
        else { return nil }
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Instant(iso8601: "\(words[3])-\(padded(month + 1))-\(padded(day))T\(words[4])Z")
    }
}

/// How long a remote asks to wait.
package enum RetryAfter {
    /// Reads seconds or a date; nil when the text is neither.
    package static func seconds(_ text: String?, now: Instant) -> Double? {
        guard let text else { return nil }
        if let seconds = Double(text), seconds.isFinite, seconds >= 0 { return seconds }
        return HTTPDate.parse(text).map { max(0, now.seconds(until: $0)) }
    }
}
