import CoupletCore
import CoupletPorts
import Foundation
import Glibc
import Testing

@testable import couplet

@Suite("Alerts by webhook and mail", .timeLimit(.minutes(10)))
struct AlertCommandTests {
    private static let secret = "whsec_" + Data("a planted signing secret".utf8).base64EncodedString()

    /// A world with a file that holds the secret.
    private static func world() async throws -> (world: World, secretFile: String) {
        let world = try await World(["--records", "5"])
        let file = world.folder.path + "/alert.secret"
        try Data((secret + "\n").utf8).write(to: URL(filePath: file))
        return (world, file)
    }

    /// Whether a post is signed as a receiver would check it.
    private static func isSigned(_ post: WebhookReceiver.Post) -> Bool {
        guard let key = WebhookSender.key(secret), let id = post.fields["webhook-id"],
            let seconds = post.fields["webhook-timestamp"].flatMap({ Int64($0) })
        else { return false }
        let expected = WebhookSender.signature(post.body, id: id, seconds: seconds, key: key)
        return post.fields["webhook-signature"] == expected
    }

    private static func document(_ post: WebhookReceiver.Post) throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(post.body))
    }

    @Test("the signature is that of the Standard Webhooks specification")
    func signature() throws {
        // Its own example.
        let key = try #require(WebhookSender.key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = WebhookSender.signature(
            Array(#"{"test": 2432232314}"#.utf8),
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            seconds: 1_614_265_330,
            key: key
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(WebhookSender.key("short") == nil && WebhookSender.key("whsec_not base64 at all, and long") == nil)
    }

    @Test("a webhook is tried with a signed post, and neither address nor secret is in what is said or kept")
    func webhook() async throws {
        let (world, secretFile) = try await Self.world()
        let receiver = try WebhookReceiver()
        let set = try await world.start(
            ["alert", "set", "duty", "--webhook", receiver.address, "--secret-file", secretFile, "--json"],
            ["COUPLET_LOG": "trace"]
        ).finished()
        #expect(set.status == 0, "\(set.output) \(set.errors)")
        async let tested = world.start(["alert", "test", "duty"], ["COUPLET_LOG": "trace"]).finished()
        let post = try #require(await receiver.next())
        let test = try await tested
        #expect(test.status == 0, "\(test.output) \(test.errors)")
        #expect(post.line == "POST /hooks/PLANTED-path-4711 HTTP/1.1")
        #expect(post.fields["content-type"] == "application/json")
        #expect(Self.isSigned(post))
        let document = try Self.document(post)
        #expect(document["test"] == .boolean(true) && document["alerts"] == .array([]))
        #expect(document["id"].text == post.fields["webhook-id"])

        receiver.answer(with: 500)
        let refused = try await world.json("alert", "test", "duty", status: 69)
        #expect(refused["error"]["code"].text == "alert.refused")
        var said = set.output + set.errors + test.output + test.errors
        for arguments in [["alert", "list"], ["doctor"], ["audit", "list"], ["audit", "export"]] {
            let ended = try await world.start(arguments + ["--json"], ["COUPLET_LOG": "trace"]).finished()
            said += ended.output + ended.errors
        }
        #expect(said.contains("127.0.0.1:\(receiver.port)/…"))
        let kept = FileManager.default.enumerator(atPath: world.home)?.allObjects.compactMap { $0 as? String } ?? []
        for planted in ["PLANTED-path", Self.secret, String(Self.secret.dropFirst(6))] {
            #expect(!said.contains(planted))
            for name in kept {
                let data = FileManager.default.contents(atPath: world.home + "/" + name)
                #expect(data?.range(of: Data(planted.utf8)) == nil, "\(name)")
            }
        }
        let listed = try await world.json("alert", "list")
        #expect(listed["recipients"].elements.map { $0["way"].text } == ["webhook"])
        #expect(try await world.json("alert", "remove", "duty")["recipients"] == .array([]))
        #expect(try await world.json("alert", "test", "duty", status: 2)["error"]["code"].text == "alert.unknown")
    }

    @Test("plain http goes to this machine only")
    func plain() async throws {
        let (world, secretFile) = try await Self.world()
        _ = try await world.json(
            "alert",
            "set",
            "duty",
            "--webhook",
            "http://hooks.example.com/",
            "--secret-file",
            secretFile
        )
        let refused = try await world.json("alert", "test", "duty", status: 69)
        #expect(refused["error"]["code"].text == "alert.notReached")
        #expect(refused["error"]["message"].text?.contains("hooks.example.com") == true)
    }

    @Test("mail is handed to the mail program with its recipients, and what it does not take is told")
    func mail() async throws {
        let (world, _) = try await Self.world()
        let program = world.folder.path + "/sendmail"
        let script = """
            #!/bin/sh
            printf '%s\\n' "$@" > "$0.arguments"
            cat > "$0.mail"
            env > "$0.environment"
            exit $(cat "$0.status")

            """
        try Data(script.utf8).write(to: URL(filePath: program))
        chmod(program, 0o755)
        let status = program + ".status"
        try Data("0".utf8).write(to: URL(filePath: status))
        let set = try await world.start([
            "alert", "set", "office", "--mail", "it@example.com", "--mail", "chef@example.com", "--from",
            "couplet@example.com", "--quiet", "between 17:00 and 07:00 in Europe/Stockholm", "--json",
        ]).finished()
        #expect(set.status == 0, "\(set.output) \(set.errors)")
        let environment = ["COUPLET_SENDMAIL": program, "COUPLET_LANG": "sv"]
        let test = try await world.start(["alert", "test", "office"], environment).finished()
        #expect(test.status == 0, "\(test.output) \(test.errors)")
        func file(_ name: String) throws -> String { try String(contentsOfFile: program + "." + name, encoding: .utf8) }
        #expect(
            try file("arguments").split(separator: "\n")
                == ["-i", "-f", "couplet@example.com", "--", "it@example.com", "chef@example.com"]
        )
        let mail = try file("mail")
        let head = mail.prefix(upTo: try #require(mail.firstRange(of: "\n\n")).lowerBound)
        for line in [
            "From: Couplet <couplet@example.com>", "To: it@example.com,", "MIME-Version: 1.0",
            "Content-Transfer-Encoding: base64", "Auto-Submitted: auto-generated",
        ] {
            #expect(head.split(separator: "\n").contains(Substring(line)), "\(head)")
        }
        #expect(head.contains(/\nDate: [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000\n/))
        #expect(head.split(separator: "\n").allSatisfy { $0.utf8.count <= 200 })
        let encoded = mail.dropFirst(head.count).filter { !$0.isWhitespace }
        let body = try #require(Data(base64Encoded: encoded).map { String(decoding: $0, as: UTF8.self) })
        #expect(body.hasPrefix("Det här meddelandet säger bara"), "\(body)")
        #expect(try !file("environment").contains("COUPLET_"), "it is told nothing that is not for it")

        try Data("75".utf8).write(to: URL(filePath: status))
        let refused = try await world.start(["alert", "test", "office", "--json"], environment).finished()
        #expect(refused.status == 69)
        #expect(try refused.json()["error"]["code"].text == "alert.mailRefused")
        let missing = ["COUPLET_SENDMAIL": world.folder.path + "/none"]
        let none = try await world.start(["alert", "test", "office", "--json"], missing).finished()
        #expect(try none.json()["error"]["code"].text == "alert.noMailProgram")
        let doctor = try await world.start(["doctor", "--json"], missing).finished()
        let findings = try doctor.json()["findings"].elements.filter { $0["topic"].text == "alert" }
        #expect(findings.map { $0["level"].text } == ["bad"])
    }

    /// A home that was put back from a backup, so that writing is stopped, with a recipient who is told at once.
    private static func stopped(_ world: World, _ secretFile: String, _ receiver: WebhookReceiver) async throws {
        _ = try await world.json(
            "alert",
            "set",
            "duty",
            "--webhook",
            receiver.address,
            "--secret-file",
            secretFile,
            "--group",
            "0"
        )
        _ = try await world.json("backup", world.folder.path + "/backup")
        try FileManager.default.moveItem(atPath: world.home, toPath: world.folder.path + "/gone")
        _ = try await world.json("restore", world.folder.path + "/backup")
    }

    @Test("serve tells that writing is stopped, says the same again to who did not take it, and once to who did")
    func told() async throws {
        let (world, secretFile) = try await Self.world()
        let receiver = try WebhookReceiver(status: 503)
        try await Self.stopped(world, secretFile, receiver)
        var serve = try world.start(["serve", "--on-request-only", "--json"])
        let first = try #require(await receiver.next())
        #expect(Self.isSigned(first))
        let document = try Self.document(first)
        let alert = try #require(document["alerts"].elements.first)
        #expect(alert["code"].text == "writingStopped" && alert["event"].text == "begun")
        #expect(alert["urgent"] == .boolean(true))
        #expect(document["text"].text?.contains("couplet writing show") == true)
        _ = try #require(await serve.errors.line(containing: "An alert did not arrive"))
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)

        receiver.answer(with: 204)
        serve = try world.start(["serve", "--on-request-only", "--json"], ["COUPLET_LOG": "info"])
        _ = try #require(await serve.errors.line(containing: "Told what needs a person"))
        let second = try #require(await receiver.next())
        #expect(second.body == first.body && second.fields["webhook-id"] == first.fields["webhook-id"])
        let listed = try await world.json("alert", "list", status: 1)
        #expect(listed["recipients"].elements.first?["problem"] == .null)
        #expect(listed["alerts"].elements.map { $0["isTold"] } == [.boolean(true)])
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)
    }

    @Test("serve ends within ten seconds although a receiver does not answer, and works meanwhile")
    func silentReceiver() async throws {
        let (world, secretFile) = try await Self.world()
        let receiver = try WebhookReceiver(status: nil)
        try await Self.stopped(world, secretFile, receiver)
        let serve = try world.start(["serve", "--on-request-only", "--json"])
        _ = try #require(await receiver.next())
        #expect(try await world.json("writing", "show", status: 3)["stopped"] == .boolean(true))
        let began = ContinuousClock.now
        serve.send(SIGTERM)
        let ended = await serve.finished()
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ContinuousClock.now - began < .seconds(10))
    }
}

