import CoupletPorts
import Foundation

/// Any JSON value.
indirect enum JSONTree: Sendable, Hashable {
    /// null.
    case null
    /// true or false.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// Another number.
    case decimal(Decimal)
    /// Text.
    case string(String)
    /// A list.
    case array([JSONTree])
    /// Names and values.
    case object([String: JSONTree])

    /// The value of a name; nil where there is none, and for anything but an object.
    subscript(name: String) -> JSONTree? {
        get { if case .object(let members) = self { members[name] } else { nil } }
        set {
            guard case .object(var members) = self else { return }
            members[name] = newValue
            self = .object(members)
        }
    }

    /// The text; nil for anything else.
    var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The elements of a list; nil for anything else.
    var elements: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }

    /// The document in bytes, names in order.
    var data: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A tree has nothing that cannot be written.
        return (try? encoder.encode(self)) ?? Data("null".utf8)
    }

    /// Reads a document.
    /// - Throws: `DecodingError` when it is no JSON.
    init(data: Data) throws {
        self = try OutsideJSON.decode(JSONTree.self, from: data)
    }
}

extension JSONTree: Codable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            var members: [String: JSONTree] = [:]
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(JSONTree.self, forKey: key)
            }
            self = .object(members)
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONTree] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONTree.self)) }
            self = .array(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let boolean = try? container.decode(Bool.self) {
                self = .boolean(boolean)
            } else if let integer = try? container.decode(Int64.self) {
                self = .integer(integer)
            } else if let decimal = try? container.decode(Decimal.self) {
                self = .decimal(decimal)
            } else {
                self = .string(try container.decode(String.self))
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var container = encoder.container(keyedBy: Name.self)
            for (name, value) in members { try container.encode(value, forKey: Name(name)) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .boolean(let boolean): try encoder.singleValue(boolean)
        case .integer(let integer): try encoder.singleValue(integer)
        case .decimal(let decimal): try encoder.singleValue(decimal)
        case .string(let text): try encoder.singleValue(text)
        }
    }
}

extension Encoder {
    fileprivate func singleValue(_ value: some Encodable) throws {
        var container = singleValueContainer()
        try container.encode(value)
    }
}
