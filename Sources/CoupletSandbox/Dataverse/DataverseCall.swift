/// One request to the Web API: a request of its own, or a part of a batch.
struct DataverseCall {
    /// The method, upper case.
    var method: String
    /// What follows `/api/data/vX.Y/`, as segments.
    var segments: [ODataSegment]
    /// The path below the service root as sent, which links and answers repeat.
    var path: String
    /// What follows the question mark, as sent.
    var query: String
    /// The header fields.
    var headers: SandboxHeaders
    /// The body.
    var body: ArraySlice<UInt8>
    /// The address of the service root, with a slash at the end.
    var root: String
    /// When the request came.
    var now: SandboxInstant
    /// Whether the delta token counts as too old.
    var isDeltaTokenStale = false
    /// The records that earlier requests of the change set made, as `set(id)` by Content-ID; nil outside change sets.
    var references: [String: String]?

    /// The preferences by name.
    var preferences: [String: String] { headers.preferences }

    /// Whether the caller wants the record back from a write.
    var wantsRepresentation: Bool { preferences["return"] == "representation" }

    /// The header fields that say for whom the caller acts.
    var impersonation: [SandboxHeaders.Field] {
        headers.fields.filter { ["mscrmcallerid", "callerobjectid"].contains($0.name.lowercased()) }
    }

    /// `If-Match` or `If-None-Match`; the literal `null` that clients send against caches is no condition.
    func condition(_ name: String) -> String? {
        guard let value = headers[name], value != "null" else { return nil }
        return value
    }

    /// The version in an entity tag such as `W/"123"`; nil for anything else.
    static func version(ofTag tag: String) -> Int64? {
        guard tag.hasPrefix("W/\""), tag.hasSuffix("\"") else { return nil }
        return Int64(tag.dropFirst(3).dropLast())
    }
}

/// The answer to a call, before it becomes an HTTP answer or a part of a batch's answer.
struct DataverseAnswer {
    /// The status.
    var status: Int
    /// Header fields besides those that every answer has.
    var headers: [(name: String, value: String)] = []
    /// The body.
    var body: [UInt8] = []
    /// The record that was written, as `set(id)`.
    var entity: String?
    /// Whether a batch marks it as written piece by piece.
    var isStreamed = false
    /// Whether there is no such resource or method.
    var isUnknownRequest = false

    /// Whether the call failed.
    var isFailure: Bool { status >= 400 }

    /// An answer with a JSON body.
    static func json(_ status: Int, _ body: [UInt8], headers: [(name: String, value: String)] = []) -> DataverseAnswer {
        DataverseAnswer(
            status: status,
            headers: [("Content-Type", "application/json; odata.metadata=minimal")] + headers,
            body: body
        )
    }

    /// A refusal; a caller that asks for annotations is told more.
    static func failure(_ error: DataverseError, for call: DataverseCall? = nil) -> DataverseAnswer {
        var members: [SandboxJSON.Member] = [
            .init(name: "code", value: .string(error.code)), .init(name: "message", value: .string(error.message)),
        ]
        let wanted = call?.preferences["odata.include-annotations"].map { DataverseErrorAnnotations($0) }
        members += wanted?.members(of: error) ?? []
        let body = SandboxJSON.members(["error": .object(members)])
        var answer = DataverseAnswer.json(error.status, body.bytes)
        answer.isUnknownRequest = error.isUnknownRequest
        return answer
    }
}
