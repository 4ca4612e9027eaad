import CoupletSandbox

/// A text with everything that a service makes up taken out.
struct GoldenText {
    /// The text with marks instead of ids, times, tags and white space.
    private(set) var pattern = ""
    /// The ids in their order; the id of zeros is no id.
    private(set) var ids: [String] = []

    init(_ text: String) {
        if let tag = text.firstRange(of: "W/\""), tag.lowerBound == text.startIndex {
            pattern = "(tag)"
            return
        }
        if text.utf8.count > 10, text.contains("T"), SandboxInstant(text: text) != nil {
            pattern = text.hasPrefix("0001-01-01") ? "0001-01-01" : "(time)"
            return
        }
        let bytes = Array(Self.withoutRoot(Self.withoutCorrelation(text)).utf8)
        var (position, kept): (Int, [UInt8]) = (0, [])
        while position < bytes.count {
            let end = position + 36
            if end <= bytes.count, let id = SandboxGUID(String(decoding: bytes[position..<end], as: UTF8.self)),
                id != .zero
            {
                kept += Array("(id)".utf8)
                ids.append(id.description)
                position = end
            } else {
                kept.append(bytes[position])
                position += 1
            }
        }
        pattern = String(decoding: kept, as: UTF8.self)
    }

    /// A context without the address of the service.
    private static func withoutRoot(_ text: String) -> String {
        guard let range = text.firstRange(of: "$metadata#") else { return text }
        return String(text[range.lowerBound...])
    }

    /// Messages may end with a correlation id that documents leave out.
    private static func withoutCorrelation(_ text: String) -> String {
        guard let range = text.firstRange(of: "  CorrelationId:") else { return text }
        return String(text[..<range.lowerBound])
    }
}
