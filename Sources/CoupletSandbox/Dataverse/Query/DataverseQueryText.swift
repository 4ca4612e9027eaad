/// The query options of a request, or of an expanded navigation property, as texts.
struct DataverseQueryText {
    /// The columns asked for; nil for all.
    var select: [String]?
    /// The filter.
    var filter: String?
    /// The order.
    var order: String?
    /// What to expand.
    var expand: String?
    /// At most that many records.
    var top: Int?
    /// Whether the number of records is asked for.
    var count = false
    /// Parameter aliases such as `@p1`, with their values.
    var aliases: [String: String] = [:]
    /// Everything else.
    var others: [String: String] = [:]

    /// Takes an option.
    mutating func take(_ name: String, _ value: String) throws(DataverseError) {
        switch name {
        case "$select":
            let names = value.split(separator: ",").map { MultipartReader.trimmed($0) }.filter { !$0.isEmpty }
            select = names.isEmpty || names == ["*"] ? nil : names
        case "$filter": filter = value.allSatisfy { $0 == " " } ? nil : value
        case "$orderby": order = value
        case "$expand": expand = value
        case "$count": count = value == "true"
        case "$top":
            guard let number = Int(value), number >= 0 else {
                throw .syntax("Invalid value '\(value)' for $top query option found.")
            }
            top = number
        default: if name.hasPrefix("@") { aliases[name] = value } else { others[name] = value }
        }
    }

    /// The pieces between marks that stand outside quotes and parentheses.
    static func pieces(_ text: String, _ mark: Character) -> [String] {
        var (depth, isQuoted) = (0, false)
        return text.split { character in
            switch character {
            case "'": isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted: depth -= 1
            default: break
            }
            return character == mark && depth == 0 && !isQuoted
        }.map { MultipartReader.trimmed($0) }
    }

    /// A text with the values of aliases in their places.
    func resolved(_ text: String) throws(DataverseError) -> String {
        guard !aliases.isEmpty || text.contains("@") else { return text }
        var (result, isQuoted) = ("", false)
        var rest = text[...]
        while let character = rest.first {
            if character == "'" { isQuoted.toggle() }
            guard character == "@", !isQuoted else {
                result.append(rest.removeFirst())
                continue
            }
            let name = "@" + rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            guard let value = aliases[name] else { throw .syntax("The parameter alias '\(name)' has no value.") }
            result += value
            rest = rest.dropFirst(name.count)
        }
        return result
    }
}
