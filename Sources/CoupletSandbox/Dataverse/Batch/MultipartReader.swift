/// One part of a multipart body: its header fields and what follows the empty line.
struct MultipartPart {
    /// Header fields in order, names in lower case.
    var headers: [(name: String, value: String)]
    /// The part's content.
    var content: ArraySlice<UInt8>

    /// The value of the first header field of that name; `name` in lower case.
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

/// Why a multipart body cannot be read.
enum MultipartProblem: Error, Equatable {
    /// The content type names no boundary.
    case noBoundary
    /// A line of the structure ends without a carriage return.
    case lineEnding
    /// No delimiter, or no closing one.
    case truncated
    /// A header field without a colon.
    case malformedHeader(String)
}

/// Reads multipart bodies as the Web API does: lines of the structure end with CR LF and nothing else.
enum MultipartReader {
    private static let newline: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let hyphen: UInt8 = 0x2D

    /// The boundary that a content type of a multipart body names, with or without quotation marks.
    static func boundary(of contentType: String) -> String? {
        let pieces = contentType.split(separator: ";", omittingEmptySubsequences: true)
        guard let first = pieces.first, trimmed(first).lowercased() == "multipart/mixed" else { return nil }
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            guard trimmed(piece[..<equals]).lowercased() == "boundary" else { continue }
            var value = trimmed(piece[piece.index(after: equals)...])[...]
            if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 { value = value.dropFirst().dropLast() }
            return value.isEmpty ? nil : String(value)
        }
        return nil
    }

    /// The parts between the delimiters; what stands before the first and after the last one is ignored.
    static func parts(of body: ArraySlice<UInt8>, boundary: String) throws(MultipartProblem) -> [MultipartPart] {
        let delimiter = [hyphen, hyphen] + Array(boundary.utf8)
        var parts: [MultipartPart] = []
        var contentStart: Int?
        var position = body.startIndex
        while let found = nextDelimiter(delimiter, in: body, from: position) {
            let after = found + delimiter.count
            if let contentStart {
                parts.append(try part(body[contentStart..<max(contentStart, found - 2)]))
            }
            if body[after...].starts(with: [hyphen, hyphen]) { return parts }
            guard let lineEnd = body[after...].firstIndex(of: newline) else { throw .truncated }
            guard lineEnd > after, body[lineEnd - 1] == carriageReturn else { throw .lineEnding }
            contentStart = lineEnd + 1
            // The line break before the next delimiter may be the one that ends this line.
            position = lineEnd - 1
        }
        throw .truncated
    }

    /// Splits header fields from content at the first empty line.
    static func part(_ bytes: ArraySlice<UInt8>) throws(MultipartProblem) -> MultipartPart {
        var headers: [(name: String, value: String)] = []
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let line: ArraySlice<UInt8>
            if let lineEnd = bytes[position...].firstIndex(of: newline) {
                guard lineEnd > position, bytes[lineEnd - 1] == carriageReturn else { throw .lineEnding }
                line = bytes[position..<(lineEnd - 1)]
                position = lineEnd + 1
            } else {
                line = bytes[position...]
                position = bytes.endIndex
            }
            if line.isEmpty { break }
            guard let colon = line.firstIndex(of: 0x3A) else {
                throw .malformedHeader(String(decoding: line, as: UTF8.self))
            }
            let name = trimmed(String(decoding: line[..<colon], as: UTF8.self)[...]).lowercased()
            headers.append((name, trimmed(String(decoding: line[(colon + 1)...], as: UTF8.self)[...])))
        }
        return MultipartPart(headers: headers, content: bytes[position...])
    }

    /// Where the next delimiter begins that stands at the start of a line.
    private static func nextDelimiter(_ delimiter: [UInt8], in body: ArraySlice<UInt8>, from start: Int) -> Int? {
        body.withUnsafeBufferPointer { bytes in
            let base = body.startIndex
            var index = start - base
            let last = bytes.count - delimiter.count
            while index <= last {
                guard bytes[index] == hyphen, matches(delimiter, bytes, at: index),
                    index == 0 || (index >= 2 && bytes[index - 1] == newline && bytes[index - 2] == carriageReturn)
                else {
                    index += 1
                    continue
                }
                return index + base
            }
            return nil
        }
    }

    private static func matches(_ delimiter: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        for offset in delimiter.indices where bytes[index + offset] != delimiter[offset] { return false }
        return true
    }

    /// The text without blanks and tabs at its ends.
    static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
