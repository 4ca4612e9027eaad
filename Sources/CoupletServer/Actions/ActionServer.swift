package import CoupletCore
package import CoupletEngine
import HTTPTypes
import Hummingbird
package import Logging
package import ServiceLifecycle

/// Performs actions for whoever may open its socket.
///
/// Access is the socket file's own permission; nobody signs in here.
package struct ActionServer: Sendable {
    private let answers: ActionAnswers

    /// Makes a server.
    /// - Parameters:
    ///   - engine: Performs the actions.
    ///   - logger: Takes starts, stops and defects.
    ///   - failure: What an error means to a person.
    package init(engine: Engine, logger: Logger, failure: @escaping @Sendable (any Error) -> CoupletError) {
        answers = ActionAnswers(engine: engine, logger: logger, failure: failure)
    }

    /// What listens as long as its service group runs; running actions are interrupted when that ends.
    /// - Parameters:
    ///   - socket: The socket's path, which is free.
    ///   - whenListening: Called when commands are accepted.
    /// - Returns: The service.
    package func service(socket: String, whenListening: @escaping @Sendable () async -> Void) -> any Service {
        let router = Router()
        answers.add(to: router) { request, _ in
            SocketGate(
                startedBy: HTTPField.Name(ActionHeader.startedBy).flatMap { request.headers[$0] } ?? "?"
            )
        }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket)),
            onServerRunning: { _ in await whenListening() },
            logger: answers.logger
        )
    }
}
