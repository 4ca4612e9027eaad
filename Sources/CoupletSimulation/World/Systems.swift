import CoupletCore
import CoupletPorts
import CoupletSandbox
import Synchronization

/// Both stand-ins, each behind its own lock.
final class Systems: Sendable {
    /// Both systems as they were at a moment.
    struct Snapshot: Sendable {
        fileprivate var erp: BusinessCentralSandbox
        fileprivate var crm: DataverseSandbox
    }

    private let erp: Mutex<BusinessCentralSandbox>
    private let crm: Mutex<DataverseSandbox>
    private let skewSeconds: BySide<Double>
    let clock: SimulatedClock
    /// The id of the ERP's company.
    let company: String

    init(
        seed: SeedSource,
        randomSeed: UInt64,
        clock: SimulatedClock,
        skewSeconds: BySide<Double> = BySide(erp: 0, crm: 0)
    ) {
        self.skewSeconds = skewSeconds
        let began = SandboxInstant(milliseconds: clock.now.milliseconds - 86_400_000)
        var erpOptions = BusinessCentralSandbox.Options()
        erpOptions.randomSeed = randomSeed ^ 0xE2
        var crmOptions = DataverseSandbox.Options()
        crmOptions.randomSeed = randomSeed ^ 0xC2
        let sandbox = BusinessCentralSandbox(seed: seed.businessCentral, options: erpOptions, at: began)
        company = sandbox.companyID.description
        erp = Mutex(sandbox)
        crm = Mutex(DataverseSandbox(seed: seed.dataverse, options: crmOptions, at: began))
        self.clock = clock
    }

    /// What a system takes for the time.
    private func now(_ side: Side) -> SandboxInstant {
        SandboxInstant(milliseconds: clock.now.milliseconds + Int64(skewSeconds[side] * 1000))
    }

    /// Both systems as they are.
    var snapshot: Snapshot { Snapshot(erp: erp.withLock { $0 }, crm: crm.withLock { $0 }) }

    /// Puts a system back to what it was.
    /// - Parameters:
    ///   - side: The system.
    ///   - snapshot: What it was.
    ///   - givesNewIDs: Whether it goes on with ids that it has never given out, as systems do whose ids are random.
    func restore(_ side: Side, from snapshot: Snapshot, givesNewIDs: Bool = false) {
        switch side {
        case .erp:
            erp.withLock { machine in
                let ids = machine.desk.generator
                machine = snapshot.erp
                if givesNewIDs { machine.desk.generator = ids }
            }
        case .crm:
            crm.withLock { machine in
                let ids = machine.desk.generator
                machine = snapshot.crm
                if givesNewIDs { machine.desk.generator = ids }
            }
        }
    }

    /// Lets every delta token that the CRM has given out count as expired, from now on.
    func expireDeltaTokens() { crm.withLock { $0.expireDeltaTokens() } }

    /// Does something with a system at the present time.
    func with<Result: Sendable>(
        _ side: Side,
        _ body: @Sendable (inout any SandboxMachine, SandboxInstant) -> Result
    ) -> Result {
        let now = now(side)
        switch side {
        case .erp:
            return erp.withLock { machine in
                var some: any SandboxMachine = machine
                defer { if let changed = some as? BusinessCentralSandbox { machine = changed } }
                return body(&some, now)
            }
        case .crm:
            return crm.withLock { machine in
                var some: any SandboxMachine = machine
                defer { if let changed = some as? DataverseSandbox { machine = changed } }
                return body(&some, now)
            }
        }
    }

    func handle(_ request: HTTPRequestMessage, _ side: Side) -> SandboxResponse? {
        guard let scheme = request.url.firstRange(of: "://") else { return nil }
        let rest = request.url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        let fields = request.headers.map { SandboxHeaders.Field(name: $0.name, value: $0.value) }
        let asked = SandboxRequest(
            method: request.method,
            target: String(rest[host.endIndex...]),
            headers: SandboxHeaders(fields),
            body: request.body,
            scheme: String(request.url[..<scheme.lowerBound]),
            host: String(host)
        )
        let now = now(side)
        return switch side {
        case .erp: erp.withLock { $0.handle(asked, at: now) }
        case .crm: crm.withLock { $0.handle(asked, at: now) }
        }
    }
}
