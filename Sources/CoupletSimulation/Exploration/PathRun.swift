import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletStore
import Synchronization

/// Plays one order of events, finds out whether the state that it leads to is new, and judges it if so.
final class PathRun: Sendable {
    /// What an order of events led to.
    struct Result: Sendable {
        /// What the state is known by.
        var fingerprint = Fingerprint()
        /// What systems, store and oracle are known by: all that is left when the process ends.
        var rest = Fingerprint()
        /// What can happen next; nil where the state was known.
        var next: [ExplorationEvent]?
        var report: SimulationReport?
    }

    /// What was met before.
    struct Known: Sendable {
        /// The states that were gone on from.
        var states: Set<Fingerprint> = []
        /// What was judged.
        var judged: Set<Fingerprint> = []
    }

    private struct State {
        var script: ArraySlice<ExplorationEvent>
        var losesAnswer = false
        var endsAfter = false
        var isInPass = false
        var sent = 0
        var pass = Fingerprint()
        /// Whether a user has edited the first field.
        var hasEdited = false
        /// The CRM's version when a record of its was deleted.
        var deletion: Int64?
        var hasArrived = false
        var result = Result()
    }

    let simulation: Simulation
    private let known: Known
    private let state: Mutex<State>

    private var world: World { simulation.world }
    private var driver: Driver { simulation.driver }

    init(_ simulation: Simulation, _ script: [ExplorationEvent], _ known: Known) {
        self.simulation = simulation
        self.known = known
        state = Mutex(State(script: script[...]))
    }

    /// Plays the events and judges.
    func run() async -> Result {
        world.onMoments { [unowned self] moment in strike(moment) }
        while let event = take() { await play(event) }
        arrive()
        world.onMoments(nil)
        var result = state.withLock { $0.result }
        guard result.next != nil else { return result }
        if !known.judged.contains(result.rest) {
            if !world.isAlive { _ = try? world.restart() }
            await simulation.rest()
        }
        result.report = driver.with { state in
            guard !state.report.violations.isEmpty else { return state.report }
            state.report.trace = world.trace
            state.report.labels = state.oracle.labels
            return state.report
        }
        return result
    }

    private func take() -> ExplorationEvent? { state.withLock { $0.script.popFirst() } }

    /// Plays an event between passes.
    private func play(_ event: ExplorationEvent) async {
        switch event {
        case .step: await pass()
        case .crash: world.endProcess()
        case .restart: _ = try? world.restart()
        case .resolve(let side):
            await simulation.perform(.settleConflict(pick: 0, .take(side), oneField: false))
        case .edit, .lateCommit, .delete, .create: edit(event)
        case .lostAnswer, .crashAfter: break
        }
    }

    private func pass() async {
        var before = Fingerprint()
        before.add(present().rest)
        state.withLock { ($0.isInPass, $0.sent, $0.pass) = (true, 0, before) }
        await simulation.perform(.synchronize(Synchronize(creates: true), chosen: []))
        state.withLock { $0.isInPass = false }
    }

    // MARK: Within a pass

    private func strike(_ moment: Moment) -> Strike {
        switch moment {
        case .beforeCommit, .afterCommit: return .none
        case .beforeRequest(_, let request):
            guard !request.isPreparation, state.withLock({ $0.isInPass }) else { return .none }
            return beforeRequest()
        case .afterHandling(let side, let request, let status):
            guard !request.isPreparation else { return .none }
            var essence = Essence(world)
            let rows = essence.rows(of: side)
            return state.withLock { state in
                // What a process knows in a pass follows from what it was told.
                state.pass.add("\(side.rawValue) \(request.method) \(status)")
                for row in rows { state.pass.add(row) }
                if state.endsAfter {
                    state.endsAfter = false
                    state.isInPass = false
                    return .crash
                }
                guard state.losesAnswer else { return .none }
                state.losesAnswer = false
                state.pass.add("lost")
                return .disconnect
            }
        }
    }

