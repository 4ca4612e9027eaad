/// `POST $batch`.
extension DataverseSandbox {
    /// Answers a batch part by part.
    ///
    /// Without `odata.continue-on-error` it ends at the first failure, whose status is then the batch's own; what was done
    /// before stays done. A failed change set leaves nothing behind and answers with the one request that failed.
    mutating func batch(_ call: DataverseCall, stop: Int?) -> SandboxResponse {
        let continues = call.preferences["odata.continue-on-error"] != nil
        do {
            let items = try DataverseBatchReader.items(
                of: Array(call.body),
                contentType: call.headers["content-type"] ?? ""
            )
            try Self.check(items)
            let boundary = "batchresponse_\(desk.generator.guid())"
            var writer = DataverseBatchWriter(boundary: boundary)
            var (status, done) = (200, 0)
            for item in items {
                if let stop, done >= stop { break }
                let failure: Int?
                switch item {
                case .request(let request):
                    failure = try answerPart(request, call, done, &writer)
                    done += 1
                case .changeSet(let requests):
                    failure = try answerChangeSet(requests, call, done, &writer)
                    done += requests.count
                }
                if let failure, !continues {
                    status = failure
                    break
                }
            }
            let type = "multipart/mixed; boundary=\(boundary)"
            return response(
                DataverseAnswer(status: status, headers: [("Content-Type", type)], body: writer.finished())
            )
        } catch {
            return response(.failure(error))
        }
    }

    /// Refuses what makes a batch invalid as a whole, before anything of it is done.
    private static func check(_ items: [DataverseBatchItem]) throws(DataverseError) {
        for item in items {
            switch item {
            case .request(let request): try check(request)
            case .changeSet(let requests):
                var known: Set<String> = []
                for request in requests {
                    try check(request)
                    if request.method == "GET" { throw .batch("A change set cannot contain GET requests.") }
                    if request.target.hasPrefix("$") {
                        let name = request.target.dropFirst().prefix { $0 != "/" && $0 != "?" }
                        guard known.contains(String(name)) else { throw .unknownReference("$\(name)") }
                    }
                    guard let id = request.contentID else {
                        throw .batch("Content-ID is missing in a request of a change set.")
                    }
                    guard known.insert(id).inserted else {
                        throw .batch("The content ID '\(id)' was found more than once in the same change set.")
                    }
                }
            }
        }
    }

    private static func check(_ request: DataverseBatchRequest) throws(DataverseError) {
        let path = request.target.prefix { $0 != "?" }
        if path.hasSuffix("/$batch") { throw .batch("A batch cannot contain another batch.") }
    }

    /// Answers a request of its own; its status where it failed.
    private mutating func answerPart(
        _ request: DataverseBatchRequest,
        _ outer: DataverseCall,
        _ part: Int,
        _ writer: inout DataverseBatchWriter
    ) throws(DataverseError) -> Int? {
        let answer = try answerRequest(request, outer, part, references: nil)
        writer.append(answer, contentID: request.contentID, root: outer.root, requestID: desk.generator.guid())
        return answer.isFailure ? answer.status : nil
    }

    /// Answers a change set; the status of its failure.
    private mutating func answerChangeSet(
        _ requests: [DataverseBatchRequest],
        _ outer: DataverseCall,
        _ first: Int,
        _ writer: inout DataverseBatchWriter
    ) throws(DataverseError) -> Int? {
        store.begin()
        var references: [String: String] = [:]
        var answers: [(answer: DataverseAnswer, contentID: String?)] = []
        for (index, request) in requests.enumerated() {
            let answer: DataverseAnswer
            do { answer = try answerRequest(request, outer, first + index, references: references) } catch {
                store.rollBack()
                throw error
            }
            if answer.isFailure {
                store.rollBack()
                writer.beginChangeSet("changesetresponse_\(desk.generator.guid())")
                writer.append(
                    answer,
                    contentID: request.contentID,
                    root: outer.root,
                    requestID: desk.generator.guid()
                )
                writer.endChangeSet()
                return answer.status
            }
            if let id = request.contentID, let entity = answer.entity { references[id] = entity }
            answers.append((answer, request.contentID))
        }
        store.commit()
        writer.beginChangeSet("changesetresponse_\(desk.generator.guid())")
        for (answer, contentID) in answers {
            writer.append(answer, contentID: contentID, root: outer.root, requestID: desk.generator.guid())
        }
        writer.endChangeSet()
        return nil
    }

    private mutating func answerRequest(
        _ request: DataverseBatchRequest,
        _ outer: DataverseCall,
        _ part: Int,
        references: [String: String]?
    ) throws(DataverseError) -> DataverseAnswer {
        guard let call = Self.call(request, outer, references) else {
            return .failure(.unknownSegment(request.target))
        }
        let path = "\(call.root.dropFirst(0))\(call.path)"
        for fault in desk.faults.faults(forPart: part, method: request.method, path: Self.pathOnly(path)) {
            if case .status(let status, let retryAfter) = fault { return partRefusal(status, retryAfter) }
        }
        do {
            var answer = try route(call)
            if call.method == "GET" { answer.isStreamed = true }
            return answer
        } catch {
            // A reference to nothing makes the whole batch invalid.
            if error.message.hasPrefix("Content-ID Reference") { throw error }
            if error.isUnknownRequest { desk.statistics.noteUnknown(request.method, Self.pathOnly(path)) }
            return .failure(error, for: call)
        }
    }

    private mutating func partRefusal(_ status: Int, _ retryAfter: Int?) -> DataverseAnswer {
        let request = SandboxRequest(method: "GET", target: "/")
        let refused = refusal(status: status, request: request, at: SandboxInstant(milliseconds: 0))
        var answer = DataverseAnswer(status: status, body: refused.body)
        answer.headers = refused.headers.fields.filter { $0.name != "OData-Version" }.map { ($0.name, $0.value) }
        if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
        return answer
    }

    /// The header fields of a part, and in whose name the batch as a whole was sent.
    private static func fields(_ request: DataverseBatchRequest, _ outer: DataverseCall) -> [SandboxHeaders.Field] {
        let own = request.headers.map { SandboxHeaders.Field(name: $0.name, value: $0.value) }
        return own + outer.impersonation
    }

    /// The path of an address, without scheme and host.
    private static func pathOnly(_ address: String) -> String {
        guard let scheme = address.prefix(while: { $0 != "?" }).firstRange(of: "://") else { return address }
        return String(address[scheme.upperBound...].drop { $0 != "/" })
    }

    /// Reads the request line of a part: an absolute address, an absolute path, a relative one, or `$n`.
    private static func call(
        _ request: DataverseBatchRequest,
        _ outer: DataverseCall,
        _ references: [String: String]?
    ) -> DataverseCall? {
        var target = pathOnly(request.target)
        if target.hasPrefix("$") {
            let name = target.dropFirst().prefix { $0 != "/" && $0 != "?" }
            guard let entity = references?[String(name)] else { return nil }
            target = entity + target.dropFirst(1 + name.count)
        }
        let path = String(target.prefix { $0 != "?" })
        let query = String(target.drop { $0 != "?" }.dropFirst())
        let relative = path.hasPrefix("/") ? serviceRoot(path)?.path : path
        guard let relative, let segments = ODataPath.segments(relative) else { return nil }
        return DataverseCall(
            method: request.method,
            segments: segments,
            path: relative,
            query: query,
            headers: SandboxHeaders(fields(request, outer)),
            body: request.body,
            root: outer.root,
            now: outer.now,
            isDeltaTokenStale: outer.isDeltaTokenStale,
            references: references
        )
    }
}
