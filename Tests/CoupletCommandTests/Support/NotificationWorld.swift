import CoupletConnectors
import CoupletCore
import CoupletNetwork
import CoupletPorts
import CoupletSandbox
import CoupletStore
import CoupletTexts
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import CoupletEngine
@testable import CoupletServer
@testable import couplet

/// Both stand-ins and a desk, each over HTTP, in one process and on a clock that only the test moves.
struct NotificationWorld: Sendable {
    let clock: ManualClock
    let erp: SandboxHost<BusinessCentralSandbox>
    let crm: SandboxHost<DataverseSandbox>
    let store: ShakyStore
    let transport: AsyncHTTPTransport
    let addresses: SandboxAddresses
    let folder: TemporaryFolder
    let engine: Engine
    /// The desk's address.
    let desk: String
    /// Where notifications are wanted.
    var address: NotificationAddress {
        get throws { try #require(NotificationAddress(desk + "/")) }
    }

    /// Makes a world whose customers are coupled, and does something in it.
    static func run(_ body: (NotificationWorld) async throws -> Void) async throws {
        let clock = ManualClock()
        let now: @Sendable () -> SandboxInstant = { SandboxInstant(milliseconds: clock.now.milliseconds) }
        let began = SandboxInstant(milliseconds: clock.now.milliseconds - 86_400_000)
        var options = BusinessCentralSandbox.Options()
        options.notificationDelayMilliseconds = 20
        let seed = DemoCompany.seed
        let erp = SandboxHost(
            BusinessCentralSandbox(seed: seed.businessCentral, options: options, at: began),
            now: now
        )
        let crm = SandboxHost(DataverseSandbox(seed: seed.dataverse, at: began), now: now)
        try await withSandboxServers(businessCentral: erp, dataverse: crm) { addresses in
            try await withHTTPTransport { transport in
                let folder = try TemporaryFolder()
                let id = RandomIDSource().next()
                let path = folder.path + "/store"
                let store = ShakyStore(try SQLiteStateStore(path: path, execution: .queue, makeInstanceID: id))
                let engine = engine(store, transport, clock, folder)
                try await withDesk(engine) { desk in
                    let world = NotificationWorld(
                        clock: clock,
                        erp: erp,
                        crm: crm,
                        store: store,
                        transport: transport,
                        addresses: addresses,
                        folder: folder,
                        engine: engine,
                        desk: desk
                    )
                    try await world.couple()
                    try await body(world)
                }
            }
        }
    }

    /// An engine as a new process would have it.
    func restarted() -> Engine { Self.engine(store, transport, clock, folder) }

    private static func engine(
        _ store: ShakyStore,
        _ transport: AsyncHTTPTransport,
        _ clock: ManualClock,
        _ folder: TemporaryFolder
    ) -> Engine {
        Engine(
            store: store,
            factory: StandardConnectorFactory(transport: transport, clock: clock),
            sealer: AESSecretSealer(keyFile: KeyFile(path: folder.path + "/key")),
            clock: clock,
            ids: RandomIDSource(),
            defaultMappings: { names in
                let mappings = ["SALESPEOPLE", "CUSTOMER"]
                return DefaultMappings.all(erp: names.erp, crm: names.crm).filter { mappings.contains($0.name) }.map {
                    var mapping = $0
                    mapping.fields.removeAll { !Set(mappings).isSuperset(of: $0.reference?.mappings ?? []) }
                    return mapping
                }
            }
        )
    }

    /// Opens a desk while something is done.
    private static func withDesk(_ engine: Engine, _ body: (String) async throws -> Void) async throws {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let settings = DeskSettings(host: "127.0.0.1", port: 0)
        let console = Console(language: .english, isJSON: false, saysYes: false, environment: [:])
        let server = DeskServer(
            settings: settings,
            engine: engine,
            files: YAMLMappingFiles(console: console),
            logger: logger,
            failure: { ErrorTable(home: "").failure($0) }
        )
        let services = try server.services { listening.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await body("http://127.0.0.1:\(port)")
            group.cancelAll()
        }
    }

    @discardableResult
    func perform<Asked: Action>(_ action: Asked) async throws -> Asked.Result {
        try await action.perform(in: ActionContext(engine: engine, startedBy: "test"))
    }

    private func couple() async throws {
        let company = erp.withMachine { $0.companyID.description }
        for side in Side.allCases {
            let base = side == .erp ? addresses.businessCentral.base : addresses.dataverse.base
            try await perform(
                SetConnection(
                    connection: side.rawValue,
                    side: side,
                    kind: side == .erp ? "businessCentral" : "dataverse",
                    url: base,
                    company: side == .erp ? company : nil,
                    tokenURL: base + "/tenant/oauth2/v2.0/token",
                    clientID: "sandbox-client",
                    secret: "sandbox-secret",
                    operationLimitSeconds: 1
                )
            )
        }
        try await perform(EnableConnection(connection: nil, isEnabled: true))
        try await perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        try await perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        try await perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        try await perform(Synchronize())
    }

    /// A keeper, worked step by step.
    func keeper(of engine: Engine? = nil) throws -> KeeperDesk {
        KeeperDesk(SubscriptionKeeper(engine: engine ?? self.engine, address: try address))
    }

    // MARK: The stand-ins

    /// How often the ERP was asked in a way, at addresses with an ending.
    func asked(_ method: String, _ ending: String) async throws -> Int {
        let stats = try await administer("GET", "stats")["requests"].elements
        return stats.filter { $0["method"].text == method && $0["path"].text?.hasSuffix(ending) == true }
            .reduce(0) { $0 + ($1["count"].integer ?? 0) }
    }

    /// Sends a request to the ERP's own addresses.
    @discardableResult
    func administer(_ method: String, _ path: String, _ body: String = "") async throws -> JSON {
        let request = HTTPRequestMessage(
            method: method,
            url: addresses.businessCentral.base + "/_sandbox/" + path,
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
        let answer = try await transport.send(request)
        #expect((200..<300).contains(answer.status), "\(method) \(path): \(answer.status)")
        return answer.body.isEmpty ? .null : try JSONDecoder().decode(JSON.self, from: Data(answer.body))
    }

    /// A user changes a customer's telephone number.
    func edit(_ number: String, _ phone: String) async throws {
        let rows = try await administer("GET", "records/customers").elements
        let id = try #require(rows.first { $0["number"].text == number }?["id"].text)
        try await administer("POST", "records/customers", #"{"id": "\#(id)", "phoneNumber": "\#(phone)"}"#)
    }

    /// The telephone number of the account that belongs to a customer.
    func phone(_ number: String) -> String? {
        let rows = crm.withMachine { $0.records(entitySet: "accounts") }
        let accounts = rows.flatMap { try? JSONDecoder().decode(JSON.self, from: Data($0)) }?.elements ?? []
        return accounts.first { $0["accountnumber"].text == number }?["telephone1"].text
    }

    /// The ERP's subscriptions, as its API tells them.
    func subscriptions() async throws -> [RemoteSubscription] {
        try await #require(try await engine.connections.connector(for: "erp").subscriptions).all()
    }

    /// The number of a coupled customer.
    func customer(_ position: Int = 0) async throws -> String {
        let view = try await perform(ListRecords(mapping: "CUSTOMER", side: .erp, isCoupled: true))
        return try #require(view.records.compactMap(\.key).sorted().dropFirst(position).first)
    }

    // MARK: The notification address

    /// Sends something to the notification address of the ERP.
    func send(
        _ body: some Sequence<UInt8>,
        _ method: String = "POST",
        path: String = "/notifications/business-central/erp",
        type: String = "application/json"
    ) async throws -> HTTPResponseMessage {
        let request = HTTPRequestMessage(
            method: method,
            url: desk + path,
            headers: [HTTPHeader("Content-Type", type)],
            body: Array(body)
        )
        return try await transport.send(request)
    }

    /// Waits until something holds, while requests go back and forth.
    func wait(until condition: () async throws -> Bool) async throws {
        while try await !condition() { try await administer("GET", "stats") }
    }
}

/// A keeper with what it remembers.
struct KeeperDesk {
    let keeper: SubscriptionKeeper
    private var memory = SubscriptionKeeper.Memory()

    init(_ keeper: SubscriptionKeeper) { self.keeper = keeper }

    mutating func step() async throws { _ = try await keeper.step(&memory) }
}

/// A store that can be out of reach.
final class ShakyStore: StateStore {
    private let store: SQLiteStateStore
    private let away = Mutex(false)

    /// Whether it is out of reach.
    var isAway: Bool {
        get { away.withLock { $0 } }
        set { away.withLock { $0 = newValue } }
    }

    init(_ store: SQLiteStateStore) { self.store = store }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        if isAway { throw StoreError.busy }
        return try await store.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Result
    ) async throws -> Result {
        if isAway { throw StoreError.diskFull }
        return try await store.write(body)
    }

    func overwriteRemoved() async throws { try await store.overwriteRemoved() }

    func backUp(to path: String, replacing replaces: Bool) async throws -> Int64 {
        try await store.backUp(to: path, replacing: replaces)
    }
}
