import CoupletNetwork
import CoupletPorts
import CoupletTestSupport
import Foundation
import Glibc
import Testing

@testable import couplet

@Suite("Commands for a server on another machine", .timeLimit(.minutes(10)))
struct DistantCommandTests {
    private static func failed(_ process: CoupletProcess, _ status: Int32, _ code: String) async throws -> JSON {
        let ended = await process.finished()
        #expect(ended.status == status, "\(ended.output) \(ended.errors)")
        let error = try ended.json()["error"]
        #expect(error["code"].text == code, "\(ended.output)")
        #expect(error["remedy"].text?.isEmpty == false)
        return error
    }

    @Test("they answer as they do on the machine, and leave nothing on this one but the files that are asked for")
    func same() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        let world = desk.world
        try await world.connect()
        let token = try await desk.token("anna", "administrator")
        let match = try await desk.distant(["match", "SALESPEOPLE", "--sync", "from", "--json"], token: token)
            .finished()
        #expect(match.status == 0, "\(match.output) \(match.errors)")
        for arguments in [
            ["list", "SALESPEOPLE"], ["mapping", "list"], ["job", "list"], ["status"], ["connection", "list"],
            ["explain", "SALESPEOPLE", "nobody"], ["sync", "NOPE"], ["user", "list"], ["retention", "show"],
        ] {
            let here = try await world.start(arguments + ["--json"]).finished()
            let there = try await desk.distant(arguments + ["--json"], token: token).finished()
            #expect(here.status == there.status, "\(arguments)")
            #expect(here.output == there.output, "\(arguments)")
        }
        let file = world.folder.path + "/mappings.yaml"
        let export = ["mapping", "export", "VENDOR", "--output", file, "--json"]
        #expect(try await desk.distant(export, token: token).finished().status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
            .replacing("onlyCoupled: true", with: "onlyCoupled: false")
        try Data(text.utf8).write(to: URL(filePath: file))
        let applied = try await desk.distant(["mapping", "apply", file, "--json"], token: token).finished()
        #expect(applied.status == 0, "\(applied.output)")
        let couplings = world.folder.path + "/couplings.csv"
        let csv = ["coupling", "export", "SALESPEOPLE", "--output", couplings, "--json"]
        #expect(try await desk.distant(csv, token: token).finished().status == 0)
        let read = try await desk.distant(["coupling", "import", couplings, "--json"], token: token).finished()
        #expect(read.status == 0, "\(read.output)")
        var set = try world.connectionSet("erp")
        #expect(try await desk.distant(set, token: token).finished().status == 0)
        let place = try #require(set.firstIndex(of: "--client-secret-file"))
        set[place + 1] = "/nowhere/secret"
        #expect(try await desk.distant(set, token: token).finished().status == 2)
        let doctor = try await desk.distant(["doctor", "--json"], token: token).finished()
        #expect(!doctor.output.contains("elsewhere") && doctor.output.contains(desk.address), "\(doctor.output)")
        #expect(!FileManager.default.fileExists(atPath: world.folder.path + "/elsewhere"))
    }

    @Test("progress arrives while an action works, and whoever goes away ends it")
    func progress() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        let world = desk.world
        try await world.connect()
        let token = try await desk.token("olle", "operator")
        let rule = #"{"fault":"delay","milliseconds":60000,"path":"/customers"}"#
        _ = try await world.administer("erp", "POST", "faults", rule)
        let body =
            #"{"keys":[],"direction":"bidirectional","isFull":true,"creates":false,"putsBack":false,"#
            + #""continues":false,"isPreview":false}"#
        let (lines, source) = AsyncStream<[UInt8]>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let request = HTTPRequestMessage(
                    method: "POST",
                    url: desk.address + "/actions/sync",
                    headers: [HTTPHeader("Authorization", "Bearer " + token)],
                    body: Array(body.utf8)
                )
                _ = try? await withHTTPTransport { try await $0.send(request) { source.yield($0) } }
                source.finish()
            }
            var first: [UInt8]?
            for await line in lines where !line.isEmpty {
                first = line
                break
            }
            #expect(first.map { String(decoding: $0, as: UTF8.self) }?.hasPrefix(#"{"progress":"#) == true)
            group.cancelAll()
        }
        let sync = try await desk.distant(["sync", "--full", "--json"], token: token).finished()
        #expect([0, 1].contains(sync.status), "\(sync.output) \(sync.errors)")
    }

    /// A synchronization that waits for the ERP's answer.
    private static func held(_ desk: DeskWorld, _ token: String) async throws -> CoupletProcess {
        let world = desk.world
        let rule = #"{"fault":"delay","milliseconds":60000,"path":"/customers"}"#
        _ = try await world.administer("erp", "POST", "faults", rule)
        let before = try await world.requests("erp", "GET", ending: "/customers")
        let sync = try desk.distant(["sync", "--full", "--json"], token: token)
        try await world.waitForRequests(before + 1, "erp", "GET", ending: "/customers", of: sync)
        return sync
    }

    @Test("Ctrl-C ends the action there, and the server stays")
    func interrupted() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        let world = desk.world
        try await world.connect()
        let token = try await desk.token("olle", "operator")
        let sync = try await Self.held(desk, token)
        sync.send(SIGINT)
        _ = try await Self.failed(sync, 130, "action.interrupted")
        let again = try await desk.distant(["sync", "--full", "--json"], token: token).finished()
        #expect([0, 1].contains(again.status), "\(again.output) \(again.errors)")
    }

    @Test("a server that goes away in the middle is a lost answer: it is said so, and nothing is sent again")
    func lost() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        let world = desk.world
        try await world.connect()
        let token = try await desk.token("olle", "operator")
        let sync = try await Self.held(desk, token)
        desk.kill()
        let error = try await Self.failed(sync, 75, "server.answerLost")
        #expect(error["remedy"].text?.contains("couplet job list") == true)
    }

    @Test(
        "an answer that breaks off is lost; a whole one counts, and words of a newer version are passed over or named"
    )
    func answers() async throws {
        let world = try await World(["--records", "1"])
        let server = try WebhookReceiver()
        let command = ["mapping", "pause", "VENDOR", "--json", "--server", "http://127.0.0.1:\(server.port)"]
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ncouplet-version: 99.1\r\n"
        let progress = #"{"progress":{"stage":"dancing","done":1}}"# + "\n\n"
        let result = #"{"result":{"mappings":[]}}"# + "\n"
        func ask() throws -> CoupletProcess { try world.start(command, ["COUPLET_TOKEN": "planted-token-4714"]) }
        server.answer(saying: head + "connection: close\r\n\r\n" + progress)
        _ = try await Self.failed(try ask(), 75, "server.answerLost")
        let post = try #require(await server.next())
        #expect(server.count == 1)
        #expect(post.line == "POST /actions/mapping.pause HTTP/1.1")
        #expect(post.fields["authorization"] == "Bearer planted-token-4714")
        #expect(post.fields["couplet-version"]?.isEmpty == false)
        // All that was asked for has come, though more was announced.
        server.answer(saying: head + "content-length: 9999\r\n\r\n" + progress + result)
        let whole = try await ask().finished()
        #expect(whole.status == 0, "\(whole.output) \(whole.errors)")
        server.answer(saying: head + "connection: close\r\n\r\n" + #"{"result":{"cards":[]}}"# + "\n")
        let other = try await Self.failed(try ask(), 78, "action.otherAnswer")
        #expect(other["message"].text?.contains("99.1") == true, "\(other)")
        for (answer, status, code) in [
            ("302 Found\r\nlocation: https://evil.example/", Int32(78), "server.elsewhere"),
            ("404 Not Found", 78, "server.notCouplet"), ("200 OK\r\ncontent-type: text/html", 78, "server.notCouplet"),
            ("429 Too Many\r\nretry-after: 7", 75, "server.busy"), ("502 Bad Gateway", 75, "server.answerLost"),
        ] {
            server.answer(saying: "HTTP/1.1 \(answer)\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            _ = try await Self.failed(try ask(), status, code)
        }
        #expect(server.count == 8)
    }

    @Test("a wrong token, none, one that others can read, and a missing right are told apart")
    func tokens() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        try await desk.world.connect()
        let token = try await desk.token("vera", "viewer")
        let list = ["mapping", "list", "--json"]
        _ = try await Self.failed(try desk.distant(list, token: "PLANTED-token-4715"), 77, "access.wrongToken")
        _ = try await Self.failed(try desk.distant(list), 2, "server.noToken")
        _ = try await Self.failed(try desk.distant(list, token: "two words"), 2, "server.badToken")
        let sync = try desk.distant(["sync", "--json"], token: token)
        _ = try await Self.failed(sync, 77, "access.right.operate")
        let file = desk.world.folder.path + "/token"
        try Data((token + "\n").utf8).write(to: URL(filePath: file))
        chmod(file, 0o640)
        let open = try desk.distant(list + ["--token-file", file])
        _ = try await Self.failed(open, 78, "server.tokenFileOpen")
        chmod(file, 0o600)
        // What was typed stands before what the surroundings say.
        let taken = try await desk.distant(list + ["--token-file", file], token: "wrong").finished()
        #expect(taken.status == 0, "\(taken.output)")
        let named = try await desk.distant(list, ["COUPLET_TOKEN_FILE": file, "COUPLET_LOG": "trace"]).finished()
        #expect(named.status == 0 && !(named.output + named.errors).contains(token))
        let swedish = try await desk.distant(["mapping", "list", "--lang", "sv"], token: "wrong").finished()
        #expect(swedish.errors.contains("godtas inte"), "\(swedish.errors)")
    }

    @Test("a wrong address, a refused connection and a certificate that nobody vouches for are told apart")
    func addresses() async throws {
        let certificate = try SelfSignedCertificate()
        let files = ["--tls-cert", certificate.certificateFile, "--tls-key", certificate.keyFile]
        let desk = try await DeskWorld(["--records", "5"], serve: files)
        try await desk.world.connect()
        let token = try await desk.token("vera", "viewer")
        let list = ["mapping", "list", "--json"]
        _ = try await Self.failed(try desk.distant(list, token: token), 69, "server.untrusted")
        let trust = ["COUPLET_TRUSTED_CERTIFICATES": certificate.certificateFile]
        #expect(try await desk.distant(list, token: token, trust).finished().status == 0)
        for (server, status, code) in [
            ("http://plain.invalid", Int32(78), "server.wrongAddress"),
            ("https://nobody.invalid", 78, "server.wrongAddress"), ("http://127.0.0.1:1", 69, "server.unreachable"),
            ("couplet.example.com", 78, "settings.wrong"),
        ] {
            let process = try desk.distant(list, token: token, ["COUPLET_SERVER": server])
            _ = try await Self.failed(process, status, code)
        }
        let typed = try desk.world.start(list + ["--server", "couplet.example.com"])
        _ = try await Self.failed(typed, 2, "settings.wrong")
    }

    @Test("what concerns this machine says so, and a home that was typed means this machine")
    func onlyHere() async throws {
        let world = try await World(["--records", "1"])
        let server = ["COUPLET_SERVER": "https://couplet.example.com", "COUPLET_TOKEN": "x"]
        for command in [
            ["serve"], ["demo", "--once"], ["sandbox"], ["backup", "copy"], ["restore", "copy"],
        ] {
            let error = try await Self.failed(try world.start(command + ["--json"], server), 2, "server.onlyHere")
            #expect(error["message"].text?.contains("couplet " + command[0]) == true)
        }
        for command in [["version"], ["completion", "bash"], ["job", "list", "--home", world.home]] {
            #expect(try await world.start(command + ["--json"], server).finished().status == 0, "\(command)")
        }
        let blank = try await world.start(["job", "list", "--json", "--server", ""], server).finished()
        #expect(blank.status == 0, "\(blank.output)")
        let both = ["mapping", "list", "--json", "--home", world.home, "--server", "https://couplet.example.com"]
        _ = try await Self.failed(try world.start(both), 2, "settings.wrong")
    }
}

@Suite("The address of a server")
struct ServerAddressTests {
    @Test(
        "it is a host with a scheme, maybe a port and a path, and nothing else",
        arguments: [
            ("https://couplet.example.com", "https://couplet.example.com"), ("http://[::1]:8440/", "http://[::1]:8440"),
            ("https://a.example/couplet/", "https://a.example/couplet"), ("a.example", nil), ("ftp://a.example", nil),
            ("https://", nil), ("https://:1", nil), ("https:///x", nil), ("https://me:x@a.example", nil),
            ("https://a.example/?x", nil), ("https://a.example/#x", nil), ("https://a b", nil), ("", nil),
        ]
    )
    func reading(text: String, base: String?) {
        #expect(ServerAddress(text)?.base == base)
    }
}
