package import CoupletCore
package import CoupletPorts

extension BusinessCentralConnector {
    /// Reads records by their ids: a batch of single reads, because only they say that a record does not exist.
    package func fetch(_ ids: [RecordID], of shape: TableShape) async throws(ConnectorError) -> [FetchedRecord] {
        var fetched: [FetchedRecord] = []
        fetched.reserveCapacity(ids.count)
        var start = 0
        while start < ids.count {
            let end = min(ids.count, start + BusinessCentralConnector.batchSize)
            fetched += try await fetchBatch(Array(ids[start..<end]), of: shape)
            start = end
        }
        return fetched
    }

    private func fetchBatch(_ ids: [RecordID], of shape: TableShape) async throws(ConnectorError) -> [FetchedRecord] {
        let path = try path(of: shape.table)
        let select = BusinessCentralConnector.select(shape)
        var json = JSONWriter()
        json.open("{")
        json.name("requests")
        json.open("[")
        for (number, id) in ids.enumerated() {
            open(&json, number, method: "GET", url: "\(path)(\(id))?$select=\(PercentEncoding.query(select))")
            json.close("}")
        }
        json.close("]")
        json.close("}")
        let answer = try await client.read(batchRequest(json.bytes, shape.table), table: shape.table)
        guard answer.status == 200 else { throw client.failure(answer, table: shape.table) }
        let parts: [DecodedPart?]
        do throws(DecodeError) {
            parts = try matched(client.decoder.batch(answer.body, shape: rowShape(shape)), count: ids.count)
        } catch {
            throw client.failure(error, answer, table: shape.table)
        }
        return zip(ids, parts).map { id, part in FetchedRecord(part, id: id, layout: shape.layout) }
    }

    /// Sends one batch of writes.
    package func write(_ parts: [WritePart], to shape: TableShape) async throws(ConnectorError) -> BatchResult {
        var draft = BatchDraft(parts, takesIDs: false)
        let path = try path(of: shape.table)
        let query = "?$select=\(PercentEncoding.query(BusinessCentralConnector.select(shape)))"
        var json = JSONWriter()
        json.open("{")
        json.name("requests")
        json.open("[")
        draft.send { number, part throws(UnfitValue) in
            if case .delete(let id, let version) = part.operation {
                open(&json, number, method: "DELETE", url: "\(path)(\(id))")
                headers(&json, version: version)
                json.close("}")
                return
            }
            let body = try BodyWriter.body(of: part, idField: shape.idField, .businessCentral)
            switch part.operation {
            case .create:
                open(&json, number, method: "POST", url: path + query)
                headers(&json, version: nil)
            case .update(let id, let version):
                open(&json, number, method: "PATCH", url: "\(path)(\(id))\(query)")
                headers(&json, version: version)
            case .delete: return
            }
            json.name("body")
            json.raw(body)
            json.close("}")
        }
        json.close("]")
        json.close("}")
        guard !draft.isEmpty else { return draft.result(seconds: 0) }
        switch try await client.write(batchRequest(json.bytes, shape.table), table: shape.table) {
        case .lost: return draft.result(all: .unknown, seconds: 0)
        case .answered(let answer, let seconds):
            let whole = try BatchOutcomes.whole(
                answer,
                count: draft.sentCount,
                seconds: seconds,
                client: client,
                table: shape.table
            )
            if let whole { return draft.result(whole) }
            guard let decoded = try? client.decoder.batch(answer.body, shape: rowShape(shape)) else {
                return draft.result(all: .unknown, seconds: seconds)
            }
            return draft.result(
                matched(decoded, count: draft.sentCount),
                isWhole: true,
                seconds: seconds,
                now: client.clock.now
            )
        }
    }

    private func batchRequest(_ body: [UInt8], _ table: String) -> ODataRequest {
        ODataRequest(
            method: "POST",
            url: root(of: table) + "/$batch",
            headers: [
                BusinessCentralConnector.accept,
                HTTPHeader("Content-Type", "application/json"),
                HTTPHeader("Prefer", "odata.continue-on-error"),
            ],
            body: body
        )
    }

    private func open(_ json: inout JSONWriter, _ number: Int, method: String, url: String) {
        json.open("{")
        json.name("id")
        json.text(String(number))
        json.name("method")
        json.text(method)
        json.name("url")
        json.text(url)
    }

    private func headers(_ json: inout JSONWriter, version: String?) {
        json.name("headers")
        json.open("{")
        json.name("Content-Type")
        json.text("application/json")
        if let version {
            json.name("If-Match")
            json.text(version)
        }
        json.close("}")
    }

    /// The responses in the order of the requests; those without an id of ours stand where they are.
    private func matched(_ parts: [DecodedPart], count: Int) -> [DecodedPart?] {
        var matched = [DecodedPart?](repeating: nil, count: count)
        for (position, part) in parts.enumerated() {
            let number = part.name.flatMap { Int($0) } ?? position
            if matched.indices.contains(number), matched[number] == nil { matched[number] = part }
        }
        return matched
    }
}
