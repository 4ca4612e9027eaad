import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletServer
import Glibc
import ServiceLifecycle
import UnixSignals

/// Serves an engine: to other commands over the home's socket, and to people and programs at the desk.
struct Serving: Sendable {
    /// The home, and where the program speaks.
    let session: Session
    /// Performs the actions.
    let engine: Engine
    /// How the desk is served; nil where it is not.
    let settings: DeskSettings?
    /// When whole tables are read while mappings are synchronized by their schedules; nil where nothing is done by itself.
    var sweeps: Schedule?
    /// Where remote systems reach the desk to tell of changes; nil where nobody subscribes to them.
    var notifications: NotificationAddress?

    /// Serves until a signal or the task's cancellation ends it.
    /// - Parameters:
    ///   - endsOnSignals: Whether Ctrl-C and a request to terminate end it in good order.
    ///   - socketIsOpen: Called when commands are accepted.
    ///   - deskIsOpen: Called with the desk's port when it can be reached.
    /// - Throws: What keeps socket or desk from being opened.
    func run(
        endsOnSignals: Bool,
        socketIsOpen: @escaping @Sendable () -> Void,
        deskIsOpen: @escaping @Sendable (Int) -> Void
    ) async throws {
        let socket = session.home.socket
        let errors = session.errors
        // The lock is ours, so a socket that is still there belongs to a process that is gone.
        unlink(socket)
        defer { unlink(socket) }
        let previous = umask(0o077)
        defer { umask(previous) }
        let actions = ActionServer(engine: engine, logger: session.logger) { errors.failure($0) }
        let runs = RunLog(session.logger)
        engine.meter.listen { runs.note($0) }
        var services = [
            actions.service(socket: socket) {
                chmod(socket, 0o600)
                socketIsOpen()
            }
        ]
        if let settings {
            services += try DeskServer(
                settings: settings,
                engine: engine,
                files: YAMLMappingFiles(console: session.console),
                logger: session.logger,
                failure: { errors.failure($0) }
            )
            .services { deskIsOpen($0) }
        }
        let log = ScheduleLog(session)
        let alerts = AlertKeeper(engine: engine) { log.note($0) }
        services.append(UntilShutdown { try await alerts.run() })
        if let sweeps {
            engine.pulse.expect(at: engine.clock.now)
            let scheduler = Scheduler(engine: engine, sweeps: sweeps, notifications: notifications) { log.note($0) }
            services.append(UntilShutdown { try await scheduler.run() })
            if let notifications {
                let keeper = SubscriptionKeeper(engine: engine, address: notifications) { log.note($0) }
                services.append(UntilShutdown { try await keeper.run() })
            }
        }
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: endsOnSignals ? [.sigterm, .sigint] : [],
            logger: session.logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// Works by itself until everything ends; what was begun is settled.
private struct UntilShutdown: Service {
    let work: @Sendable () async throws -> Void

    func run() async throws {
        do { try await cancelWhenGracefulShutdown { try await work() } } catch is CancellationError {}
    }
}

/// Mappings as YAML files.
struct YAMLMappingFiles: MappingFiles {
    /// Whose language problems are told in.
    let console: Console

    func text(_ mappings: [TableMapping]) -> String { MappingFile.text(mappings) }

    func mappings(in text: String) throws -> [TableMapping] {
        let reader = MappingFileReader(text)
        guard reader.problems.isEmpty else { throw console.failure(in: "", reader.problems) }
        return reader.mappings
    }
}
