import CoupletCore
import Foundation
import HTTPTypes
import Testing

@testable import CoupletEngine
@testable import CoupletServer

@Suite("The desk's pages", .timeLimit(.minutes(10)))
struct DeskPageTests {
    /// Signs a user in by a link.
    private static func signIn(_ name: String, _ desk: DeskWorld) async throws -> (cookie: String, form: String) {
        let link = try #require(try await desk.world.json("user", "link", name)["link"].text)
        let answer = try await desk.send("GET", link)
        let cookie = try #require(answer.cookie("couplet-session"), "\(answer.text)")
        let account = try await desk.send("GET", "/account", ["Cookie": "couplet-session=\(cookie)"])
        return (cookie, try #require(DeskWorld.formToken(account.text)))
    }

    private static func get(_ path: String, _ cookie: String, _ desk: DeskWorld) async throws -> DeskWorld.Answer {
        try await desk.send("GET", path, ["Cookie": "couplet-session=\(cookie)"])
    }

    /// Waits for an action that a page goes on without.
    private static func wait(for answer: DeskWorld.Answer, _ cookie: String, _ desk: DeskWorld) async throws {
        guard let place = answer.field("Location"), place.hasPrefix("/actions/") else { return }
        let number = place.split(separator: "/")[1].prefix { $0.isNumber }
        _ = try await get("/api/v1/actions/\(number)/events", cookie, desk)
    }

    @Test("a password for one sign-in opens nothing but the page that changes it, and the way out")
    func oneTimePassword() async throws {
        let desk = try await DeskWorld()
        let first = try await desk.form("/sign-in", ["name": "admin", "password": desk.password])
        let cookie = try #require(first.cookie("couplet-session"))
        let form = try #require(DeskWorld.formToken(try await Self.get("/password", cookie, desk).text))
        for path in ["/", "/account", "/users"] {
            let page = try await Self.get(path, cookie, desk)
            #expect(page.status == 303 && page.field("Location") == "/password", "\(path)")
        }
        let sent = [
            ("/users", ["user": "eve", "role": "administrator"]), ("/users/admin", ["do": "reset"]),
            ("/account/tokens", ["label": "mine"]), ("/connections", ["do": "test"]),
        ]
        for (path, values) in sent {
            let answer = try await desk.form(path, values.merging(["csrf": form]) { $1 }, cookie: cookie)
            #expect(answer.status == 303 && answer.field("Location") == "/password", "\(path): \(answer.text)")
        }
        #expect(try await desk.world.json("user", "list")["users"].elements.count == 1)
        #expect(try await desk.world.json("user", "token", "list")["tokens"].elements.isEmpty)
        #expect(try await desk.form("/sign-out", ["csrf": "0"], cookie: cookie).status == 403)
        let out = try await desk.form("/sign-out", ["csrf": form], cookie: cookie)
        #expect(out.status == 303 && out.field("Location") == "/sign-in")
    }

    @Test("an administrator of some mappings changes nothing of all, and sees nothing of the others")
    func someMappings() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let token = try await desk.token("lena", "administrator", mappings: ["VENDOR"])
        let (cookie, form) = try await Self.signIn("lena", desk)
        let forms = [
            ("/users/lena", ["do": "save", "role": "administrator", "mappings": ""]),
            ("/users", ["user": "eve", "role": "administrator"]), ("/users/admin", ["do": "reset"]),
            (
                "/connections/erp",
                ["side": "erp", "url": "http://127.0.0.1:1", "tokenURL": "http://127.0.0.1:1", "clientID": "x"]
            ), ("/review", ["do": "run"]), ("/errors", [:]), ("/mappings/CUSTOMER", ["do": "pause"]),
        ]
        let before = try await desk.world.json("user", "list")
        let connections = try await desk.world.json("connection", "list")
        for (path, values) in forms {
            let answer = try await desk.form(path, values.merging(["csrf": form]) { $1 }, cookie: cookie)
            #expect(answer.status == 403, "\(path): \(answer.status)")
        }
        #expect(try await Self.get("/users", cookie, desk).status == 403)
        let offered = try await Self.get("/connections", cookie, desk).text
        #expect(["\"/users\"", "\"/review\"", "value=\"enable\""].allSatisfy { !offered.contains($0) }, "\(offered)")
        let set = "{\"side\":\"erp\",\"kind\":\"x\",\"url\":\"x\",\"tokenURL\":\"x\",\"clientID\":\"x\"}"
        let put = try await desk.send("PUT", "/api/v1/connections/erp", token: token, body: set)
        #expect(put.status == 403 && put.json["code"].text == "access.someMappings")
        #expect(try await desk.world.json("user", "list") == before)
        #expect(try await desk.world.json("connection", "list") == connections)
        let plan = try #require(try await desk.world.json("match", "SALESPEOPLE", "--preview")["plan"]["id"].integer)
        #expect(!(try await Self.get("/match", cookie, desk).text.contains("/plans/\(plan)")))
        #expect(try await Self.get("/plans/\(plan)", cookie, desk).status == 403)
        #expect(try await Self.get("/settings", cookie, desk).status == 200)
        let other = try await desk.token("root", "administrator")
        let begun = try await desk.send("POST", "/api/v1/review", token: other, body: "{}", ["Prefer": "respond-async"])
        let place = try #require(begun.field("Location"))
        _ = try await desk.send("GET", place + "/events", token: other)
        let number = try #require(place.split(separator: "/").last)
        #expect(try await desk.send("GET", place, token: token).status == 404)
        #expect(!(try await Self.get("/review?action=\(number)", cookie, desk).text.contains("SALESPEOPLE")))
    }

