/// A stand-in of a Dataverse environment's Web API: accounts, users, currencies, change tracking and batches.
///
/// It is not the real service. Where the service's documents leave something open, the choice is described at the
/// function that makes it.
package struct DataverseSandbox: SandboxMachine {
    package var desk: SandboxDesk
    /// The records.
    var store: DataverseStore
    /// What the environment began with, for a reset.
    private let seed: [SeedTable]
    private let randomSeed: UInt64
    /// Versions up to this one belong to the beginning or to before the last reset; no delta token is older.
    private(set) var firstTrackedVersion: Int64 = 0
    /// How many requests were refused for their number, to take turns among the reasons.
    private var refusals = 0
    /// When the present window of rate limits began, and how many requests it has seen.
    private var window = (start: SandboxInstant(milliseconds: 0), requests: 0)

    /// Creates an environment.
    /// - Parameters:
    ///   - seed: the records it begins with; tables of other names are left out.
    ///   - authority: the token endpoint.
    ///   - randomSeed: the same one gives the same identifiers.
    ///   - now: when the records are said to be created, where they do not say so themselves.
    package init(seed: [SeedTable] = [], authority: TokenAuthority, randomSeed: UInt64 = 1, now: SandboxInstant) {
        self.seed = seed
        self.randomSeed = randomSeed
        desk = SandboxDesk(authority: authority, seed: randomSeed, version: 1_000_000)
        store = DataverseStore(generator: &desk.generator)
        load(at: now)
    }

    package mutating func reseed(at now: SandboxInstant) {
        // Versions go on from where they were, so that an old token is recognized and refused.
        desk.generator = SandboxGenerator(seed: randomSeed)
        store = DataverseStore(generator: &desk.generator)
        load(at: now)
    }

    private mutating func load(at now: SandboxInstant) {
        firstTrackedVersion = desk.nextVersion()
        addApplicationUser(at: now)
        let order = ["transactioncurrencies", "systemusers"]
        let tables = seed.enumerated().sorted { left, right in
            let (one, two) = (
                order.firstIndex(of: left.element.entitySet), order.firstIndex(of: right.element.entitySet)
            )
            return (one ?? order.count, left.offset) < (two ?? order.count, right.offset)
        }
        for (_, seedTable) in tables {
            guard let table = DataverseStore.tablesBySet[seedTable.entitySet] else { continue }
            var warnings: Set<String> = []
            for index in 0..<seedTable.count {
                put(seedTable.row(index), table: table, at: now, warnings: &warnings)
            }
        }
        chooseBaseCurrency(at: now)
    }

    /// The base currency is the first one, or US dollars where there is none.
    private mutating func chooseBaseCurrency(at now: SandboxInstant) {
        if let first = store["transactioncurrency"].ids.first {
            store.baseCurrency = first
            return
        }
        var warnings: Set<String> = []
        let dollar = SandboxJSON.members([
            "transactioncurrencyid": .string(store.baseCurrency.description), "isocurrencycode": .string("USD"),
            "currencyname": .string("US Dollar"), "currencysymbol": .string("$"), "exchangerate": .number("1"),
        ])
        put(dollar, table: .transactionCurrency, at: now, warnings: &warnings)
    }

    /// The user behind the API is an application: not licensed, and never a person's counterpart.
    private mutating func addApplicationUser(at now: SandboxInstant) {
        var warnings: Set<String> = []
        let user = SandboxJSON.members([
            "systemuserid": .string(store.caller.description), "fullname": .string("# Couplet sandbox application"),
            "firstname": .string("#"), "lastname": .string("Couplet sandbox application"),
            "domainname": .string("application@sandbox.example"), "isintegrationuser": .boolean(true),
            "islicensed": .boolean(false), "isdisabled": .boolean(false), "accessmode": .number("4"),
            "applicationid": .string(store.organization.description),
        ])
        put(user, table: .systemUser, at: now, warnings: &warnings)
    }

    /// Counts a request in the window of rate limits; what remains of it.
    mutating func countRequest(at now: SandboxInstant) -> Int {
        if now.milliseconds - window.start.milliseconds >= 300_000 { window = (now, 0) }
        window.requests += 1
        return max(0, 6_000 - window.requests)
    }

    /// Which of the three limits a refusal names; they take turns.
    mutating func nextLimit() -> Int {
        refusals += 1
        return (refusals - 1) % 3
    }
}
