package import CoupletCore
package import CoupletPorts

extension DataverseConnector {
    /// Whether the pages of a read lead to a delta token.
    private enum Tracking: Character {
        case tracked = "t"
        case untracked = "u"
    }

    /// Reads one page.
    package func read(_ request: ReadRequest, of shape: TableShape) async throws(ConnectorError) -> ReadPage {
        if let column = ChoiceColumn(shape.table) { return try await choicePage(of: column, shape) }
        let select = (name: "$select", value: DataverseConnector.select(shape))
        switch request {
        case .everything:
            return try await page(address(shape, [select]), .tracked, shape)
        case .matching(let filter):
            // Pages are no snapshot: without an order of its own a row could fall between two of them.
            var options = [select, (name: "$orderby", value: shape.idField)]
            if let text = ODataFilter(filter, .dataverse).text { options.insert(("$filter", text), at: 0) }
            return try await page(address(shape, options), .untracked, shape)
        case .changes(let checkpoint):
            guard let token = DeltaToken(checkpoint: checkpoint) else {
                throw client.wrong(.checkpointExpired, shape.table, Detail.text("detail.foreignCheckpoint"))
            }
            let url = address(shape, [select]) + "&" + token.option
            return try await page(url, .tracked, shape, isFromToken: true)
        case .more(let next):
            guard let tracking = next.first.flatMap({ Tracking(rawValue: $0) }) else {
                throw client.wrong(.protocolViolation, shape.table, Detail.text("detail.pageWithoutAddress"))
            }
            let link = String(next.dropFirst(2))
            guard client.address.isOrigin(of: link) else {
                throw client.wrong(.protocolViolation, shape.table, Detail.text("detail.foreignPage"))
            }
            return try await page(link, tracking, shape)
        }
    }

    private func address(_ shape: TableShape, _ options: [(name: String, value: String)]) -> String {
        client.address.root + "/" + RemoteAddress.query(shape.table, options)
    }

    private func page(
        _ url: String,
        _ tracking: Tracking,
        _ shape: TableShape,
        isFromToken: Bool = false
    ) async throws(ConnectorError) -> ReadPage {
        var preferences = "odata.maxpagesize=\(settings.pageSize)"
        if tracking == .tracked { preferences = "odata.track-changes," + preferences }
        if let annotations = DataverseConnector.annotations(shape) { preferences += "," + annotations }
        let request = ODataRequest(url: url, headers: DataverseConnector.headers + [HTTPHeader("Prefer", preferences)])
        let answer = try await client.read(request, table: shape.table)
        guard answer.status == 200 else {
            if isFromToken, saysExpired(answer) {
                throw client.wrong(.checkpointExpired, shape.table, client.describe(answer))
            }
            throw client.failure(answer, table: shape.table)
        }
        let decoded: DecodedPage
        do throws(DecodeError) {
            decoded = try client.decoder.page(answer.body, shape: RowShape(shape))
        } catch {
            throw client.failure(error, answer, table: shape.table)
        }
        var checkpoint: String?
        if tracking == .tracked, decoded.nextLink == nil {
            guard let token = decoded.deltaLink.flatMap({ DeltaToken(link: $0) }) else {
                throw client.wrong(.protocolViolation, shape.table, Detail.text("detail.noChangeTracking"))
            }
            checkpoint = token.checkpoint
        }
        let next = decoded.nextLink.map { "\(tracking.rawValue) \($0)" }
        return ReadPage(rows: decoded.rows, next: next, checkpoint: checkpoint)
    }

    /// Whether a refused delta token is too old: its own error code, or a message about the token.
    private func saysExpired(_ answer: HTTPResponseMessage) -> Bool {
        if answer.status == 410 { return true }
        guard answer.status == 400 || answer.status == 404 || answer.status == 412,
            let error = client.odataError(in: answer)
        else { return false }
        let message = error.message.lowercased()
        return error.code == "0x80044352" || message.contains("version stamp") || message.contains("deltatoken")
            || message.contains("delta token") || message.contains("expired")
    }

    /// Reads the records whose fields have certain values and that changed since a time.
    package func find(
        _ values: [WritePart.Field],
        changedSince since: Instant?,
        of shape: TableShape
    ) async throws(ConnectorError) -> RowPage {
        if let column = ChoiceColumn(shape.table) {
            var found = RowPage(layout: shape.layout)
            FindFilter.append(try await choices(of: column, shape), to: &found, where: values)
            return found
        }
        var filters = try FindFilter.texts(values, .dataverse, client: client, table: shape.table)
        if let since {
            filters.append("\(shape.modifiedField ?? "modifiedon") ge \(ODataLiteral.time(since, .dataverse))")
        }
        let options = [
            (name: "$filter", value: filters.joined(separator: " and ")),
            (name: "$select", value: DataverseConnector.select(shape)),
            (name: "$orderby", value: shape.idField),
        ]
        var page = try await page(
            address(shape, filters.isEmpty ? Array(options.dropFirst()) : options),
            .untracked,
            shape
        )
        var found = RowPage(layout: shape.layout)
        while true {
            FindFilter.append(page.rows, to: &found, where: values)
            guard let next = page.next else { return found }
            page = try await read(.more(next: next), of: shape)
        }
    }
}

/// A delta token as it stands in a link; kept without the link, which would be tied to the fields asked for then.
struct DeltaToken: Hashable {
    private static let mark = "$deltatoken="
    private static let escapedMark = "%24deltatoken="
    private let escaped: String

    /// The token of a delta link.
    init?(link: String) {
        guard let query = link.firstIndex(of: "?") else { return nil }
        for option in link[link.index(after: query)...].split(separator: "&") {
            for mark in [DeltaToken.mark, DeltaToken.escapedMark] where option.lowercased().hasPrefix(mark.lowercased())
            {
                escaped = String(option.dropFirst(mark.count))
                if escaped.isEmpty { return nil }
                return
            }
        }
        return nil
    }

    /// The token of a stored checkpoint.
    init?(checkpoint: String) {
        guard checkpoint.hasPrefix("deltatoken=") else { return nil }
        escaped = String(checkpoint.dropFirst(11))
        let isPlain = escaped.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "&") }
        if escaped.isEmpty || !isPlain { return nil }
    }

    /// What is stored.
    var checkpoint: String { "deltatoken=" + escaped }
    /// What is sent.
    var option: String { DeltaToken.mark + escaped }
}
