/// What stands in the parentheses behind a set's name: an identifier, or columns and the values they must have.
enum DataverseKeyPredicate: Sendable {
    /// One column of a key and its value, as the payload of a write would have it.
    struct Part: Sendable {
        /// The name as sent: a column, or `_x_value` for the lookup `x`.
        let name: String
        /// The value.
        let value: SandboxJSON
    }

    /// The primary key alone.
    case id(SandboxGUID)
    /// Names and values; the primary key may be named too.
    case parts([Part])

    /// Reads the text between the parentheses.
    /// - Parameters:
    ///   - text: such as `7f…`, `accountnumber='A1'` or `code=@c`.
    ///   - aliases: what the query says of names such as `@c`, decoded.
    init?(_ text: String, aliases: [String: String] = [:]) {
        if let id = SandboxGUID(text) {
            self = .id(id)
            return
        }
        var parts: [Part] = []
        for piece in Self.pieces(text) {
            guard let equals = piece.firstIndex(of: "="), equals != piece.startIndex else { return nil }
            let name = MultipartReader.trimmed(piece[..<equals])
            let written = MultipartReader.trimmed(piece[piece.index(after: equals)...])
            guard let value = Self.value(written.hasPrefix("@") ? aliases[written] ?? "" : written) else { return nil }
            parts.append(Part(name: name, value: value))
        }
        guard !parts.isEmpty else { return nil }
        self = .parts(parts)
    }

    /// The text between commas that are not within quotation marks.
    private static func pieces(_ text: String) -> [Substring] {
        var isQuoted = false
        return text.split(omittingEmptySubsequences: false) { character in
            if character == "'" { isQuoted.toggle() }
            return character == "," && !isQuoted
        }
    }

    /// A literal of an address: quoted text, a number, a truth value or an identifier.
    private static func value(_ text: String) -> SandboxJSON? {
        if text.hasPrefix("'") {
            let inner = text.dropFirst().dropLast()
            // Each quotation mark inside is written twice.
            let halves = inner.split(separator: "''", omittingEmptySubsequences: false)
            guard text.count >= 2, text.hasSuffix("'"), !halves.contains(where: { $0.contains("'") }) else {
                return nil
            }
            return .string(halves.joined(separator: "'"))
        }
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default: break
        }
        if SandboxGUID(text) != nil || SandboxInstant(text: text) != nil { return .string(text) }
        return Double(text) != nil ? .number(text) : nil
    }
}
