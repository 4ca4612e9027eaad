import CoupletNetwork
import CoupletPorts
import Foundation
import Glibc
import Testing

/// One person's machine: both stand-ins over HTTP, a home directory and a key file, all of one test's own.
final class World: Sendable {
    /// Everything the test writes.
    let folder: TemporaryFolder
    /// Where both stand-ins are reached.
    let addresses: JSON
    private let sandbox: CoupletProcess

    /// The home directory.
    var home: String { folder.path + "/home" }
    /// What every process of this world is told.
    var environment: [String: String] {
        [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path, "LC_ALL": "C",
            "COUPLET_HOME": home, "COUPLET_KEY_FILE": folder.path + "/key",
        ]
    }

    /// Starts the stand-ins, which hold what the options of `couplet sandbox` say.
    init(_ options: [String] = []) async throws {
        folder = try TemporaryFolder()
        sandbox = try CoupletProcess(["sandbox", "--json"] + options, environment: ["HOME": folder.path])
        let line = try #require(await sandbox.output.line(containing: "{"))
        addresses = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
    }

    deinit { sandbox.send(SIGKILL) }

    /// Ends the stand-ins, as when a system goes down.
    func endSandbox() async {
        sandbox.send(SIGTERM)
        _ = await sandbox.finished()
    }

    /// Starts a command and does not wait for it.
    func start(_ arguments: [String], _ more: [String: String] = [:]) throws -> CoupletProcess {
        try CoupletProcess(
            arguments,
            environment: environment.merging(more) { _, new in new },
            directory: folder.path
        )
    }

    /// Runs a command to its end.
    @discardableResult
    func couplet(_ arguments: String...) async throws -> CoupletProcess.Finished {
        try await start(arguments).finished()
    }

    /// Runs a command to its end and reads its document.
    func json(
        _ arguments: String...,
        status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws
        -> JSON
    {
        let ended = try await start(arguments + ["--json"]).finished()
        #expect(ended.status == status, "\(arguments): \(ended.output) \(ended.errors)", sourceLocation: sourceLocation)
        return try ended.json()
    }

    /// The arguments of `connection set` for a side of this world.
    func connectionSet(_ side: String, changing changes: [String: String] = [:]) throws -> [String] {
        let system = addresses[side]
        let secretFile = folder.path + "/\(UUID().uuidString).secret"
        let secret = changes["secret"] ?? system["clientSecret"].text ?? ""
        try Data((secret + "\n").utf8).write(to: URL(filePath: secretFile))
        var arguments = ["connection", "set", side, "--side", side, "--client-secret-file", secretFile]
        let options = [
            ("kind", system["kind"].text), ("url", system["baseURL"].text), ("company", system["companyId"].text),
            ("token-url", system["tokenURL"].text), ("client-id", system["clientId"].text),
            ("operation-limit", "1"),
        ]
        for (name, value) in options {
            if let value = changes[name] ?? value { arguments += ["--" + name, value] }
        }
        return arguments + ["--json"]
    }

    /// Connects both sides, and lets Couplet write unless told otherwise.
    func connect(enabled: Bool = true) async throws {
        for side in ["erp", "crm"] {
            let ended = try await start(try connectionSet(side)).finished()
            #expect(ended.status == 0, "\(ended.output) \(ended.errors)")
        }
        if enabled { _ = try await json("connection", "enable", "--yes") }
    }

    /// What a demonstration does first, command by command.
    func synchronizeFirst() async throws {
        _ = try await json("match", "SALESPEOPLE", "--sync", "from")
        _ = try await json("sync", "SALESPEOPLE", "--full", "--create", "--direction", "from")
        let match = try await start(["match", "CUSTOMER", "--create-unmatched", "--sync", "to", "--json"]).finished()
        #expect(match.status == 0 || match.status == 1, "\(match.output)")
        let sync = try await start(["sync", "--json"]).finished()
        #expect(sync.status == 0 || sync.status == 1, "\(sync.output)")
    }

    /// Sends a request to a stand-in's own addresses.
    @discardableResult
    func administer(_ side: String, _ method: String, _ path: String, _ body: String = "") async throws -> JSON {
        let request = HTTPRequestMessage(
            method: method,
            url: (addresses[side]["baseURL"].text ?? "") + "/_sandbox/" + path,
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: Array(body.utf8)
        )
        let answer = try await withHTTPTransport { try await $0.send(request) }
        #expect((200..<300).contains(answer.status), "\(method) \(path): \(answer.status)")
        return answer.body.isEmpty ? .null : try JSONDecoder().decode(JSON.self, from: Data(answer.body))
    }

    /// All rows of a table.
    func rows(_ side: String, _ table: String) async throws -> [JSON] {
        try await administer(side, "GET", "records/\(table)").elements
    }

    /// How often a path with a certain ending was asked.
    func requests(_ side: String, _ method: String, ending: String) async throws -> Int {
        let stats = try await administer(side, "GET", "stats")["requests"].elements
        return stats.filter { $0["method"].text == method && $0["path"].text?.hasSuffix(ending) == true }
            .reduce(0) { $0 + ($1["count"].integer ?? 0) }
    }

    /// Waits until a path was asked so often, or the process has ended.
    func waitForRequests(
        _ count: Int,
        _ side: String,
        _ method: String,
        ending: String,
        of process: CoupletProcess
    )
        async throws
    {
        while try await requests(side, method, ending: ending) < count, kill(process.identifier, 0) == 0 {}
    }
}
