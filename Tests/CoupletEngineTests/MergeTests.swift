import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Merging edits of coupled records")
struct MergeTests {
    @Test func `edits of different fields end up on both sides`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "name", .string("Customer One"))
        #expect(try await world.states()["C-001"] == .bothChanged)
        let result = try await world.synchronize()
        #expect(result.counts.modified == 2)
        #expect(result.status == .done)
        for row in [try world.customer("C-001"), try world.account("C-001")] {
            #expect(row.text("telephone1") + row.text("phoneNumber") == "+46 1")
            #expect(row.text("name") + row.text("displayName") == "Customer One")
        }
        #expect(try await world.states()["C-001"] == .inSync)
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test func `the same edit on both sides is an agreement and becomes the base`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "address1_city", .string("Malmö"))
        let cost = try await world.cost {
            let result = try await world.synchronize()
            #expect(result.status == .done)
        }
        #expect(cost.writes == 0)
        try world.editAccount("C-001", "address1_city", .string("Ystad"))
        try await world.synchronize()
        #expect(try world.customer("C-001").text("city") == "Ystad")
    }

    @Test func `a value that was cleared is cleared on the other side`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string(""))
        try world.editAccount("C-002", "telephone1", .null)
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1").isEmpty)
        #expect(try world.customer("C-002").text("phoneNumber").isEmpty)
    }

    @Test func `what the mapping does not name stays as it is`() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "description", .string("Only here"))
        try world.editCustomer("C-001", "displayName", .string("New name"))
        try await world.synchronize()
        let account = try world.account("C-001")
        #expect(account.text("name") == "New name")
        #expect(account.text("description") == "Only here")
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test func `a one-way field's target edit is drift until it is put back by a full synchronization`() async throws {
        let world = try await Small.coupled()
        let id = try world.account("C-001").text("accountid")
        try world.editAccount("C-001", "accountnumber", .string("OTHER"))
        let result = try await world.synchronize()
        #expect(result.counts.modified == 0)
        #expect(world.row(.crm, "accounts", where: "accountid", is: id)?.text("accountnumber") == "OTHER")
        #expect(try await world.explain("C-001").state == .drift)
        try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        #expect(world.row(.crm, "accounts", where: "accountid", is: id)?.text("accountnumber") == "C-001")
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test func `a one-way field's target edit stays while other fields change`() async throws {
        let world = try await Small.coupled()
        let id = try world.account("C-001").text("accountid")
        try world.editAccount("C-001", "accountnumber", .string("OTHER"))
        try world.editCustomer("C-001", "displayName", .string("New name"))
        try await world.synchronize()
        let account = try #require(world.row(.crm, "accounts", where: "accountid", is: id))
        #expect(account.text("name") == "New name")
        #expect(account.text("accountnumber") == "OTHER")
    }

    @Test(arguments: [Direction.toIntegrationTable, .fromIntegrationTable])
    func `a narrower direction leaves the other side's edits for later`(direction: Direction) async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        try world.editAccount("C-001", "name", .string("Customer One"))
        try await world.synchronize("CUSTOMER", direction)
        let isTo = direction == .toIntegrationTable
        #expect(try world.account("C-001").text("telephone1") == (isTo ? "+46 1" : "+46 40 1"))
        #expect(try world.customer("C-001").text("displayName") == (isTo ? "Customer 1" : "Customer One"))
        #expect(try await world.explain("C-001").state == (isTo ? .crmChanged : .erpChanged))
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-001").text("displayName") == "Customer One")
    }

    @Test func `naming a record and a direction settles its conflict for that side`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "address1_city", .string("Ystad"))
        #expect(try await world.synchronize().counts.conflicts == 1)
        let result = try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["C-001"], direction: .fromIntegrationTable)
        )
        #expect(result.status == .done)
        #expect(try world.customer("C-001").text("city") == "Ystad")
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
        #expect(try await world.states()["C-001"] == .inSync)
    }

    @Test func `a field's spelling that only one side keeps is no edit`() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "address1_postalcode", .string("sw1a 1aa"))
        try await world.synchronize()
        #expect(try world.customer("C-001").text("postalCode") == "SW1A 1AA")
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test func `a target that moved after it was read is read and merged again`() async throws {
        let world = try await Small.coupled()
        let id = try world.account("C-001").text("accountid")
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        let once = Once()
        world.onMoments { moment in
            if case .beforeRequest(.crm, let request) = moment, request.method == "POST", once.isFirst() {
                world.edit(.crm, "accounts", ["accountid": .string(id), "name": .string("Customer One")])
            }
            return .none
        }
        let result = try await world.synchronize()
        world.onMoments(nil)
        #expect(result.status == .done)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.account("C-001").text("name") == "Customer One")
        #expect(try world.customer("C-001").text("displayName") == "Customer One")
    }

    @Test func `a target that moved in the same field is a conflict and nothing is overwritten`() async throws {
        let world = try await Small.coupled()
        let id = try world.account("C-001").text("accountid")
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let once = Once()
        world.onMoments { moment in
            if case .beforeRequest(.crm, let request) = moment, request.method == "POST", once.isFirst() {
                world.edit(.crm, "accounts", ["accountid": .string(id), "address1_city": .string("Ystad")])
            }
            return .none
        }
        let result = try await world.synchronize()
        world.onMoments(nil)
        #expect(result.counts.conflicts == 1)
        #expect(try world.account("C-001").text("address1_city") == "Ystad")
        #expect(try world.customer("C-001").text("city") == "Malmö")
    }

    @Test func `a target that keeps moving is put off and goes through later`() async throws {
        let world = try await Small.coupled()
        let id = try world.account("C-001").text("accountid")
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        world.onMoments { moment in
            if case .beforeRequest(.crm, let request) = moment, request.method == "POST" {
                world.edit(.crm, "accounts", ["accountid": .string(id), "description": .string("again")])
            }
            return .none
        }
        let result = try await world.synchronize()
        world.onMoments(nil)
        #expect(result.counts.failed == 1)
        #expect(result.status == .doneWithOpenItems)
        #expect(try world.account("C-001").text("telephone1") == "+46 40 1")
        world.clock.advance(bySeconds: 60)
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
    }
}
