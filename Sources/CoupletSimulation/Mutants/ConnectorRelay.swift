import CoupletCore
import CoupletPorts

/// A connector that passes everything on, but for what a defect is about.
struct ConnectorRelay: Connector {
    let connector: any Connector
    /// What is sent in place of a batch; nil for the batch itself.
    var writing: (@Sendable ([WritePart], TableShape, any Connector) async -> [WritePart])?
    /// What is reported in place of a batch's outcomes.
    var written: (@Sendable ([WritePart], BatchResult, TableShape, any Connector) async -> BatchResult)?
    /// What is reported in place of a page.
    var reading: (@Sendable (ReadRequest, ReadPage, TableShape) -> ReadPage)?
    /// What is reported in place of a read that failed; nil to fail.
    var failing: (@Sendable (ReadRequest, ConnectorError, TableShape) -> ReadPage?)?
    /// What is reported in place of records that were asked for by id.
    var fetched: (@Sendable ([RecordID], [FetchedRecord]) -> [FetchedRecord])?

    init(_ connector: any Connector) { self.connector = connector }

    var capabilities: ConnectorCapabilities { connector.capabilities }
    var requestCount: Int { connector.requestCount }

    func changesDefinitions(in table: String) -> Bool { connector.changesDefinitions(in: table) }

    func test(tables: [TableShape]) async throws(ConnectorError) -> ConnectionReport {
        try await connector.test(tables: tables)
    }

    func describe(_ table: String) async throws(ConnectorError) -> TableDescription {
        try await connector.describe(table)
    }

    func describe(_ table: String, with others: [String]) async throws(ConnectorError) -> [TableDescription] {
        try await connector.describe(table, with: others)
    }

    func read(_ request: ReadRequest, of shape: TableShape) async throws(ConnectorError) -> ReadPage {
        do {
            let page = try await connector.read(request, of: shape)
            return reading?(request, page, shape) ?? page
        } catch {
            guard let page = failing?(request, error, shape) else { throw error }
            return page
        }
    }

    func fetch(_ ids: [RecordID], of shape: TableShape) async throws(ConnectorError) -> [FetchedRecord] {
        let records = try await connector.fetch(ids, of: shape)
        return fetched?(ids, records) ?? records
    }

    func write(_ parts: [WritePart], to shape: TableShape) async throws(ConnectorError) -> BatchResult {
        let sent = await writing?(parts, shape, connector) ?? parts
        let result = try await connector.write(sent, to: shape)
        return await written?(sent, result, shape, connector) ?? result
    }

    func find(
        _ values: [WritePart.Field],
        changedSince since: Instant?,
        of shape: TableShape
    ) async throws(ConnectorError) -> RowPage {
        try await connector.find(values, changedSince: since, of: shape)
    }
}
