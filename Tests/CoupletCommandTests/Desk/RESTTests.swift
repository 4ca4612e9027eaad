import CoupletEngine
import Foundation
import Testing

@testable import CoupletServer

@Suite("The REST API", .timeLimit(.minutes(10)))
struct RESTTests {
    @Test("every action of the program has an address, but for those that name files of the machine")
    func everyAction() {
        let routed = Set(Routes(NoMappingFiles()).all.map(\.name))
        let missing = ActionRegistry.actions.map { $0.name }.filter { !routed.contains($0) }
        #expect(Set(missing) == ActionRegistry.onTheMachineOnly)
    }

    @Test("the description names every route once, with what it takes and gives, and no reference leads nowhere")
    func description() throws {
        let routes = Routes(NoMappingFiles())
        let tree = OpenAPI(routes).tree
        for route in routes.all {
            let operation = tree["paths"]?["/api/v1" + route.path]?[route.verb.lowercased()]
            #expect(operation != nil, "\(route.verb) \(route.path)")
            #expect(operation?["responses"]?["200"] != nil)
            #expect(route.answer != .anything, "\(route.verb) \(route.path) says nothing of its answer")
        }
        guard case .object(let paths) = tree["paths"] else { return }
        let count = paths.values.reduce(0) { sum, operations in
            if case .object(let methods) = operations { sum + methods.count } else { sum }
        }
        #expect(count == routes.all.count + OpenAPI.further.count)
        let ids = paths.values.flatMap { operations -> [String] in
            if case .object(let methods) = operations {
                methods.values.compactMap { $0["operationId"]?.text }
            } else {
                []
            }
        }
        #expect(Set(ids).count == ids.count)
        let text = YAMLText.text(tree)
        for match in text.matches(of: /"#\/components\/([a-z]+)\/([A-Za-z]+)"/) {
            #expect(tree["components"]?[String(match.1)]?[String(match.2)] != nil, "\(match.0)")
        }
    }

