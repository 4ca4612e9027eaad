import Foundation
import Glibc
import Testing

@Suite("Failures", .timeLimit(.minutes(10)))
struct FailureTests {
    /// A failure has a code, a message and advice, alone on standard output.
    private static func expectError(
        _ ended: CoupletProcess.Finished,
        _ code: String,
        _ status: Int32,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let error = try ended.json()["error"]
        #expect(error["code"].text == code, "\(ended.output)", sourceLocation: sourceLocation)
        #expect(ended.status == status, sourceLocation: sourceLocation)
        #expect(error["message"].text?.isEmpty == false, sourceLocation: sourceLocation)
        #expect(error["remedy"].text?.isEmpty == false, sourceLocation: sourceLocation)
        #expect(error.names == ["code", "message", "remedy"], sourceLocation: sourceLocation)
    }

    /// A connection setting that is wrong, and what testing the connection says.
    struct WrongSetting: CustomTestStringConvertible, Sendable {
        let side: String
        let changes: [String: String]
        let code: String
        let status: Int32

        var testDescription: String { "\(side) \(changes)" }
    }

    @Test(
        "a wrong secret, address or company is told when the connection is tested",
        arguments: [
            WrongSetting(side: "erp", changes: ["secret": "wrong"], code: "remote.unauthorized", status: 77),
            WrongSetting(side: "crm", changes: ["secret": "wrong"], code: "remote.unauthorized", status: 77),
            WrongSetting(
                side: "erp",
                changes: ["company": "11111111-1111-4111-8111-111111111111"],
                code: "remote.notFound",
                status: 78
            ),
            WrongSetting(
                side: "erp",
                changes: ["url": "http://no-such-host.invalid"],
                code: "remote.notFound",
                status: 78
            ),
            WrongSetting(side: "crm", changes: ["url": "http://127.0.0.1:1"], code: "remote.unreachable", status: 69),
        ]
    )
    func wrongSettings(_ wrong: WrongSetting) async throws {
        let world = try await World()
        try await world.connect(enabled: false)
        let set = try await world.start(try world.connectionSet(wrong.side, changing: wrong.changes)).finished()
        #expect(set.status == 0, "\(set.output)")
        let ended = try await world.couplet("connection", "test", wrong.side, "--json")
        try Self.expectError(ended, wrong.code, wrong.status)
    }

    @Test("an address that is none is refused at once")
    func noAddress() async throws {
        let world = try await World()
        for (name, value) in [("url", "ftp://x"), ("token-url", "nonsense")] {
            let ended = try await world.start(try world.connectionSet("erp", changing: [name: value])).finished()
            try Self.expectError(ended, "connection.badAddress", 78)
        }
        #expect(try await world.json("connection", "list")["connections"].elements.isEmpty)
    }

    @Test("a system that goes down is told, and nothing is lost")
    func systemDown() async throws {
        let world = try await World()
        try await world.connect()
        await world.endSandbox()
        let ended = try await world.couplet("sync", "--full", "--json")
        try Self.expectError(ended, "remote.unreachable", 69)
        #expect(try await world.json("connection", "list")["connections"].elements.count == 2)
    }

    @Test("a mapping, a record, a question, a conflict and a job that do not exist are wrong use")
    func unknownThings() async throws {
        let world = try await World()
        try await world.connect()
        try Self.expectError(try await world.couplet("sync", "NOPE", "--json"), "mapping.unknown", 2)
        for arguments in [
            ["explain", "CUSTOMER", "no-such-number"], ["couple", "CUSTOMER", "no-such-number", "--create"],
            ["sync", "CUSTOMER", "no-such-number"], ["question", "answer", "999", "--none"],
            ["conflict", "resolve", "999", "--take", "erp"], ["conflict", "show", "999"], ["job", "show", "999"],
        ] {
            let ended = try await world.start(arguments + ["--json"]).finished()
            #expect(ended.status == 2, "\(arguments): \(ended.output)")
            #expect(try ended.json()["error"]["remedy"].text != nil, "\(arguments): \(ended.output)")
        }
    }

