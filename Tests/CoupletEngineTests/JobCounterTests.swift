import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@Suite("Counters of jobs")
struct JobCounterTests {
    /// What a job says it did, or what the history says.
    private struct Done: Hashable {
        var created = 0
        var changed = 0
        var coupled = 0
    }

    /// Ends the process at a moment counted from the start.
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

    @Test func `say what the history says, wherever the process ended`() async throws {
        var moment = 1
        while try await cutOff(at: moment) { moment += 3 }
        #expect(moment > 20)
    }

    private static func writes(_ jobs: [JobView]) -> Int {
        jobs.reduce(0) { $0 + $1.counts.inserted + $1.counts.modified }
    }

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
        let left = try await world.perform(ListJobs(limit: 100)).jobs
        #expect(!left.contains { $0.status == .inProcess }, "moment \(moment)")
        let next = try await world.synchronize()
        let after = try await world.perform(ListJobs(limit: 100)).jobs
        let settled = (next.settledEarlier ?? []).reduce(0) { $0 + $1.count }
        let sums = (Self.writes(left), Self.writes(next.jobs ?? []), Self.writes(after))
        #expect(sums.0 + settled + sums.1 == sums.2, "moment \(moment)")
        try await world.perform(match)
        let jobs = try await world.perform(ListJobs(limit: 100)).jobs.filter { $0.mapping == "CUSTOMER" }
        for job in jobs {
            let entries = try await world.store.read {
                try $0.history(run: job.run, job: job.id, before: nil, limit: 1000)
            }
            var done = Done()
            for entry in entries where entry.isConfirmed {
                switch entry.action {
                case .create: done.created += 1
                case .update: done.changed += 1
                case .couple: done.coupled += entry.side == .erp ? 1 : 0
                case .uncouple, .delete: Issue.record("nothing is uncoupled or deleted here")
                }
            }
            let said = Done(created: job.counts.inserted, changed: job.counts.modified, coupled: job.counts.coupled)
            #expect(said == done, "moment \(moment), job \(job.id)")
        }
        let created = jobs.reduce(0) { $0 + $1.counts.inserted }
        #expect(created == 2, "moment \(moment)")
        return bomb.hasGoneOff
    }
}
