/// One request inside a batch.
struct DataverseBatchRequest {
    /// The method, upper case.
    var method: String
    /// An absolute address, an absolute path, or a reference such as `$1`.
    var target: String
    /// Header fields in order, names in lower case.
    var headers: [(name: String, value: String)]
    /// The body.
    var body: ArraySlice<UInt8>
    /// What others of the change set call this request's record.
    var contentID: String?
}

/// What stands between two delimiters of a batch.
enum DataverseBatchItem {
    /// A request of its own.
    case request(DataverseBatchRequest)
    /// Requests that succeed or fail together.
    case changeSet([DataverseBatchRequest])
}

/// Reads the body of `POST $batch`.
enum DataverseBatchReader {
    /// The largest number of requests in a batch, those in change sets included.
    static let limit = 1000

    /// The requests and change sets of a batch, in order.
    static func items(of body: [UInt8], contentType: String) throws(DataverseError) -> [DataverseBatchItem] {
        guard let boundary = MultipartReader.boundary(of: contentType) else {
            throw .batch("The message to deserialize a batch has no boundary in its content type '\(contentType)'.")
        }
        var items: [DataverseBatchItem] = []
        var count = 0
        for part in try parts(of: body[...], boundary: boundary) {
            if let inner = part.header("content-type").flatMap({ MultipartReader.boundary(of: $0) }) {
                var requests: [DataverseBatchRequest] = []
                for part in try parts(of: part.content, boundary: inner) { requests.append(try request(part)) }
                count += requests.count
                items.append(.changeSet(requests))
            } else {
                items.append(.request(try request(part)))
                count += 1
            }
        }
        guard count <= limit else { throw .batchTooLarge(limit: limit) }
        return items
    }

    private static func parts(
        of body: ArraySlice<UInt8>,
        boundary: String
    ) throws(DataverseError) -> [MultipartPart] {
        do {
            return try MultipartReader.parts(of: body, boundary: boundary)
        } catch {
            throw switch error {
            case .noBoundary: DataverseError.batch("A multipart content type has no boundary.")
            case .lineEnding: DataverseError.batch("Stream was not readable.")
            case .truncated: DataverseError.batch("Unexpected end of the batch: a closing delimiter is missing.")
            case .malformedHeader(let line): DataverseError.batch("The header line '\(line)' is not valid.")
            }
        }
    }

    /// The request inside one part: a request line, header fields, an empty line and the body.
    private static func request(_ part: MultipartPart) throws(DataverseError) -> DataverseBatchRequest {
        guard let type = part.header("content-type"), type.lowercased().hasPrefix("application/http") else {
            throw .batch("The content type of a batch part must be 'application/http' or 'multipart/mixed'.")
        }
        // Blank lines before the request line are skipped, as by any reader of HTTP.
        let content = part.content.drop { $0 == 0x0D || $0 == 0x0A }
        let lineEnd = content.firstIndex(of: 0x0A) ?? content.endIndex
        guard lineEnd == content.endIndex || content[..<lineEnd].last == 0x0D else {
            throw .batch("Stream was not readable.")
        }
        let line = MultipartReader.trimmed(
            String(decoding: content[..<lineEnd].filter { $0 != 0x0D }, as: UTF8.self)[...]
        )
        guard let first = line.firstIndex(of: " "), let last = line.lastIndex(of: " "), first < last,
            line[line.index(after: last)...].hasPrefix("HTTP/1.")
        else { throw .batch("The request line '\(line)' of a batch part is not valid.") }
        let rest = lineEnd == content.endIndex ? content[lineEnd...] : content[(lineEnd + 1)...]
        let message: MultipartPart
        do { message = try MultipartReader.part(rest) } catch {
            throw .batch("Stream was not readable.")
        }
        return DataverseBatchRequest(
            method: line[..<first].uppercased(),
            target: MultipartReader.trimmed(line[line.index(after: first)..<last]),
            headers: message.headers,
            body: message.content,
            contentID: part.header("content-id") ?? message.header("content-id")
        )
    }
}
