/// One field's value as plans, history and people see it; hot paths use `EncodedRow` instead.
public enum Value: Hashable, Sendable {
    /// No value.
    case null
    /// A truth value.
    case boolean(Bool)
    /// A number with the digits it was received with.
    case number(String)
    /// Text; option names, dates, times and ids are text too.
    case text(String)

    /// Whether the value is null or empty text: what a person sees as an empty field.
    public var isBlank: Bool {
        switch self {
        case .null: true
        case .text(let text): text.isEmpty
        case .boolean, .number: false
        }
    }

    /// The value as text, empty for null.
    public var text: String {
        switch self {
        case .null: ""
        case .boolean(let boolean): boolean ? "true" : "false"
        case .number(let digits): digits
        case .text(let text): text
        }
    }

    /// Compares kind and bytes; `String ==` would ignore Unicode normalization.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.boolean(let one), .boolean(let two)): one == two
        case (.number(let one), .number(let two)), (.text(let one), .text(let two)):
            one.utf8.elementsEqual(two.utf8)
        default: false
        }
    }

    /// Hashes kind and bytes.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .boolean(let boolean): hasher.combine(boolean)
        case .number(let text), .text(let text):
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }
}

extension Value: Codable {
    private enum Key: String, CodingKey { case number }

    /// Decodes JSON null, booleans and strings as such, and numbers from `{"number": "digits"}`.
    public init(from decoder: any Decoder) throws {
        // Text first: it is the most frequent kind, and every attempt that fails is costly.
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let boolean = try? container.decode(Bool.self) {
            self = .boolean(boolean)
        } else {
            let keyed = try decoder.container(keyedBy: Key.self)
            self = .number(try keyed.decode(String.self, forKey: .number))
        }
    }

    /// Encodes so that decoding gives the same value with the same digits.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .boolean(let boolean):
            var container = encoder.singleValueContainer()
            try container.encode(boolean)
        case .number(let digits):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(digits, forKey: .number)
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }
}
