/// A pattern for addresses, with places in braces for what names a record: `https://example.com/{table}/{id}`.
struct LinkPattern: Sendable {
    private enum Part: Sendable {
        case text(String)
        case place(String)
    }

    private let parts: [Part]

    /// Reads a pattern; a brace without its partner is text.
    init(_ pattern: String) {
        var parts: [Part] = []
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.place(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// Whether the pattern has a place of this name.
    func needs(_ name: String) -> Bool {
        parts.contains { part in
            if case .place(let place) = part { return place == name }
            return false
        }
    }

    /// The address with its places filled; nil where a value is lacking or blank.
    /// - Parameters:
    ///   - values: The values, which are escaped.
    ///   - plain: Addresses, which are not.
    /// - Returns: The address.
    func filled(with values: [String: String], plain: [String: String] = [:]) -> String? {
        var address = ""
        for part in parts {
            switch part {
            case .text(let text): address += text
            case .place(let name):
                if let known = plain[name] {
                    address += known
                    continue
                }
                guard let value = values[name], !value.isEmpty else { return nil }
                address += PercentEncoding.form(value)
            }
        }
        return address
    }
}
