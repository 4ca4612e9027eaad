import Foundation
import Testing

@Suite("Planted secrets", .timeLimit(.minutes(10)))
struct SecretTests {
    /// Everything that a process says.
    private static func said(_ world: World, _ arguments: String...) async throws -> String {
        let ended = try await world.start(arguments, ["COUPLET_LOG": "trace"]).finished()
        return ended.output + ended.errors
    }

    private static func files(_ world: World, contain text: String) throws -> [String] {
        try files(world, contain: Data(text.utf8))
    }

    private static func files(_ world: World, contain bytes: Data) throws -> [String] {
        let all = FileManager.default.enumerator(atPath: world.folder.path)?.allObjects.compactMap { $0 as? String }
        return (all ?? []).filter { name in
            guard !name.hasSuffix(".secret") else { return false }
            let data = FileManager.default.contents(atPath: world.folder.path + "/" + name)
            return data?.range(of: bytes) != nil
        }
    }

    @Test("a wrong secret and a right one are in nothing that is said, kept or exported")
    func secrets() async throws {
        let world = try await World(["--records", "5"])
        let planted = "PLANTED-secret-4711"
        let wrong = try await world.start(
            try world.connectionSet("erp", changing: ["secret": planted]),
            ["COUPLET_LOG": "trace"]
        ).finished()
        #expect(wrong.status == 0)
        var said = wrong.output + wrong.errors
        for arguments in [
            ["connection", "test"], ["connection", "list"], ["doctor"], ["connection", "enable", "--yes"],
        ] {
            let ended = try await world.start(arguments + ["--json"], ["COUPLET_LOG": "trace"]).finished()
            said += ended.output + ended.errors
        }
        #expect(said.contains("erp"))
        #expect(!said.contains(planted))
        #expect(try Self.files(world, contain: planted) == [])

        try await world.connect()
        let right = try #require(world.addresses["erp"]["clientSecret"].text)
        var more = try await Self.said(world, "match", "SALESPEOPLE", "--sync", "from")
        more += try await Self.said(world, "sync", "--json")
        more += try await Self.said(world, "sync", "SALESPEOPLE", "--full", "--preview")
        more += try await Self.said(world, "mapping", "export")
        more += try await Self.said(world, "coupling", "export")
        more += try await Self.said(world, "audit", "export")
        more += try await Self.said(world, "plan", "list", "--all", "--json")
        #expect(!more.contains(right))
        #expect(!more.contains("Bearer "))
        #expect(try Self.files(world, contain: right) == [])
        #expect(try Self.files(world, contain: "Bearer ") == [])
    }

    @Test("passwords, tokens, cookies and the key are in nothing that is logged, listed or kept, right or wrong")
    func deskSecrets() async throws {
        let desk = try await DeskWorld(["--records", "3"], log: "trace")
        let world = desk.world
        try await world.connect()
        let token = try await desk.token("anna", "administrator")
        let session = try await desk.signIn()
        let wrong = try await desk.form("/sign-in", ["name": "anna", "password": "PLANTED-password-4712"])
        #expect(wrong.cookie("couplet-session") == nil)
        #expect(try await desk.send("GET", "/api/v1/jobs", token: token).status == 200)
        #expect(try await desk.send("GET", "/api/v1/jobs", token: "PLANTED-token-4713").status == 401)
        let sync = try await desk.send("POST", "/api/v1/mappings/SALESPEOPLE/synchronize", token: token, body: "{}")
        #expect((200..<300).contains(sync.status), "\(sync.text)")
        let secret = try #require(world.addresses["erp"]["clientSecret"].text)
        let key = try String(contentsOfFile: world.folder.path + "/key", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let planted = [
            token, desk.password, "correct horse battery", session.cookie, "PLANTED-password-4712",
            "PLANTED-token-4713", secret, key,
        ]
        var said = ""
        for arguments in [
            ["user", "list"], ["user", "token", "list", "anna"], ["audit", "list"], ["audit", "export"], ["status"],
            ["doctor"], ["connection", "list"], ["plan", "list", "--all"], ["mapping", "export"], ["job", "list"],
        ] {
            let ended = try await world.start(arguments + ["--json"], ["COUPLET_LOG": "trace"]).finished()
            #expect([0, 1].contains(ended.status), "\(arguments) \(ended.output)")
            said += ended.output + ended.errors
        }
        for path in ["/", "/users", "/account", "/audit", "/connections", "/jobs"] {
            said += try await desk.send("GET", path, ["Cookie": "couplet-session=\(session.cookie)"]).text
        }
        // The key's own file apart, which is outside of the home.
        for text in planted {
            #expect(!said.contains(text), "\(text)")
            #expect(try Self.files(world, contain: text).filter { $0 != "key" } == [], "\(text)")
        }
        let bytes = try #require(Data(base64Encoded: key))
        #expect(try Self.files(world, contain: bytes) == [])
        let ended = await desk.end()
        // The first password is told once, where the desk opens.
        let log = ended.errors + ended.output.split(separator: "\n").dropFirst().joined(separator: "\n")
        for text in planted + [session.form] { #expect(!log.contains(text), "\(text)") }
        for text in planted { #expect(try Self.files(world, contain: text).filter { $0 != "key" } == [], "\(text)") }
    }

    @Test("a process leaves no core file, whose memory would hold secrets")
    func cores() async throws {
        let world = try await World(["--records", "1"])
        let serve = try world.start(["serve", "--json"])
        _ = try #require(await serve.output.line(containing: "socket"))
        let limits = try String(contentsOfFile: "/proc/\(serve.identifier)/limits", encoding: .utf8)
        let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
        #expect(core.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
        serve.send(15)
        _ = await serve.finished()
    }

    @Test("plain http leads to no other machine, unless it is named")
    func plain() async throws {
        let world = try await World(["--records", "1"])
        let set = try world.connectionSet(
            "crm",
            changing: ["url": "http://plain.invalid", "token-url": "http://plain.invalid/token"]
        )
        #expect(try await world.start(set).finished().status == 0)
        let refused = try await world.start(["connection", "test", "crm", "--lang", "en"]).finished()
        #expect(refused.status != 0)
        #expect(refused.errors.contains("plainHosts"))
        let named = try await world.start(
            ["connection", "test", "crm", "--lang", "en"],
            ["COUPLET_PLAIN_HOSTS": "other.example, plain.invalid"]
        ).finished()
        #expect(named.status != 0)
        #expect(!named.errors.contains("plainHosts"))
    }
}
