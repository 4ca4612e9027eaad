/// A column's value as comparisons see it.
enum DataverseValue: Sendable, Hashable {
    /// No value.
    case null
    /// Text in lower case: the service compares text without regard to case.
    case text(String)
    /// A number, an option, an amount.
    case number(Double)
    /// A truth value.
    case boolean(Bool)
    /// An identifier or a reference.
    case guid(SandboxGUID)
    /// A moment.
    case instant(SandboxInstant)

    /// Reads what a row holds.
    init(json: UnsafeBufferPointer<UInt8>, type: DataverseColumnType) {
        guard !json.isEmpty else {
            self = .null
            return
        }
        switch type {
        case .text, .memo, .choices, .tableName: self = .text(Self.text(json).lowercased())
        case .boolean: self = .boolean(json.first == UInt8(ascii: "t"))
        case .guid, .lookup: self = SandboxGUID(Self.text(json)).map { .guid($0) } ?? .null
        case .dateTime, .date: self = SandboxInstant(text: Self.text(json)).map { .instant($0) } ?? .null
        case .integer, .bigInteger, .decimal, .double, .money, .choice, .state, .status:
            self = Double(String(decoding: json, as: UTF8.self)).map { .number($0) } ?? .null
        }
    }

    /// Reads a constant of a filter as a value of a column's type; nil where it is none.
    init?(_ literal: FilterExpression.Literal, type: DataverseColumnType) {
        switch (literal, type) {
        case (.null, _): self = .null
        case (.string(let text), _) where type.isText: self = .text(text.lowercased())
        case (.string(let text), .choices): self = .text(text)
        case (.guid(let guid), _) where type.isText: self = .text(guid.description)
        case (.guid(let guid), .guid), (.guid(let guid), .lookup): self = .guid(guid)
        case (.string(let text), .guid), (.string(let text), .lookup):
            guard let guid = SandboxGUID(text) else { return nil }
            self = .guid(guid)
        case (.boolean(let value), .boolean): self = .boolean(value)
        case (.dateTime(let instant), .dateTime), (.dateTime(let instant), .date): self = .instant(instant)
        case (.date(let text), .dateTime), (.string(let text), .dateTime), (.date(let text), .date),
            (.string(let text), .date):
            guard let instant = SandboxInstant(text: text) else { return nil }
            self = .instant(instant)
        case (.number(let digits), _) where type.isText: self = .text(digits)
        case (.number(let digits), _) where type.isNumeric, (.string(let digits), _) where type.isNumeric:
            guard let number = Double(digits) else { return nil }
            self = .number(number)
        default: return nil
        }
    }

    /// Whether the first is smaller; nil where the two cannot be ordered.
    func precedes(_ other: DataverseValue) -> Bool? {
        switch (self, other) {
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number(let left), .number(let right)): left < right
        case (.instant(let left), .instant(let right)): left < right
        case (.guid(let left), .guid(let right)): left < right
        case (.boolean(let left), .boolean(let right)): !left && right
        default: nil
        }
    }

    /// Equality by bytes; `String` would ignore Unicode normalization.
    func equals(_ other: DataverseValue) -> Bool {
        if case .text(let left) = self, case .text(let right) = other { return left.utf8.elementsEqual(right.utf8) }
        return self == other
    }

    /// The text of a JSON string.
    static func text(_ json: some BidirectionalCollection<UInt8>) -> String {
        guard json.contains(UInt8(ascii: "\\")) else {
            return String(decoding: json.dropFirst().dropLast(), as: UTF8.self)
        }
        return (try? SandboxJSON(bytes: Array(json)))?.string ?? ""
    }
}