    @Test("a connection that is not enabled is read, and nothing is written to it")
    func disabledConnection() async throws {
        let world = try await World()
        try await world.connect(enabled: false)
        #expect(try await world.json("list", "CUSTOMER")["records"].elements.isEmpty == false)
        let plan = try await world.json("match", "CUSTOMER", "--create-unmatched", "--sync", "to", "--preview")
        #expect(plan["plan"]["steps"].elements.isEmpty == false)
        let before = try await world.rows("crm", "accounts")
        let ended = try await world.couplet("match", "CUSTOMER", "--create-unmatched", "--sync", "to", "--json")
        #expect([77, 78].contains(ended.status), "\(ended.output)")
        #expect(try await world.rows("crm", "accounts") == before)
    }

    @Test("wrong use has the same form as every failure, and points at the help")
    func wrongUse() async throws {
        let world = try await World()
        for arguments in [["sync", "--nope"], ["couple", "CUSTOMER"], ["list", "CUSTOMER", "--side", "x"], ["nope"]] {
            try Self.expectError(try await world.start(arguments + ["--json"]).finished(), "usage", 2)
        }
        try Self.expectError(try await world.couplet("couple", "CUSTOMER", "1", "--json"), "couple.withOrCreate", 2)
        let ended = try await world.couplet("question", "answer", "1", "--none", "--create", "--json")
        try Self.expectError(ended, "question.oneAnswer", 2)
    }

    @Test("people get one message and what to do on standard error, in their language")
    func humanMessages() async throws {
        let world = try await World()
        let english = try await world.couplet("mapping", "show", "CUSTOMER")
        #expect(english.status == 78)
        #expect(english.output == "")
        #expect(english.errors.hasPrefix("Error: There are no integration table mappings yet.\n"))
        let swedish = try await world.couplet("mapping", "show", "CUSTOMER", "--lang", "sv")
        #expect(swedish.status == 78)
        #expect(swedish.errors.hasPrefix("Fel: Det finns inga tabellmappningar för integrering än.\n"))
        #expect(swedish.errors.split(separator: "\n").count == 2)
    }

    @Test("a store that another process holds is told with its number, and can be tried later")
    func lockedStore() async throws {
        let world = try await World()
        let serve = try world.start(["serve", "--json"])
        _ = await serve.output.line(containing: "socket")
        let second = try await world.couplet("serve", "--json")
        try Self.expectError(second, "store.locked", 75)
        #expect(second.output.contains("process \(serve.identifier)"))
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)
    }

    @Test("a file that is no store is told, and left as it is")
    func damagedStore() async throws {
        let world = try await World()
        try FileManager.default.createDirectory(atPath: world.home, withIntermediateDirectories: true)
        let rubbish = Data(repeating: 0x41, count: 8192)
        try rubbish.write(to: URL(filePath: world.home + "/couplet.sqlite"))
        let ended = try await world.couplet("job", "list", "--json")
        try Self.expectError(ended, "store.damaged", 70)
        #expect(FileManager.default.contents(atPath: world.home + "/couplet.sqlite") == rubbish)
    }

    @Test("a key file that was lost or replaced is told")
    func otherKey() async throws {
        let world = try await World()
        try await world.connect(enabled: false)
        try FileManager.default.removeItem(atPath: world.folder.path + "/key")
        try Self.expectError(try await world.couplet("connection", "test", "--json"), "credentials.keyMissing", 78)
        let other = Data(repeating: 7, count: 32).base64EncodedString()
        try Data(other.utf8).write(to: URL(filePath: world.folder.path + "/key"))
        try Self.expectError(try await world.couplet("connection", "test", "--json"), "credentials.wrongKey", 77)
    }
}
