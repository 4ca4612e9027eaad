/// An element of an XML text.
struct FetchXMLElement {
    /// The name.
    let name: String
    /// The attributes.
    private(set) var attributes: [String: String] = [:]
    /// The elements within.
    private(set) var children: [FetchXMLElement] = []
    /// The text within, without that of elements.
    private(set) var text = ""

    /// Reads a document; nil where it is not well formed.
    init?(_ document: String) {
        var reader = Reader(bytes: Array(document.utf8))
        guard let element = reader.document() else { return nil }
        self = element
    }

    fileprivate init(name: String) { self.name = name }

    /// The value of an attribute.
    subscript(attribute: String) -> String? { attributes[attribute] }

    /// The elements within of a name.
    func all(_ name: String) -> [FetchXMLElement] { children.filter { $0.name == name } }

    /// Whether an attribute says yes.
    func isTrue(_ attribute: String) -> Bool { ["true", "1"].contains(attributes[attribute]?.lowercased() ?? "") }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0
        var depth = 0

        mutating func document() -> FetchXMLElement? {
            skipProlog()
            guard let element = element() else { return nil }
            skipProlog()
            return position == bytes.count ? element : nil
        }

        private mutating func element() -> FetchXMLElement? {
            depth += 1
            defer { depth -= 1 }
            guard depth < 50, take("<"), let name = word(), !name.isEmpty else { return nil }
            var element = FetchXMLElement(name: name)
            while true {
                skipBlanks()
                if take("/>") { return element }
                if take(">") { break }
                guard let key = word(), !key.isEmpty else { return nil }
                skipBlanks()
                guard take("=") else { return nil }
                skipBlanks()
                guard let value = quoted(), element.attributes.updateValue(value, forKey: key) == nil else {
                    return nil
                }
            }
            return content(of: &element) ? element : nil
        }

        private mutating func content(of element: inout FetchXMLElement) -> Bool {
            var text: [UInt8] = []
            while position < bytes.count {
                if take("<!--") {
                    guard skip(past: "-->") else { return false }
                } else if take("</") {
                    guard word() == element.name else { return false }
                    skipBlanks()
                    guard let decoded = Self.decoded(text) else { return false }
                    element.text = decoded
                    return take(">")
                } else if bytes[position] == UInt8(ascii: "<") {
                    guard let child = self.element() else { return false }
                    element.children.append(child)
                } else {
                    text.append(bytes[position])
                    position += 1
                }
            }
            return false
        }

        private mutating func skipProlog() {
            while true {
                skipBlanks()
                if take("<?") {
                    guard skip(past: "?>") else { return }
                } else if take("<!--") {
                    guard skip(past: "-->") else { return }
                } else {
                    return
                }
            }
        }

        private mutating func skip(past end: String) -> Bool {
            while position < bytes.count {
                if take(end) { return true }
                position += 1
            }
            return false
        }

        private mutating func take(_ text: String) -> Bool {
            guard bytes[position...].starts(with: text.utf8) else { return false }
            position += text.utf8.count
            return true
        }

        private mutating func skipBlanks() {
            while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
        }

        private mutating func word() -> String? {
            let start = position
            while position < bytes.count, !" \t\r\n=/<>\"'".utf8.contains(bytes[position]) { position += 1 }
            return String(validating: bytes[start..<position], as: UTF8.self)
        }

        private mutating func quoted() -> String? {
            guard position < bytes.count, "\"'".utf8.contains(bytes[position]) else { return nil }
            let quote = bytes[position]
            guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
            let value = Array(bytes[(position + 1)..<end])
            position = end + 1
            return Self.decoded(value)
        }

        private static let entities = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]

        private static func decoded(_ bytes: [UInt8]) -> String? {
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            guard text.contains("&") else { return text }
            var (result, rest) = ("", text[...])
            while let mark = rest.firstIndex(of: "&") {
                result += rest[..<mark]
                guard let end = rest[mark...].firstIndex(of: ";") else { return nil }
                let name = rest[rest.index(after: mark)..<end]
                if let entity = entities[String(name)] {
                    result += entity
                } else if name.hasPrefix("#") {
                    let digits = name.dropFirst()
                    let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
                    guard let code, let scalar = Unicode.Scalar(code) else { return nil }
                    result.unicodeScalars.append(scalar)
                } else {
                    return nil
                }
                rest = rest[rest.index(after: end)...]
            }
            return result + rest
        }
    }
}
