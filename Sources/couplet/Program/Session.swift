import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Glibc
import Logging

/// What a command works with: who asks, the settings, and where it speaks.
struct Session: Sendable {
    /// The settings.
    let settings: Settings
    /// Where the command speaks.
    let console: Console
    /// Where the state is kept.
    var home: HomeDirectory
    /// Who started it.
    let startedBy: String
    /// What failures mean to a person.
    var errors: ErrorTable { ErrorTable(home: home.path) }
    /// Takes what only operators want to know; writes to standard error.
    let logger: Logger

    init(settings: Settings, console: Console) {
        self.settings = settings
        self.console = console
        home = HomeDirectory(settings.home)
        startedBy = Session.user()
        logger = settings.logFormat.logger("couplet", settings.logLevel, SystemClock())
    }

    /// Does something with an engine: that of a server elsewhere, where one is named; else the home's, which is that of a
    /// running `couplet serve` or one of this process's own.
    func withActions<Result: Sendable>(
        _ body: @Sendable (any ActionPerformer) async throws -> Result
    ) async throws -> Result {
        if let server = settings.server { return try await DistantServer(server, settings).withPerformer(body) }
        if let socket = ServeSocket(home), socket.answers {
            return try await socket.withPerformer(startedBy: startedBy, body)
        }
        return try await CompositionRoot(settings: settings, logger: logger).withEngine(home: home) { engine in
            try await body(LocalPerformer(engine: engine, startedBy: startedBy))
        }
    }

    /// Performs one action and shows its progress.
    func perform<A: Action>(_ action: A) async throws -> A.Result {
        try await withActions { try await $0.perform(action, showingProgressOn: console) }
    }

    private static func user() -> String {
        guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return String(geteuid()) }
        return String(cString: name)
    }
}
