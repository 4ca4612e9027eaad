import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: records that a system has deleted")
struct DeletionScenarioTests {
    /// A mapping's rule, its direction, and whether it leaves uncoupled records alone.
    struct Rule: Sendable, CustomTestStringConvertible {
        let scenario: String
        let deletion: ConflictRules.Deletion
        let direction: Direction
        let onlyCoupled: Bool

        var testDescription: String { scenario }
    }

    /// A coupled world whose mapping has a rule, and in which C-001 was deleted in the ERP.
    private static func world(_ rule: Rule) async throws -> World {
        let world = try await Small.coupled()
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first).mapping
        mapping.direction = rule.direction
        for index in mapping.fields.indices where mapping.direction(of: mapping.fields[index]) == nil {
            mapping.fields[index].enabled = false
        }
        mapping.onlyCoupled = rule.onlyCoupled
        mapping.conflictRules.deletion = rule.deletion
        let changed = try await world.perform(ApplyMappings(mappings: [mapping]))
        #expect(changed.problems.isEmpty)
        try await world.synchronize()
        #expect(world.delete(.erp, "customers", id: Small.customers[0]))
        return world
    }

    private static func coupled(_ world: World) async throws -> [RecordView] {
        try await world.perform(ListRecords(mapping: "CUSTOMER", side: .crm, isCoupled: true)).records
    }

    @Test(
        "Where the mapping says so, the coupling of a deleted record is removed, and nothing is made again",
        arguments: [
            Rule(scenario: "S0009", deletion: .uncouple, direction: .bidirectional, onlyCoupled: true),
            Rule(scenario: "S0011", deletion: .uncouple, direction: .fromIntegrationTable, onlyCoupled: true),
        ]
    )
    func uncoupled(rule: Rule) async throws {
        let world = try await Self.world(rule)
        let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        #expect(run.counts.uncoupled == 1)
        #expect(try await Self.coupled(world).count == 2)
        #expect(world.rows(.erp, "customers").count == 2)
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
    }

    @Test("S0012 A coupling that is removed leaves a record that the mapping may create again from like any other")
    func uncoupledAndFree() async throws {
        let rule = Rule(scenario: "S0012", deletion: .uncouple, direction: .fromIntegrationTable, onlyCoupled: false)
        let world = try await Self.world(rule)
        let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        #expect(run.counts.uncoupled == 1)
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
    }

    @Test(
        "Where the mapping says so, a deleted record is made again and takes its place",
        arguments: [
            Rule(scenario: "S0014", deletion: .restore, direction: .bidirectional, onlyCoupled: false),
            Rule(scenario: "S0015", deletion: .restore, direction: .fromIntegrationTable, onlyCoupled: true),
            Rule(scenario: "S0016", deletion: .restore, direction: .fromIntegrationTable, onlyCoupled: false),
        ]
    )
    func restored(rule: Rule) async throws {
        let world = try await Self.world(rule)
        let accounts = Set(world.rows(.crm, "accounts").map { $0.text("accountid") })
        let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        #expect(run.counts.inserted == 1)
        #expect(world.rows(.erp, "customers").count == 3)
        #expect(world.row(.erp, "customers", where: "displayName", is: "Customer 1") != nil)
        #expect(Set(world.rows(.crm, "accounts").map { $0.text("accountid") }) == accounts)
        #expect(try await Self.coupled(world).count == 3)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        #expect(try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true)).counts.inserted == 0)
    }

    @Test(
        "Without a rule the coupling stays and is listed, however often it is synchronized, and nothing is made",
        arguments: [
            Rule(scenario: "S0008", deletion: .ask, direction: .bidirectional, onlyCoupled: true),
            Rule(scenario: "S0017", deletion: .ask, direction: .bidirectional, onlyCoupled: true),
            Rule(scenario: "S0018", deletion: .ask, direction: .bidirectional, onlyCoupled: false),
            Rule(scenario: "S0019", deletion: .ask, direction: .fromIntegrationTable, onlyCoupled: true),
        ]
    )
    func asked(rule: Rule) async throws {
        let world = try await Self.world(rule)
        for turn in 1...2 {
            try world.editAccount("C-001", "telephone1", .string("+46 \(100 + turn)"))
            let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
            #expect(run.counts.inserted + run.counts.modified == 0)
            #expect(run.counts.skipped == 1)
            #expect(world.rows(.erp, "customers").count == 2)
            #expect(try await Self.coupled(world).count == 3)
            #expect(try await DeletionTests.cause(world).count == 1)
        }
    }

    @Test("S0142 A deleted record is listed beside a conflict, each under its own name, and both couplings stay")
    func besideConflict() async throws {
        let world = try await Small.coupled()
        #expect(world.delete(.crm, "accounts", id: try world.account("C-001").text("accountid")))
        try world.editCustomer("C-002", "city", .string("ERP"))
        try world.editAccount("C-002", "address1_city", .string("CRM"))
        for _ in 1...2 {
            try await world.synchronize()
            let states = try await world.states()
            #expect(states["C-001"] == .crmDeleted)
            #expect(states["C-002"] == .conflict)
            #expect(try await Self.coupled(world).count == 3)
        }
    }

    @Test("S0164 Deleting the ERP's record leaves a coupling that is found from the CRM's side")
    func orphan() async throws {
        let world = try await DeletionTests.world(deletedIn: .erp)
        let account = try world.account("C-001").text("accountid")
        let missing = try await code { _ = try await world.explain("C-001") }
        #expect(missing == "key.unknown")
        #expect(try await world.explain("crm:" + account).record.coupledTo == RecordID(Small.customers[0]))
        #expect(try await world.explain("crm:" + account).state == .erpDeleted)
    }

    @Test("S0242 The survivor is deleted with its coupling")
    func deleteSurvivor() async throws {
        let world = try await DeletionTests.world(deletedIn: .erp)
        let account = try world.account("C-001").text("accountid")
        let cause = try await DeletionTests.cause(world)
        let record = try #require(try await world.perform(ShowError(cause: cause.id)).records.first)
        #expect(record.key == "crm:" + account)
        #expect(record.label.contains("Customer 1"))
        try await world.perform(SettleDeletions(cause: cause.id, way: .delete))
        #expect(world.row(.crm, "accounts", where: "accountid", is: account) == nil)
        #expect(try await Self.coupled(world).count == 2)
    }

    /// One record deleted in each system, and one that is in conflict.
    private static func mixed() async throws -> World {
        let world = try await Small.coupled()
        #expect(world.delete(.crm, "accounts", id: try world.account("C-001").text("accountid")))
        #expect(world.delete(.erp, "customers", id: Small.customers[2]))
        try world.editCustomer("C-002", "city", .string("ERP"))
        try world.editAccount("C-002", "address1_city", .string("CRM"))
        try await world.perform(Synchronize(isFull: true))
        #expect(try await world.perform(ListErrors()).causes.filter(\.isDeletion).count == 2)
        return world
    }

    @Test(
        "Settling all deleted records spares what is open for another reason",
        arguments: [("S0244", SettleDeletions.Way.delete, 1), ("S0248", .restore, 3)]
    )
    func bulk(scenario: String, way: SettleDeletions.Way, left: Int) async throws {
        let world = try await Self.mixed()
        for cause in try await world.perform(ListErrors()).causes where cause.isDeletion {
            try await world.perform(SettleDeletions(cause: cause.id, way: way))
        }
        #expect(world.rows(.erp, "customers").count == left)
        #expect(world.rows(.crm, "accounts").count == left)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        #expect(try await world.states()["C-002"] == .conflict)
        #expect(try await Self.coupled(world).count == left)
    }

    @Test("S0246 Restoring makes a new record with a number of its own, from the one that is left")
    func restore() async throws {
        let world = try await DeletionTests.world(deletedIn: .erp)
        let cause = try await DeletionTests.cause(world)
        try await world.perform(SettleDeletions(cause: cause.id, way: .restore))
        let made = try #require(world.row(.erp, "customers", where: "displayName", is: "Customer 1"))
        #expect(made.text("number") != "C-001")
        #expect(made.text("id") != Small.customers[0])
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
    }

    @Test(
        "What can be done about a deleted record is said, and what cannot be done is refused",
        arguments: [("S0249", Side.erp), ("S0250", .crm)]
    )
    func allowed(scenario: String, side: Side) async throws {
        let world = try await DeletionTests.world(deletedIn: side)
        let key = side == .erp ? "crm:" + (try world.account("C-001").text("accountid")) : "C-001"
        let offer = try await world.perform(OfferSynchronization(mapping: "CUSTOMER", keys: [key]))
        #expect(offer.choices.isEmpty)
        #expect(offer.leftOut.map(\.reason.code) == ["skip.\(side.rawValue)Deleted"])
        let content = world.content
        try await world.perform(Synchronize(mapping: "CUSTOMER", keys: [key], direction: .bidirectional))
        try await world.perform(RetryError(cause: nil))
        #expect(world.content == content)
        let cause = try await DeletionTests.cause(world)
        #expect(cause.isDeletion)
        try await world.perform(SettleDeletions(cause: cause.id, way: .uncouple))
        #expect(try await Self.coupled(world).count == 2)
    }

    @Test("S0254 A coupling that has lost both records goes by itself, and is kept in the history")
    func bothDeleted() async throws {
        let world = try await DeletionTests.world(deletedIn: .erp)
        let account = try world.account("C-001").text("accountid")
        #expect(world.delete(.crm, "accounts", id: account))
        try await world.synchronize()
        #expect(try await Self.coupled(world).count == 2)
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        let history = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "crm:" + account)).entries
        #expect(history.first?.step == .uncouple)
    }

    @Test("S0097 A record is made of one whose former counterpart is gone, although Couplet itself changed it last")
    func madeAgain() async throws {
        let world = try await DeletionTests.world(deletedIn: .erp)
        let account = try world.account("C-001").text("accountid")
        let cause = try await DeletionTests.cause(world)
        try await world.perform(SettleDeletions(cause: cause.id, way: .uncouple))
        try await world.perform(
            CoupleRecords(mapping: "CUSTOMER", key: "crm:" + account, with: nil, choice: nil)
        )
        let made = try #require(world.row(.erp, "customers", where: "displayName", is: "Customer 1"))
        #expect(made.text("number") != "C-001")
        #expect(try await Self.coupled(world).count == 3)
    }
}
