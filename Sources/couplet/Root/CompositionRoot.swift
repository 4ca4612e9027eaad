import CoupletConnectors
import CoupletCore
import CoupletEngine
import CoupletNetwork
import CoupletPorts
import CoupletStore
import CoupletTexts
import Logging

/// Puts the parts together: the only place that knows every adapter.
struct CompositionRoot: Sendable {
    /// The settings.
    let settings: Settings
    /// Takes what operators want to know.
    let logger: Logger

    /// Does something with an engine over a home's store, while nobody else can use that store.
    /// - Parameters:
    ///   - home: The home; made where it is missing.
    ///   - body: What to do.
    /// - Returns: What the body returns.
    /// - Throws: `CoupletError`, what the body throws, or `CancellationError`.
    func withEngine<Result: Sendable>(
        home: HomeDirectory,
        _ body: @Sendable (Engine) async throws -> Result
    ) async throws -> Result {
        let errors = ErrorTable(home: home.path)
        do {
            try home.create()
            let lock = try StoreLock(home)
            defer { lock.release() }
            logger.debug("The store's lock is held", metadata: ["couplet.home": "\(home.path)"])
            let store = try SQLiteStateStore(
                path: home.store,
                execution: .queue,
                makeInstanceID: RandomIDSource().next()
            )
            let instance = try await store.read { try $0.instanceID() }
            let witness = FileWitness(home: home, keyFile: settings.keyFile, instance: instance)
            return try await withTransport { transport in
                let engine = engine(store: store, transport: transport, witness: witness)
                try await engine.compareWithWitness()
                return try await body(engine)
            }
        } catch {
            throw errors.failure(error)
        }
    }

    private func withTransport<Result: Sendable>(
        _ body: @Sendable (AsyncHTTPTransport) async throws -> Result
    ) async throws -> Result {
        let trust = TransportSettings(
            trustedCertificatesFile: settings.trustedCertificates,
            plainHosts: settings.plainHosts
        )
        do {
            return try await withHTTPTransport(trust, body)
        } catch let error as TransportSettings.NoCertificates {
            let problem = Texts.text("settings.noCertificates", ["file": error.file], settings.language)
            throw CoupletError("settings.wrong", ["problems": problem], status: .wrongConfiguration)
        }
    }

    private func engine(store: any StateStore, transport: any HTTPTransport, witness: any StoreWitness) -> Engine {
        let clock = SystemClock()
        return Engine(
            store: store,
            factory: StandardConnectorFactory(transport: transport, clock: clock),
            sealer: AESSecretSealer(keyFile: KeyFile(path: settings.keyFile)),
            clock: clock,
            ids: RandomIDSource(),
            hasher: ScryptPasswordHasher(),
            witness: witness,
            defaultMappings: { DefaultMappings.all(erp: $0.erp, crm: $0.crm) }
        )
    }
}
