/// The shape of a JSON value, as far as a request or an answer prescribes it.
indirect enum Schema: Sendable, Hashable {
    /// Text.
    case string
    /// A time, as `2026-11-30T12:00:00.000Z`.
    case time
    /// An id, as `00000000-0000-0000-0000-000000000000`.
    case id
    /// A whole number.
    case integer
    /// Any number.
    case number
    /// true or false.
    case boolean
    /// One of some texts.
    case choice([String])
    /// A list.
    case list(Schema)
    /// Any names with values of one shape.
    case map(Schema)
    /// Stated names.
    case object([Property])
    /// A message: a code, its arguments, its text, and what to do.
    case message
    /// Anything.
    case anything

    /// A name of an object.
    struct Property: Sendable, Hashable {
        /// The name.
        var name: String
        /// The shape of its value.
        var schema: Schema
        /// Whether it may be null.
        var isOptional: Bool
    }

    /// The names of an object; empty for anything else.
    var properties: [Property] { if case .object(let properties) = self { properties } else { [] } }

    /// What a request means that leaves a value out; nil where it must not.
    var absent: JSONTree? {
        switch self {
        case .boolean: .boolean(false)
        case .list: .array([])
        default: nil
        }
    }
}

/// A type that says its shape itself, because it is not read field by field.
protocol SchemaProviding {
    /// Its shape.
    static var schema: Schema { get }
    /// Some value of it.
    static var example: Self { get }
}
