/// A JSON document as tests look into it.
enum JSON: Decodable, Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    /// The value of a name; null where there is none.
    subscript(_ name: String) -> JSON {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    /// The elements of a list; none for anything else.
    var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    /// The names of an object; none for anything else.
    var names: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
    /// The text; nil for anything else.
    var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The whole number; nil for anything else.
    var integer: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }
}
