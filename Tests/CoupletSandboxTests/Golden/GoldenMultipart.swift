import CoupletSandbox

/// The parts of a multipart text, whatever its boundaries are called.
struct GoldenMultipart {
    /// The lines before the JSON of a part, and the JSON.
    struct Part {
        var lines: [String] = []
        var json: SandboxJSON?
    }

    private(set) var parts: [Part] = []

    /// Takes a text apart; nil where it is no multipart text.
    init?(_ text: String) {
        guard text.hasPrefix("--") else { return nil }
        var (lines, json): ([String], [String]) = ([], [])
        for line in text.split(whereSeparator: \.isNewline).map(Self.trimmed) + ["--"] {
            if line.hasPrefix("--") {
                let body = json.joined(separator: "\n")
                if !lines.isEmpty || !json.isEmpty {
                    parts.append(Part(lines: lines, json: try? SandboxJSON(bytes: Array(body.utf8))))
                }
                (lines, json) = ([], [])
            } else if !json.isEmpty || line.hasPrefix("{") {
                json.append(line)
            } else if !line.isEmpty, !line.lowercased().hasPrefix("content-length:") {
                lines.append(line)
            }
        }
    }

    /// A text without any part.
    var none: GoldenMultipart {
        var none = self
        none.parts = []
        return none
    }

    private static func trimmed(_ line: Substring) -> String {
        String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension GoldenComparison {
    /// Compares two multipart texts part by part: each documented line must be there, and the JSON must fit.
    mutating func compare(_ documented: GoldenMultipart, _ actual: GoldenMultipart, _ path: String) {
        if documented.parts.count != actual.parts.count {
            note("has \(actual.parts.count) parts instead of \(documented.parts.count)", path)
        }
        for (index, pair) in zip(documented.parts, actual.parts).enumerated() {
            let place = "\(path)/\(index)"
            var seen: [String: Int] = [:]
            for line in pair.0.lines where !line.lowercased().contains("boundary=") {
                let name = line.prefix { $0 != ":" }.lowercased()
                let others = pair.1.lines.filter { $0.prefix { $0 != ":" }.lowercased() == name }
                // The part and the answer inside it have headers of the same names.
                let occurrence = seen[name, default: 0]
                seen[name] = occurrence + 1
                guard let other = others.dropFirst(occurrence).first else {
                    if !line.hasPrefix("HTTP/") || !pair.1.lines.contains(line) { note("lacks '\(line)'", place) }
                    continue
                }
                compareText(Self.value(line), Self.value(other), "\(place)/\(name)")
            }
            if let json = pair.0.json { compare(json, pair.1.json, "\(place)/body") }
        }
    }

    /// The value of a header line; a line of another form as it is.
    private static func value(_ line: String) -> String {
        guard let colon = line.firstIndex(of: ":") else { return line }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
}
