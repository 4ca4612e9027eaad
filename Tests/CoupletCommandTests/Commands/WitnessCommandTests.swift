import Foundation
import Glibc
import Testing

@Suite("Homes that were copied or put back", .timeLimit(.minutes(10)))
struct WitnessCommandTests {
    private static func accounts(_ world: World) async throws -> Int {
        try await world.json("list", "CUSTOMER", "--side", "crm")["records"].elements.count
    }

    @Test("a home that is put back from a backup writes nothing until it is confirmed, and then doubles nothing")
    func backup() async throws {
        let world = try await World(["--records", "20"])
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        let backup = world.folder.path + "/backup"
        try FileManager.default.copyItem(atPath: world.home, toPath: backup)
        try await world.couplet("match", "CUSTOMER", "--create-unmatched", "--sync", "to")
        let before = try await Self.accounts(world)
        #expect(before > 5)
        #expect(try await world.json("writing", "show")["stopped"] == .boolean(false))

        try FileManager.default.moveItem(atPath: world.home, toPath: world.folder.path + "/gone")
        try FileManager.default.copyItem(atPath: backup, toPath: world.home)
        let held = try await world.json("match", "CUSTOMER", "--create-unmatched", "--sync", "to", status: 3)
        #expect(held["error"]["code"].text == "writing.copiedStore")
        #expect(held["error"]["remedy"].text?.contains("couplet writing confirm") == true)
        let shown = try await world.json("writing", "show", status: 3)
        #expect(shown["stops"].elements.map { $0["reason"].text } == ["copiedStore"])
        #expect(
            try await world.json("doctor", status: 1)["findings"].elements.contains {
                $0["code"].text == "writing.copiedStore" && $0["level"].text == "bad"
            }
        )
        let people = try await world.couplet("sync", "CUSTOMER", "--lang", "sv")
        #expect(people.status == 3)
        #expect(people.errors.contains("Skrivning är stoppad"))

        _ = try await world.json("writing", "confirm", "--yes")
        try await world.couplet("match", "CUSTOMER", "--create-unmatched", "--sync", "both")
        #expect(try await Self.accounts(world) == before)
        #expect(
            try await world.json("writing", "confirm", "--yes", status: 2)["error"]["code"].text == "writing.notStopped"
        )
    }

    @Test("a database that is put back alone is older than its witness")
    func database() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let database = world.home + "/couplet.sqlite"
        // Opened by nobody, the database is one file.
        let old = try Data(contentsOf: URL(filePath: database))
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        for side in ["-wal", "-shm"] { unlink(database + side) }
        let handle = try FileHandle(forWritingTo: URL(filePath: database))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: old)
        try handle.close()
        let held = try await world.json("sync", "SALESPEOPLE", status: 3)
        #expect(held["error"]["code"].text == "writing.olderStore")
    }

    @Test("a home that is put back over the present one, file by file, is older than the mark beside the key")
    func inPlace() async throws {
        let world = try await World(["--records", "20"])
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        let (files, backup) = (FileManager.default, world.folder.path + "/backup")
        try files.copyItem(atPath: world.home, toPath: backup)
        try await world.couplet("match", "CUSTOMER", "--create-unmatched", "--sync", "to")
        let before = try await Self.accounts(world)
        #expect(before > 5)
        for name in try files.contentsOfDirectory(atPath: world.home)
        where !files.fileExists(atPath: backup + "/" + name) { unlink(world.home + "/" + name) }
        // What `cp -a backup/. home/` does: the files stay the same ones, with the contents from before.
        for name in try files.contentsOfDirectory(atPath: backup) {
            guard let old = files.contents(atPath: backup + "/" + name) else { continue }
            let handle = try FileHandle(forWritingTo: URL(filePath: world.home + "/" + name))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: old)
            try handle.close()
        }
        let held = try await world.json("match", "CUSTOMER", "--create-unmatched", "--sync", "to", status: 3)
        #expect(held["error"]["code"].text == "writing.olderStore")
        _ = try await world.json("writing", "confirm", "--yes")
        try await world.couplet("match", "CUSTOMER", "--create-unmatched", "--sync", "both")
        #expect(try await Self.accounts(world) == before)
    }

    @Test("everything in the home is for its owner alone")
    func permissions() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        func mode(_ path: String) throws -> Int {
            try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        }
        #expect(try mode(world.home) == 0o700)
        #expect(try mode(world.folder.path + "/key") == 0o600)
        let names = try FileManager.default.contentsOfDirectory(atPath: world.home)
        #expect(names.contains("witness.json"))
        for name in names { #expect(try mode(world.home + "/" + name) & 0o077 == 0, "\(name)") }
        let serve = try world.start(["serve", "--json"])
        _ = try #require(await serve.output.line(containing: "socket"))
        for name in try FileManager.default.contentsOfDirectory(atPath: world.home) {
            #expect(try mode(world.home + "/" + name) & 0o077 == 0, "\(name)")
        }
        serve.send(SIGTERM)
        _ = await serve.finished()
    }
}
