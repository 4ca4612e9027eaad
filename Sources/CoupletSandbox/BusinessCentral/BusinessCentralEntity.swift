/// What Business Central knows of one entity beyond its columns.
struct BusinessCentralEntity: Sendable {
    /// A property that points to a record of another table.
    enum Reference: Sendable {
        /// An id and a code of the same record, each derived from the other.
        case pair(id: String, code: String, entitySet: String, caption: String)
        /// An id alone.
        case id(String, entitySet: String, caption: String)
        /// A code alone.
        case code(String, entitySet: String)
    }

    /// How numbers are given to records created without one.
    struct NumberSeries: Sendable {
        let prefix: String
        let digits: Int
        let step: Int

        func number(_ value: Int) -> String {
            let text = String(value)
            return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
        }

        /// The number within a text of this series.
        func value(of text: String) -> Int? {
            guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + digits else { return nil }
            return Int(text.dropFirst(prefix.count))
        }
    }

    let schema: TableSchema
    /// The table's name in messages.
    let table: String
    /// Properties that a new record must bring.
    var mandatory: [String] = []
    var references: [Reference] = []
    var numberSeries: NumberSeries?
    var isReadOnly = false

    /// The text a code is kept as: trimmed and in capitals.
    static func code(_ text: String) -> String {
        CompiledFilter.apply("trim", text).uppercased()
    }
}

/// Names of enumeration members, in which characters that XML names cannot hold are escaped as `_xHHHH_`.
enum BusinessCentralName {
    /// Escapes a name.
    static func encoded(_ name: String) -> String {
        var encoded = ""
        for (place, scalar) in name.unicodeScalars.enumerated() {
            let isLetter = scalar.properties.isAlphabetic || scalar == "_"
            if isLetter || (place > 0 && (scalar.properties.numericType != nil || scalar == "-")) {
                encoded.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                encoded += "_x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_"
            }
        }
        return encoded
    }

    /// Takes the escapes out of a name; text without escapes stays as it is.
    static func decoded(_ name: String) -> String {
        var (decoded, rest) = ("", Substring(name))
        while let scalar = rest.unicodeScalars.first {
            let escape = rest.prefix(7)
            if escape.count == 7, escape.hasPrefix("_x"), escape.hasSuffix("_"),
                let value = UInt32(escape.dropFirst(2).dropLast(), radix: 16), let character = Unicode.Scalar(value)
            {
                decoded.unicodeScalars.append(character)
                rest = rest.dropFirst(7)
            } else {
                decoded.unicodeScalars.append(scalar)
                rest = Substring(rest.unicodeScalars.dropFirst())
            }
        }
        return decoded
    }
}
