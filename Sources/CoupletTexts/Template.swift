/// A catalogue's text with places for values.
///
/// `{name}` is a value, `{name|one|many}` the form that goes with the number `name`, and a part in `[[` and `]]` is left
/// out when one of its values is blank.
package struct Template: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case literal(String)
        case value(String)
        case plural(String, one: String, many: String)
        case optional([Part])
    }

    let parts: [Part]

    /// Reads a template; what does not look like a placeholder is text.
    package init(_ text: String) {
        var rest = text[...]
        parts = Template.parse(&rest, untilBrackets: false)
    }

    /// The names of the values, sorted, each once.
    package var placeholders: [String] { Set(Template.names(parts)).sorted() }

    /// The text with the values filled in; a value that is not given shows as `?`.
    package func filled(with values: [String: String]) -> String { Template.fill(parts, values) }

    private static func fill(_ parts: [Part], _ values: [String: String]) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .value(let name): text += values[name] ?? "?"
            case .plural(let name, let one, let many): text += values[name] == "1" ? one : many
            case .optional(let inner):
                if names(inner).allSatisfy({ values[$0].map { !$0.isEmpty } ?? false }) { text += fill(inner, values) }
            }
        }
        return text
    }

    private static func names(_ parts: [Part]) -> [String] {
        parts.flatMap { part in
            switch part {
            case .literal: [String]()
            case .value(let name), .plural(let name, _, _): [name]
            case .optional(let inner): names(inner)
            }
        }
    }

    private static func parse(_ rest: inout Substring, untilBrackets: Bool) -> [Part] {
        var parts: [Part] = []
        var literal = ""
        func flush() {
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
        }
        while let character = rest.first {
            if untilBrackets, rest.hasPrefix("]]") {
                rest.removeFirst(2)
                break
            }
            if !untilBrackets, rest.hasPrefix("[[") {
                rest.removeFirst(2)
                flush()
                parts.append(.optional(parse(&rest, untilBrackets: true)))
            } else if character == "{", let part = placeholder(&rest) {
                flush()
                parts.append(part)
            } else {
                literal.append(character)
                rest.removeFirst()
            }
        }
        flush()
        return parts
    }

    private static func placeholder(_ rest: inout Substring) -> Part? {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let pieces = rest[rest.index(after: rest.startIndex)..<end].split(
            separator: "|",
            omittingEmptySubsequences: false
        )
        guard let name = pieces.first, !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber }) else {
            return nil
        }
        switch pieces.count {
        case 1:
            rest = rest[rest.index(after: end)...]
            return .value(String(name))
        case 3:
            rest = rest[rest.index(after: end)...]
            return .plural(String(name), one: String(pieces[1]), many: String(pieces[2]))
        default: return nil
        }
    }
}
