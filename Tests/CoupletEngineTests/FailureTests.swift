import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Records that do not go through")
struct FailureTests {
    private let long = String(repeating: "x", count: 120)

    @Test func `too long a text parks the record with field and limit while its other fields move`() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string(long))
        try world.editAccount("C-001", "telephone1", .string("+46 1"))
        try world.editAccount("C-002", "telephone1", .string("+46 2"))
        let result = try await world.synchronize()
        #expect(result.counts.parked == 1)
        #expect(result.status == .doneWithOpenItems)
        #expect(try world.customer("C-001").text("displayName") == "Customer 1")
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 1")
        #expect(try world.customer("C-002").text("phoneNumber") == "+46 2")
        let explained = try await world.explain("C-001")
        #expect(explained.state == .parked)
        let problem = try #require(explained.reasons.first { $0.code.hasPrefix("field.") })
        #expect(problem.arguments.values.contains("100"))
        #expect(problem.arguments.values.contains("displayName"))
        let again = try await world.synchronize()
        #expect(again.counts.parked == 1)
    }

    @Test func `a parked record goes through when it has changed`() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string(long))
        try await world.synchronize()
        try world.editAccount("C-001", "name", .string("Short"))
        #expect(try await world.synchronize().status == .done)
        #expect(try world.customer("C-001").text("displayName") == "Short")
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test func `a record waits for its salesperson by name and goes through once that one is coupled`() async throws {
        let world = try await World(seed: Small.seed())
        let first = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(first.counts.waiting == 3)
        #expect(first.status == .doneWithOpenItems)
        #expect(world.rows(.crm, "accounts").isEmpty)
        let explained = try await world.explain("C-001")
        #expect(explained.state == .waiting)
        #expect(explained.reasons.contains { $0.arguments["value"] == "SP-00007" })
        try await world.coupleSalespeople()
        let second = try await world.synchronize()
        #expect(second.counts.inserted == 3)
        #expect(second.status == .done)
        #expect(try world.account("C-001").text("_ownerid_value") == Small.users[0])
    }

    @Test func `a coupled record waits for a new salesperson while nothing of it is written`() async throws {
        let world = try await Small.coupled()
        world.edit(
            .erp,
            "salespeoplePurchasers",
            [
                "id": .string("00000000-0000-4000-8000-00000000b009"), "code": .string("NEW"),
                "displayName": .string("New Person"), "email": .string("new@small.example"),
            ]
        )
        try world.editCustomer("C-001", "salespersonCode", .string("NEW"))
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        let result = try await world.synchronize()
        #expect(result.counts.waiting == 1)
        #expect(try world.account("C-001").text("telephone1") == "+46 40 1")
        let user = "00000000-0000-4000-8000-0000000000a9"
        world.edit(
            .crm,
            "systemusers",
            [
                "systemuserid": .string(user), "fullname": .string("New Person"), "firstname": .string("New"),
                "lastname": .string("Person"), "internalemailaddress": .string("new@small.example"),
                "isdisabled": .boolean(false), "islicensed": .boolean(true), "isintegrationuser": .boolean(false),
            ]
        )
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account("C-001").text("_ownerid_value") == user)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
    }

    @Test func `a rejected write is parked with the remote's message until the record changes`() async throws {
        let world = try await Small.coupled()
        var rule = FaultRule(.status(403, retryAfter: nil))
        (rule.part, rule.times) = (0, 1)
        world.addFault(rule, to: .crm)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        let result = try await world.synchronize()
        #expect(result.counts.parked == 1)
        let explained = try await world.explain("C-001")
        #expect(explained.state == .parked)
        let reason = try #require(explained.reasons.first { $0.code == "remote.rejected" })
        #expect(reason.arguments["message"]?.isEmpty == false)
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        #expect(try world.account("C-001").text("telephone1") == "+46 40 1")
        try world.editCustomer("C-001", "phoneNumber", .string("+46 2"))
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account("C-001").text("telephone1") == "+46 2")
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test func `a parked record that a person names is tried again`() async throws {
        let world = try await Small.coupled()
        var rule = FaultRule(.status(403, retryAfter: nil))
        rule.part = 0
        world.addFault(rule, to: .crm)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try await world.synchronize()
        let result = try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"]))
        #expect(result.status == .done)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test(arguments: Side.allCases)
    func `a remote that asks for patience is waited for`(side: Side) async throws {
        let world = try await Small.coupled()
        var rule = FaultRule(.status(429, retryAfter: 30))
        (rule.method, rule.pathContains, rule.times) = ("POST", "$batch", 2)
        world.addFault(rule, to: side)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-002", "telephone1", .string("+46 2"))
        let before = world.clock.now
        let result = try await world.synchronize()
        #expect(result.status == .done)
        #expect(before.seconds(until: world.clock.now) >= 60)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-002").text("phoneNumber") == "+46 2")
    }

    @Test func `a remote that stays out of patience leaves its records for later and they go through by themselves`()
        async throws
    {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        var rule = FaultRule(.status(429, retryAfter: 1))
        (rule.method, rule.pathContains, rule.times) = ("POST", "$batch", nil)
        world.addFault(rule, to: .crm)
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        let result = try? await world.perform(match)
        #expect(result?.status != .done)
        #expect(world.rows(.crm, "accounts").isEmpty)
        world.clearFaults(of: .crm)
        world.clock.advance(bySeconds: 7200)
        #expect(try await world.synchronize().counts.inserted == 3)
        #expect(world.rows(.crm, "accounts").count == 3)
    }

    @Test func `one bad record delays no other`() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        var rule = FaultRule(.status(400, retryAfter: nil))
        rule.part = 1
        world.addFault(rule, to: .crm)
        let result = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(result.counts.inserted == 2)
        #expect(result.counts.parked == 1)
        #expect(world.rows(.crm, "accounts").count == 2)
    }

    @Test func `a code of ours that somebody took meanwhile is given up for the next one`() async throws {
        let world = try await World(seed: Small.seed())
        let once = Once()
        world.onMoments { moment in
            if case .beforeRequest(.erp, let request) = moment, request.method == "POST",
                request.url.hasSuffix("$batch"), once.isFirst()
            {
                world.edit(
                    .erp,
                    "salespeoplePurchasers",
                    [
                        "id": .string("00000000-0000-4000-8000-00000000b008"), "code": .string("SP-00008"),
                        "displayName": .string("Somebody"),
                    ]
                )
            }
            return .none
        }
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE"))
        let result = try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, creates: true)
        )
        world.onMoments(nil)
        #expect(result.counts.failed == 1)
        world.clock.advance(bySeconds: 60)
        #expect(try await world.synchronize().status == .done)
        let people = world.rows(.erp, "salespeoplePurchasers")
        #expect(people.map { $0.text("code") }.sorted() == ["SP-00007", "SP-00008", "SP-00009"])
        #expect(people.first { $0.text("code") == "SP-00009" }?.text("displayName") == "Bo Two")
    }
}
