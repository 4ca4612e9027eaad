import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Writes that were put off, and done all the same")
struct PutOffWriteTests {
    @Test(arguments: [Side.erp, .crm])
    func `a change that was put off and done all the same is in the history, once`(side: Side) async throws {
        let world = try await Small.coupled()
        if side == .crm {
            try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        } else {
            try world.editAccount("C-001", "telephone1", .string("+46 1"))
        }
        var rule = FaultRule(.statusAfter(503, retryAfter: nil))
        rule.pathContains = "$batch"
        world.addFault(rule, to: side)
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 1")
        let written = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "C-001")).entries
            .filter { entry in entry.fields.contains { $0.after.text == "+46 1" } }
        #expect(written.count == 1)
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test func `what a change wrote over is in the history, though its record was deleted before anybody looked`()
        async throws
    {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "address1_city", .string("Malmö"))
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        let account = try world.account("C-001").text("accountid")
        var rule = FaultRule(.statusAfter(503, retryAfter: nil))
        (rule.method, rule.pathContains) = ("POST", "$batch")
        world.addFault(rule, to: .crm)
        let isWritten = Once()
        world.onMoments { moment in
            guard case .beforeRequest(.crm, let request) = moment, request.url.hasSuffix("$batch"),
                world.row(.crm, "accounts", where: "accountid", is: account)?.text("telephone1") == "+46 1",
                isWritten.isFirst()
            else { return .none }
            _ = world.delete(.crm, "accounts", id: account)
            return .none
        }
        try await world.synchronize()
        world.onMoments(nil)
        #expect(world.row(.crm, "accounts", where: "accountid", is: account) == nil)
        let entries = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "C-001")).entries
        let doubtful = entries.filter { !$0.isConfirmed }
        #expect(doubtful.flatMap(\.fields).map(\.before) == [.text("+46 40 1")])
    }
}
