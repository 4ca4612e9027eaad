import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Records that leave and come back")
struct PresenceTests {
    @Test(arguments: Side.allCases)
    func `outside the filter nothing is written to or from a coupled record until it is back`(side: Side) async throws {
        let world = try await Small.coupled()
        let before = try world.account("C-001").text("telephone1")
        if side == .erp {
            try world.editCustomer("C-001", "blocked", .string("All"))
        } else {
            try world.editAccount("C-001", "customertypecode", .number("8"))
        }
        try await world.synchronize()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "name", .string("Customer One"))
        let cost = try await world.cost { try await world.synchronize() }
        #expect(cost.writes == 0)
        #expect(try world.account("C-001").text("telephone1") == before)
        #expect(try world.customer("C-001").text("displayName") == "Customer 1")
        #expect(try await world.explain("C-001").state == .outOfScope)
        if side == .erp {
            try world.editCustomer("C-001", "blocked", .string(" "))
        } else {
            try world.editAccount("C-001", "customertypecode", .number("3"))
        }
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-001").text("displayName") == "Customer One")
        #expect(try await world.explain("C-001").state == .inSync)
    }

    /// Reading records by their ids is put off for the first of the next batch.
    private func putOff(_ side: Side, _ world: World) {
        var rule = FaultRule(.status(503, retryAfter: nil))
        rule.part = 0
        world.addFault(rule, to: side)
    }

    @Test(arguments: Side.allCases)
    func `a change is not passed over where a full read leaves its record out and reading it is put off`(
        side: Side
    ) async throws {
        let world = try await Small.coupled()
        let index: Int?
        if side == .erp {
            try world.editCustomer("C-001", "city", .string("Malmö"))
            index = world.rows(.erp, "customers").firstIndex { $0.text("number") == "C-001" }
        } else {
            try world.editAccount("C-001", "address1_city", .string("Malmö"))
            index = world.rows(.crm, "accounts").firstIndex { $0.text("accountnumber") == "C-001" }
        }
        let row = try #require(index)
        world.clock.advance(bySeconds: 3600)
        putOff(side, world)
        let table = side == .erp ? "/customers?" : "/accounts?"
        world.onMoments { moment in
            guard case .beforeRequest(side, let request) = moment, request.url.contains(table),
                !request.url.contains("$filter"), !request.url.contains("delta")
            else { return .none }
            return .leaveOut(row: row)
        }
        try await world.perform(Synchronize(isFull: true))
        world.onMoments(nil)
        #expect(try world.customer("C-001").text("city") != world.account("C-001").text("address1_city"))
        try await world.synchronize()
        #expect(try world.customer("C-001").text("city") == "Malmö")
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
    }

    @Test func `a deletion is not passed over where asking about the record is put off`() async throws {
        let world = try await Small.coupled()
        world.delete(.crm, "accounts", id: try world.account("C-001").text("accountid"))
        putOff(.crm, world)
        try await world.synchronize()
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        try await world.synchronize()
        #expect(try await world.perform(ListErrors()).causes.map(\.isDeletion) == [true])
    }

    @Test(arguments: Side.allCases)
    func `a deleted record is shown and never acted on`(side: Side) async throws {
        let world = try await Small.coupled()
        let account = try world.account("C-001").text("accountid")
        let isThere =
            side == .erp
            ? world.delete(.erp, "customers", id: Small.customers[0]) : world.delete(.crm, "accounts", id: account)
        #expect(isThere)
        try await world.perform(Synchronize(isFull: true))
        let key = side == .erp ? "crm:\(account)" : "C-001"
        #expect(try await world.explain(key).state == (side == .erp ? .erpDeleted : .crmDeleted))
        if side == .erp {
            try world.editAccount("C-001", "name", .string("Still here"))
        } else {
            try world.editCustomer("C-001", "displayName", .string("Still here"))
        }
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        #expect(world.rows(.crm, "accounts").count == (side == .erp ? 3 : 2))
        #expect(world.rows(.erp, "customers").count == (side == .erp ? 2 : 3))
        let states = try await world.states("CUSTOMER", side.other)
        #expect(states.values.count { $0 == (side == .erp ? .erpDeleted : .crmDeleted) } == 1)
    }

    @Test func `a write to a record that is gone finds that out`() async throws {
        let world = try await Small.coupled()
        #expect(world.delete(.erp, "customers", id: Small.customers[0]))
        try world.editAccount("C-001", "name", .string("Still here"))
        let key = "crm:\(try world.account("C-001").text("accountid"))"
        let result = try await world.synchronize()
        #expect(result.status == .done)
        #expect(try await world.explain(key).state == .erpDeleted)
        #expect(world.rows(.erp, "customers").count == 2)
    }

    @Test func `a tombstone is seen by an incremental read`() async throws {
        let world = try await Small.coupled()
        #expect(world.delete(.crm, "accounts", id: try world.account("C-001").text("accountid")))
        try await world.synchronize()
        #expect(try await world.explain("C-001").state == .crmDeleted)
    }

    @Test func `a tombstone while nobody can read the table is no deletion until the table answers`() async throws {
        let world = try await Small.coupled()
        #expect(world.delete(.crm, "accounts", id: try world.account("C-001").text("accountid")))
        var rule = FaultRule(.status(403, retryAfter: nil))
        (rule.method, rule.pathContains, rule.times) = ("POST", "$batch", nil)
        world.addFault(rule, to: .crm)
        var reading = FaultRule(.status(403, retryAfter: nil))
        (reading.method, reading.pathContains, reading.nth, reading.times) = ("GET", "accounts", 2, nil)
        world.addFault(reading, to: .crm)
        _ = try? await world.synchronize()
        let known = try await world.store.read { transaction in
            let feed = try transaction.feed(connection: "crm", table: "accounts")?.id ?? 0
            let coupling = try transaction.coupling(
                mapping: "CUSTOMER",
                side: .erp,
                record: RecordID(Small.customers[0]) ?? .zero
            )
            return try coupling.flatMap { try transaction.records(feed: feed, ids: [$0.ids.crm])[$0.ids.crm] }
        }
        #expect(known?.isDeleted == false)
        world.clearFaults(of: .crm)
        try await world.synchronize()
        #expect(try await world.explain("C-001").state == .crmDeleted)
    }

    @Test func `a record that was restored is coupled as before`() async throws {
        let world = try await Small.coupled()
        let account = try world.account("C-001")
        let id = account.text("accountid")
        #expect(world.delete(.crm, "accounts", id: id))
        try await world.synchronize()
        var members = account.object ?? []
        members.removeAll { ["versionnumber", "createdon", "modifiedon", "@odata.etag"].contains($0.name) }
        world.edit(.crm, "accounts", .object(members))
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
    }
}
