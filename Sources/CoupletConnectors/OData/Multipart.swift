/// Writes the body of a batch whose parts are HTTP requests.
package struct MultipartWriter {
    /// What separates the parts.
    ///
    /// JSON holds no line ends, so no part can contain the separating line by chance.
    package static let boundary = "batch_couplet"
    /// The content type of the whole body.
    package static let contentType = "multipart/mixed; boundary=\"\(boundary)\""

    /// The body so far.
    package private(set) var bytes: [UInt8] = []

    /// Starts an empty body.
    package init() {}

    /// Appends a request.
    package mutating func append(method: String, path: String, headers: [(String, String)], body: [UInt8]) {
        line("--\(MultipartWriter.boundary)")
        line("Content-Type: application/http")
        line("Content-Transfer-Encoding: binary")
        line("")
        line("\(method) \(path) HTTP/1.1")
        for (name, value) in headers { line("\(name): \(value)") }
        line("")
        bytes += body
        line("")
    }

    /// Ends the body.
    package mutating func finish() { line("--\(MultipartWriter.boundary)--") }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes += [0x0D, 0x0A]
    }
}

/// The answer to a batch whose parts are HTTP responses.
package struct MultipartAnswer: Sendable {
    /// One response.
    package struct Part: Sendable, Hashable {
        /// The status; 0 when there is none.
        package var status = 0
        /// The header fields of the response, names in lower case.
        package var headers: [String: String] = [:]
        /// Where the response's body lies in the whole one.
        package var body = 0..<0
    }

    /// The responses in their order.
    package private(set) var parts: [Part] = []
    /// Whether the closing line is there: nothing was cut off.
    package private(set) var isWhole = false

    /// Takes an answer apart; nil when the content type names no boundary.
    package init?(_ body: [UInt8], contentType: String?) {
        guard let boundary = MultipartAnswer.boundary(in: contentType ?? "") else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        body.withUnsafeBytes { bytes in
            var starts: [Int] = []
            var ends: [Int] = []
            var line = 0
            while line < bytes.count {
                let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
                if bytes[line..<end].starts(with: delimiter) {
                    ends.append(line)
                    starts.append(min(end + 1, bytes.count))
                    let rest = bytes[(line + delimiter.count)..<end]
                    if rest.starts(with: [0x2D, 0x2D]) { isWhole = true }
                }
                line = end + 1
            }
            let last = isWhole ? starts.count - 1 : starts.count
            for part in 0..<max(0, last) {
                let end = part + 1 < ends.count ? ends[part + 1] : bytes.count
                // A part without its closing line may lack its tail.
                guard part + 1 < ends.count else { break }
                parts.append(Part(bytes, starts[part]..<end))
            }
        }
    }

    private static func boundary(in contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let text = parameter.drop { $0 == " " }
            guard text.lowercased().hasPrefix("boundary=") else { continue }
            let value = text.dropFirst(9).filter { $0 != "\"" && $0 != " " }
            return value.isEmpty ? nil : value
        }
        return nil
    }
}

extension MultipartAnswer.Part {
    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        var position = range.lowerBound
        func nextLine() -> Substring? {
            guard position < range.upperBound else { return nil }
            let end = bytes[position..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
            var text = bytes[position..<end]
            if text.last == 0x0D { text = text.dropLast() }
            position = min(end + 1, range.upperBound)
            return Substring(decoding: text, as: UTF8.self)
        }
        while let line = nextLine(), !line.isEmpty {}
        let words = nextLine()?.split(separator: " ") ?? []
        if words.count >= 2, words[0].hasPrefix("HTTP/") { status = Int(words[1]) ?? 0 }
        while let line = nextLine(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        var end = range.upperBound
        while end > position, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        body = position..<end
    }
}
