package import CoupletCore
package import CoupletPorts

extension BusinessCentralConnector {
    /// Reads one page.
    package func read(_ request: ReadRequest, of shape: TableShape) async throws(ConnectorError) -> ReadPage {
        switch request {
        case .everything:
            return try await first(of: shape, filter: nil, tracks: true)
        case .matching(let filter):
            let text = ODataFilter(filter, .businessCentral).text
            return try await first(of: shape, filter: text, tracks: false)
        case .changes(let checkpoint):
            guard let checkpoint = ServerTimeCheckpoint(checkpoint) else {
                throw client.wrong(.checkpointExpired, shape.table, Detail.text("detail.foreignCheckpoint"))
            }
            let field = shape.modifiedField ?? "lastModifiedDateTime"
            let filter = "\(field) gt \(ODataLiteral.time(checkpoint.time, .businessCentral))"
            return try await first(of: shape, filter: filter, tracks: true)
        case .more(let next):
            guard let next = NextPage(next), client.address.isOrigin(of: next.link) else {
                throw client.wrong(.protocolViolation, shape.table, Detail.text("detail.foreignPage"))
            }
            return try await page(next.link, of: shape, started: next.started)
        }
    }

    /// Reads the first page; rows are ordered by id, because an order by time would move rows between pages.
    private func first(of shape: TableShape, filter: String?, tracks: Bool) async throws(ConnectorError) -> ReadPage {
        var options: [(name: String, value: String)] = []
        if let filter { options.append(("$filter", filter)) }
        options.append(("$select", BusinessCentralConnector.select(shape)))
        options.append(("$orderby", shape.idField))
        let path = try path(of: shape.table)
        let url = root(of: shape.table) + "/" + RemoteAddress.query(path, options)
        return try await page(url, of: shape, started: tracks ? .now : .untracked)
    }

    private func page(
        _ url: String,
        of shape: TableShape,
        started: NextPage.Started
    ) async throws(ConnectorError) -> ReadPage {
        let request = ODataRequest(url: url, headers: pageHeaders(settings.pageSize))
        let answer = try await client.read(request, table: shape.table)
        guard answer.status == 200 else { throw client.failure(answer, table: shape.table) }
        let decoded: DecodedPage
        do throws(DecodeError) {
            decoded = try client.decoder.page(answer.body, shape: rowShape(shape))
        } catch {
            throw client.failure(error, answer, table: shape.table)
        }
        var started = started
        if started == .now {
            // The service's clock before it looked at the first row: whatever is changed later is read next time.
            guard let time = answer.header("Date").flatMap({ HTTPDate.parse($0) }) else {
                throw client.wrong(.protocolViolation, shape.table, Detail.text("detail.noServerTime"))
            }
            started = .at(time)
        }
        let next = decoded.nextLink.map { NextPage(link: $0, started: started).text }
        var checkpoint: String?
        if next == nil, case .at(let time) = started {
            checkpoint = ServerTimeCheckpoint(serverTime: time, overlapSeconds: settings.overlapSeconds).text
        }
        return ReadPage(rows: decoded.rows, next: next, checkpoint: checkpoint)
    }

    /// Reads the records whose fields have certain values and that changed since a time.
    package func find(
        _ values: [WritePart.Field],
        changedSince since: Instant?,
        of shape: TableShape
    ) async throws(ConnectorError) -> RowPage {
        let modified = shape.modifiedField ?? "lastModifiedDateTime"
        var filters = try FindFilter.texts(values, .businessCentral, client: client, table: shape.table)
        if let since { filters.append("\(modified) ge \(ODataLiteral.time(since, .businessCentral))") }
        var page = try await first(of: shape, filter: filters.joined(separator: " and "), tracks: false)
        var found = RowPage(layout: shape.layout)
        while true {
            FindFilter.append(page.rows, to: &found, where: values)
            guard let next = page.next else { return found }
            page = try await read(.more(next: next), of: shape)
        }
    }
}

/// Where an incremental read begins: `time=2026-01-31T09:05:07.000Z;overlap=60`.
struct ServerTimeCheckpoint: Hashable {
    /// The server's time at the first page of the last pass, less the overlap.
    let time: Instant
    /// The seconds that were taken off.
    let overlapSeconds: Double

    init(serverTime: Instant, overlapSeconds: Double) {
        time = serverTime.advanced(bySeconds: -overlapSeconds)
        self.overlapSeconds = overlapSeconds
    }

    init?(_ text: String) {
        let parts = text.split(separator: ";")
        guard parts.count == 2, parts[0].hasPrefix("time="), parts[1].hasPrefix("overlap="),
            let time = Instant(iso8601: parts[0].dropFirst(5)), let overlap = Double(parts[1].dropFirst(8))
        else { return nil }
        self.time = time
        overlapSeconds = overlap
    }

    var text: String { "time=\(time);overlap=\(overlapSeconds)" }
}

/// The next page's address, and when the pass it belongs to began.
struct NextPage: Hashable {
    /// When the pass began, by the server's clock.
    enum Started: Hashable {
        /// With this very page.
        case now
        /// At a time.
        case at(Instant)
        /// Nobody will continue from it.
        case untracked
    }

    let link: String
    let started: Started

    init(link: String, started: Started) {
        self.link = link
        self.started = started
    }

    init?(_ text: String) {
        guard let space = text.firstIndex(of: " ") else { return nil }
        link = String(text[text.index(after: space)...])
        let mark = text[..<space]
        if mark == "-" {
            started = .untracked
        } else {
            guard let milliseconds = Int64(mark) else { return nil }
            started = .at(Instant(milliseconds: milliseconds))
        }
    }

    var text: String {
        switch started {
        case .at(let time): "\(time.milliseconds) \(link)"
        case .now, .untracked: "- \(link)"
        }
    }
}
