import CoupletCore
import CoupletEngine
import CoupletServer
import Synchronization

/// The desk of a demonstration: one administrator, who comes in by a link.
struct DemoDesk: Sendable {
    /// The demonstration's home, and where it speaks.
    let session: Session

    /// Serves the desk until the demonstration is interrupted.
    /// - Parameter isOpen: Called with the desk's address and a link that signs in once.
    /// - Throws: `CancellationError` at its end.
    func serve(isOpen: @escaping @Sendable (_ address: String, _ link: String) -> Void) async throws {
        let settings = DeskSettings(host: "127.0.0.1", port: 0)
        try await CompositionRoot(settings: session.settings, logger: session.logger).withEngine(home: session.home) {
            engine in
            let context = ActionContext(engine: engine, startedBy: session.startedBy)
            let name = "demo"
            _ = try await AddUser(user: name, fullName: "Demo", role: .administrator).perform(in: context)
            let link = try await LinkUser(user: name).perform(in: context).link ?? ""
            let opening = DemoOpening { port in
                let address = settings.address(port: port)
                isOpen(address, "\(address)/sign-in/\(link)")
            }
            try await Serving(session: session, engine: engine, settings: settings).run(
                endsOnSignals: false,
                socketIsOpen: { opening.socketIsOpen() },
                deskIsOpen: { opening.deskIsOpen(at: $0) }
            )
            try Task.checkCancellation()
        }
    }
}

/// Waits until both commands and browsers can come in.
private final class DemoOpening: Sendable {
    private let state = Mutex<(hasSocket: Bool, port: Int?)>((false, nil))
    private let isOpen: @Sendable (Int) -> Void

    init(_ isOpen: @escaping @Sendable (Int) -> Void) { self.isOpen = isOpen }

    func socketIsOpen() {
        let port = state.withLock { state in
            state.hasSocket = true
            return state.port
        }
        if let port { isOpen(port) }
    }

    func deskIsOpen(at port: Int) {
        let hasSocket = state.withLock { state in
            state.port = port
            return state.hasSocket
        }
        if hasSocket { isOpen(port) }
    }
}
