import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Foundation
import Synchronization
import Testing

@Suite("Processes that end at any moment")
struct CrashTests {
    /// Ends the process at a moment counted from the start; says whether that came.
    private final class Bomb: Sendable {
        private let left: Mutex<Int>

        init(_ moment: Int) { left = Mutex(moment) }

        var hasGoneOff: Bool { left.withLock { $0 <= 0 } }

        func strike() -> Strike {
            left.withLock { left in
                left -= 1
                return left == 0 ? .crash : .none
            }
        }
    }

    @Test func `the first synchronization, cut off at every moment, makes one account of a customer`() async throws {
        let isLong = ProcessInfo.processInfo.environment["COUPLET_LONG"] == "1"
        var moment = 1
        while try await cutOff(at: moment) { moment += isLong ? 1 : 4 }
        #expect(moment > 20)
    }

    /// Matches and creates, cut off at a moment; then synchronizes, matches again, and looks at what there is.
    private func cutOff(at moment: Int) async throws -> Bool {
        let known = Small.account(1, ["name": .string("CUSTOMER 1"), "address1_city": .string("Lund")])
        let world = try await World(seed: Small.seed(accounts: [known]))
        try await world.coupleSalespeople()
        let bomb = Bomb(moment)
        world.onMoments { _ in bomb.strike() }
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        _ = try? await world.perform(match)
        world.onMoments(nil)
        try world.restart()
        let hadBegun = try await hasPlannedCreates(world)
        let result = try await world.synchronize()
        #expect(result.status == .done, "moment \(moment)")
        if hadBegun { #expect(world.rows(.crm, "accounts").count == 3, "moment \(moment)") }
        try await verifyNoDuplicates(world, moment)
        #expect(try await world.perform(match).status == .done)
        try await world.synchronize()
        #expect(try await world.states() == ["C-001": .inSync, "C-002": .inSync, "C-003": .inSync])
        #expect(world.rows(.crm, "accounts").count == 3, "moment \(moment)")
        try await verifyNoDuplicates(world, moment)
        return bomb.hasGoneOff
    }

    private func hasPlannedCreates(_ world: World) async throws -> Bool {
        try await world.store.read { transaction in
            let planned = try transaction.plans(in: .applying).flatMap { plan in
                try transaction.steps(plan: plan.id, state: .planned, after: 0, limit: 100)
            }
            let sent = try transaction.sentSteps(after: 0, limit: 100)
            return (planned + sent).contains { $0.step.action == .create }
        }
    }

    /// Every account is the counterpart of one customer, and no two have the same number.
    private func verifyNoDuplicates(_ world: World, _ moment: Int) async throws {
        let accounts = world.rows(.crm, "accounts")
        let numbers = accounts.map { $0.text("accountnumber") }.filter { !$0.isEmpty }
        #expect(Set(numbers).count == numbers.count, "moment \(moment)")
        let view = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .crm, isCoupled: true))
        let coupled = Set(view.records.map(\.id.description))
        let orphans = accounts.filter { !$0.text("accountnumber").isEmpty && !coupled.contains($0.text("accountid")) }
        #expect(orphans.isEmpty, "moment \(moment)")
    }
}
