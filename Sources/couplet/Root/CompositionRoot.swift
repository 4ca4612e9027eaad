import CoupletConnectors
import CoupletCore
import CoupletEngine
import CoupletNetwork
import CoupletPorts
import CoupletStore
import Foundation
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
                makeInstanceID: RandomIDSource().next(),
                sealer: sealer
            )
            let instance = try await store.read { try $0.instanceID() }
            let witness = FileWitness(home: home, keyFile: settings.keyFile, instance: instance)
            return try await settings.withTransport { transport in
                let trust = ProviderRequests.settings(trustedCertificates: settings.trustedCertificates)
                return try await withHTTPTransport(trust) { providerTransport in
                    let engine = engine(store, transport, providerTransport, witness)
                    try await engine.compareWithWitness()
                    return try await body(engine)
                }
            }
        } catch {
            throw errors.failure(error)
        }
    }

    /// Puts a backup into a home that has no store, while nobody else can use that home.
    /// - Parameters:
    ///   - file: The backup.
    ///   - home: The home; made where it is missing.
    /// - Throws: `CoupletError` that says what is wrong with the backup or with the home; then nothing has changed.
    static func restore(_ file: String, into home: HomeDirectory) async throws {
        try home.create()
        let lock = try StoreLock(home)
        defer { lock.release() }
        // What stands beside a database belongs to it, and would be taken for a part of another one in its place.
        for side in ["", "-wal", "-shm", "-journal"] where FileManager.default.fileExists(atPath: home.store + side) {
            throw CoupletError("restore.homeTaken", ["home": home.path], status: .wrongUse)
        }
        guard FileManager.default.isReadableFile(atPath: file) else {
            throw CoupletError("restore.unreadable", ["file": file], status: .wrongUse)
        }
        do {
            try await SQLiteStateStore.restore(from: file, to: home.store)
        } catch StoreError.damaged(let detail) {
            throw CoupletError("restore.damaged", ["file": file, "detail": detail], status: .wrongUse)
        } catch StoreError.newerSchema(let found, let known) {
            let arguments = ["file": file, "found": String(found), "known": String(known)]
            throw CoupletError("restore.newer", arguments, status: .wrongConfiguration)
        } catch CopyRefused.taken {
            throw CoupletError("restore.homeTaken", ["home": home.path], status: .wrongUse)
        } catch CopyRefused.unwritable(let detail) {
            throw CoupletError("home.unusable", ["home": home.path, "detail": detail], status: .wrongConfiguration)
        }
    }

    private var sealer: AESSecretSealer { AESSecretSealer(keyFile: KeyFile(path: settings.keyFile)) }

    private func engine(
        _ store: any StateStore,
        _ transport: any HTTPTransport,
        _ providerTransport: any HTTPTransport,
        _ witness: any StoreWitness
    ) -> Engine {
        let clock = SystemClock()
        return Engine(
            store: store,
            factory: StandardConnectorFactory(transport: transport, clock: clock),
            sealer: sealer,
            clock: clock,
            ids: RandomIDSource(),
            hasher: ScryptPasswordHasher(),
            witness: witness,
            courier: PostOffice(settings: settings, transport: transport, clock: clock),
            identityProvider: OpenIDProvider(transport: providerTransport, clock: clock),
            defaultMappings: { DefaultMappings.all(erp: $0.erp, crm: $0.crm) }
        )
    }
}