    @Test("failures are problem documents with the command line's codes and remedies, in the reader's language")
    func problems() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("anna", "administrator")
        let unknown = try await desk.send("GET", "/api/v1/mappings/NOPE/records", token: token)
        #expect(unknown.status == 404 && unknown.field("Content-Type") == "application/problem+json")
        #expect(unknown.json["code"].text == "mapping.unknown" && unknown.json["remedy"].text != nil)
        let swedish = try await desk.send(
            "GET",
            "/api/v1/mappings/NOPE",
            token: token,
            ["Accept-Language": "fi;q=0.9, sv-SE;q=0.8, en;q=0.1"]
        )
        #expect(swedish.json["detail"].text?.hasPrefix("Det finns ingen mappning") == true)
        let cases: [(String, String, String?, Int, String)] = [
            ("POST", "/api/v1/synchronize", "{", 400, "request.notJSON"),
            ("POST", "/api/v1/synchronize", "[]", 400, "request.notObject"),
            ("POST", "/api/v1/synchronize", "{\"mappin\":\"X\"}", 400, "request.unknownProperty"),
            ("POST", "/api/v1/synchronize", "{\"isFull\":\"yes\"}", 400, "request.wrongProperty"),
            ("POST", "/api/v1/default-mappings", "{\"erp\":\"a\"}", 400, "request.missingProperty"),
            ("GET", "/api/v1/jobs?limit=many", nil, 400, "request.wrongValue"),
            ("GET", "/api/v1/jobs?limt=1", nil, 400, "request.unknownProperty"),
            ("POST", "/api/v1/questions/1/answer", "{}", 400, "request.oneAnswer"),
            ("GET", "/api/v1/jobs/abc", nil, 400, "request.wrongValue"),
        ]
        for (method, path, body, status, code) in cases {
            let answer = try await desk.send(method, path, token: token, body: body)
            #expect(answer.status == status && answer.json["code"].text == code, "\(method) \(path): \(answer.text)")
        }
        let missing = try await desk.send("GET", "/api/v1/nothing", token: token)
        #expect(missing.status == 404 && missing.json["code"].text == "request.notFound")
        let large = String(repeating: " ", count: 17 << 20) + "{}"
        let refused = try await desk.send("POST", "/api/v1/mappings/SALESPEOPLE/match", token: token, body: large)
        #expect(refused.status == 413 && refused.json["code"].text == "request.tooLarge", "\(refused.text)")
    }

    @Test("lists come a page at a time, and an unchanged one is not sent again")
    func paging() async throws {
        let desk = try await DeskWorld(["--records", "50"])
        try await desk.world.connect()
        let token = try await desk.token("anna", "viewer")
        var seen: [String] = []
        var path: String? = "/api/v1/mappings/CUSTOMER/records?side=erp&limit=20"
        while let next = path {
            let page = try await desk.send("GET", next, token: token)
            #expect(page.status == 200 && page.json["records"].elements.count <= 20)
            seen += page.json["records"].elements.compactMap { $0["id"].text }
            path = page.json["next"].text
            #expect((page.field("Link") != nil) == (path != nil))
            #expect(page.json["total"].integer ?? 0 > 20)
        }
        #expect(Set(seen).count == seen.count && seen.count > 20)
        let first = try await desk.send("GET", "/api/v1/mappings", token: token)
        let tag = try #require(first.field("ETag"))
        let again = try await desk.send("GET", "/api/v1/mappings", token: token, ["If-None-Match": tag])
        #expect(again.status == 304 && again.text.isEmpty)
    }

    @Test("a mapping is changed only as it was when it was read, and a key makes a change happen once")
    func concurrency() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("anna", "administrator")
        let read = try await desk.send("GET", "/api/v1/mappings/VENDOR", token: token)
        let tag = try #require(read.field("ETag"))
        let file = try #require(read.json["mappings"].elements.first?["mapping"]["file"].text)
        let changed = file.replacingOccurrences(of: "onlyCoupled: true", with: "onlyCoupled: false")
        let body = String(decoding: JSONTree.object(["file": .string(changed)]).data, as: UTF8.self)
        let put = try await desk.send("PUT", "/api/v1/mappings/VENDOR", token: token, body: body, ["If-Match": tag])
        #expect(put.status == 200, "\(put.text)")
        #expect(put.json["isApplied"] == .boolean(true))
        let late = try await desk.send("PUT", "/api/v1/mappings/VENDOR", token: token, body: body, ["If-Match": tag])
        #expect(late.status == 412 && late.json["code"].text == "request.changedSince")
        let key = ["Idempotency-Key": "once-1"]
        let path = "/api/v1/mappings/VENDOR/match"
        let preview = "{\"isPreview\":true}"
        let one = try await desk.send("POST", path, token: token, body: preview, key)
        let two = try await desk.send("POST", path, token: token, body: preview, key)
        #expect(one.status == 200 && two.status == 200 && one.text == two.text)
        #expect(one.json["plan"]["id"].integer != nil, "done again it would be another plan")
        let reused = try await desk.send("POST", path, token: token, body: "{}", key)
        #expect(reused.status == 422 && reused.json["code"].text == "request.keyReused")
        let connections = try await desk.send("GET", "/api/v1/connections", token: token)
        let known = try #require(connections.json["connections"].elements.first?["connection"])
        var set: [String: JSONTree] = ["clientID": .string("another")]
        for name in ["side", "kind", "url", "company", "tokenURL"] { set[name] = known[name].text.map { .string($0) } }
        let place = "/api/v1/connections/" + (known["name"].text ?? "")
        let text = String(decoding: JSONTree.object(set).data, as: UTF8.self)
        let now = ["If-Match": try #require(connections.field("ETag"))]
        let first = try await desk.send("PUT", place, token: token, body: text, now)
        #expect(first.status == 200, "\(first.text)")
        let stale = try await desk.send("PUT", place, token: token, body: text, now)
        #expect(stale.status == 412 && stale.json["code"].text == "request.changedSince")
    }

    @Test("a key answers again as it did, with the action's address, and forgets what failed")
    func keys() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("anna", "operator")
        func begin(_ mapping: String, _ key: String) async throws -> DeskWorld.Answer {
            let path = "/api/v1/mappings/\(mapping)/synchronize"
            let fields = ["Idempotency-Key": key, "Prefer": "respond-async"]
            let answer = try await desk.send("POST", path, token: token, body: "{\"isFull\":true}", fields)
            if let place = answer.field("Location") { _ = try await desk.send("GET", place + "/events", token: token) }
            return answer
        }
        let one = try await begin("SALESPEOPLE", "good")
        let two = try await begin("SALESPEOPLE", "good")
        #expect(one.status == 202 && two.status == 202)
        #expect(one.field("Location") != nil && two.field("Location") == one.field("Location"))
        #expect(two.json["state"].text == "done" && two.json["result"]["run"] != .null)
        let failed = try await begin("NOPE", "bad")
        let again = try await begin("NOPE", "bad")
        #expect(failed.status == 202 && again.status == 202)
        #expect(again.field("Location") != nil && again.field("Location") != failed.field("Location"))
    }

    @Test("what is shown once is answered to the one who asked, and kept nowhere")
    func shownOnce() async throws {
        let desk = try await DeskWorld()
        let token = try await desk.token("anna", "administrator")
        let user = "{\"user\":\"vera\",\"role\":\"viewer\"}"
        let fields = ["Idempotency-Key": "once", "Prefer": "respond-async"]
        let made = try await desk.send("POST", "/api/v1/users", token: token, body: user, fields)
        let password = try #require(made.json["password"].text, "\(made.text)")
        let again = try await desk.send("POST", "/api/v1/users", token: token, body: user, fields)
        #expect(again.status == 409 && again.json["code"].text == "request.shownOnce")
        let added = try await desk.send("POST", "/api/v1/users/vera/tokens", token: token, body: "{\"label\":\"x\"}")
        let secret = try #require(added.json["text"].text, "\(added.text)")
        let actions = try await desk.send("GET", "/api/v1/actions", token: token).text
        #expect(!actions.contains(password) && !actions.contains(secret))
        for name in try FileManager.default.subpathsOfDirectory(atPath: desk.world.home) {
            guard let file = FileManager.default.contents(atPath: desk.world.home + "/" + name) else { continue }
            #expect([password, secret].allSatisfy { file.range(of: Data($0.utf8)) == nil }, "\(name)")
        }
    }

    @Test("an action goes on by itself where that is preferred, tells how far it is, and says what came of it")
    func actions() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("anna", "operator")
        let begun = try await desk.send(
            "POST",
            "/api/v1/mappings/SALESPEOPLE/synchronize",
            token: token,
            body: "{\"isFull\":true}",
            ["Prefer": "respond-async"]
        )
        #expect(begun.status == 202)
        let place = try #require(begun.field("Location"))
        let events = try await desk.send("GET", place + "/events", token: token)
        #expect(events.field("Content-Type") == "text/event-stream")
        #expect(events.text.contains("event: end\ndata: {"))
        let ended = try await desk.send("GET", place, token: token)
        #expect(ended.json["state"].text == "done" && ended.json["result"]["run"] != .null)
        let other = try await desk.token("otto", "operator")
        #expect(try await desk.send("GET", place, token: other).status == 404)
    }

    @Test("a browser's session changes nothing without the secret of its pages")
    func forgery() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        let (cookie, form) = try await desk.signIn()
        let fields = ["Cookie": "couplet-session=\(cookie)"]
        let path = "/api/v1/users"
        let body = "{\"user\":\"vera\",\"role\":\"viewer\"}"
        let forged = try await desk.send("POST", path, body: body, fields)
        #expect(forged.status == 403 && forged.json["code"].text == "request.forged")
        let own = try await desk.send("POST", path, body: body, fields.merging(["X-CSRF-Token": form]) { $1 })
        #expect(own.status == 200, "\(own.text)")
        let page = try await desk.send("GET", "/", fields)
        #expect(page.field("Content-Security-Policy")?.contains("default-src 'none'") == true)
        #expect(page.field("X-Content-Type-Options") == "nosniff")
        let out = try await desk.form("/sign-out", ["csrf": form], cookie: cookie)
        #expect(out.status == 303)
        #expect(try await desk.send("GET", path, fields).status == 401)
    }

    @Test("the desk ends in good order, and refuses to be open to eavesdroppers")
    func serving() async throws {
        let desk = try await DeskWorld()
        let ended = await desk.end()
        #expect(ended.status == 0, "\(ended.errors)")
        let plain = try await desk.world.couplet("serve", "--listen", "0.0.0.0:0", "--json")
        #expect(plain.status == 78)
        #expect(try plain.json()["error"]["code"].text == "desk.plain")
        let half = try await desk.world.couplet("serve", "--listen", "127.0.0.1:0", "--tls-cert", "x", "--json")
        #expect(try half.json()["error"]["code"].text == "desk.halfTLS")
        let bad = try await desk.world.couplet("serve", "--listen", "here", "--json")
        #expect(try bad.json()["error"]["code"].text == "desk.badAddress")
    }
}
