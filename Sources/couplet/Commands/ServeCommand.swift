import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletServer
import Foundation
import Glibc

/// `couplet serve`.
struct ServeCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("serve") }

    @Flag(name: .customLong("on-request-only"), help: help("serve.onRequestOnly"))
    var onRequestOnly = false
    @OptionGroup var globals: GlobalOptions

    var interruption: InterruptionRule { .handledByCommand }

    func perform(in session: Session) async throws -> ExitStatus {
        let home = session.home
        let console = session.console
        guard home.socket.utf8.count <= ServeSocket.longestPath else {
            throw CoupletError(
                "serve.pathTooLong",
                ["socket": home.socket, "limit": String(ServeSocket.longestPath)],
                status: .wrongConfiguration
            )
        }
        let errors = ErrorTable(home: home.path)
        try await CompositionRoot(settings: session.settings, logger: session.logger).withEngine(home: home) { engine in
            // The lock is ours, so a socket that is still there belongs to a process that is gone.
            unlink(home.socket)
            defer { unlink(home.socket) }
            let previous = umask(0o077)
            defer { umask(previous) }
            let server = ActionServer(engine: engine, logger: session.logger) { errors.failure($0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                if !onRequestOnly {
                    let scheduler = Scheduler(engine: engine, sweeps: session.settings.sweeps) {
                        ScheduleLog(session.logger, console).note($0)
                    }
                    group.addTask {
                        // Ended by the server's end; what was begun is settled.
                        do { try await scheduler.run() } catch is CancellationError {}
                    }
                }
                group.addTask {
                    try await server.run(socket: home.socket) {
                        chmod(home.socket, 0o600)
                        if console.isJSON {
                            console.print(.object(["socket": .string(home.socket)]))
                        } else {
                            console.say("serve.listening", ["socket": home.socket, "home": home.path])
                        }
                    }
                }
                defer { group.cancelAll() }
                // The first to end ends the other.
                try await group.next()
            }
        }
        return .done
    }
}
