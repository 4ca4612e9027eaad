import Foundation
import Glibc
import Testing

@Suite("Files and folders that are made", .timeLimit(.minutes(5)))
struct FileModeTests {
    /// What others than the owner may read, write or enter, of everything in a folder but what a test itself made.
    private static func open(_ folder: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.allObjects.compactMap { $0 as? String } ?? []
        #expect(!names.isEmpty)
        return names.filter { name in
            // What a process has just removed is nobody's.
            guard !name.hasSuffix(".secret"), let mode = mode(folder + "/" + name) else { return false }
            return mode & 0o077 != 0
        }
    }

    private static func mode(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }

    /// Starts a command where new files are everybody's unless the program sees to it.
    private static func start(_ world: World, _ arguments: [String]) throws -> CoupletProcess {
        try CoupletProcess(
            ["-c", "umask 000; exec \"$0\" \"$@\"", CoupletProcess.executable.path(percentEncoded: false)] + arguments,
            environment: world.environment,
            directory: world.folder.path,
            executable: URL(filePath: "/bin/sh")
        )
    }

    private static func run(_ world: World, _ arguments: [String]) async throws {
        let ended = try await start(world, arguments + ["--json"]).finished()
        #expect([0, 1].contains(ended.status), "\(arguments): \(ended.output) \(ended.errors)")
    }

    @Test("are for their owner alone, whatever the shell would let others do")
    func modes() async throws {
        let world = try await World(["--records", "5"])
        for side in ["erp", "crm"] { try await Self.run(world, try world.connectionSet(side)) }
        try await Self.run(world, ["connection", "enable", "--yes"])
        try await Self.run(world, ["match", "SALESPEOPLE", "--sync", "from"])
        try await Self.run(world, ["mapping", "export", "--output", "mappings.yaml"])
        try await Self.run(world, ["coupling", "export", "--output", "couplings.csv"])
        let proposal = ["mapping", "new", "VENDORS", "--erp", "vendors", "--crm", "accounts", "--output", "new.yaml"]
        try await Self.run(world, proposal)
        let made = try FileManager.default.contentsOfDirectory(atPath: world.folder.path)
        for name in ["home", "key", "mappings.yaml", "couplings.csv", "new.yaml"] { #expect(made.contains(name)) }
        #expect(try Self.open(world.folder.path) == [])

        let serve = try Self.start(world, ["serve", "--listen", "127.0.0.1:0", "--json"])
        _ = try #require(await serve.output.line(containing: "socket"))
        try await Self.run(world, ["sync", "SALESPEOPLE", "--full"])
        let home = try FileManager.default.contentsOfDirectory(atPath: world.home)
        for name in ["couplet.sqlite", "couplet.sqlite-wal", "couplet.sock", "lock"] { #expect(home.contains(name)) }
        #expect(try Self.open(world.folder.path) == [])
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)
        #expect(try Self.open(world.folder.path) == [])
    }

    @Test("a file that is written anew stays readable for whom its owner let read it")
    func kept() async throws {
        let world = try await World(["--records", "1"])
        try await world.connect(enabled: false)
        let file = world.folder.path + "/mappings.yaml"
        try Data("old".utf8).write(to: URL(filePath: file))
        #expect(chmod(file, 0o640) == 0)
        try await Self.run(world, ["mapping", "export", "--output", file])
        #expect(Self.mode(file) == 0o640)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("CUSTOMER"))
    }
}
