/// Turns values of payloads into what rows keep.
enum DataverseEncoding {
    /// The largest amount.
    private static let largestAmount = 922_337_203_685_477.0

    /// The JSON that a row keeps for a value; nil for null and for empty text, which is stored as null.
    /// - Throws: what is wrong with the value.
    static func json(
        _ value: SandboxJSON,
        column: DataverseColumn,
        table: String
    ) throws(DataverseError) -> [UInt8]? {
        if value.isNull { return nil }
        switch column.type {
        case .text(let limit), .memo(let limit):
            guard let text = value.string else { throw mismatch(column, table) }
            if text.isEmpty { return nil }
            guard text.utf16.count <= limit else { throw .tooLong(column.attribute, table, limit: limit) }
            return value.bytes
        case .boolean:
            guard let value = value.boolean else { throw mismatch(column, table) }
            return Array((value ? "true" : "false").utf8)
        case .integer:
            guard let number = value.integer else { throw mismatch(column, table) }
            guard Int32(exactly: number) != nil else {
                throw .numberOutOfRange(column.attribute, value: String(number))
            }
            try check(Double(number), column)
            return Array(String(number).utf8)
        case .bigInteger:
            guard let number = value.integer else { throw mismatch(column, table) }
            return Array(String(number).utf8)
        case .choice(let options), .state(let options), .status(let options, _):
            guard let number = value.integer else { throw mismatch(column, table) }
            guard options.contains(where: { $0.value == number }) else {
                let accepted = options.map(\.value)
                throw .outsideRange(column.attribute, table, value: String(number), accepted: accepted)
            }
            return Array(String(number).utf8)
        case .tableName:
            guard let text = value.string else { throw mismatch(column, table) }
            return text.isEmpty ? nil : value.bytes
        case .choices(let options): return try choices(value, options, column, table)
        case .double:
            guard let digits = value.number, let number = Double(digits) else { throw mismatch(column, table) }
            try check(number, column)
            return Array(digits.utf8)
        case .date:
            guard let text = value.string, let instant = SandboxInstant(text: text) else {
                throw mismatch(column, table)
            }
            return Array("\"\(instant.text.prefix(10))\"".utf8)
        case .decimal(let decimals):
            guard let digits = value.number, let number = Double(digits) else { throw mismatch(column, table) }
            try check(number, column)
            return decimal(digits, number, decimals: decimals)
        case .money:
            guard let digits = value.number, let number = Double(digits) else { throw mismatch(column, table) }
            guard abs(number) <= largestAmount else { throw .numberOutOfRange(column.attribute, value: digits) }
            return decimal(digits, number, decimals: 4)
        case .guid, .lookup:
            guard let text = value.string, let guid = SandboxGUID(text) else { throw mismatch(column, table) }
            return Array("\"\(guid)\"".utf8)
        case .dateTime:
            guard let text = value.string, let instant = SandboxInstant(text: text) else {
                throw mismatch(column, table)
            }
            return Self.instant(instant)
        }
    }

    /// Any of several options: `"1,9"`, in the order of their numbers.
    private static func choices(
        _ value: SandboxJSON,
        _ options: [DataverseOption],
        _ column: DataverseColumn,
        _ table: String
    ) throws(DataverseError) -> [UInt8]? {
        guard let text = value.string ?? value.number else { throw mismatch(column, table) }
        var numbers: Set<Int> = []
        for part in text.split(separator: ",") {
            guard let number = Int(MultipartReader.trimmed(part)) else { throw mismatch(column, table) }
            guard options.contains(where: { $0.value == number }) else {
                let accepted = options.map(\.value)
                throw .outsideRange(column.attribute, table, value: String(number), accepted: accepted)
            }
            numbers.insert(number)
        }
        if numbers.isEmpty { return nil }
        return Array("\"\(numbers.sorted().map(String.init).joined(separator: ","))\"".utf8)
    }

    private static func check(_ number: Double, _ column: DataverseColumn) throws(DataverseError) {
        guard let range = column.range, !range.contains(number) else { return }
        throw .numberOutOfRange(column.attribute, value: "\(number)")
    }

    private static func mismatch(_ column: DataverseColumn, _ table: String) -> DataverseError {
        .unconvertible(column.property, table, type: column.type.edmName)
    }

    /// A moment as rows keep it: quoted, in UTC, without a fraction of a second.
    static func instant(_ instant: SandboxInstant) -> [UInt8] { Array("\"\(instant.wholeSeconds.text)\"".utf8) }

    /// A reference as rows keep it.
    static func guid(_ guid: SandboxGUID) -> [UInt8] { Array("\"\(guid)\"".utf8) }

    /// A decimal number with at most so many decimals and at least one; digits are kept where nothing is rounded.
    static func decimal(_ digits: String, _ number: Double, decimals: Int) -> [UInt8] {
        let plain = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
        let fraction = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first ?? ""
        var text = plain && fraction.utf8.count <= decimals ? digits : rounded(number, decimals: decimals)
        if !text.contains(".") { text += ".0" }
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
        return Array(text.utf8)
    }

    private static func rounded(_ number: Double, decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(number) * scale).rounded(.toNearestOrEven)
        guard scaled < 9e15 else { return String(Int64(number)) }
        let whole = Int64(scaled)
        let unit = Int64(scale)
        let fraction = String(whole % unit)
        let zeros = String(repeating: "0", count: decimals - fraction.utf8.count)
        return "\(number < 0 && whole != 0 ? "-" : "")\(whole / unit).\(zeros)\(fraction)"
    }
}
