/// A JSON value; numbers keep their text and objects the order of their members.
package enum SandboxJSON: Sendable {
    /// One member of an object.
    package struct Member: Sendable {
        /// The name.
        package let name: String
        /// The value.
        package let value: SandboxJSON

        /// Makes a member.
        package init(name: String, value: SandboxJSON) {
            self.name = name
            self.value = value
        }
    }

    /// No value.
    case null
    /// A truth value.
    case boolean(Bool)
    /// A number as written.
    case number(String)
    /// Text without its escapes.
    case string(String)
    /// A list.
    case array([SandboxJSON])
    /// Members in the order written.
    case object([Member])

    /// Reads a whole document.
    /// - Throws: `JSONSyntaxError` with the place of the mistake.
    package init(bytes: [UInt8]) throws(JSONSyntaxError) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }

    /// Makes an object from names and values.
    package static func members(_ members: KeyValuePairs<String, SandboxJSON>) -> SandboxJSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The first member of that name; nil where there is none or the value is no object.
    package subscript(name: String) -> SandboxJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string.
    package var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The text of a number.
    package var number: String? { if case .number(let text) = self { text } else { nil } }

    /// A number without fraction.
    package var integer: Int? { number.flatMap { Int($0) } }

    /// A truth value.
    package var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

    /// The elements of a list.
    package var array: [SandboxJSON]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members of an object.
    package var object: [Member]? { if case .object(let members) = self { members } else { nil } }

    /// Whether this is null.
    package var isNull: Bool { if case .null = self { true } else { false } }

    /// The value as UTF-8 without spaces.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}
