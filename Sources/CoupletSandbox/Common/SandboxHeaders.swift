/// Header fields in the order they were given; names compare without case.
package struct SandboxHeaders: Sendable, ExpressibleByDictionaryLiteral {
    /// One name and value.
    package struct Field: Sendable {
        /// The name as sent.
        package let name: String
        /// The value as sent.
        package let value: String

        /// Makes a field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The fields in order.
    package private(set) var fields: [Field] = []

    /// Makes an empty list.
    package init() {}

    /// Makes the list from fields in order.
    package init(_ fields: [Field]) { self.fields = fields }

    /// Makes the list from names and values in order.
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of a name; setting replaces all of that name.
    package subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            fields.removeAll { Self.same($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// All values of a name in order.
    package func values(of name: String) -> [String] { fields.filter { Self.same($0.name, name) }.map(\.value) }

    /// The preferences of all `Prefer` fields: lower-case names and values without quotes.
    package var preferences: [String: String] {
        var preferences: [String: String] = [:]
        for value in values(of: "prefer") {
            for part in Self.splitOutsideQuotes(value) {
                let pair = part.split(separator: "=", maxSplits: 1)
                guard let name = pair.first else { continue }
                let value = pair.count > 1 ? Self.trimmed(pair[1]).filter { $0 != "\"" } : ""
                preferences[Self.trimmed(name).lowercased()] = value
            }
        }
        return preferences
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.lowercased() == right.lowercased()
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private static func splitOutsideQuotes(_ value: String) -> [Substring] {
        var isQuoted = false
        return value.split { character in
            if character == "\"" { isQuoted.toggle() }
            return !isQuoted && (character == "," || character == ";")
        }
    }
}
