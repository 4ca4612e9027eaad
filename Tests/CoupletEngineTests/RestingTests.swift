import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Couplings with nothing to do")
struct RestingTests {
    /// How many couplings of customers the next cycle would look at.
    private func pending(_ world: World) async throws -> Int {
        try await world.store.read { transaction in
            let feeds = BySide(
                erp: try transaction.feed(connection: "bc", table: "customers")?.id ?? 0,
                crm: try transaction.feed(connection: "crm", table: "accounts")?.id ?? 0
            )
            return try transaction.couplingStates(
                mapping: "CUSTOMER",
                feeds: feeds,
                scope: .pending,
                now: Instant(milliseconds: .max / 2),
                after: 0,
                limit: 1000
            ).count
        }
    }

    private func coupled() async throws -> World {
        var options = World.Options()
        options.mappings = nil
        let world = try await World(seed: GeneratedCompany(records: 20).seed, options: options)
        try await NorthwindMappingTests.setUp(world)
        try await world.synchronize()
        return world
    }

    @Test func `an optional reference that waits is looked at again when what it names is coupled`() async throws {
        let world = try await coupled()
        let franc = "00000000-0000-4000-8000-0000000000f1"
        world.edit(.erp, "currencies", ["id": .string(franc), "code": .string("CHF"), "displayName": .string("Franc")])
        let customers = world.rows(.erp, "customers").prefix(5)
        world.edit(
            .erp,
            "customers",
            rows: customers.map {
                .members([
                    "id": .string($0.text("id")), "currencyCode": .string("CHF"), "currencyId": .string(franc),
                ])
            }
        )
        try await world.synchronize()
        try await world.synchronize()
        #expect(try await pending(world) == 0)
        world.edit(
            .crm,
            "transactioncurrencies",
            [
                "transactioncurrencyid": .string(franc), "isocurrencycode": .string("CHF"),
                "currencyname": .string("Franc"), "currencysymbol": .string("Fr."), "exchangerate": .number("0.9"),
            ]
        )
        try await world.perform(MatchRecords(mapping: "CURRENCY", synchronization: .to))
        try await world.synchronize()
        let accounts = world.rows(.crm, "accounts").filter { $0.text("_transactioncurrencyid_value") == franc }
        #expect(Set(accounts.map { $0.text("accountnumber") }) == Set(customers.map { $0.text("number") }))
        try await world.synchronize()
        #expect(try await pending(world) == 0)
    }

    @Test func `drift is looked at once, and put back when its source changes`() async throws {
        let world = try await coupled()
        let customer = try #require(world.rows(.erp, "customers").first)
        let number = customer.text("number")
        let account = try #require(world.row(.crm, "accounts", where: "accountnumber", is: number))
        let id = account.text("accountid")
        world.edit(.crm, "accounts", ["accountid": .string(id), "creditlimit": .number("1")])
        try await world.synchronize()
        #expect(try await pending(world) == 0)
        #expect(try limit(of: id, world) == 1)
        world.edit(.erp, "customers", ["id": .string(customer.text("id")), "creditLimit": .number("777")])
        try await world.synchronize()
        #expect(try limit(of: id, world) == 777)
    }

    private func limit(of account: String, _ world: World) throws -> Double? {
        let row = try #require(world.row(.crm, "accounts", where: "accountid", is: account))
        return Double(row["creditlimit"]?.number ?? "")
    }
}
