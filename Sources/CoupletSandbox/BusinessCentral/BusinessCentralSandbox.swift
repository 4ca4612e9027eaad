/// A stand-in of Business Central's API v2.0: companies with their customers, vendors, contacts, items and sales
/// documents, and the tables they refer to.
package struct BusinessCentralSandbox: SandboxMachine {
    /// How the stand-in is set up.
    package struct Options: Sendable {
        /// The client that may ask for tokens.
        package var clientID = "sandbox-client"
        /// Its secret.
        package var clientSecret = "sandbox-secret"
        /// How long a token is valid, in seconds.
        package var tokenLifetimeSeconds = 3_599
        /// The beginning of all ids, tags and tokens.
        package var randomSeed: UInt64 = 1
        /// The most rows of one page.
        package var largestPage = 20_000
        /// How long changes are collected before subscribers are told, in milliseconds.
        package var notificationDelayMilliseconds: Int64 = 30_000

        /// The usual set-up.
        package init() {}
    }

    struct TableKey: Hashable {
        let company: SandboxGUID
        let entitySet: String
    }

    package var desk: SandboxDesk
    /// What was left out of the seed, in words.
    package internal(set) var warnings: [String] = []
    let options: Options
    let seed: [SeedTable]
    var entities: [String: BusinessCentralEntity] = [:]
    /// Who points to the records of each entity.
    var followers: [String: [Follower]] = [:]
    /// The routes of all entities.
    var routes: [String] = []
    var companies = SandboxTable(schema: BusinessCentralEntity.companies.schema)
    /// The company that rows without one belong to.
    var mainCompany = SandboxGUID.zero
    var tables: [SandboxTable] = []
    var places: [TableKey: Int] = [:]
    /// Pictures by the record they belong to.
    var media: [MediaKey: Media] = [:]
    /// The last number given by each number series.
    var lastNumbers: [TableKey: Int] = [:]
    /// Who is told of changes.
    var subscriptions = SubscriptionDesk()

    /// Makes a stand-in that holds the seed's rows.
    /// - Parameters:
    ///   - seed: tables in the API's own property names.
    ///   - options: credentials, limits and the random seed.
    ///   - now: the time the seed's rows were written, where they do not say.
    package init(seed: [SeedTable], options: Options = Options(), at now: SandboxInstant) {
        self.seed = seed
        self.options = options
        desk = SandboxDesk(
            authority: TokenAuthority(
                clientID: options.clientID,
                clientSecret: options.clientSecret,
                lifetimeSeconds: options.tokenLifetimeSeconds,
                seed: options.randomSeed ^ 0x70C3
            ),
            limits: Self.documentedLimits,
            seed: options.randomSeed
        )
        load(at: now)
    }

    /// The id of the company that rows without one belong to.
    package var companyID: SandboxGUID { mainCompany }

    package mutating func respond(
        to request: SandboxRequest,
        faults: ActiveFaults,
        at now: SandboxInstant
    ) -> SandboxResponse {
        let verdict = faults.isTokenExpired ? .expired : desk.authority.verdict(on: request, at: now)
        guard verdict == .valid else { return failure(.badCredentials) }
        return perform(request, faults: faults, at: now)
    }

    package mutating func refusal(status: Int, request: SandboxRequest, at now: SandboxInstant) -> SandboxResponse {
        switch status {
        case 401: failure(.badCredentials)
        case 409: failure(.changedMeanwhile)
        case 408: failure(.operationTimeOut)
        case 429: failure(.tooManyRequests)
        case 502, 504: gatewayAnswer(status)
        case 503: failure(.unavailable)
        default:
            failure(
                BusinessCentralError(status, "Internal_ServerError", "An error occurred while processing your request.")
            )
        }
    }

    mutating func failure(_ error: BusinessCentralError, language: String = "") -> SandboxResponse {
        let message = "\(error.message(in: language))  CorrelationId:  \(desk.generator.guid())."
        let body = SandboxJSON.members([
            "error": .members(["code": .string(error.code), "message": .string(message)])
        ])
        var response = answer(error.status, body.bytes)
        response.isUnknownRequest = error.isUnknownRequest
        if error.status == 401 { response.headers["WWW-Authenticate"] = "Bearer" }
        return response
    }

    func answer(_ status: Int, _ body: [UInt8] = []) -> SandboxResponse {
        var response = SandboxResponse(status: status, headers: ["OData-Version": "4.0"], body: body)
        if !body.isEmpty {
            response.headers["Content-Type"] = "application/json; odata.metadata=minimal; odata.streaming=true"
        }
        return response
    }
}