@Suite("Alerts over the desk", .timeLimit(.minutes(10)))
struct AlertDeskTests {
    @Test("an administrator sets, sees and removes recipients; a viewer sees them")
    func rest() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        let (admin, viewer) = (try await desk.token("ada", "administrator"), try await desk.token("vera", "viewer"))
        let body = #"{"way":"webhook","address":"https://hooks.example.com/x/y","secret":"0123456789abcdef"}"#
        let path = "/api/v1/alerts/recipients/duty"
        #expect(try await desk.send("PUT", path, token: viewer, body: body).status == 403)
        let set = try await desk.send("PUT", path, token: admin, body: body)
        #expect(set.status == 200, "\(set.text)")
        let listed = try await desk.send("GET", "/api/v1/alerts", token: viewer)
        #expect(listed.status == 200, "\(listed.text)")
        #expect(listed.json["recipients"].elements.map { $0["address"].text } == ["https://hooks.example.com/…"])
        #expect(!listed.text.contains("0123456789abcdef"))
        let lag = try await desk.send("PUT", "/api/v1/alerts/lag", token: admin, body: #"{"seconds":5}"#)
        #expect(lag.status == 400 || lag.status == 422, "\(lag.status)")
        #expect(try await desk.send("DELETE", path, token: admin).status == 200)
        #expect(try await desk.send("GET", "/api/v1/alerts", token: viewer).json["recipients"] == .array([]))
    }

