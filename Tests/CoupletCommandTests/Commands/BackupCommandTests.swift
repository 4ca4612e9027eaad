import Foundation
import Glibc
import Testing

@Suite("Backups", .timeLimit(.minutes(10)))
struct BackupCommandTests {
    private static let match = ["match", "CUSTOMER", "--create-unmatched", "--sync", "to", "--json"]

    private static func accounts(_ world: World) async throws -> [String] {
        try await world.rows("crm", "accounts").compactMap { $0["accountnumber"].text }.filter { !$0.isEmpty }
    }

    private static func writes(_ world: World) async throws -> Int {
        var count = 0
        for side in ["erp", "crm"] { count += try await world.requests(side, "POST", ending: "/$batch") }
        return count
    }

    @Test("one that is taken under load and restored writes nothing by itself, and doubles nothing when it may")
    func underLoad() async throws {
        let world = try await World(["--records", "100"])
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        let serve = try world.start(["serve", "--json"])
        _ = try #require(await serve.output.line(containing: "socket"))
        let before = try await world.requests("crm", "POST", ending: "/$batch")
        let load = try world.start(Self.match)
        try await world.waitForRequests(before + 1, "crm", "POST", ending: "/$batch", of: load)
        let backup = world.folder.path + "/backup.sqlite"
        let made = try await world.json("backup", backup)
        #expect(made["file"].text == backup && (made["bytes"].integer ?? 0) > 100_000)
        let attributes = try FileManager.default.attributesOfItem(atPath: backup)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect([0, 1].contains(await load.finished().status))
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)
        let accounts = try await Self.accounts(world)
        #expect(accounts.count > 50)
        let key = try Data(contentsOf: URL(filePath: world.folder.path + "/key"))
        #expect(try Data(contentsOf: URL(filePath: backup)).firstRange(of: key) == nil)

        try FileManager.default.moveItem(atPath: world.home, toPath: world.folder.path + "/gone")
        let restored = try await world.json("restore", backup)
        #expect(restored["home"].text == world.home)
        let again = try await world.json("restore", backup, status: 2)
        #expect(again["error"]["code"].text == "restore.homeTaken")
        let sent = try await Self.writes(world)
        let second = try world.start(["serve", "--json"])
        _ = try #require(await second.output.line(containing: "socket"))
        let held = try await world.start(Self.match).finished()
        #expect(held.status == 3, "\(held.output)")
        #expect(try held.json()["error"]["code"].text?.hasPrefix("writing.") == true)
        #expect(try await Self.writes(world) == sent, "nothing is written before somebody confirms")
        _ = try await world.json("writing", "confirm", "--yes")
        _ = try await world.start(["match", "CUSTOMER", "--create-unmatched", "--sync", "both", "--json"]).finished()
        #expect(try await Self.accounts(world).sorted() == accounts.sorted(), "an account was made twice")
        second.send(SIGTERM)
        #expect(await second.finished().status == 0)
        #expect(
            try await world.json("doctor", status: 0)["findings"].elements.contains { $0["topic"].text == "store" }
        )
    }

    @Test("one is taken without a server as well, replaces nothing unasked, and stands in the audit log")
    func alone() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        let backup = world.folder.path + "/copy"
        _ = try await world.json("backup", "copy")
        #expect(FileManager.default.fileExists(atPath: backup))
        #expect(try await world.json("backup", backup, status: 2)["error"]["code"].text == "backup.taken")
        _ = try await world.json("backup", backup, "--force")
        let itself = try await world.json("backup", world.home + "/couplet.sqlite", "--force", status: 2)
        #expect(itself["error"]["code"].text == "backup.storeItself")
        let nowhere = try await world.json("backup", world.folder.path + "/no/where", status: 2)
        #expect(nowhere["error"]["code"].text == "backup.unwritable")
        let entries = try await world.json("audit", "list", "--event", "backup.made")["entries"].elements
        #expect(entries.count == 2 && entries.allSatisfy { $0["details"]["file"].text == backup }, "\(entries)")
        let people = try await world.couplet("backup", backup, "--force", "--lang", "sv")
        #expect(people.status == 0 && people.output.contains("innehåller det som finns lagrat"), "\(people.output)")
    }

    @Test("what is no backup is not restored, and leaves a home as it was")
    func unfit() async throws {
        let world = try await World(["--records", "5"])
        let text = world.folder.path + "/text"
        try Data(String(repeating: "no backup ", count: 100).utf8).write(to: URL(filePath: text))
        #expect(try await world.json("restore", text, status: 2)["error"]["code"].text == "restore.damaged")
        let missing = try await world.json("restore", text + ".missing", status: 2)
        #expect(missing["error"]["code"].text == "restore.unreadable")
        let names = try FileManager.default.contentsOfDirectory(atPath: world.home)
        #expect(names == ["lock"], "\(names)")
        try await world.connect()
        #expect(try await world.json("restore", text, status: 2)["error"]["code"].text == "restore.homeTaken")
    }
}
