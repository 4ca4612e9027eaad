/// Makes the keyed digest of some bytes, as ASCII text: the same bytes have the same digest while the key is the same.
public typealias ValueDigest = @Sendable ([UInt8]) -> [UInt8]

/// Where a value stands: a field of a record.
///
/// The digest of a value is bound to its place, so that nobody sees from digests which records are alike.
public struct ValuePlace: Sendable, Hashable {
    /// The side.
    public var side: Side
    /// The record.
    public var record: RecordID
    /// The remote field.
    public var field: FieldMapping.Field

    /// Creates a place.
    public init(side: Side, record: RecordID, field: FieldMapping.Field) {
        self.side = side
        self.record = record
        self.field = field
    }

    /// What is kept instead of a value of this place: a digest of what comparing takes for the same.
    ///
    /// A digest stays what it is; a value that is sealed or was not kept at all is not known any more.
    public func digested(_ value: Value, by digest: ValueDigest) -> Value {
        if case .unkept(let text) = value { return text.hasPrefix(Value.digestMark) ? value : .unkept("") }
        return value.withRawField { .unkept(text(of: $0, digest)) }
    }

    /// Whether two fields hold the same, where at least one of them is known by its digest only.
    func isSame(_ one: RawField, _ two: RawField, by digest: ValueDigest?) -> Bool {
        if one.hasSameBytes(as: two) { return !one.bytes.isEmpty }
        guard let digest, (one.tag == .unkept) != (two.tag == .unkept) else { return false }
        let (known, seen) = one.tag == .unkept ? (one, two) : (two, one)
        guard seen.tag != .absent, seen.tag != .same else { return false }
        return known.bytes.elementsEqual(text(of: seen, digest).utf8)
    }

    private func text(of value: RawField, _ digest: ValueDigest) -> String {
        var bytes: [UInt8] = [side == .erp ? 0 : 1]
        for half in [record.high, record.low] { withUnsafeBytes(of: half.bigEndian) { bytes += $0 } }
        bytes += field.name.utf8
        bytes.append(0)
        bytes += field.type.canonical(value)
        return Value.digestMark + String(decoding: digest(bytes), as: UTF8.self)
    }
}

extension Value {
    /// What the text of a value begins with that is known by its digest only.
    public static let digestMark = "d"

    /// What a message says instead of a value that is not kept; the catalogues' words take its place.
    public static let unkeptText = "‹unkept›"

    /// The value as a message says it.
    public var told: String { isUnkept ? Value.unkeptText : text }

    /// Whether the value is not kept, so that it must be read before anything is done with it.
    public var isUnkept: Bool { if case .unkept = self { true } else { false } }
}

extension FieldType {
    /// Bytes that are the same for two values exactly where `isSame` takes them for the same.
    func canonical(_ field: RawField) -> [UInt8] {
        // What is no value of the type equals itself only.
        let strange = { [0xFF] + [field.tag.rawValue] + [UInt8](field.bytes) }
        switch self {
        case .text, .personName, .date: return isBlank(field) ? [] : plain(field)
        case .code, .option: return Array((field.value ?? .null).text.codeForm.utf8)
        case .decimal, .integer: return number(field).map { Array($0.description.utf8) } ?? strange()
        case .boolean: return truth(field).map { [$0 ? 1 : 0] } ?? strange()
        case .dateTime:
            if isBlank(field) { return [] }
            let instant = Instant(iso8601: String(decoding: field.bytes, as: UTF8.self))
            return instant.map { Array(String($0.milliseconds).utf8) } ?? [0xFF] + plain(field)
        case .guid, .reference:
            if isBlank(field) { return [] }
            if let id = RecordID(utf8: field.bytes) { return Array(id.description.utf8) }
            return [0xFF] + Array((field.value ?? .null).text.codeForm.utf8)
        }
    }

    private func plain(_ field: RawField) -> [UInt8] { Array((field.value ?? .null).text.utf8) }
}

