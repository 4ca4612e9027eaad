/// A stand-in of a Dataverse environment's Web API: records and their definitions, queries, change tracking, batches.
///
/// It is not the real service. Where the service's documents leave something open, the choice is described at the
/// function that makes it.
package struct DataverseSandbox: SandboxMachine {
    /// How the stand-in is set up.
    package struct Options: Sendable {
        /// The client that may ask for tokens.
        package var clientID = "sandbox-client"
        /// Its secret.
        package var clientSecret = "sandbox-secret"
        /// How long a token is valid, in seconds.
        package var tokenLifetimeSeconds = 3_599
        /// The beginning of all identifiers and tokens.
        package var randomSeed: UInt64 = 2
        /// The most records of one page, which is also the page of a request that asks for none.
        package var largestPage = 5_000

        /// The usual set-up.
        package init() {}
    }

    package var desk: SandboxDesk
    /// What was left out of the seed, in words.
    package private(set) var warnings: [String] = []
    let options: Options
    /// The records.
    var store: DataverseStore
    /// What the environment began with, for a reset.
    private let seed: [SeedTable]
    /// Versions up to this one belong to the beginning or to before the last reset; no delta token is older.
    private(set) var firstTrackedVersion: Int64 = 0
    /// How many requests were refused for their number, to take turns among the reasons.
    private var refusals = 0

    /// Makes a stand-in that holds the seed's records.
    /// - Parameters:
    ///   - seed: tables in the API's own property names; those this stand-in does not have are left out.
    ///   - options: credentials, limits and the random seed.
    ///   - now: when the records were created, where they do not say.
    package init(seed: [SeedTable], options: Options = Options(), at now: SandboxInstant) {
        self.seed = seed
        self.options = options
        desk = SandboxDesk(
            authority: TokenAuthority(
                clientID: options.clientID,
                clientSecret: options.clientSecret,
                lifetimeSeconds: options.tokenLifetimeSeconds,
                seed: options.randomSeed ^ 0xD7A5
            ),
            limits: Self.documentedLimits,
            seed: options.randomSeed,
            version: 1_000_000
        )
        store = DataverseStore(generator: &desk.generator)
        load(at: now)
    }

    /// Lets every delta token that was given out so far count as expired.
    package mutating func expireDeltaTokens() { firstTrackedVersion = desk.nextVersion() }

    package mutating func reseed(at now: SandboxInstant) {
        // Versions go on from where they were, so that an old token is recognized and refused.
        desk.generator = SandboxGenerator(seed: options.randomSeed)
        store = DataverseStore(generator: &desk.generator)
        load(at: now)
    }

    private mutating func load(at now: SandboxInstant) {
        firstTrackedVersion = desk.nextVersion()
        loadDefinitions()
        addOrganization(at: now)
        let order = ["transactioncurrencies", "businessunits", "systemusers", "teams"]
        let tables = seed.enumerated().sorted { left, right in
            let (one, two) = (
                order.firstIndex(of: left.element.entitySet), order.firstIndex(of: right.element.entitySet)
            )
            return (one ?? order.count, left.offset) < (two ?? order.count, right.offset)
        }
        var warnings = Set(self.warnings)
        for (_, seedTable) in tables where seedTable.entitySet != Self.definitions {
            guard let table = store.schema.table(set: seedTable.entitySet) else {
                warnings.insert("\(seedTable.entitySet): there is no such table.")
                continue
            }
            for index in 0..<seedTable.count {
                put(seedTable.row(index), table: table, at: now, warnings: &warnings)
            }
        }
        self.warnings = warnings.sorted()
        chooseBaseCurrency(at: now)
    }

    /// The base currency is the first one, or US dollars where there is none.
    private mutating func chooseBaseCurrency(at now: SandboxInstant) {
        if let first = store["transactioncurrency"].ids.first {
            store.baseCurrency = first
            return
        }
        let dollar = SandboxJSON.members([
            "transactioncurrencyid": .string(store.baseCurrency.description), "isocurrencycode": .string("USD"),
            "currencyname": .string("US Dollar"), "currencysymbol": .string("$"), "exchangerate": .number("1"),
        ])
        put(dollar, "transactioncurrency", at: now)
    }

    /// The name under which a seed holds definitions of tables.
    static let definitions = "EntityDefinitions"

    /// Adds the tables that the seed defines: rows of `{"Definition": ["table …", "…"]}`.
    private mutating func loadDefinitions() {
        var warnings: [String] = []
        for seedTable in seed where seedTable.entitySet == Self.definitions {
            for index in 0..<seedTable.count {
                let lines = seedTable.row(index)["Definition"]?.array?.compactMap(\.string) ?? []
                do throws(DataverseDefinitionError) {
                    store.schema.add(try DataverseDefinition(lines, schema: store.schema))
                } catch {
                    warnings.append("\(Self.definitions): \(error.message)")
                }
            }
        }
        self.warnings = warnings
    }

    private mutating func put(_ json: SandboxJSON, _ table: String, at now: SandboxInstant) {
        guard let table = store.schema.table(table) else { return }
        var warnings: Set<String> = []
        put(json, table: table, at: now, warnings: &warnings)
    }

    /// The environment, its root business unit, and the user behind the API.
    ///
    /// That user is an application: not licensed, and never a person's counterpart.
    private mutating func addOrganization(at now: SandboxInstant) {
        let organization = SandboxJSON.members([
            "organizationid": .string(store.organization.description), "name": .string("Couplet sandbox"),
        ])
        put(organization, "organization", at: now)
        let unit = SandboxJSON.members([
            "businessunitid": .string(store.businessUnit.description), "name": .string("Couplet sandbox"),
            "_organizationid_value": .string(store.organization.description),
        ])
        put(unit, "businessunit", at: now)
        let user = SandboxJSON.members([
            "systemuserid": .string(store.caller.description), "fullname": .string("# Couplet sandbox application"),
            "firstname": .string("#"), "lastname": .string("Couplet sandbox application"),
            "domainname": .string("application@sandbox.example"), "isintegrationuser": .boolean(true),
            "islicensed": .boolean(false), "isdisabled": .boolean(false), "accessmode": .number("4"),
            "applicationid": .string(store.organization.description),
        ])
        put(user, "systemuser", at: now)
    }

    /// Which of the three limits a refusal names; they take turns.
    mutating func nextLimit() -> ThrottleReason {
        refusals += 1
        return [.requests, .executionTime, .concurrency][(refusals - 1) % 3]
    }
}
