import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: coupling a record")
struct CouplingScenarioTests {
    private static let accounts = (1...2).map { "00000000-0000-4000-8000-00000000d00\($0)" }

    private func world() async throws -> World {
        let accounts = (1...2).map { number in
            Small.account(number, ["name": .string("Account \(number)"), "address1_city": .string("Ystad")])
        }
        let world = try await World(seed: Small.seed(accounts: accounts))
        try await world.coupleSalespeople()
        return world
    }

    private func couple(_ world: World, _ key: String, with: String?, _ choice: Side? = nil) async throws {
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: key, with: with, choice: choice))
    }

    /// What each customer is coupled with, by number.
    private func couplings(_ world: World) async throws -> [String: String] {
        let records = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .erp)).records
        var result: [String: String] = [:]
        for record in records {
            if let key = record.key, let other = record.coupledTo { result[key] = "\(other)".lowercased() }
        }
        return result
    }

    @Test("S0062 A record of the CRM leads to the ERP's record once they are coupled, and to none before")
    func lookUp() async throws {
        let world = try await world()
        let key = "crm:" + Self.accounts[0]
        #expect(try await world.explain(key).state == .uncoupled)
        #expect(try await couplings(world).isEmpty)
        try await couple(world, "C-001", with: Self.accounts[0])
        #expect(try await world.explain(key).state == .uncompared)
        // S0153: once coupled, the CRM's id leads to the customer.
        let found = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .crm)).records
        let other = try #require(found.first { "\($0.id)".lowercased() == Self.accounts[0] }?.coupledTo)
        #expect("\(other)".lowercased() == Small.customers[0])
    }

    @Test("S0064 A salesperson coupled with a user takes the user's name where the CRM's values stand")
    func salesperson() async throws {
        let world = try await World(seed: Small.seed())
        let users = world.rows(.crm, "systemusers").map { String(decoding: $0.bytes, as: UTF8.self) }
        try await world.perform(
            CoupleRecords(mapping: "SALESPEOPLE", key: "SP-00007", with: Small.users[1], choice: .crm)
        )
        let person = try #require(world.row(.erp, "salespeoplePurchasers", where: "code", is: "SP-00007"))
        #expect(person.text("displayName") == "Bo Two")
        #expect(world.rows(.crm, "systemusers").map { String(decoding: $0.bytes, as: UTF8.self) } == users)
    }

    @Test("S0085 A coupling that is shown and then rejected leaves both records alone")
    func rejected() async throws {
        let world = try await world()
        let content = world.content
        let shown = try await world.perform(
            CoupleRecords(
                mapping: "CUSTOMER",
                key: "C-001",
                with: Self.accounts[0],
                choice: .erp,
                isPreview: true
            )
        )
        try await world.perform(RejectPlan(plan: try #require(shown.plan).id))
        #expect(try await couplings(world).isEmpty)
        #expect(world.content == content)
    }

    @Test("S0134 A table without a mapping is named as such")
    func noMapping() async throws {
        let world = try await world()
        let found = try await code {
            try await world.perform(CoupleRecords(mapping: "NOTHING", key: "1", with: nil, choice: nil))
        }
        #expect(found == "mapping.unknown")
    }

    @Test("S0150 A coupled record does not get another counterpart made")
    func createForCoupled() async throws {
        let world = try await world()
        try await couple(world, "C-001", with: Self.accounts[0])
        let content = world.content
        // S0112: asking for a new one does not forget the one that is there.
        let found = try await code { try await couple(world, "C-001", with: nil) }
        #expect(found == "couple.alreadyCoupled")
        #expect(world.content == content)
        #expect(try await couplings(world) == ["C-001": Self.accounts[0]])
    }

    @Test("S0155 Coupling from the CRM's side makes one coupling")
    func fromCRM() async throws {
        let world = try await world()
        try await couple(world, "crm:" + Self.accounts[1], with: "C-002")
        #expect(try await couplings(world) == ["C-002": Self.accounts[1]])
    }

    @Test("S0156 Coupling from the CRM's side with a coupled record is refused, and the coupling stays")
    func coupledRecord() async throws {
        let world = try await world()
        try await couple(world, "C-001", with: Self.accounts[0])
        let found = try await code { try await couple(world, "crm:" + Self.accounts[1], with: "C-001") }
        #expect(found == "couple.alreadyCoupled")
        #expect(try await couplings(world) == ["C-001": Self.accounts[0]])
    }

    @Test("S0161 Coupling with a record that another one has is refused, and both couplings stay")
    func takenRecord() async throws {
        let world = try await world()
        try await couple(world, "C-001", with: Self.accounts[0])
        try await couple(world, "C-002", with: Self.accounts[1])
        let found = try await code { try await couple(world, "C-002", with: Self.accounts[0]) }
        #expect(found == "couple.alreadyCoupled")
        #expect(try await couplings(world) == ["C-001": Self.accounts[0], "C-002": Self.accounts[1]])
    }
}
