import CoupletConnectors
package import CoupletCore
package import CoupletEngine
import CoupletPorts
package import CoupletSandbox
package import CoupletStore
import Synchronization

/// The whole of Couplet and both systems in one process: the real engine, connectors and store, the stand-ins as state
/// machines, and a clock, ids and network that follow from a seed.
///
/// The store lives as long as the world; `restart` ends the present process and begins another one on it.
package final class World: Sendable {
    /// How a world is set up.
    package struct Options: Sendable {
        /// Where all ids and tokens begin.
        package var randomSeed: UInt64 = 1
        /// The most rows on one page; nil for the connectors' own limits.
        package var pageSize: Int?
        /// Seconds by which the ERP's incremental reads reach back.
        package var overlapSeconds: Double?
        /// Whether both connections may write.
        package var isEnabled = true
        /// The default mappings to work with, without the fields that refer to others; nil for all.
        package var mappings: Set<String>? = ["SALESPEOPLE", "CUSTOMER"]
        /// What a mapping has in place of its default form, by name.
        package var changes: [String: @Sendable (inout TableMapping) -> Void] = [:]
        /// Seconds by which each system's clock is ahead.
        package var skewSeconds = BySide(erp: 0.0, crm: 0.0)
        /// What stands between the engine and its ports.
        package var parts = Parts()

        /// The usual set-up.
        package init() {}
    }

    private struct State {
        var engine: Engine?
        var life = ProcessLife()
        var decision: StrikeDecision?
        var observer: HandledObserver?
        var trace: [String] = []
        var late: [LateRequest] = []
        var throttling = Throttling()
        var sharesNetwork = false
        var hasHeard = false
    }

    /// A request whose sender has given up on it, on its way.
    struct LateRequest: Sendable {
        var request: HTTPRequestMessage
        var side: Side
        var arrival: Instant
    }

    /// The names of the two connections.
    package static let connections = BySide(erp: "bc", crm: "crm")
    /// Seconds from sending a request to its handling.
    package static let latencySeconds = 0.02

    /// The clock of everything.
    package let clock: SimulatedClock
    /// What Couplet keeps, beyond any one process.
    package let store: SQLiteStateStore
    let systems: Systems
    let ids: SeededIDs
    private let options: Options
    private let state: Mutex<State>

    /// Makes a world with both connections set.
    /// - Parameters:
    ///   - seed: What the systems begin with.
    ///   - options: How the world is set up.
    /// - Throws: What setting the connections throws.
    package init(seed: SeedSource = DemoCompany.seed, options: Options = Options()) async throws {
        let clock = SimulatedClock()
        self.clock = clock
        self.options = options
        ids = SeededIDs(seed: options.randomSeed ^ 0x1D5)
        systems = Systems(
            seed: seed,
            randomSeed: options.randomSeed,
            clock: clock,
            skewSeconds: options.skewSeconds
        )
        let door = CommitDoor()
        let faults = CommitFaults(beforeCommit: { try door.before() }, afterCommit: { try door.after() })
        store = try StorePool.shared.empty(faults: faults)
        state = Mutex(State())
        door.world = self
        try restart()
        for side in Side.allCases { try await setConnection(side) }
        if options.isEnabled { _ = try await perform(EnableConnection(connection: nil, isEnabled: true)) }
    }

    /// The engine of the present process.
    package var engine: Engine {
        get throws {
            guard let engine = state.withLock({ $0.engine }) else { throw ProcessGone() }
            return engine
        }
    }

    /// Ends the present process, if there is one, and begins another on the same store and systems.
    /// - Returns: The new process's engine.
    @discardableResult
    package func restart() throws -> Engine {
        let life = ProcessLife()
        let clock = options.parts.clock(ProcessClock(clock: clock, life: life))
        let transport = WorldTransport(world: self, life: life)
        var erp = BusinessCentralConnector.Settings()
        var crm = DataverseConnector.Settings()
        if let seconds = options.overlapSeconds { erp.overlapSeconds = seconds }
        if let size = options.pageSize { (erp.pageSize, crm.pageSize) = (size, size) }
        let factory = StandardConnectorFactory(
            transport: transport,
            clock: clock,
            businessCentral: erp,
            dataverse: crm
        )
        let engine = Engine(
            store: options.parts.store(ProcessStore(store: store, life: life)),
            factory: options.parts.factory(factory),
            sealer: PlainSealer(),
            clock: clock,
            ids: ids,
            decisions: options.parts.decisions,
            witness: options.parts.witness,
            courier: options.parts.courier,
            defaultMappings: { [options] in options.mappings(of: $0) }
        )
        state.withLock { state in
            state.life.end()
            state.life = life
            state.engine = engine
            state.throttling.forget()
            state.hasHeard = false
        }
        return engine
    }

    /// Does an action in the present process.
    /// - Parameter action: The action.
    /// - Returns: Its result.
    /// - Throws: What the action throws; anything at all when the process is gone meanwhile.
    @discardableResult
    package func perform<Asked: Action>(_ action: Asked) async throws -> Asked.Result {
        try await action.perform(in: ActionContext(engine: try engine, startedBy: "simulation"))
    }

    /// Ends the present process.
    func endProcess() { state.withLock { $0.life }.end() }

    /// Forgets what happened so far.
    /// - Parameter trace: What counts as having happened.
    func forget(keeping trace: [String] = []) {
        state.withLock { state in
            state.trace = trace
            state.late = []
            state.throttling = Throttling()
        }
    }

    /// Whether requests of several actions take turns on the network.
    var sharesNetwork: Bool {
        get { state.withLock { $0.sharesNetwork } }
        set { state.withLock { $0.sharesNetwork = newValue } }
    }

    /// Whether the present process still runs.
    package var isAlive: Bool { state.withLock { $0.life }.isAlive }

    /// Sets who decides what happens at each moment; nil for nobody.
    package func onMoments(_ decision: StrikeDecision?) { state.withLock { $0.decision = decision } }

    /// Sets who is told of every handled request; nil for nobody.
    package func onHandled(_ observer: HandledObserver?) { state.withLock { $0.observer = observer } }

    func tellHandled(_ side: Side, _ request: HTTPRequestMessage, isLate: Bool) {
        state.withLock { $0.observer }?(side, request, isLate)
    }

    /// Notes that the present process has heard the answer to a write.
    func noteHeard() { state.withLock { $0.hasHeard = true } }

    /// Whether the present process has heard the answer to a write since this was asked last.
    func takeHeard() -> Bool {
        state.withLock { state in
            defer { state.hasHeard = false }
            return state.hasHeard
        }
    }

    /// What happened so far, a line each.
    package var trace: [String] { state.withLock { $0.trace } }

    /// Adds a line to the trace.
    package func note(_ line: String) {
        let time = clock.now.milliseconds - 1_795_478_400_000
        state.withLock { $0.trace.append("\(time) \(line)") }
    }

    func strike(_ moment: Moment, _ life: ProcessLife? = nil) -> Strike {
        let (decision, present) = state.withLock { ($0.decision, $0.life) }
        let strike = decision?(moment) ?? .none
        if strike == .crash { (life ?? present).end() }
        return strike
    }

    /// Judges whether a system wanted to be asked now.
    func judgeSending(to side: Side) {
        let now = clock.now
        state.withLock { $0.throttling.judge(side, at: now) }
    }

    /// Notes how long an answer that was heard asks to wait.
    func noteRetryAfter(_ answer: HTTPResponseMessage, of side: Side) {
        let now = clock.now
        state.withLock { $0.throttling.note(answer, of: side, at: now) }
    }

    /// How the waiting times were kept to.
    var throttling: Throttling { state.withLock { $0.throttling } }

    func holdBack(_ request: HTTPRequestMessage, _ side: Side, forSeconds seconds: Double) {
        let arrival = clock.now.advanced(bySeconds: seconds)
        state.withLock { $0.late.append(LateRequest(request: request, side: side, arrival: arrival)) }
    }

    /// Late requests that would make a record never arrive.
    func loseLateCreates(of id: String) {
        state.withLock { state in
            state.late.removeAll { $0.request.creates && $0.request.body.has(id.lowercased()) }
        }
    }

    /// Lets the systems handle requests that nobody waits for any more and whose time has come.
    package func deliverLateRequests() {
        let now = clock.now
        let due = state.withLock { state in
            let due = state.late.filter { $0.arrival <= now }
            state.late.removeAll { $0.arrival <= now }
            return due
        }
        for late in due {
            guard let response = systems.handle(late.request, late.side) else { continue }
            note("late \(Self.line(late.request, late.side, response.status))")
            tellHandled(late.side, late.request, isLate: true)
        }
    }

    private func setConnection(_ side: Side) async throws {
        let isERP = side == .erp
        try await perform(
            SetConnection(
                connection: Self.connections[side],
                side: side,
                kind: isERP ? "businessCentral" : "dataverse",
                url: "http://\(side.rawValue).example",
                company: isERP ? systems.company : nil,
                tokenURL: "http://\(side.rawValue).example/tenant/oauth2/v2.0/token",
                clientID: "sandbox-client",
                secret: "sandbox-secret",
                operationLimitSeconds: 2
            )
        )
    }
}

extension World.Options {
    /// The mappings of a pair of connections.
    package func mappings(of pair: BySide<String>) -> [TableMapping] {
        let all = DefaultMappings.all(erp: pair.erp, crm: pair.crm)
        guard let names = mappings else { return all }
        return all.filter { names.contains($0.name) }.map { mapping in
            var mapping = mapping
            changes[mapping.name]?(&mapping)
            mapping.fields.removeAll { !names.isSuperset(of: $0.reference?.mappings ?? []) }
            return mapping
        }
    }
}

/// Leads from the store's commits to the world that owns the store.
private final class CommitDoor: Sendable {
    private struct Weak: Sendable { weak let world: World? }
    private let held = Mutex(Weak(world: nil))

    var world: World? {
        get { held.withLock { $0.world } }
        set { held.withLock { $0 = Weak(world: newValue) } }
    }

    func before() throws {
        if let world, world.strike(.beforeCommit) == .crash {
            // An answer that was heard and not recorded is not known to the next process.
            _ = world.takeHeard()
            throw ProcessGone()
        }
        world?.note("commit")
    }

    func after() throws {
        if world?.strike(.afterCommit) == .crash { throw ProcessGone() }
    }
}
