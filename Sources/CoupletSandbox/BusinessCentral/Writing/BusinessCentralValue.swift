/// Turns JSON values into the text a row keeps; blank values become empty text.
enum BusinessCentralValue {
    /// Reads a value under the rules of the API.
    /// - Throws: `BusinessCentralError` for null, wrong types, unknown options and text that is too long.
    static func text(_ value: SandboxJSON, _ column: SandboxColumn) throws(BusinessCentralError) -> String {
        if value.isNull { throw .null(column.name) }
        switch column.kind {
        case .text:
            guard let text = value.string else { throw mismatch(value, "String") }
            return try fitting(text, column)
        case .code:
            guard let text = value.string else { throw mismatch(value, "String") }
            return blanked(try fitting(BusinessCentralEntity.code(text), column), column)
        case .guid:
            guard let text = value.string, let guid = SandboxGUID(text) else { throw .badGUID }
            return guid == .zero ? "" : guid.description
        case .boolean:
            guard let boolean = value.boolean else { throw mismatch(value, "Boolean") }
            return boolean ? "true" : ""
        case .integer:
            guard let number = value.number, let integer = Int(number) else { throw mismatch(value, "Int32") }
            return integer == 0 ? "" : String(integer)
        case .decimal:
            guard let number = value.number, let digits = decimal(number) else { throw mismatch(value, "Decimal") }
            return digits
        case .dateTime:
            guard let text = value.string, let instant = SandboxInstant(text: text) else {
                throw mismatch(value, "DateTimeOffset")
            }
            return blanked(instant.text, column)
        case .date:
            guard let text = value.string, text.utf8.count == 10, SandboxInstant(text: text) != nil else {
                throw mismatch(value, "Date")
            }
            return blanked(text, column)
        case .option:
            guard let text = value.string else { throw mismatch(value, "String") }
            return try option(text, column)
        }
    }

    /// Reads a value that is state: null is blank, numbers may come as text, text that is too long is cut.
    /// - Throws: `BusinessCentralError` where nothing can be made of it.
    static func stateText(_ value: SandboxJSON, _ column: SandboxColumn) throws(BusinessCentralError) -> String {
        switch (value, column.kind) {
        case (.null, _): return ""
        case (.string(let digits), .decimal), (.string(let digits), .integer):
            return try text(.number(digits), column)
        case (.string(let string), .text), (.string(let string), .code):
            guard let length = column.maxLength, string.utf16.count > length else { return try text(value, column) }
            return try text(.string(cut(string, length)), column)
        default: return try text(value, column)
        }
    }

    /// Digits without exponent and needless zeros; empty for zero; nil where it is no number.
    static func decimal(_ text: String) -> String? {
        guard let value = Double(text) else { return nil }
        guard value != 0 else { return "" }
        guard !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
            let plain = "\(value)"
            return plain.contains("e") ? nil : plain.hasSuffix(".0") ? String(plain.dropLast(2)) : plain
        }
        guard text.contains(".") else { return text }
        var digits = text
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits
    }

    private static func option(_ text: String, _ column: SandboxColumn) throws(BusinessCentralError) -> String {
        let name = BusinessCentralName.decoded(text)
        let choice = column.choices.first { $0.utf8.elementsEqual(name.utf8) || (name.isEmpty && $0 == " ") }
        guard let choice else { throw .notAnOption(text, column.choices) }
        return choice == column.choices.first ? "" : BusinessCentralName.encoded(choice)
    }

    private static func blanked(_ text: String, _ column: SandboxColumn) -> String {
        text.utf8.elementsEqual(column.blankText.utf8) ? "" : text
    }

    private static func fitting(_ text: String, _ column: SandboxColumn) throws(BusinessCentralError) -> String {
        if let length = column.maxLength, text.utf16.count > length { throw .tooLong(text, length) }
        return text
    }

    private static func cut(_ text: String, _ length: Int) -> String {
        var cut = ""
        for character in text where cut.utf16.count + character.utf16.count <= length { cut.append(character) }
        return cut
    }

    private static func mismatch(_ value: SandboxJSON, _ type: String) -> BusinessCentralError {
        .wrongType(value.string ?? String(decoding: value.bytes, as: UTF8.self), type)
    }
}
