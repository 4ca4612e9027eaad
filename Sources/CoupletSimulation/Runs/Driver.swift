import CoupletCore
import CoupletPorts
import CoupletSandbox
import Synchronization

/// Holds what changes during a run; acts at the moments of the world and tells the oracle what came of it.
final class Driver: Sendable {
    struct State: Sendable {
        var random: SimulationGenerator
        var oracle: Oracle
        var report: SimulationReport
        var plan = FaultPlanner.calm
    }

    let world: World
    let state: Mutex<State>

    init(_ world: World, oracle: Oracle, seed: UInt64) {
        self.world = world
        let report = SimulationReport(seed: seed)
        let random = SimulationGenerator(seed: seed ^ 0xD21)
        state = Mutex(State(random: random, oracle: oracle, report: report))
        for side in Side.allCases { look(side, by: .user) }
        world.onHandled { [unowned self] side, request in handled(side, request) }
        world.onMoments { [unowned self] moment in strike(moment) }
    }

    /// Does something with the run's state.
    func with<Result: Sendable>(_ body: (inout State) throws -> Result) rethrows -> Result {
        try state.withLock { try body(&$0) }
    }

    /// Lets the oracle see all tables of a side.
    func look(_ side: Side, by actor: Actor) {
        let world = world
        with { state in
            for mapping in state.oracle.mappings {
                let table = mapping.table(side).table
                state.oracle.observe(side, table, world.rows(side, table), by: actor, &state.report)
            }
        }
    }

    private func handled(_ side: Side, _ request: HTTPRequestMessage) {
        guard request.method != "GET", !request.url.hasSuffix("/token") else { return }
        let couplings = OpenItems.couplings(world.store, mappings: with { $0.oracle.mappings }, now: world.clock.now)
        let body = String(decoding: request.body, as: UTF8.self)
        let changes = body.ranges(of: "PATCH").count
        let conditions = body.ranges(of: "If-Match").count + body.ranges(of: "If-None-Match").count
        with { state in
            state.report.check(
                .conditionalWrites,
                changes <= conditions && !body.contains("If-Match: *") && request.method != "PATCH",
                "a change was sent without the version it was planned from"
            )
            state.oracle.observe(couplings: couplings, &state.report)
        }
        look(side, by: .couplet)
    }

    private func strike(_ moment: Moment) -> Strike {
        let world = world
        return with { state in
            if let left = state.plan.crashIn, state.plan.crashesAtRequests == moment.isRequest {
                state.plan.crashIn = left - 1
                if left <= 0 {
                    state.plan = .calm
                    state.report.crashes += 1
                    state.report.faults["crash \(moment.kind)", default: 0] += 1
                    world.note("CRASH \(moment.kind)")
                    return .crash
                }
            }
            if case .beforeRequest = moment, state.plan.edits > 0, state.random.oneIn(state.plan.edits) {
                Self.userActs(&state, world)
            }
            return Self.disturb(moment, &state, world)
        }
    }

    private static func disturb(_ moment: Moment, _ state: inout State, _ world: World) -> Strike {
        let plan = state.plan
        switch moment {
        case .beforeCommit, .afterCommit: return .none
        case .beforeRequest(let side, let request):
            if plan.refusals > 0, state.random.oneIn(plan.refusals), !request.url.hasSuffix("/token"),
                let (kind, rule) = FaultPlanner.fault(request, &state.random)
            {
                state.report.faults[kind, default: 0] += 1
                world.note("FAULT \(kind)")
                world.addFault(rule, to: side)
            }
            guard plan.disconnects > 0, state.random.oneIn(plan.disconnects) else { return .none }
            if request.url.hasSuffix("$batch"), state.random.oneIn(2) {
                state.report.faults["late arrival", default: 0] += 1
                world.note("FAULT late arrival")
                return .arriveLate(seconds: Double(state.random.below(18) + 1) / 10)
            }
            state.report.faults["not sent", default: 0] += 1
            world.note("FAULT not sent")
            return .disconnect
        case .afterHandling:
            guard plan.disconnects > 0, state.random.oneIn(plan.disconnects) else { return .none }
            state.report.faults["lost answer", default: 0] += 1
            world.note("FAULT lost answer")
            return .disconnect
        }
    }

    /// Lets a user do something.
    func userActs() {
        let world = world
        with { Self.userActs(&$0, world) }
    }

    private static func userActs(_ state: inout State, _ world: World) {
        guard let edit = UserEdit.any(state.oracle, &state.random) else { return }
        state.report.edits += 1
        let (side, table): (Side, String)
        switch edit {
        case .put(let place, let into, let row):
            (side, table) = (place, into)
            world.edit(side, table, row)
        case .delete(let from, let into, let id):
            (side, table) = (from, into)
            world.delete(side, table, id: id.description)
        }
        state.oracle.observe(side, table, world.rows(side, table), by: .user, &state.report)
    }
}

extension Moment {
    /// Whether it is about a request and not about a commit.
    var isRequest: Bool {
        switch self {
        case .beforeRequest, .afterHandling: true
        case .beforeCommit, .afterCommit: false
        }
    }

    /// Where a process ended, for counting.
    var kind: String {
        switch self {
        case .beforeRequest: "before a request"
        case .afterHandling: "before an answer"
        case .beforeCommit: "before a commit"
        case .afterCommit: "after a commit"
        }
    }
}
