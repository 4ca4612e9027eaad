/// One segment of an address, such as `customers(7f…)`.
package struct ODataSegment: Sendable, Equatable {
    /// The name before the parenthesis.
    package let name: String
    /// What the parenthesis holds, without it; nil without a parenthesis.
    package let key: String?

    /// Makes a segment.
    package init(name: String, key: String? = nil) {
        self.name = name
        self.key = key
    }
}

/// The segments of an address.
package enum ODataPath {
    /// Splits and decodes a path; nil where an escape is broken.
    package static func segments(_ path: some StringProtocol) -> [ODataSegment]? {
        var segments: [ODataSegment] = []
        for part in splitOutsideQuotes(String(path)) where !part.isEmpty {
            guard let text = FormDecoding.path(part) else { return nil }
            guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else {
                segments.append(ODataSegment(name: text))
                continue
            }
            let key = text[text.index(after: open)...].dropLast()
            segments.append(ODataSegment(name: String(text[..<open]), key: String(key)))
        }
        return segments
    }

    private static func splitOutsideQuotes(_ path: String) -> [Substring] {
        var (depth, isQuoted) = (0, false)
        return path.split { character in
            switch character {
            case "'" where depth > 0: isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted: depth -= 1
            default: break
            }
            return character == "/" && depth == 0
        }
    }
}
