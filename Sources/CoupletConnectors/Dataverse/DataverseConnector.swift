import CoupletCore
package import CoupletPorts

/// One environment of Dataverse, over its Web API v9.2.
package final class DataverseConnector: Connector {
    /// What can be set about the connector besides the connection.
    package struct Settings: Sendable, Hashable {
        /// The most requests under way at a time.
        package var concurrency: Int
        /// The most rows on one page.
        package var pageSize: Int

        /// Creates settings.
        package init(concurrency: Int = 8, pageSize: Int = 5000) {
            self.concurrency = concurrency
            self.pageSize = pageSize
        }
    }

    /// The most parts in one batch.
    static let batchSize = 1000

    /// What the connector can do.
    package let capabilities: ConnectorCapabilities
    let client: ODataClient
    let settings: Settings
    /// The connection's own pattern for addresses of records; nil for the usual one.
    let recordURL: String?

    /// Creates a connector without asking the service anything; nil when the address is none.
    package init?(
        connection: StoredConnection,
        secret: Secret,
        transport: any HTTPTransport,
        clock: any EngineClock,
        settings: Settings = Settings()
    ) {
        guard let address = RemoteAddress(connection.url, apiPath: "/api/data/v9.2") else { return nil }
        let decoder = PageDecoder()
        let tokens = TokenSource(
            settings: connection,
            secret: secret,
            scope: address.origin + "/.default",
            transport: transport,
            clock: clock,
            decoder: decoder
        )
        client = ODataClient(
            connection: connection.name,
            address: address,
            transport: transport,
            clock: clock,
            tokens: tokens,
            decoder: decoder,
            concurrency: settings.concurrency
        )
        self.settings = settings
        recordURL = connection.recordURL
        capabilities = ConnectorCapabilities(
            takesOurIDs: true,
            maximumBatch: DataverseConnector.batchSize,
            maximumPage: settings.pageSize,
            maximumConcurrency: settings.concurrency,
            reportsDeletions: true,
            operationLimitSeconds: connection.operationLimitSeconds
        )
    }

    /// How many requests were sent, tokens not counted.
    package var requestCount: Int { client.requestCount }

    /// The fields to ask for: the layout's without annotations, which come with their field, and the id.
    static func select(_ shape: TableShape) -> String {
        let fields = shape.layout.fields.filter { !$0.isAnnotation }
        return (fields.contains(shape.idField) ? fields : [shape.idField] + fields).joined(separator: ",")
    }

    /// What to ask for besides values, as a preference; nil when nothing is.
    static func annotations(_ shape: TableShape) -> String? {
        let names = Set(shape.layout.fields.map(\.annotationName)).subtracting([""]).sorted()
        return names.isEmpty ? nil : "odata.include-annotations=\"\(names.joined(separator: ","))\""
    }

    static let headers = [
        HTTPHeader("Accept", "application/json"),
        HTTPHeader("OData-MaxVersion", "4.0"),
        HTTPHeader("OData-Version", "4.0"),
    ]

    /// Signs in and reads one row of each table.
    package func test(tables: [TableShape]) async throws(ConnectorError) -> ConnectionReport {
        try await client.signIn()
        let whoAmI = try await client.document("WhoAmI", fields: ["OrganizationId"])
        guard let organization = whoAmI.first, organization != nil else {
            throw client.wrong(.protocolViolation, nil, Detail.text("detail.noCaller"))
        }
        for shape in tables {
            if let column = ChoiceColumn(shape.table) {
                _ = try await choices(of: column, shape)
                continue
            }
            let url =
                client.address.root + "/"
                + RemoteAddress.query(shape.table, [("$select", DataverseConnector.select(shape))])
            try await client.probe(url, shape, RowShape(shape))
        }
        return ConnectionReport(
            name: client.address.host,
            readableTables: tables.map(\.table),
            clockAheadSeconds: client.clockAheadSeconds
        )
    }
}
