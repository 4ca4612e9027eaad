/// The arguments of a function in an address or a filter: `(Name='text',Other=['a','b'],Third=1)`.
struct DataverseFunctionCall {
    /// The values of each argument, without their quotes.
    private(set) var arguments: [String: [String]] = [:]
    /// Where the closing parenthesis stands, in bytes, plus one.
    private(set) var end = 0

    /// Reads the arguments whose opening parenthesis stands at an offset.
    init(_ text: String, from start: Int) throws(DataverseError) {
        let bytes = Array(text.utf8)
        var position = start + 1
        var (name, value, isValue): ([UInt8], [UInt8], Bool) = ([], [], false)
        var values: [String] = []
        func finish() {
            if !value.isEmpty { values.append(String(decoding: value, as: UTF8.self)) }
            value = []
        }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                guard isValue else { throw Self.error(position, text) }
                values.append(try Self.quoted(bytes, &position, byte, text))
            case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: " "): finish()
            case UInt8(ascii: "=") where !isValue: isValue = true
            case UInt8(ascii: ","), UInt8(ascii: ")"):
                finish()
                // Within a list, a comma is followed by a value and not by a name.
                if byte == UInt8(ascii: ","), Self.isWithinList(bytes, position) { continue }
                let key = String(decoding: name, as: UTF8.self)
                if isValue { arguments[key] = values }
                (name, values, isValue) = ([], [], false)
                if byte == UInt8(ascii: ")") {
                    end = position
                    return
                }
            default: if isValue { value.append(byte) } else { name.append(byte) }
            }
        }
        throw Self.error(position, text)
    }

    private static func quoted(
        _ bytes: [UInt8],
        _ position: inout Int,
        _ quote: UInt8,
        _ text: String
    ) throws(DataverseError) -> String {
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == quote {
                guard quote == UInt8(ascii: "'"), position < bytes.count, bytes[position] == quote else {
                    return String(decoding: content, as: UTF8.self)
                }
                position += 1
            }
            content.append(byte)
        }
        throw error(position, text)
    }

    /// Whether a list ends behind a position before another one begins.
    private static func isWithinList(_ bytes: [UInt8], _ start: Int) -> Bool {
        var isQuoted = false
        for byte in bytes[start...] {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "]") { return true }
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ")") { return false }
        }
        return false
    }

    private static func error(_ position: Int, _ text: String) -> DataverseError {
        .syntax("Syntax error at position \(position) in '\(text)'.")
    }
}
