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
    /// A value that is not kept: empty where nothing is known of it, else what a store recognizes or opens it by; see
    /// `ValuePlace`.
    case unkept(String)

    /// Whether the value is null or empty text: what a person sees as an empty field.
    public var isBlank: Bool {
        switch self {
        case .null: true
        case .text(let text): text.isEmpty
        case .boolean, .number, .unkept: false
        }
    }

    /// The value as text, empty for null and for one that is not kept.
    public var text: String {
        switch self {
        case .null, .unkept: ""
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
        case (.number(let one), .number(let two)), (.text(let one), .text(let two)),
            (.unkept(let one), .unkept(let two)):
            one.hasSameBytes(as: two)
        default: false
        }
    }

    /// Hashes kind and bytes.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .boolean(let boolean): hasher.combine(boolean)
        case .number(let text), .text(let text), .unkept(let text):
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}

extension Value: Codable {
    private enum Key: String, CodingKey { case number, unkept }

    /// Decodes JSON null, booleans and strings as such, numbers from `{"number": "digits"}`, and what is not kept from
    /// `{"unkept": "text"}`.
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
            if let unkept = try keyed.decodeIfPresent(String.self, forKey: .unkept) {
                self = .unkept(unkept)
            } else {
                self = .number(try keyed.decode(String.self, forKey: .number))
            }
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
        case .unkept(let text):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(text, forKey: .unkept)
        }
    }
}
