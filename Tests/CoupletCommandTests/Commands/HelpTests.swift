import Foundation
import Testing

@testable import couplet

@Suite("Help", .timeLimit(.minutes(10)))
struct HelpTests {
    private static let environment = ["LC_ALL": "C", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]

    private static func run(_ arguments: String...) async throws -> CoupletProcess.Finished {
        try await CoupletProcess(arguments, environment: environment).finished()
    }

    @Test("docs/CLI.md is what the program says of itself")
    func page() async throws {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/CLI.md")
        let manual = try await Self.run("manual")
        #expect(manual.status == 0)
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == manual.output, "make it anew with: couplet manual > docs/CLI.md")
    }

    @Test("every command says what it does, gives an example and its exit statuses")
    func complete() throws {
        let commands = try Manual.commands()
        #expect(commands.count > 30)
        for (name, abstract, discussion) in commands {
            #expect(!abstract.isEmpty && !abstract.hasPrefix("command."), "\(name)")
            #expect(discussion.contains("  couplet "), "\(name) has no example")
            #expect(discussion.contains("Exit statuses: 0 done"), "\(name) has no exit statuses")
            #expect(!discussion.hasPrefix("Examples:"), "\(name) does not say when to use it")
        }
    }

    @Test("in Swedish the headings are Swedish too")
    func swedish() async throws {
        let help = try await Self.run("sync", "--help", "--lang", "sv").output
        for word in ["ÖVERSIKT:", "ANVÄNDNING:", "FLAGGOR:", "Exempel:", "Visa hjälp."] {
            #expect(help.contains(word), "\(help)")
        }
        for word in ["OVERVIEW", "OPTIONS", "(default:", "Show help"] { #expect(!help.contains(word), "\(help)") }
    }

    @Test("each shell has its script, and bash understands its own", arguments: ShellArgument.allCases)
    func completion(shell: ShellArgument) async throws {
        let script = try await Self.run("completion", shell.rawValue)
        #expect(script.status == 0)
        #expect(script.output.contains("couplet") && script.output.contains("connection"))
        guard shell == .bash else { return }
        let folder = try TemporaryFolder()
        let file = folder.path + "/couplet.bash"
        try Data(script.output.utf8).write(to: URL(filePath: file))
        let parsed = try await CoupletProcess(
            ["-n", file],
            environment: Self.environment,
            executable: URL(filePath: "/bin/bash")
        )
        .finished()
        #expect(parsed.status == 0, "\(parsed.errors)")
    }
}
