package import CoupletCore
package import CoupletPorts

extension DataverseConnector {
    /// Reads records by their ids: a batch of single reads, because only they say that a record does not exist.
    package func fetch(_ ids: [RecordID], of shape: TableShape) async throws(ConnectorError) -> [FetchedRecord] {
        if let column = ChoiceColumn(shape.table) { return try await fetchChoices(ids, of: column, shape) }
        var fetched: [FetchedRecord] = []
        fetched.reserveCapacity(ids.count)
        var start = 0
        while start < ids.count {
            let end = min(ids.count, start + DataverseConnector.batchSize)
            fetched += try await fetchBatch(Array(ids[start..<end]), of: shape)
            start = end
        }
        return fetched
    }

    private func fetchBatch(_ ids: [RecordID], of shape: TableShape) async throws(ConnectorError) -> [FetchedRecord] {
        var body = MultipartWriter()
        var headers = [("Accept", "application/json")]
        if let annotations = DataverseConnector.annotations(shape) { headers.append(("Prefer", annotations)) }
        for id in ids {
            body.append(
                method: "GET",
                path: path(shape, id),
                headers: headers,
                body: []
            )
        }
        body.finish()
        let answer = try await client.read(batchRequest(body.bytes), table: shape.table)
        guard answer.status == 200, let parts = decodedParts(answer, shape) else {
            if answer.status == 200 { throw client.failure(.unexpectedShape, answer, table: shape.table) }
            throw client.failure(answer, table: shape.table)
        }
        return ids.indices.map { number in
            let part = parts.parts.indices.contains(number) ? parts.parts[number] : nil
            return FetchedRecord(part, id: ids[number], layout: shape.layout)
        }
    }

    /// Sends one batch of writes.
    package func write(_ parts: [WritePart], to shape: TableShape) async throws(ConnectorError) -> BatchResult {
        if let column = ChoiceColumn(shape.table) { return try await addChoices(parts, to: column, shape) }
        let annotations = DataverseConnector.annotations(shape).map { "," + $0 } ?? ""
        var draft = BatchDraft(parts, takesIDs: true)
        var body = MultipartWriter()
        draft.send { _, part throws(UnfitValue) in
            let json = try BodyWriter.body(of: part, idField: shape.idField, .dataverse)
            var headers = [
                ("Content-Type", "application/json; type=entry"), ("Accept", "application/json"),
                ("Prefer", "return=representation" + annotations),
            ]
            switch part.operation {
            case .create:
                body.append(method: "POST", path: path(shape, nil), headers: headers, body: json)
            case .update(let id, let version):
                headers.append(("If-Match", version))
                body.append(method: "PATCH", path: path(shape, id), headers: headers, body: json)
            case .delete(let id, let version):
                let address = "\(client.address.path)/\(shape.table)(\(id))"
                body.append(method: "DELETE", path: address, headers: [("If-Match", version)], body: [])
            }
        }
        guard !draft.isEmpty else { return draft.result(seconds: 0) }
        body.finish()
        switch try await client.write(batchRequest(body.bytes), table: shape.table) {
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
            guard let decoded = decodedParts(answer, shape) else {
                return draft.result(all: .unknown, seconds: seconds)
            }
            return draft.result(decoded.parts, isWhole: decoded.isWhole, seconds: seconds, now: client.clock.now)
        }
    }

    /// The path of a table or record, with the fields that come back.
    private func path(_ shape: TableShape, _ id: RecordID?) -> String {
        let record = id.map { "(\($0))" } ?? ""
        return client.address.path + "/"
            + RemoteAddress.query(shape.table + record, [("$select", DataverseConnector.select(shape))])
    }

    private func batchRequest(_ body: [UInt8]) -> ODataRequest {
        ODataRequest(
            method: "POST",
            url: client.address.root + "/$batch",
            headers: DataverseConnector.headers + [
                HTTPHeader("Content-Type", MultipartWriter.contentType),
                HTTPHeader("Prefer", "odata.continue-on-error"),
            ],
            body: body
        )
    }

    /// The responses in their order; nil when the answer is no such batch.
    private func decodedParts(
        _ answer: HTTPResponseMessage,
        _ shape: TableShape
    ) -> (parts: [DecodedPart?], isWhole: Bool)? {
        guard let multipart = MultipartAnswer(answer.body, contentType: answer.header("Content-Type")) else {
            return nil
        }
        let rowShape = RowShape(shape)
        let parts = multipart.parts.map { part -> DecodedPart? in
            guard part.status > 0 else { return nil }
            var decoded = DecodedPart(status: part.status)
            if !part.body.isEmpty {
                answer.body.withUnsafeBytes { bytes in
                    let slice = UnsafeRawBufferPointer(rebasing: bytes[part.body])
                    let spare = bytes.count - part.body.upperBound
                    if let object = try? client.decoder.object(slice, spare: spare, shape: rowShape) {
                        decoded = object
                    }
                }
                decoded.status = part.status
            }
            decoded.retryAfter = part.headers["retry-after"]
            return decoded
        }
        return (parts, multipart.isWhole)
    }
}
