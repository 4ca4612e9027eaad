import CoupletCore

/// A field's type as a mapping file writes it: `text(100)`, `code(20)`, `decimal`, `reference(table as property)`.
enum FieldTypeText {
    /// The forms that a person can write, for messages.
    static let forms =
        "text(100), text, code(20), code, decimal, integer, boolean, date, dateTime, guid, option, "
        + "reference(TABLE as PROPERTY), personName(FIRST LAST 50)"

    /// The text of a type.
    static func text(_ type: FieldType) -> String {
        switch type {
        case .text(0): "text"
        case .text(let maximum): "text(\(maximum))"
        case .code(0): "code"
        case .code(let maximum): "code(\(maximum))"
        case .decimal: "decimal"
        case .integer: "integer"
        case .boolean: "boolean"
        case .date: "date"
        case .dateTime: "dateTime"
        case .guid: "guid"
        case .option: "option"
        case .reference(let table, let property):
            property.isEmpty ? "reference(\(table))" : "reference(\(table) as \(property))"
        case .personName(let first, let last, let maximum): "personName(\(first) \(last) \(maximum))"
        }
    }

    /// The type of a text; nil when it is none.
    static func type(_ text: String) -> FieldType? {
        let pieces = text.split(separator: "(", maxSplits: 1).map(String.init)
        guard let name = pieces.first else { return nil }
        var argument: String?
        if pieces.count == 2 {
            guard pieces[1].hasSuffix(")") else { return nil }
            argument = String(pieces[1].dropLast())
        } else if text.contains("(") {
            return nil
        }
        switch (name, argument) {
        case ("text", nil): return .text(maximum: 0)
        case ("code", nil): return .code(maximum: 0)
        case ("text", let number?): return Int(number).flatMap { $0 > 0 ? .text(maximum: $0) : nil }
        case ("code", let number?): return Int(number).flatMap { $0 > 0 ? .code(maximum: $0) : nil }
        case ("decimal", nil): return .decimal
        case ("integer", nil): return .integer
        case ("boolean", nil): return .boolean
        case ("date", nil): return .date
        case ("dateTime", nil): return .dateTime
        case ("guid", nil): return .guid
        case ("option", nil): return .option
        case ("reference", let target?): return reference(target)
        case ("personName", let parts?): return personName(parts)
        default: return nil
        }
    }

    private static func personName(_ text: String) -> FieldType? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 3, let maximum = Int(words[2]), maximum > 0 else { return nil }
        return .personName(first: words[0], last: words[1], maximum: maximum)
    }

    private static func reference(_ text: String) -> FieldType? {
        let words = text.split(separator: " ").map(String.init)
        switch words.count {
        case 1: return .reference(table: words[0], property: "")
        case 3 where words[1] == "as": return .reference(table: words[0], property: words[2])
        default: return nil
        }
    }
}
