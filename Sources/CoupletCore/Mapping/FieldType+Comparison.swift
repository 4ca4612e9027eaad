/// How values of a field type are compared when their bytes differ.
extension FieldType {
    /// Whether two values of one side mean the same.
    ///
    /// Null is empty text, an empty number is zero and an empty truth value is no; numbers compare by value, times by
    /// instant, codes in upper case without surrounding blanks, ids whatever their case. Absent fields are not compared
    /// here.
    func isSame(_ one: RawField, _ two: RawField) -> Bool {
        if one.hasSameBytes(as: two) { return true }
        // What is not kept equals nothing that is seen here: it is compared by its place.
        if one.tag == .unkept || two.tag == .unkept { return false }
        let blanks = (isBlank(one), isBlank(two))
        switch self {
        case .text, .personName:
            return blanks.0 || blanks.1 ? blanks.0 && blanks.1 : one.hasSameText(as: two)
        case .code, .option:
            return one.folded == two.folded
        case .decimal, .integer:
            guard let left = number(one), let right = number(two) else { return false }
            return left == right
        case .boolean:
            guard let left = truth(one), let right = truth(two) else { return false }
            return left == right
        case .date:
            return blanks.0 || blanks.1 ? blanks.0 && blanks.1 : one.hasSameText(as: two)
        case .dateTime:
            if blanks.0 || blanks.1 { return blanks.0 && blanks.1 }
            guard let left = one.instant, let right = two.instant else { return one.hasSameText(as: two) }
            return left == right
        case .guid, .reference:
            if blanks.0 || blanks.1 { return blanks.0 && blanks.1 }
            guard let left = RecordID(utf8: one.bytes), let right = RecordID(utf8: two.bytes) else {
                return one.folded == two.folded
            }
            return left == right
        }
    }

    /// Whether two values of one side mean the same.
    func isSame(_ one: Value, _ two: Value) -> Bool {
        one == two || one.withRawField { left in two.withRawField { isSame(left, $0) } }
    }

    /// Whether a person would see an empty field.
    ///
    /// Null and empty text are blank for every type, and so are the empty date and time, the zero id and a blank code.
    /// A zero and a no are not.
    func isBlank(_ field: RawField) -> Bool {
        switch field.tag {
        case .absent, .null, .same: return true
        case .no, .yes, .number, .unkept: return false
        case .text: break
        }
        if field.bytes.isEmpty { return true }
        switch self {
        case .text, .boolean, .decimal, .integer, .personName: return false
        case .code, .option: return field.bytes.allSatisfy { $0 == 0x20 }
        case .date, .dateTime: return field.bytes.starts(with: "0001-01-01".utf8)
        case .guid: return RecordID(utf8: field.bytes) == .zero
        case .reference: return RecordID(utf8: field.bytes) == .zero || field.bytes.allSatisfy { $0 == 0x20 }
        }
    }

    /// Whether a person would see an empty field.
    func isBlank(_ value: Value) -> Bool { value.withRawField(isBlank) }

    func number(_ field: RawField) -> DecimalNumber? {
        switch field.tag {
        case .absent, .null, .same, .no: .zero
        case .yes: DecimalNumber("1")
        case .unkept: nil
        case .number, .text: field.bytes.isEmpty ? .zero : DecimalNumber(utf8: field.bytes)
        }
    }

    func truth(_ field: RawField) -> Bool? {
        switch field.tag {
        case .absent, .null, .same, .no: false
        case .yes: true
        case .number, .text, .unkept: field.bytes.isEmpty ? false : nil
        }
    }
}

extension RawField {
    /// Numbers and texts by their bytes, truth values by their words.
    fileprivate func hasSameText(as other: RawField) -> Bool {
        switch (tag, other.tag) {
        case (.number, .text), (.text, .number), (.text, .text), (.number, .number):
            bytes.hasSameBytes(as: other.bytes)
        default: value?.text == other.value?.text
        }
    }

    fileprivate var folded: [UInt8] { Array((value ?? .null).text.codeForm.utf8) }

    fileprivate var instant: Instant? { Instant(iso8601: String(decoding: bytes, as: UTF8.self)) }
}

extension String {
    /// The text as a code field holds it: upper case without surrounding blanks.
    var codeForm: String { trimmed.uppercased() }

    /// The text without white space at its ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