    @Test("findings about other mappings are left out")
    func findings() {
        let user = User(
            name: "lena",
            fullName: "",
            role: .viewer,
            mappings: ["VENDOR"],
            isDisabled: false,
            mustChangePassword: false,
            addedAt: Instant(milliseconds: 0),
            failures: 0
        )
        let message = Message("doctor.storeWhole")
        let view = FindingsView(findings: [
            FindingsView.Finding(.mapping, "CUSTOMER", .bad, message),
            FindingsView.Finding(.mapping, "VENDOR", .bad, message), FindingsView.Finding(.store, "", .good, message),
        ])
        let prepared = Routes(NoMappingFiles()).prepared(ExamineSetup()).action
        let seen = prepared.restrict?(view, Identity(user: user, formToken: nil))
        #expect(seen?.findings.map(\.subject) == ["VENDOR", ""])
    }

    @Test("what settles later conflicts too changes the mapping: it takes effect, and is not for operators")
    func always() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        try await desk.world.synchronizeFirst()
        let otto = try await desk.token("otto", "operator")
        let path = "/api/v1/mappings/CUSTOMER/conflicts/resolve"
        let standing = "{\"side\":\"erp\",\"isStanding\":true}"
        let refused = try await desk.send("POST", path, token: otto, body: standing)
        #expect(refused.status == 403 && refused.json["code"].text == "access.right.setUp", "\(refused.text)")
        let customer = try #require(
            try await desk.world.rows("erp", "customers").first { $0["number"].text == "10000" }
        )
        let account = try #require(
            try await desk.world.rows("crm", "accounts").first { $0["accountnumber"].text == "10000" }
        )
        let id = try #require(customer["id"].text)
        let other = try #require(account["accountid"].text)
        try await desk.world.administer(
            "erp",
            "POST",
            "records/customers",
            "{\"id\":\"\(id)\",\"phoneNumber\":\"111\"}"
        )
        try await desk.world.administer(
            "crm",
            "POST",
            "records/accounts",
            "{\"accountid\":\"\(other)\",\"telephone1\":\"222\"}"
        )
        _ = try await desk.world.start(["sync", "CUSTOMER", "--json"]).finished()
        let conflict = try #require(try await desk.world.json("conflict", "list")["conflicts"].elements.first)
        let (cookie, form) = try await desk.signIn()
        let page = "/conflicts/\(conflict["id"].integer ?? 0)"
        let text = try await Self.get(page, cookie, desk).text
        // What the page's own form sends.
        let always = try #require(
            text.firstMatch(of: /<form[^>]*>(?:(?!<\/form>).)*name="always".*?<\/form>/.dotMatchesNewlines())
        )
        var values = ["all": "erp", "field": "phoneNumber|telephone1"]
        for field in always.0.matches(of: /type="hidden" name="([a-z]+)" value="([^"]*)"/) {
            values[String(field.1)] = String(field.2)
        }
        #expect(values["csrf"] == form && always.0.contains("value=\"phoneNumber|telephone1\""))
        let answer = try await desk.form(page, values, cookie: cookie)
        #expect(answer.status == 303)
        try await Self.wait(for: answer, cookie, desk)
        let plan = try #require(try await desk.world.json("plan", "list")["plans"].elements.first?["id"].integer)
        let shown = try await Self.get("/plans/\(plan)", cookie, desk)
        #expect(shown.text.contains("Applying it makes it a rule of CUSTOMER"), "\(shown.text)")
        let early = try await desk.send("POST", "/api/v1/plans/\(plan)/apply", token: otto)
        #expect(early.status == 403 && early.json["code"].text == "access.right.setUp", "\(early.text)")
        let applied = try await desk.form("/plans/\(plan)", ["csrf": form, "decision": "apply"], cookie: cookie)
        try await Self.wait(for: applied, cookie, desk)
        let mapping = try await desk.world.couplet("mapping", "export", "CUSTOMER").output
        #expect(mapping.contains("updateConflicts"))
        #expect(try await desk.world.json("conflict", "list")["conflicts"].elements.isEmpty)
        let settled = try await desk.world.rows("crm", "accounts").first { $0["accountnumber"].text == "10000" }
        #expect(settled?["telephone1"].text == "111")
    }

    @Test("ticked records of a cause are tried again, and no others")
    func ticked() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        try await desk.world.synchronizeFirst()
        let accounts = try await desk.world.rows("crm", "accounts").filter { $0["accountnumber"].text != nil }.prefix(3)
        func rename(_ name: (JSON) -> String) async throws {
            for account in accounts {
                let row = "{\"accountid\":\"\(account["accountid"].text ?? "")\",\"name\":\"\(name(account))\"}"
                try await desk.world.administer("crm", "POST", "records/accounts", row)
            }
        }
        // The CRM takes longer names than the ERP.
        try await rename { _ in String(repeating: "long ", count: 28) + "name" }
        let sync = try await desk.world.start(["sync", "CUSTOMER", "--json"]).finished()
        let causes = try await desk.world.json("error", "list")["errors"].elements
        let cause = try #require(causes.first { $0["mapping"].text == "CUSTOMER" }?["id"].text, "\(sync.output)")
        func open() async throws -> [String] {
            let shown = try await desk.world.start(["error", "show", cause, "--json"]).finished()
            return try shown.json()["records"].elements.compactMap { $0["key"].text }.sorted()
        }
        let keys = try await open()
        #expect(keys.count == 3)
        try await rename { $0["name"].text ?? "" }
        let (cookie, form) = try await desk.signIn()
        let body = "csrf=\(form)&key=\(keys[0])&key=\(keys[2])"
        let fields = [
            "Content-Type": "application/x-www-form-urlencoded", "Cookie": "couplet-session=\(cookie)",
        ]
        let answer = try await desk.send("POST", "/errors/\(cause)", body: body, fields)
        try await Self.wait(for: answer, cookie, desk)
        #expect(try await open() == [keys[1]], "\(answer.text)")
    }

    @Test("a one-way mapping's target is put back as the page says")
    func putBack() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        try await desk.world.synchronizeFirst()
        let person = try #require(try await desk.world.rows("erp", "salespeoplePurchasers").first)
        let (id, code) = (try #require(person["id"].text), try #require(person["code"].text))
        try await desk.world.administer(
            "erp",
            "POST",
            "records/salespeoplePurchasers",
            "{\"id\":\"\(id)\",\"displayName\":\"Edited\"}"
        )
        let (cookie, form) = try await desk.signIn()
        let path = "/records/SALESPEOPLE/synchronize"
        let answer = try await desk.form(path, ["csrf": form, "key": code, "direction": "from"], cookie: cookie)
        try await Self.wait(for: answer, cookie, desk)
        let now = try await desk.world.rows("erp", "salespeoplePurchasers").first { $0["id"].text == id }
        #expect(now?["displayName"].text == person["displayName"].text, "\(answer.text)")
    }

    @Test("a record is followed by its key, whatever stands in it")
    func oddKey() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        let row = "{\"number\":\"A&B#1\",\"displayName\":\"Odd Ltd.\",\"type\":\"Company\"}"
        try await desk.world.administer("erp", "POST", "records/customers", row)
        let (cookie, _) = try await desk.signIn()
        let page = try await Self.get("/records/CUSTOMER/show/A%26B%231?refresh=1", cookie, desk)
        let link = try #require(page.text.firstMatch(of: /href="([^"]*\/coupling\?key=[^"]*)"/), "\(page.text)")
        #expect(link.1 == "/records/CUSTOMER/coupling?key=A%26B%231")
        let dialog = try await Self.get(String(link.1), cookie, desk)
        #expect(dialog.status == 200 && dialog.text.contains("Odd Ltd."), "\(dialog.text)")
    }

    @Test(
        "whoever follows a form stays at the desk",
        arguments: [
            "//evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\\evil.example", "evil", "",
            "https://evil.example", "/ /evil.example", "/\u{301}", "//\u{338}evil.example",
        ]
    )
    func elsewhere(wanted: String) {
        #expect(Visit.local(wanted, or: "/home") == "/home")
        #expect(Visit.local(nil, or: "/home") == "/home")
        for own in ["/", "/jobs?action=2", "/records/A%20B/show/10000#x"] { #expect(Visit.local(own, or: "x") == own) }
    }

    @Test("behind a proxy on the same machine callers are told apart by the address that it saw itself")
    func proxy() throws {
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        var fields = HTTPFields()
        #expect(Gatekeeper.caller(passedOnBy: "127.0.0.1", fields) == "127.0.0.1")
        fields[values: name] = ["6.6.6.6", "7.7.7.7, 203.0.113.9"]
        for peer in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            #expect(Gatekeeper.caller(passedOnBy: peer, fields) == "203.0.113.9")
        }
        #expect(Gatekeeper.caller(passedOnBy: "198.51.100.7", fields) == "198.51.100.7", "no proxy of this machine")
    }
}
