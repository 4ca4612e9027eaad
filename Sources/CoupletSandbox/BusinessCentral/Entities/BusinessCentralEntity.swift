/// What Business Central knows of one entity beyond its columns.
struct BusinessCentralEntity: Sendable {
    /// What may be done with its records through the API.
    struct Verbs: OptionSet, Sendable {
        let rawValue: Int
        static let insert = Verbs(rawValue: 1)
        static let modify = Verbs(rawValue: 2)
        static let delete = Verbs(rawValue: 4)
        static let all: Verbs = [.insert, .modify, .delete]
    }

    /// How numbers are given to records created without one.
    struct NumberSeries: Sendable {
        let prefix: String
        let digits: Int
        let step: Int
        /// The first number given.
        var first: Int?

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
    /// The route of the API it is on, as it stands in addresses.
    var api = Self.standard
    var verbs = Verbs.all
    /// Properties that a new record must bring.
    var mandatory: [String] = []
    /// Properties that together are unique, beside the natural key.
    var unique: [String] = []
    /// Properties that give the order of reading where there is no natural key.
    var order: [String] = []
    var references: [BusinessCentralReference] = []
    /// Lists below a record.
    var children: [BusinessCentralChildren] = []
    var numberSeries: NumberSeries?
    /// What the server does by itself when a record is written.
    var logic = BusinessCentralLogic.none
    /// Whether it is reached by address; others are state that only seeds and users know.
    var isPublished = true
    /// Whether rows carry an entity tag.
    var hasTag = true

    /// The route of the standard API.
    static let standard = "v2.0"

    /// What it is known by among all entities: the set's name, with its route before it unless that is the standard one.
    var place: String { api == Self.standard ? schema.entitySet : "\(api)/\(schema.entitySet)" }

    /// The text a code is kept as: trimmed and in capitals.
    static func code(_ text: String) -> String {
        CompiledFilter.apply(.trim, text).uppercased()
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