    private func beforeRequest() -> Strike {
        let isFirst = state.withLock { state in
            state.sent += 1
            return state.sent == 1
        }
        // What happens before the first request has happened before the pass as well.
        if isFirst || state.withLock({ $0.hasArrived }) { return .none }
        while let event = take() {
            switch event {
            case .step: return .none
            case .lostAnswer:
                state.withLock { $0.losesAnswer = true }
                return .none
            case .crashAfter:
                state.withLock { $0.endsAfter = true }
                return .none
            case .crash:
                state.withLock { $0.isInPass = false }
                return .crash
            case .edit, .lateCommit, .delete, .create: edit(event)
            case .restart, .resolve: break
            }
        }
        arrive()
        // A known state needs no end.
        guard state.withLock({ $0.result.next == nil }) else { return .none }
        state.withLock { $0.isInPass = false }
        return .crash
    }

    // MARK: Users

    private func edit(_ event: ExplorationEvent) {
        let world = world
        let side: Side
        var ago = 0.0
        var row: SandboxJSON?
        switch event {
        case .edit(let place, let field):
            side = place
            state.withLock { $0.hasEdited = true }
            row = changed(side, field)
        case .lateCommit:
            (side, ago) = (.erp, 30)
            state.withLock { $0.hasEdited = true }
            row = changed(.erp, 0)
        case .create(let place):
            side = place
            row =
                side == .erp
                ? SmallWorld.customer(SmallWorld.news.erp, "2000", "Hill Tools", "York")
                : SmallWorld.account(SmallWorld.news.crm, nil, "Dale Foods Ltd", "Bath")
        case .delete(let place):
            side = place
            world.delete(side, SmallWorld.tables[side], id: SmallWorld.pair[side].description)
            if side == .crm { state.withLock { $0.deletion = world.version(of: .crm) } }
        default: return
        }
        let table = SmallWorld.tables[side]
        if let row { world.edit(side, table, row, secondsAgo: ago, moves: false) }
        driver.with { state in
            state.report.edits += 1
            state.oracle.observe(side, table, world.rows(side, table), by: .user, &state.report)
            state.seen[side] = world.version(of: side)
        }
    }

    /// A field set to the side's own value, or back to what it was at first.
    private func changed(_ side: Side, _ field: Int) -> SandboxJSON? {
        let name = SmallWorld.fields[side][field]
        guard let now = SmallWorld.row(world, side, SmallWorld.pair[side])?[name]?.string else { return nil }
        let first = field == 0 ? "Lund" : "1"
        let value = now == side.rawValue ? first : side.rawValue
        return .members([
            SmallWorld.idFields[side]: .string(SmallWorld.pair[side].description),
            field == 0 ? SmallWorld.fields[side][0] : SmallWorld.fields[side][1]: .string(value),
        ])
    }

    // MARK: The state

    /// Notes the state at the end of the script, and what can happen next.
    private func arrive() {
        guard !state.withLock({ $0.hasArrived }) else { return }
        var result = present()
        if !known.states.contains(result.fingerprint) { result.next = options(state.withLock { $0.isInPass }) }
        state.withLock { ($0.hasArrived, $0.result) = (true, result) }
    }

    /// What the present state is known by.
    private func present() -> Result {
        let (isInPass, pass, hasEdited, deletion) = state.withLock {
            ($0.isInPass, $0.pass, $0.hasEdited, $0.deletion)
        }
        var result = Result()
        var essence = Essence(world)
        for line in essence.lines(deletion: deletion) { result.rest.add(line) }
        driver.with { state in result.rest.add(state.oracle.summary) }
        result.fingerprint = result.rest
        result.fingerprint.add("\(world.isAlive) \(isInPass) \(hasEdited)")
        if isInPass { result.fingerprint.add(pass) }
        return result
    }

    private func options(_ isInPass: Bool) -> [ExplorationEvent] {
        // Whatever happens while no process is there can as well happen when the next one has begun.
        guard world.isAlive else { return [.restart] }
        var events: [ExplorationEvent] = []
        for side in Side.allCases {
            if SmallWorld.row(world, side, SmallWorld.pair[side]) != nil {
                events += [.edit(side, field: 0), .edit(side, field: 1), .delete(side)]
                if side == .erp { events.append(.lateCommit) }
            }
            if SmallWorld.row(world, side, SmallWorld.news[side]) == nil { events.append(.create(side)) }
        }
        events += [.step, .crash]
        if isInPass { return events + [.lostAnswer, .crashAfter] }
        let conflicts = (try? world.store.readSync { try $0.conflicts(mapping: nil, includingClosed: false) }) ?? []
        if !conflicts.isEmpty { events += [.resolve(.erp), .resolve(.crm)] }
        return events
    }
}
