import ArgumentParser
import CoupletCore

/// `couplet sandbox`.
struct SandboxCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("sandbox") }

    @OptionGroup var options: SandboxOptions
    @Option(help: help("sandbox.desk"))
    var desk: String?
    @OptionGroup var globals: GlobalOptions

    var interruption: InterruptionRule { .ends }
    var isOnlyHere: Bool { true }

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let address = try desk.map(Sandboxes.deskAddress)
        try await Sandboxes.serve(options, console: console) { sandboxes in
            if let address { sandboxes.serveForms(address) }
            if console.isJSON {
                console.print(sandboxes.document)
            } else {
                show(sandboxes, console)
            }
            try await Idle.untilCancelled()
        }
        return .done
    }

    private func show(_ sandboxes: Sandboxes, _ console: Console) {
        console.say("sandbox.running")
        for (side, system) in [("erp", sandboxes.erp), ("crm", sandboxes.crm)] {
            console.line()
            console.line(console.bold(console.text("side.\(side)") + ": \(system.kind), \(system.baseURL)"))
            console.say(
                "sandbox.credentials",
                ["token": system.tokenURL, "client": system.clientID, "secret": system.clientSecret]
            )
            console.line(SandboxCommand.connectionLine(side, system))
        }
        console.line()
        if desk != nil { console.say("sandbox.forms", ["erp": sandboxes.erp.baseURL, "crm": sandboxes.crm.baseURL]) }
        console.say("sandbox.end")
    }

    /// The command that connects a stand-in.
    private static func connectionLine(_ side: String, _ system: Sandboxes.System) -> String {
        let company = system.companyID.map { " --company \($0)" } ?? ""
        return """
            echo \(system.clientSecret) | couplet connection set \(side) --side \(side) --kind \(system.kind) \
            --url \(system.baseURL)\(company) --token-url \(system.tokenURL) --client-id \(system.clientID) \
            --client-secret-file - --operation-limit 2
            """
    }
}

/// Doing nothing until the task is cancelled.
enum Idle {
    /// Waits for the cancellation.
    /// - Throws: `CancellationError`, always.
    static func untilCancelled() async throws {
        let (stream, source) = AsyncStream<Never>.makeStream()
        for await _ in stream {}
        withExtendedLifetime(source) {}
        throw CancellationError()
    }
}
