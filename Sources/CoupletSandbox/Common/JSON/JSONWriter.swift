/// Writes JSON as UTF-8; the caller opens and closes objects and lists, commas come by themselves.
package struct JSONWriter: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Makes an empty writer.
    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// Opens an object.
    package mutating func beginObject() { open("{") }

    /// Closes an object.
    package mutating func endObject() { close("}") }

    /// Opens a list.
    package mutating func beginArray() { open("[") }

    /// Closes a list.
    package mutating func endArray() { close("]") }

    /// Writes a member's name; its value must follow.
    package mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's name that is already quoted and followed by its colon.
    package mutating func encodedName(_ prefix: [UInt8]) {
        separate()
        bytes.append(contentsOf: prefix)
        needsComma = false
    }

    /// Writes text.
    package mutating func string(_ text: String) {
        separate()
        quote(text)
    }

    /// Writes text given as UTF-8.
    package mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        escape(utf8)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a number without fraction.
    package mutating func integer(_ number: some BinaryInteger) { raw(String(number).utf8) }

    /// Writes bytes that are JSON already.
    package mutating func raw(_ json: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes an instant as text.
    package mutating func instant(_ instant: SandboxInstant) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        instant.appendText(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an identifier as text.
    package mutating func guid(_ guid: SandboxGUID) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        guid.appendText(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a value tree.
    package mutating func value(_ value: SandboxJSON) {
        switch value {
        case .null: raw("null".utf8)
        case .boolean(let boolean): raw((boolean ? "true" : "false").utf8)
        case .number(let digits): raw(digits.utf8)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        }
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { escape($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            bytes.append(contentsOf: text[start..<index])
            start = index + 1
            switch byte {
            case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
            case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
            case 0x0A: bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
            case 0x0D: bytes.append(contentsOf: [0x5C, UInt8(ascii: "r")])
            case 0x09: bytes.append(contentsOf: [0x5C, UInt8(ascii: "t")])
            default:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hexadecimalDigit(byte >> 4))
                bytes.append(hexadecimalDigit(byte & 15))
            }
        }
        bytes.append(contentsOf: text[start...])
    }
}
