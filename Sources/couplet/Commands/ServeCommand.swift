import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletServer
import Foundation
import Glibc
import Synchronization

/// `couplet serve`.
struct ServeCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("serve") }

    @Flag(name: .customLong("on-request-only"), help: help("serve.onRequestOnly"))
    var onRequestOnly = false
    @OptionGroup var desk: DeskOptions
    @OptionGroup var globals: GlobalOptions

    var interruption: InterruptionRule { .handledByCommand }
    var isOnlyHere: Bool { true }

    func perform(in session: Session) async throws -> ExitStatus {
        let home = session.home
        guard home.socket.utf8.count <= ServeSocket.longestPath else {
            throw CoupletError(
                "serve.pathTooLong",
                ["socket": home.socket, "limit": String(ServeSocket.longestPath)],
                status: .wrongConfiguration
            )
        }
        var settings = try desk.settings()
        settings?.hasOpenMetrics = session.settings.hasOpenMetrics
        let wanted = settings
        let notifications = onRequestOnly ? nil : session.settings.notificationAddress
        if let notifications, wanted == nil {
            throw CoupletError(
                "serve.notificationsNeedListen",
                ["address": notifications.base],
                status: .wrongConfiguration
            )
        }
        try await CompositionRoot(settings: session.settings, logger: session.logger).withEngine(home: home) { engine in
            let sweeps = onRequestOnly ? nil : session.settings.sweeps
            let author = ActionContext(engine: engine, startedBy: session.startedBy).author
            let administrator = wanted == nil ? nil : try await engine.access.makeFirstAdministrator(by: author)
            let announcement = ServeAnnouncement(session, wanted, administrator)
            let serving = Serving(
                session: session,
                engine: engine,
                settings: wanted,
                sweeps: sweeps,
                notifications: notifications
            )
            try await serving.run(
                endsOnSignals: true,
                socketIsOpen: { announcement.socketIsOpen() },
                deskIsOpen: { announcement.deskIsOpen(at: $0) }
            )
        }
        return .done
    }
}

/// The options of a desk that is served.
struct DeskOptions: ParsableArguments {
    @Option(help: help("serve.listen"))
    var listen: String?
    @Option(help: help("serve.tlsCert"))
    var tlsCert: String?
    @Option(help: help("serve.tlsKey"))
    var tlsKey: String?
    @Option(help: help("serve.publicURL"))
    var publicURL: String?
    @Flag(help: help("serve.secondPerson"))
    var secondPerson = false

    /// How the desk is served; nil where it is not.
    /// - Throws: `CoupletError` where options contradict each other, or the desk would be open to eavesdroppers.
    func settings() throws -> DeskSettings? {
        guard let listen else {
            if tlsCert != nil || tlsKey != nil || publicURL != nil || secondPerson {
                throw CoupletError("desk.needsListen", status: .wrongUse)
            }
            return nil
        }
        guard let (host, port) = Self.address(listen) else {
            throw CoupletError("desk.badAddress", ["address": listen], status: .wrongUse)
        }
        guard (tlsCert == nil) == (tlsKey == nil) else { throw CoupletError("desk.halfTLS", status: .wrongUse) }
        var tls: (certificate: String, key: String)?
        if let tlsCert, let tlsKey { tls = (tlsCert, tlsKey) }
        let isHere = ["127.0.0.1", "::1", "localhost"].contains(host)
        if !isHere, tls == nil, publicURL?.hasPrefix("https://") != true {
            throw CoupletError("desk.plain", ["address": listen], status: .wrongConfiguration)
        }
        return DeskSettings(
            host: host,
            port: port,
            tls: tls,
            publicAddress: publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 },
            needsSecondPerson: secondPerson
        )
    }

    private static func address(_ text: String) -> (String, Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return host.isEmpty ? ("127.0.0.1", port) : (host, port)
    }
}

/// Says once that everything listens, and how to come in.
private final class ServeAnnouncement: Sendable {
    private struct State {
        var hasSocket = false
        var port: Int?
        var isSaid = false
    }

    private let session: Session
    private let settings: DeskSettings?
    private let administrator: (name: String, password: String)?
    private let state = Mutex(State())

    init(_ session: Session, _ settings: DeskSettings?, _ administrator: (name: String, password: String)?) {
        self.session = session
        self.settings = settings
        self.administrator = administrator
    }

    func socketIsOpen() {
        state.withLock { $0.hasSocket = true }
        say()
    }

    func deskIsOpen(at port: Int) {
        state.withLock { $0.port = port }
        say()
    }

    private func say() {
        let (isDue, port) = state.withLock { state in
            let isDue = state.hasSocket && (settings == nil || state.port != nil) && !state.isSaid
            if isDue { state.isSaid = true }
            return (isDue, state.port)
        }
        guard isDue else { return }
        let (console, home) = (session.console, session.home)
        let address = port.flatMap { settings?.address(port: $0) }
        if console.isJSON {
            var members: [JSONDocument.Member] = [.init(name: "socket", value: .string(home.socket))]
            if let address { members.append(.init(name: "desk", value: .string(address))) }
            if let administrator {
                let value = JSONDocument.object([
                    "user": .string(administrator.name), "password": .string(administrator.password),
                ])
                members.append(.init(name: "administrator", value: value))
            }
            console.print(.object(members))
            return
        }
        console.say("serve.listening", ["socket": home.socket, "home": home.path])
        if let address { console.say("serve.desk", ["address": address]) }
        if let administrator {
            console.say("serve.administrator", ["name": administrator.name, "password": administrator.password])
        }
    }
}
