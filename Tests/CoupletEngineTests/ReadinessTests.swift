import CoupletCore
import CoupletPorts
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@testable import CoupletEngine

@Suite("Whether the work can be done")
struct ReadinessTests {
    private static func reasons(_ world: World) async throws -> [String] {
        try await world.engine.readiness().reasons.map(\.code)
    }

    @Test func `a world that is set up is ready, and one without connections that may write says so`() async throws {
        let world = try await Small.coupled()
        #expect(try await Self.reasons(world) == [])
        _ = try await world.perform(EnableConnection(connection: nil, isEnabled: false))
        #expect(try await Self.reasons(world) == ["health.noConnection"])
    }

    @Test func `a stop of writing is a reason until somebody confirms it`() async throws {
        let world = try await Small.coupled()
        let now = world.clock.now
        _ = try await world.store.write { try $0.save(WriteStop(reason: .olderStore, foundAt: now)) }
        #expect(try await Self.reasons(world) == ["health.writingStopped"])
        _ = try await world.perform(ConfirmWriting())
        #expect(try await Self.reasons(world) == [])
    }

    @Test func `a scheduler that does not get on is a reason after a quarter of an hour, and one that does is none`()
        async throws
    {
        let world = try await Small.coupled()
        let engine = try world.engine
        world.clock.advance(bySeconds: 3600)
        #expect(await engine.readiness().isReady)
        engine.pulse.expect(at: engine.clock.now)
        world.clock.advance(bySeconds: SchedulerPulse.patience + 60)
        #expect(await engine.readiness().reasons == [Message("health.schedulerNotBegun", ["minutes": "16"])])
        let scheduler = Scheduler(engine: engine, sweeps: try Schedule(parsing: "cron 0 3 * * *"))
        var day = try await scheduler.begin()
        _ = try await scheduler.step(&day)
        #expect(await engine.readiness().isReady)
        world.clock.advance(bySeconds: SchedulerPulse.patience + 60)
        #expect(await engine.readiness().reasons.map(\.code) == ["health.schedulerStuck"])
        _ = try await world.perform(Synchronize(mapping: "CUSTOMER"))
        #expect(await engine.readiness().isReady, "who waits for a run at work is not stuck")
    }
}

@Suite("Whether the store can be used")
struct StoreProbeTests {
    @Test func `a full disk and a store that does not answer are told, also to those who come meanwhile`() async throws
    {
        let clock = ProbeClock()
        let (full, probe) = (ProbeStore(), StoreProbe())
        full.failure.withLock { $0 = .diskFull }
        #expect(await probe.problem(of: full, clock)?.code == "health.diskFull")
        full.failure.withLock { $0 = nil }
        clock.advance(0.5)
        #expect(await probe.problem(of: full, clock)?.code == "health.diskFull", "it was asked half a second ago")
        #expect(full.writes.withLock { $0 } == 1)
        clock.advance(1)
        #expect(await probe.problem(of: full, clock) == nil)

        clock.advance(2)
        let (reached, isReached) = AsyncStream<Void>.makeStream()
        let (open, opening) = AsyncStream<Void>.makeStream()
        full.before.withLock { before in
            before = {
                isReached.finish()
                for await _ in open {}
            }
        }
        async let first = probe.problem(of: full, clock)
        for await _ in reached {}
        #expect(await probe.problem(of: full, clock) == nil, "it may still answer in time")
        clock.advance(StoreProbe.patience + 1)
        #expect(await probe.problem(of: full, clock)?.code == "health.storeSlow")
        opening.finish()
        #expect(await first == nil)
        #expect(await probe.problem(of: full, clock) == nil)
    }
}
