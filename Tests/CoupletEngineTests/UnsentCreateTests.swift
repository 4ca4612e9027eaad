import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Creates of which it is not known whether they were sent")
struct UnsentCreateTests {
    @Test(arguments: [false, true])
    func `creates of a process that ended before they were sent, or on their way, are made once`(
        areSent: Bool
    ) async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        world.onMoments { moment in
            switch moment {
            case .beforeRequest(.crm, let request) where !areSent && request.method == "POST": .crash
            case .afterHandling(.crm, let request, _) where areSent && request.method == "POST": .crash
            default: .none
            }
        }
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        await #expect(throws: (any Error).self) { try await world.perform(match) }
        world.onMoments(nil)
        try world.restart()
        #expect(try await world.synchronize().status == .done)
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.states().values.allSatisfy { $0 == .inSync })
    }

    @Test func `a remote that cannot be reached loses no record that was to be made`() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        world.onMoments { moment in
            if case .beforeRequest(.crm, let request) = moment, request.method == "POST" { return .disconnect }
            return .none
        }
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        #expect(try await code { try await world.perform(match) } == "remote.unreachable")
        world.onMoments(nil)
        world.clock.advance(bySeconds: 60)
        #expect(try await world.synchronize().status == .done)
        #expect(world.rows(.crm, "accounts").count == 3)
    }

    @Test func `a code that is on its way is given to nobody else`() async throws {
        let world = try await World(seed: Small.seed(people: []))
        world.onMoments { moment in
            if case .beforeRequest(.erp, let request) = moment, request.url.hasSuffix("$batch") { return .crash }
            return .none
        }
        let create = Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, creates: true)
        await #expect(throws: (any Error).self) { try await world.perform(create) }
        world.onMoments(nil)
        try world.restart()
        world.edit(
            .crm,
            "systemusers",
            [
                "systemuserid": .string("00000000-0000-4000-8000-0000000000a3"), "fullname": .string("Cy Three"),
                "internalemailaddress": .string("cy@small.example"), "isdisabled": .boolean(false),
                "islicensed": .boolean(true), "isintegrationuser": .boolean(false),
            ]
        )
        var preview = create
        preview.isPreview = true
        let plan = try #require(try await world.perform(preview).plan)
        let codes = plan.steps.flatMap(\.changes).filter { $0.field == "code" }.map(\.after.text)
        #expect(codes == ["SP-00003"])
        #expect(try await world.perform(create).status == .done)
        let people = world.rows(.erp, "salespeoplePurchasers").map { $0.text("code") }
        #expect(people.sorted() == ["SP-00001", "SP-00002", "SP-00003"])
    }
}