    @Test("the page shows who is told, and says what is wrong with a recipient that cannot be set")
    func page() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        let (cookie, form) = try await desk.signIn()
        let values = ["csrf": form, "do": "set", "recipient": "office", "way": "mail", "address": "it@example.com"]
        #expect(try await desk.form("/alerts", values, cookie: cookie).status == 303)
        let page = try await desk.send("GET", "/alerts", ["Cookie": "couplet-session=\(cookie)"])
        #expect(page.text.contains("it@example.com"))
        let patient = values.merging(["grouping": "300"]) { _, new in new }
        #expect(try await desk.form("/alerts", patient, cookie: cookie).status == 303)
        let token = try await desk.token("vera", "viewer")
        let listed = try await desk.send("GET", "/api/v1/alerts", token: token).json["recipients"].elements
        #expect(listed.map { $0["groupingSeconds"].integer } == [300])
        let hasty = values.merging(["grouping": "soon"]) { _, new in new }
        #expect(try await desk.form("/alerts", hasty, cookie: cookie).text.contains("Give from 0 to 3600 seconds."))
        let wrong = values.merging(["address": "it at example"]) { _, new in new }
        let refused = try await desk.form("/alerts", wrong, cookie: cookie)
        #expect(refused.status == 400 && refused.text.contains("This is no mail address"))
        let remove = ["csrf": form, "do": "remove", "recipient": "office"]
        #expect(try await desk.form("/alerts", remove, cookie: cookie).status == 303)
    }
}
