import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@Suite("Values that the CRM lacks")
struct NewChoiceTests {
    private static func id(_ number: Int) -> SandboxJSON { .string("00000000-0000-4000-8000-00000000f10\(number)") }

    private static func world(codes: [String] = ["NET 99"]) async throws -> World {
        func terms(_ number: Int, _ code: String) -> SandboxJSON {
            .members(["id": id(number), "code": .string(code), "displayName": .string(code)])
        }
        // The numbers 3 to 5 are the customer's, the currency's and the euro's of the CRM.
        let others = zip([2, 6, 7, 8, 9], codes).map { terms($0, $1) }
        let paymentTerms = [terms(1, "NET 30")] + others
        let customer = SandboxJSON.members([
            "id": id(3), "number": .string("C1"), "displayName": .string("Åre Ski"), "blocked": .string(" "),
            "paymentTermsId": id(2), "currencyCode": .string("EUR"),
        ])
        let euro = SandboxJSON.members([
            "id": id(4), "code": .string("EUR"), "displayName": .string("Euro"), "symbol": .string("€"),
        ])
        var options = World.Options()
        options.mappings = nil
        let world = try await World(
            seed: SeedSource(
                businessCentral: [
                    SeedTable(entitySet: "paymentTerms", rows: paymentTerms),
                    SeedTable(entitySet: "currencies", rows: [euro]),
                    SeedTable(entitySet: "customers", rows: [customer]),
                ],
                dataverse: []
            ),
            options: options
        )
        for name in ["PAYMENT TERMS", "CURRENCY"] {
            try await world.perform(MatchRecords(mapping: name, synchronization: .to))
        }
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        return world
    }

    private static func admitCreates(_ world: World) async throws {
        try await world.store.write { transaction in
            for var mapping in try transaction.mappings() where mapping.name == "PAYMENT TERMS" {
                mapping.crm.admitsCreates = true
                try transaction.save(mapping)
            }
        }
    }

    /// How often choices were to be added.
    private static func additions(_ world: World) -> Int {
        world.trace.count { $0.contains("InsertOptionValue") }
    }

    private static func choices(_ world: World) async throws -> [String: RecordID?] {
        let view = try await world.perform(ListRecords(mapping: "PAYMENT TERMS", side: .crm))
        return Dictionary(view.records.map { ($0.name, $0.coupledTo) }) { first, _ in first }
    }

