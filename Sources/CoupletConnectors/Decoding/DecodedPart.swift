import CSimdjson
package import CoupletCore

/// One entity or one error: a whole small document, or one response of a batch.
package struct DecodedPart: Sendable {
    /// The response's status; 0 when it was no response of a batch.
    package var status: Int
    /// The response's own id.
    package var name: String?
    /// The id of the entity.
    package var id: RecordID?
    /// The version of the entity, empty without one.
    package var version: String
    /// The entity's fields; nil when there was no object.
    package var row: EncodedRow?
    /// The OData error, if there was one.
    package var error: ODataError?
    /// The value of the Retry-After header.
    package var retryAfter: String?

    /// Creates a response without a body.
    package init(status: Int, name: String? = nil) {
        self.status = status
        self.name = name
        version = ""
    }

    init(_ part: csj_part, arena: UnsafePointer<UInt8>?) {
        status = Int(part.status)
        name = part.name.text(in: arena)
        id = part.has_id != 0 ? RecordID(high: part.id_high, low: part.id_low) : nil
        version = part.version.text(in: arena) ?? ""
        row = part.has_row != 0 ? part.row.bytes(in: arena).map { EncodedRow(bytes: [UInt8]($0)) } : nil
        let code = part.error_code.text(in: arena)
        let message = part.error_message.text(in: arena)
        if code != nil || message != nil { error = ODataError(code: code ?? "", message: message ?? "") }
        retryAfter = part.retry_after.text(in: arena)
    }
}

/// What an OData service says is wrong.
package struct ODataError: Sendable, Hashable {
    /// The service's code; some services leave it empty.
    package var code: String
    /// The service's message.
    package var message: String

    /// Creates an error.
    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// Whether a 404 is about the address, the company or the table and says nothing of a record.
    package var isAboutAddress: Bool {
        code == "Internal_CompanyNotFound" || code == "BadRequest_NotFound"
            || message.contains("Resource not found for the segment")
            || message.contains("No HTTP resource was found")
    }

    /// Code and message as one text.
    package var text: String {
        code.isEmpty ? message : "\(code): \(message)"
    }
}
