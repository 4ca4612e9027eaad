/// Writes the body of a batch's answer; every line of its structure ends with CR LF.
struct DataverseBatchWriter {
    private var bytes: [UInt8] = []
    private let boundary: String
    private var changeSet: String?

    /// Creates a writer.
    init(boundary: String) {
        self.boundary = boundary
    }

    /// Begins the answers of a change set.
    mutating func beginChangeSet(_ boundary: String) {
        line("--\(self.boundary)")
        line("Content-Type: multipart/mixed; boundary=\(boundary)")
        line("")
        changeSet = boundary
    }

    /// Ends the answers of a change set.
    mutating func endChangeSet() {
        if let changeSet { line("--\(changeSet)--") }
        changeSet = nil
    }

    /// Appends an answer.
    mutating func append(_ answer: DataverseAnswer, contentID: String?, root: String, requestID: SandboxGUID) {
        line("--\(changeSet ?? boundary)")
        line("Content-Type: application/http")
        line("Content-Transfer-Encoding: binary")
        if let contentID { line("Content-ID: \(contentID)") }
        line("")
        line("HTTP/1.1 \(answer.status) \(Self.reason(answer.status))")
        if answer.isFailure { line("REQ_ID: \(requestID)") }
        for (name, value) in answer.headers where name == "Content-Type" {
            line("\(name): \(value)\(answer.isStreamed ? "; odata.streaming=true" : "")")
        }
        line("OData-Version: 4.0")
        if let entity = answer.entity { line("Location: \(root)\(entity)") }
        for (name, value) in answer.headers where name != "Content-Type" { line("\(name): \(value)") }
        line("")
        bytes.append(contentsOf: answer.body)
        line("")
    }

    /// The whole body.
    mutating func finished() -> [UInt8] {
        line("--\(boundary)--")
        return bytes
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 412: "Precondition Failed"
        case 413: "Payload Too Large"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Unknown"
        }
    }
}