extension FieldWrite {
    /// The write as it is kept for good of a field whose values are not kept: that, when and why it was written.
    public var withoutValues: FieldWrite {
        var write = self
        (write.value, write.source, write.before) = (.unkept(""), .unkept(""), .unkept(""))
        return write
    }

    /// Whether the write is the one that was kept, with or without its values.
    public func isKept(as kept: FieldWrite) -> Bool {
        self == kept || (kept.value.isUnkept && withoutValues == kept.withoutValues)
    }
}

extension Message {
    /// Arguments that say what a message is about, and never what a field holds.
    private static let names: Set = [
        "code", "conflict", "entry", "field", "key", "label", "length", "mapping", "maximum", "question", "reference",
        "run", "side", "table",
    ]

    /// The message with nothing in it that may be a value, or come from one: it is kept, and values are not.
    public var withoutValues: Message {
        var message = self
        message.arguments = arguments.reduce(into: [:]) { kept, argument in
            kept[argument.key] = Self.names.contains(argument.key) ? argument.value : Value.unkeptText
        }
        return message
    }

    /// The message without what repeats any of some values.
    func withholding(_ values: [Value]) -> Message {
        let texts = Set(values.map(\.text).filter { !$0.isEmpty })
        guard !texts.isEmpty else { return self }
        var message = self
        for (name, argument) in arguments where !Self.names.contains(name) {
            if texts.contains(where: argument.repeats) { message.arguments[name] = Value.unkeptText }
        }
        return message
    }
}

extension String {
    /// Whether a text is repeated here, in capitals or small letters, or as the same digits in other groups.
    fileprivate func repeats(_ text: String) -> Bool {
        func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }
        if lowercased().contains(text.lowercased()) { return true }
        let number = digits(text)
        return number.utf8.count >= 4 && digits(self).contains(number)
    }
}

extension Step {
    /// A message about the step without values of fields that are not kept.
    public func withholding(_ message: Message, of fields: Set<String>) -> Message {
        guard !fields.isEmpty else { return message }
        let writes = self.fields.map(\.write).filter { fields.contains($0.field) }
        return message.withholding(writes.flatMap { [$0.value, $0.source, $0.before] })
    }
}

extension MappingProgram {
    /// A record without the values that this mapping does not keep: their digests stand for them.
    public func digested(_ row: ObservedRow, side: Side, record: RecordID) -> EncodedRow {
        guard let digest, !unkept.isEmpty else { return row.row }
        var values = row.row.values(fieldCount: row.layout.fields.count)
        for field in fields where field.isUnkept == true {
            let field = field.field(side)
            guard let position = row.layout.position(of: field.name), let value = values[position] else { continue }
            values[position] = ValuePlace(side: side, record: record, field: field).digested(value, by: digest)
        }
        return EncodedRow(values)
    }

    /// Whether a difference is the one that was kept; values that are not kept are known by their digests.
    public func isSame(_ kept: FieldDifference, _ present: FieldDifference, ids: BySide<RecordID>) -> Bool {
        guard kept.field == present.field else { return false }
        if kept.present == present.present { return true }
        guard let digest, let index = index(ofField: kept.field) else { return false }
        return Side.allCases.allSatisfy { side in
            let place = ValuePlace(side: side, record: ids[side], field: fields[index].field(side))
            return kept.present[side].withRawField { one in
                present.present[side].withRawField { two in
                    one.tag == .unkept || two.tag == .unkept
                        ? place.isSame(one, two, by: digest) : one.hasSameBytes(as: two)
                }
            }
        }
    }

    /// Whether differences are those that were kept, in their order.
    public func areSame(_ kept: [FieldDifference], _ present: [FieldDifference], ids: BySide<RecordID>) -> Bool {
        kept.count == present.count && zip(kept, present).allSatisfy { isSame($0, $1, ids: ids) }
    }
}
