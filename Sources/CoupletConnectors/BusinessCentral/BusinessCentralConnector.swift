import CoupletCore
package import CoupletPorts

/// One company of Business Central, over its API v2.0.
package final class BusinessCentralConnector: Connector {
    /// What can be set about the connector besides the connection.
    package struct Settings: Sendable, Hashable {
        /// How many seconds before the server's own time the next incremental read begins: what is committed late, or
        /// stamped by another server of the service, is read again rather than missed.
        package var overlapSeconds: Double
        /// The most rows on one page.
        package var pageSize: Int

        /// Creates settings.
        package init(overlapSeconds: Double = 60, pageSize: Int = 20_000) {
            self.overlapSeconds = overlapSeconds
            self.pageSize = pageSize
        }
    }

    /// The most requests the service works on at a time for one user.
    static let concurrency = 5
    /// The most parts in one batch.
    static let batchSize = 100

    /// What the connector can do.
    package let capabilities: ConnectorCapabilities
    let client: ODataClient
    let settings: Settings
    /// The connection's own pattern for addresses of records; nil for the usual one.
    let recordURL: String?
    /// The company's path below the API's root; nil when none was chosen.
    let company: RecordID?

    /// Creates a connector without asking the service anything; nil when the address is none.
    package init?(
        connection: StoredConnection,
        secret: Secret,
        transport: any HTTPTransport,
        clock: any EngineClock,
        settings: Settings = Settings()
    ) {
        guard let address = RemoteAddress(connection.url, apiPath: BusinessCentralConnector.standardAPI) else {
            return nil
        }
        let decoder = PageDecoder()
        let tokens = TokenSource(
            settings: connection,
            secret: secret,
            scope: "https://api.businesscentral.dynamics.com/.default",
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
            concurrency: BusinessCentralConnector.concurrency
        )
        self.settings = settings
        recordURL = connection.recordURL
        company = connection.company.flatMap { RecordID($0) }
        capabilities = ConnectorCapabilities(
            takesOurIDs: false,
            maximumBatch: BusinessCentralConnector.batchSize,
            maximumPage: settings.pageSize,
            maximumConcurrency: BusinessCentralConnector.concurrency,
            reportsDeletions: false,
            operationLimitSeconds: connection.operationLimitSeconds
        )
    }

    /// How many requests were sent, tokens not counted.
    package var requestCount: Int { client.requestCount }

    /// The path of a table below the root of its API.
    func path(of table: String) throws(ConnectorError) -> String {
        guard let company else { throw client.wrong(.notFound, table, Detail.text("detail.noCompanyChosen")) }
        return "companies(\(company))/\(BusinessCentralConnector.entitySet(of: table))"
    }

    /// The entity set of a table: what stands behind the route of its API, where it has another one.
    static func entitySet(of table: String) -> Substring {
        table[(table.lastIndex(of: "/").map(table.index(after:)) ?? table.startIndex)...]
    }

    /// Where the API of a table begins: `publisher/group/version/things` is a page of an API of one's own.
    func root(of table: String) -> String {
        let standard = BusinessCentralConnector.standardAPI
        let address = client.address
        guard let end = table.lastIndex(of: "/"), address.path.lowercased().hasSuffix(standard) else {
            return address.root
        }
        return address.origin + address.path.dropLast(standard.count) + "/api/" + table[..<end]
    }

    static let standardAPI = "/api/v2.0"

    func rowShape(_ shape: TableShape) -> RowShape {
        RowShape(shape, optionFields: BusinessCentralOptions.fields(of: shape.table))
    }

    /// The fields to ask for: the layout's, and the id.
    static func select(_ shape: TableShape) -> String {
        let fields = shape.layout.fields
        return (fields.contains(shape.idField) ? fields : [shape.idField] + fields).joined(separator: ",")
    }

    static let accept = HTTPHeader("Accept", "application/json")

    func pageHeaders(_ size: Int) -> [HTTPHeader] {
        [BusinessCentralConnector.accept, HTTPHeader("Prefer", "odata.maxpagesize=\(size)")]
    }
}

/// The properties whose values are names of options, where the answer alone does not tell.
enum BusinessCentralOptions {
    private static let byTable: [String: Set<String>] = [
        "customers": ["type", "blocked"],
        "vendors": ["blocked"],
        "contacts": ["type", "contactBusinessRelation"],
        "items": ["type"],
    ]

    static func fields(of table: String) -> Set<String> { byTable[table] ?? [] }
}
