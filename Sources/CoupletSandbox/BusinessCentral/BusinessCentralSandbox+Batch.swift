/// `$batch` in its JSON form: up to 100 parts, each a transaction of its own unless the request asks for one snapshot.
extension BusinessCentralSandbox {
    private static let mostParts = 100

    /// One part as sent.
    private struct Part {
        let id: SandboxJSON
        let dependsOn: [String]
        let request: SandboxRequest
    }

    /// One part as answered.
    private struct PartAnswer {
        let id: SandboxJSON
        let response: SandboxResponse
    }

    mutating func batch(
        _ request: SandboxRequest,
        _ root: String,
        _ faults: ActiveFaults,
        at now: SandboxInstant
    ) throws(BusinessCentralError) -> SandboxResponse {
        guard request.method == "POST" else { throw .methodNotAllowed(request.method, "$batch", isCollection: true) }
        let parts = try parts(of: request, root)
        let isSnapshot = request.headers["isolation"]?.lowercased() == "snapshot"
        let before = isSnapshot ? (tables, lastNumbers, media) : nil
        let (answers, hasFailed) = run(parts, request, faults, at: now)
        if hasFailed, let before { (tables, lastNumbers, media) = before }
        let accepted = request.headers["accept"]?.lowercased() ?? ""
        return accepted.contains("application/json") ? jsonAnswer(answers) : multipartAnswer(answers)
    }

    /// Without `odata.continue-on-error` nothing after the first failure is done or answered.
    private mutating func run(
        _ parts: [Part],
        _ request: SandboxRequest,
        _ faults: ActiveFaults,
        at now: SandboxInstant
    ) -> (answers: [PartAnswer], hasFailed: Bool) {
        let preference = request.headers.preferences["odata.continue-on-error"]
        let continues = preference.map { $0.lowercased() != "false" } ?? false
        var (answers, failed): ([PartAnswer], Set<String>) = ([], [])
        var hasFailed = false
        for (index, part) in parts.enumerated() {
            if index == faults.batchStop { break }
            let response = perform(part, index, dependsOnFailure: !failed.isDisjoint(with: part.dependsOn), at: now)
            answers.append(PartAnswer(id: part.id, response: response))
            guard response.status >= 400 else { continue }
            hasFailed = true
            if let id = part.id.string { failed.insert(id) }
            if !continues { break }
        }
        return (answers, hasFailed)
    }

    private mutating func perform(
        _ part: Part,
        _ index: Int,
        dependsOnFailure: Bool,
        at now: SandboxInstant
    ) -> SandboxResponse {
        if dependsOnFailure {
            return failure(BusinessCentralError(424, "BadRequest", "A request this one depends on has failed."))
        }
        if part.request.path.hasSuffix("/$batch") { return failure(.badAddress) }
        for fault in desk.faults.faults(forPart: index, method: part.request.method, path: part.request.path) {
            switch fault {
            case .status(let status, let retryAfter):
                var response = refusal(status: status, request: part.request, at: now)
                if let retryAfter { response.headers["Retry-After"] = String(retryAfter) }
                return response
            case .expiredToken: return failure(.badCredentials)
            case .statusAfter, .dropBefore, .dropAfter, .delay, .staleDeltaToken, .stopBatch: continue
            }
        }
        let response = perform(part.request, faults: ActiveFaults(), at: now)
        // A batch cannot wait for a subscriber.
        if let call = response.call { subscriptions.handshakes[call.id] = nil }
        if response.isUnknownRequest { desk.statistics.noteUnknown(part.request.method, part.request.path) }
        return response
    }

    private func parts(of request: SandboxRequest, _ root: String) throws(BusinessCentralError) -> [Part] {
        let type = request.headers["content-type"]?.lowercased() ?? "application/json"
        guard type.hasPrefix("application/json") else {
            throw BusinessCentralError(415, "BadRequest", "The content type '\(type)' is not supported for $batch.")
        }
        guard let requests = (try? SandboxJSON(bytes: request.body))?["requests"]?.array else { throw .badBody }
        guard requests.count <= Self.mostParts else { throw .tooManyParts }
        var parts: [Part] = []
        for json in requests { parts.append(try part(json, request, root)) }
        return parts
    }

    private func part(
        _ json: SandboxJSON,
        _ request: SandboxRequest,
        _ root: String
    ) throws(BusinessCentralError) -> Part {
        guard let method = json["method"]?.string, let url = json["url"]?.string else { throw .badBody }
        var headers = SandboxHeaders()
        for member in json["headers"]?.object ?? [] { headers[member.name] = member.value.string }
        let inner = SandboxRequest(
            method: method.uppercased(),
            target: Self.target(url, request, root),
            headers: headers,
            body: json["body"].map(\.bytes) ?? [],
            scheme: request.scheme,
            host: request.host
        )
        let dependsOn = json["dependsOn"]?.array?.compactMap(\.string) ?? []
        return Part(id: json["id"] ?? .null, dependsOn: dependsOn, request: inner)
    }

    /// The target of a part: relative to the API's root, from the host's root, or absolute.
    private static func target(_ url: String, _ request: SandboxRequest, _ root: String) -> String {
        let origin = "\(request.scheme)://\(request.host)"
        if url.hasPrefix("/") { return url }
        guard let scheme = url.ranges(of: "://").first, !url[..<scheme.lowerBound].contains("/") else {
            return "\(root.dropFirst(origin.count))/\(url)"
        }
        return String(url[scheme.upperBound...].drop { $0 != "/" })
    }

    private func jsonAnswer(_ answers: [PartAnswer]) -> SandboxResponse {
        var writer = JSONWriter(capacity: answers.count * 1_024)
        writer.beginObject()
        writer.name("responses")
        writer.beginArray()
        for part in answers {
            writer.beginObject()
            writer.name("id")
            writer.value(part.id)
            writer.name("status")
            writer.integer(part.response.status)
            writer.name("headers")
            writer.beginObject()
            for field in part.response.headers.fields {
                writer.name(field.name.lowercased())
                writer.string(field.value)
            }
            writer.endObject()
            if !part.response.body.isEmpty {
                writer.name("body")
                if part.response.headers["content-type"]?.hasPrefix("application/json") ?? false {
                    writer.raw(part.response.body)
                } else {
                    writer.string(part.response.text)
                }
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return answer(200, writer.bytes)
    }

    /// What a client gets that does not say it wants JSON.
    private mutating func multipartAnswer(_ answers: [PartAnswer]) -> SandboxResponse {
        let boundary = "batchresponse_\(desk.generator.guid())"
        var bytes: [UInt8] = []
        for part in answers {
            var head = "--\(boundary)\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            head += "HTTP/1.1 \(part.response.status) \(Self.reason(part.response.status))\r\n"
            for field in part.response.headers.fields { head += "\(field.name): \(field.value)\r\n" }
            bytes += Array("\(head)\r\n".utf8) + part.response.body + Array("\r\n".utf8)
        }
        bytes += Array("--\(boundary)--\r\n".utf8)
        var response = answer(200, bytes)
        response.headers["Content-Type"] = "multipart/mixed; boundary=\(boundary)"
        return response
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 204: "No Content"
        case 400: "Bad Request"
        case 404: "Not Found"
        case 409: "Conflict"
        default: "Status \(status)"
        }
    }
}