    @Test("a choice is added where the mapping allows it, after approval, once, and reaches the records that need it")
    func added() async throws {
        let world = try await Self.world()
        #expect(try world.account("C1")["paymenttermscode"]?.integer == nil)
        try await Self.admitCreates(world)
        let held = try await world.perform(Synchronize(mapping: "PAYMENT TERMS", creates: true))
        #expect(held.status == .waitsForApproval)
        let plan = try #require(held.plan)
        #expect(plan.holds.map(\.code) == ["limit.definitions"])
        #expect(!world.trace.contains { $0.contains("InsertOptionValue") })
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.counts.inserted == 1)
        #expect(try await Self.choices(world)["NET 99"]??.description == Self.id(2).string)
        try await world.synchronize()
        try await world.perform(Synchronize(mapping: "PAYMENT TERMS", isFull: true, creates: true))
        #expect(world.trace.count { $0.contains("InsertOptionValue") } == 1)
        #expect(try await Self.choices(world).count == 5)
        #expect(try world.account("C1")["paymenttermscode"]?.integer == 100_000_000)
    }

    @Test("a choice whose answer was lost is found again by its label, and not added twice")
    func lostAnswer() async throws {
        let world = try await Self.world()
        try await Self.admitCreates(world)
        let held = try await world.perform(Synchronize(mapping: "PAYMENT TERMS", creates: true))
        var rule = FaultRule(.dropAfter)
        rule.pathContains = "InsertOptionValue"
        world.addFault(rule, to: .crm)
        _ = try? await world.perform(ApplyPlan(plan: try #require(held.plan).id))
        world.clock.advance(bySeconds: 3600)
        try await world.synchronize("PAYMENT TERMS")
        #expect(try await Self.choices(world)["NET 99"]??.description == Self.id(2).string)
        #expect(world.trace.count { $0.contains("InsertOptionValue") } == 1)
    }

    /// The ways but a synchronization of everything by which a person can ask for a counterpart.
    enum Way: CaseIterable {
        case match
        case couple
        case synchronizeOne

        fileprivate func ask(_ world: World) async throws -> RunOrPlan {
            let name = "PAYMENT TERMS"
            switch self {
            case .match: return try await world.perform(MatchRecords(mapping: name, createUnmatched: true))
            case .couple:
                return try await world.perform(
                    CoupleRecords(mapping: name, key: "NET 99", with: nil, choice: nil)
                )
            case .synchronizeOne:
                return try await world.perform(Synchronize(mapping: name, keys: ["NET 99"], creates: true))
            }
        }
    }

    @Test("a choice waits for approval in whichever way it is asked for", arguments: Way.allCases)
    func approved(way: Way) async throws {
        let world = try await Self.world()
        try await Self.admitCreates(world)
        let held = try await way.ask(world)
        #expect(held.status == .waitsForApproval)
        let plan = try #require(held.plan)
        #expect(plan.holds.map(\.code) == ["limit.definitions"])
        #expect(plan.counts.created.crm == 1)
        try await world.synchronize()
        #expect(Self.additions(world) == 0)
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.counts.inserted == 1)
        #expect(Self.additions(world) == 1)
        #expect(try await Self.choices(world)["NET 99"]??.description == Self.id(2).string)
    }

    @Test("a choice that was put off waits for approval again before it is added", arguments: [true, false])
    func putOff(isRetried: Bool) async throws {
        let world = try await Self.world()
        try await Self.admitCreates(world)
        let first = try await world.perform(Synchronize(mapping: "PAYMENT TERMS", creates: true))
        var rule = FaultRule(.status(503, retryAfter: 1))
        rule.pathContains = "InsertOptionValue"
        rule.times = 100
        world.addFault(rule, to: .crm)
        let refused = try await world.perform(ApplyPlan(plan: try #require(first.plan).id))
        #expect(refused.counts.failed == 1)
        world.clearFaults(of: .crm)
        world.clock.advance(bySeconds: 86_400)
        let before = Self.additions(world)
        let held =
            isRetried
            ? try await world.perform(RetryError(cause: nil)) : try await world.synchronize("PAYMENT TERMS")
        #expect(held.status == .waitsForApproval)
        #expect(Self.additions(world) == before)
        try await world.perform(ApplyPlan(plan: try #require(held.plan).id))
        #expect(Self.additions(world) == before + 1)
        #expect(try await Self.choices(world)["NET 99"]??.description == Self.id(2).string)
        #expect(try await world.synchronize("PAYMENT TERMS").status == .done)
    }

    @Test("choices are added once each although the connection breaks between them", arguments: [1, 1000])
    func brokenConnection(failures: Int) async throws {
        let codes = (91...95).map { "NET \($0)" }
        let world = try await Self.world(codes: codes)
        try await Self.admitCreates(world)
        let held = try await world.perform(Synchronize(mapping: "PAYMENT TERMS", creates: true))
        let asked = Mutex(0)
        world.onMoments { moment in
            guard case .beforeRequest(.crm, let request) = moment, request.url.contains("InsertOptionValue") else {
                return .none
            }
            let number = asked.withLock { asked in
                asked += 1
                return asked
            }
            return (3..<(3 + failures)).contains(number) ? .disconnect : .none
        }
        _ = try? await world.perform(ApplyPlan(plan: try #require(held.plan).id))
        world.onMoments(nil)
        if failures > 1 {
            #expect(Self.additions(world) == 2)
            world.clock.advance(bySeconds: 86_400)
            let again = try await world.perform(Synchronize(mapping: "PAYMENT TERMS", creates: true))
            if let plan = again.plan { try await world.perform(ApplyPlan(plan: plan.id)) }
        }
        let coupled = try await Self.choices(world).filter { codes.contains($0.key) && $0.value != nil }
        #expect(coupled.keys.sorted() == codes)
        #expect(Self.additions(world) == 5)
    }

    @Test(
        "A currency that the CRM lacks is not created, for it would have no rate, and the field follows when it is there",
        arguments: ["S0581", "S0596"]
    )
    func currency(scenario: String) async throws {
        let world = try await Self.world()
        let refused = try await code {
            try await world.perform(CoupleRecords(mapping: "CURRENCY", key: "EUR", with: nil, choice: nil))
        }
        #expect(refused == "couple.createNotAllowed", "\(scenario)")
        let before = try world.account("C1")
        let euro = SandboxJSON.members([
            "transactioncurrencyid": Self.id(5), "isocurrencycode": .string("EUR"), "currencyname": .string("Euro"),
            "currencysymbol": .string("€"), "exchangerate": .number("0.9"),
        ])
        #expect(before.text("_transactioncurrencyid_value") != Self.id(5).string)
        #expect(world.edit(.crm, "transactioncurrencies", euro) == [])
        try await world.perform(MatchRecords(mapping: "CURRENCY", synchronization: .to))
        try await world.synchronize()
        #expect(try world.account("C1").text("_transactioncurrencyid_value") == Self.id(5).string)
    }
}
