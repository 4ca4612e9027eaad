/// One JSON document as it is printed: keys in a stated order, numbers with their own digits.
package indirect enum JSONDocument: Sendable, Hashable {
    /// null.
    case null
    /// true or false.
    case boolean(Bool)
    /// A number, as its digits.
    case number(String)
    /// Text.
    case string(String)
    /// A list.
    case array([JSONDocument])
    /// Names and values, in this order.
    case object([Member])

    /// A name with its value.
    package struct Member: Sendable, Hashable {
        let name: String
        let value: JSONDocument
    }

    /// An object from names and values in this order.
    static func object(_ members: KeyValuePairs<String, JSONDocument>) -> JSONDocument {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// A whole number.
    static func integer(_ number: some BinaryInteger) -> JSONDocument { .number(String(number)) }

    /// A decimal number with at most three decimals.
    static func decimal(_ number: Double) -> JSONDocument {
        guard number.isFinite else { return .null }
        let thousandths = (number * 1000).rounded()
        guard abs(thousandths) < 1e15 else { return .number(String(number)) }
        let rounded = thousandths / 1000
        return rounded == rounded.rounded() ? .number(String(Int64(rounded))) : .number(String(rounded))
    }

    /// Text, or null.
    static func optional(_ text: String?) -> JSONDocument { text.map { .string($0) } ?? .null }

    /// The document on one line.
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let boolean): text += boolean ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): JSONDocument.write(string, to: &text)
        case .array(let elements):
            text += "["
            for (position, element) in elements.enumerated() {
                if position > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (position, member) in members.enumerated() {
                if position > 0 { text += "," }
                JSONDocument.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
