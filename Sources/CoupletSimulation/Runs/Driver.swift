import CoupletCore
import CoupletPorts
import CoupletSandbox
import Synchronization

/// Holds what changes during a run; acts at the moments of the world and tells the oracle what came of it.
final class Driver: Sendable {
    struct State: Sendable {
        /// The chance of the present event.
        var random: SimulationGenerator
        var oracle: Oracle
        var report: SimulationReport
        var plan = FaultPlanner.calm
        let focus: FaultFocus
        /// The number of the last write that the oracle has seen of each system.
        var seen = BySide<Int64>(erp: -1, crm: -1)
        /// Both systems as they were at some moments, to be restored.
        var snapshots: [Systems.Snapshot] = []
        /// Which of the present wishes were refused.
        var refused: Set<Int> = []
        /// How many records the last synchronization without faults wrote, and how many requests besides tokens it sent.
        var lastSynchronization = (writes: 0, requests: 0)
    }

    let world: World
    let state: Mutex<State>

    init(_ world: World, oracle: Oracle, seed: UInt64, focus: FaultFocus) {
        self.world = world
        let random = SimulationGenerator(seed: seed)
        state = Mutex(
            State(random: random, oracle: oracle, report: SimulationReport(seed: seed), focus: focus)
        )
        for side in Side.allCases { look(side, by: .user) }
        world.onHandled { [unowned self] side, request, isLate in handled(side, request, isLate: isLate) }
        world.onMoments { [unowned self] moment in strike(moment) }
    }

    /// Does something with the run's state.
    func with<Result: Sendable>(_ body: (inout State) throws -> Result) rethrows -> Result {
        try state.withLock { try body(&$0) }
    }

    /// Lets the oracle see all tables of a side, unless nothing was written since it saw them last.
    func look(_ side: Side, by actor: Actor) {
        let world = world
        let version = world.version(of: side)
        with { state in
            guard state.seen[side] != version else { return }
            state.seen[side] = version
            for mapping in state.oracle.mappings {
                let table = mapping.table(side).table
                state.oracle.observe(side, table, world.rows(side, table), by: actor, &state.report)
            }
            for text in state.oracle.news { world.note("couplet \(text)") }
            state.oracle.news = []
        }
    }

    /// Lets the oracle know what Couplet knows by now: what it wrote and has heard of.
    func settle() {
        let isHeard = world.takeHeard()
        with { $0.oracle.settlePending(isHeard: isHeard) }
    }

    private func handled(_ side: Side, _ request: HTTPRequestMessage, isLate: Bool) {
        guard request.method != "GET", !request.isForToken else { return }
        let couplings = OpenItems.couplings(world.store, mappings: with { $0.oracle.mappings }, now: world.clock.now)
        let body = request.body
        let changes = body.count(of: "PATCH")
        let conditions = body.count(of: "If-Match") + body.count(of: "If-None-Match")
        with { state in
            state.report.check(
                .conditionalWrites,
                changes <= conditions && !body.has("If-Match: *") && request.method != "PATCH",
                "a change was sent without the version it was planned from"
            )
            state.oracle.observe(couplings: couplings, &state.report)
            state.oracle.request = body
        }
        let before = with { $0.oracle.coupletWrites }
        look(side, by: .couplet)
        guard isLate else { return }
        with { state in
            state.oracle.lateWrites += state.oracle.coupletWrites - before
            state.oracle.settlePending(isHeard: false)
        }
    }

    private func strike(_ moment: Moment) -> Strike {
        let world = world
        if case .beforeRequest = moment { settle() }
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
            if case .beforeRequest(let side, let request) = moment { Self.letUsersAct(&state, world, side, request) }
            return Self.disturb(moment, &state, world)
        }
    }

    /// Users act before a request; where it writes, as often as not on a record and a field that it is about.
    private static func letUsersAct(
        _ state: inout State,
        _ world: World,
        _ side: Side,
        _ request: HTTPRequestMessage
    ) {
        for kind in FaultPlanner.users where state.plan.strikes(kind, request, &state.random) {
            state.count(kind, world)
            let isAimed = request.isBatch && state.random.oneIn(2)
            let aimed = isAimed ? UserEdit.aimed(at: request.body, side, state.oracle, &state.random) : nil
            userActs(&state, world, kind, aimed)
        }
    }

    private static func disturb(_ moment: Moment, _ state: inout State, _ world: World) -> Strike {
        let plan = state.plan
        switch moment {
        case .beforeCommit, .afterCommit: return .none
        case .beforeRequest(let side, let request):
            guard !request.isForToken else { return .none }
            var isRefused = false
            if let (kind, rule) = plan.fault(request, &state.random) {
                isRefused = FaultPlanner.isRefusal(kind)
                state.count(kind, world)
                if kind == .expiredDeltaToken {
                    world.systems.expireDeltaTokens()
                } else {
                    world.addFault(rule, to: side)
                }
            }
            guard let (kind, strike) = plan.connectionFault(request, side, &state.random) else { return .none }
            // What a system has refused it refuses as often as it comes.
            if isRefused, kind == .duplicate { return .none }
            state.count(kind, world)
            return strike
        case .afterHandling(_, let request, _):
            guard plan.strikes(.lostAnswer, request, &state.random) else { return .none }
            state.count(.lostAnswer, world)
            return .disconnect
        }
    }

    /// Lets a user do something.
    func userActs() {
        let world = world
        with { Self.userActs(&$0, world, .editsBetween) }
    }

    private static func userActs(_ state: inout State, _ world: World, _ kind: FaultKind, _ aimed: UserEdit? = nil) {
        guard let edit = aimed ?? UserEdit.any(state.oracle, &state.random) else { return }
        state.report.edits += 1
        let ago = kind == .lateCommit ? Double(state.random.below(40)) : 0
        let (side, table): (Side, String)
        switch edit {
        case .put(let place, let into, let row):
            (side, table) = (place, into)
            world.edit(side, table, row, secondsAgo: ago, moves: kind != .equalStamps)
        case .delete(let from, let into, let id):
            (side, table) = (from, into)
            world.delete(side, table, id: id.description)
        }
        state.oracle.observe(side, table, world.rows(side, table), by: .user, &state.report)
        for step in world.stepsOnTheirWay {
            state.oracle.noteTypedAlike(step)
            state.oracle.noteDeletedUnheard(step)
        }
        state.seen[side] = world.version(of: side)
    }
}

extension Driver.State {
    /// Counts a fault that struck.
    mutating func count(_ kind: FaultKind, _ world: World) {
        report.faults[kind.rawValue, default: 0] += 1
        world.note("FAULT \(kind.rawValue)")
    }
}
