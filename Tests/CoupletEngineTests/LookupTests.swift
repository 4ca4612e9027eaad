import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Synchronization
import Testing

@Suite("Rules that look texts up in a table")
struct LookupTests {
    private static func chain(_ missing: FieldLookup.Missing, by key: String = "code") -> [TransformationRule] {
        [
            .trim,
            .lookup(
                FieldLookup(
                    side: .erp,
                    table: "salespeoplePurchasers",
                    idField: "id",
                    keyField: key,
                    valueField: "displayName",
                    missing: missing
                )
            ),
        ]
    }

    /// Customers whose city is the code of a person, whose name the account's description shall say.
    private static func world(_ missing: FieldLookup.Missing, by key: String = "code") async throws -> World {
        let world = try await Small.coupled()
        var customers = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        customers.fields.append(
            FieldMapping(
                erp: FieldMapping.Field("website", .text(maximum: 80)),
                crm: FieldMapping.Field("description", .text(maximum: 2000)),
                direction: .toIntegrationTable
            )
        )
        customers.fields.removeAll { $0.erp.name == "website" && $0.crm.name != "description" }
        customers.fields[customers.fields.count - 1].rules = FieldRules(fromERP: chain(missing, by: key))
        let applied = try await world.perform(ApplyMappings(mappings: [customers]))
        #expect(applied.isApplied, "\(applied.problems)")
        return world
    }

    private static func addPerson(_ world: World, _ code: String, _ name: String) {
        let problems = world.edit(
            .erp,
            "salespeoplePurchasers",
            [
                "id": .string("00000000-0000-4000-8000-00000000c0de"), "code": .string(code),
                "displayName": .string(name),
            ]
        )
        #expect(problems.isEmpty)
    }

    @Test func `a table that a sweep cannot read is named, and read with the next one`() async throws {
        let world = try await Self.world(.refuse)
        var customers = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        let lookup = FieldLookup(
            side: .erp,
            table: "paymentTerms",
            idField: "id",
            keyField: "code",
            valueField: "displayName",
            missing: .refuse
        )
        customers.fields[customers.fields.count - 1].rules = FieldRules(fromERP: [.trim, .lookup(lookup)])
        #expect(try await world.perform(ApplyMappings(mappings: [customers])).isApplied)
        try await world.synchronize()
        let unread = Mutex<[String]>([])
        let scheduler = Scheduler(engine: try world.engine, sweeps: try Schedule(parsing: "every 1 h")) { event in
            guard case .unread(_, let table, _, let nextAt) = event else { return }
            unread.withLock { $0.append("\(table) \(nextAt > world.clock.now)") }
        }
        var day = try await scheduler.begin()
        var rule = FaultRule(.status(403, retryAfter: nil))
        rule.pathContains = "/paymentTerms"
        rule.times = nil
        world.addFault(rule, to: .erp)
        world.clock.advance(bySeconds: 3700)
        _ = try await scheduler.step(&day)
        #expect(unread.withLock { $0 } == ["paymentTerms true"])
        world.clearFaults(of: .erp)
        world.clock.advance(bySeconds: 3700)
        _ = try await scheduler.step(&day)
        #expect(unread.withLock { $0.count } == 1)
    }

    @Test func `what the row says is written`() async throws {
        let world = try await Self.world(.refuse)
        try world.editCustomer("C-001", "website", .string(" sp-00007 "))
        try await world.synchronize()
        let name = try #require(world.rows(.erp, "salespeoplePurchasers").first?.text("displayName"))
        #expect(!name.isEmpty)
        #expect(try world.account("C-001").text("description") == name)
    }

    @Test func `a text that no row has is reported, and goes through once there is a row`() async throws {
        let world = try await Self.world(.refuse)
        try world.editCustomer("C-001", "website", .string("NEW"))
        #expect(try await world.synchronize().counts.parked == 1)
        let reasons = try await world.explain("C-001").reasons
        #expect(reasons.contains { $0.code == "rule.notInTable" && $0.arguments["value"] == "NEW" }, "\(reasons)")
        Self.addPerson(world, "NEW", "Nova Ny")
        try world.editCustomer("C-001", "phoneNumber", .string("+46 5"))
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account("C-001").text("description") == "Nova Ny")
    }

    @Test func `such a text stays, or becomes blank, where the rule says so`() async throws {
        for (missing, expected) in [(FieldLookup.Missing.keep, "NEW"), (.blank, "")] {
            let world = try await Self.world(missing)
            try world.editCustomer("C-001", "website", .string("NEW"))
            #expect(try await world.synchronize().status == .done)
            #expect(try world.account("C-001").text("description") == expected)
        }
    }

    @Test func `rows that say different things are a problem, not a guess`() async throws {
        let world = try await Self.world(.refuse, by: "email")
        let mail = try #require(world.rows(.erp, "salespeoplePurchasers").first?.text("email"))
        let problems = world.edit(
            .erp,
            "salespeoplePurchasers",
            [
                "id": .string("00000000-0000-4000-8000-00000000c0de"), "code": .string("TWIN"),
                "displayName": .string("Another"), "email": .string(mail),
            ]
        )
        #expect(problems.isEmpty)
        try world.editCustomer("C-001", "website", .string(mail))
        #expect(try await world.synchronize().counts.parked == 1)
        #expect(try await world.explain("C-001").reasons.contains { $0.code == "rule.severalInTable" })
    }

    @Test func `a row that was made again under another id is one row, and no riddle`() async throws {
        let world = try await Self.world(.refuse)
        Self.addPerson(world, "NEW", "Nova Ny")
        try world.editCustomer("C-001", "website", .string("NEW"))
        try await world.synchronize()
        #expect(try world.account("C-001").text("description") == "Nova Ny")
        #expect(world.delete(.erp, "salespeoplePurchasers", id: "00000000-0000-4000-8000-00000000c0de"))
        let problems = world.edit(
            .erp,
            "salespeoplePurchasers",
            [
                "id": .string("00000000-0000-4000-8000-00000000beef"), "code": .string("NEW"),
                "displayName": .string("Nova Gammal"),
            ]
        )
        #expect(problems.isEmpty)
        try await world.perform(Synchronize(isFull: true))
        try world.editCustomer("C-002", "website", .string("NEW"))
        #expect(try await world.synchronize().counts.parked == 0)
        #expect(try world.account("C-002").text("description") == "Nova Gammal")
    }

    @Test func `a value is tried with what the table says now`() async throws {
        let world = try await Self.world(.refuse)
        Self.addPerson(world, "NEW", "Nova Ny")
        let trial = try await world.perform(
            TryValue(mapping: "CUSTOMER", field: "description", value: "NEW", source: .erp)
        )
        #expect(trial.result == .text("Nova Ny"))
        #expect(trial.stages.map(\.value) == ["NEW", "Nova Ny"])
    }

    @Test func `a field that flows both ways cannot look texts up`() async throws {
        let world = try await Self.world(.refuse)
        var customers = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        customers.fields[customers.fields.count - 1].direction = .bidirectional
        let applied = try await world.perform(ApplyMappings(mappings: [customers]))
        #expect(!applied.isApplied)
        #expect(applied.problems.map(\.message.code) == ["mapping.lookupBothWays"])
    }
}
