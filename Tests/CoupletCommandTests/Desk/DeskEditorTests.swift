import CoupletConnectors
import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Testing

@testable import CoupletServer

@Suite("The desk's editors and the audit log", .timeLimit(.minutes(10)))
struct DeskEditorTests {
    private static func get(_ path: String, _ cookie: String, _ desk: DeskWorld) async throws -> DeskWorld.Answer {
        try await desk.send("GET", path, ["Cookie": "couplet-session=\(cookie)"])
    }

    /// What a browser sends of the only form of a page whose button is `button`, with some entries changed.
    private static func filled(
        _ page: String,
        action: String,
        button: String,
        changing changes: [String: String?] = [:]
    ) throws -> [String: String] {
        let pattern = try Regex("<form method=\"post\" action=\"\(action)[?\"].*?</form>").dotMatchesNewlines()
        let form = String(try #require(try pattern.firstMatch(in: page)).0)
        var values = ["do": button]
        for input in form.matches(of: /<input ([^>]*)>/) {
            let text = String(input.1)
            guard let name = attribute("name", text) else { continue }
            if attribute("type", text) == "checkbox", !text.contains(" checked") { continue }
            values[name] = attribute("value", text) ?? ""
        }
        for area in form.matches(of: /<textarea name="([a-zA-Z]+)"[^>]*>([^<]*)<\/textarea>/) {
            values[String(area.1)] = plain(String(area.2))
        }
        for list in form.matches(of: /<select name="([a-z]+)">(.*?)<\/select>/.dotMatchesNewlines()) {
            let chosen = try #require(list.2.firstMatch(of: /<option value="([^"]*)" selected>/))
            values[String(list.1)] = String(chosen.1)
        }
        for (name, value) in changes { values[name] = value }
        return values
    }

    private static func attribute(_ name: String, _ text: String) -> String? {
        text.components(separatedBy: name + "=\"").dropFirst().first
            .flatMap { $0.components(separatedBy: "\"").first }.map(plain)
    }

    private static func plain(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    @Test("saving what a form shows changes nothing: not a mapping, and no field of any mapping that there is")
    func unchanged() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        try await desk.world.connect()
        let (cookie, _) = try await desk.signIn()
        let before = try await desk.world.couplet("mapping", "export").output
        for mapping in DefaultMappings.all(erp: "erp", crm: "crm") {
            let path = "/mappings/" + FormValues.encoded(mapping.name)
            let page = try await Self.get(path, cookie, desk)
            let whole = try Self.filled(page.text, action: path + "/settings", button: "apply")
            let saved = try await desk.form(path + "/settings", whole, cookie: cookie)
            #expect(saved.status == 200 && saved.text.contains("banner good"), "\(mapping.name): \(saved.text)")
            for field in mapping.fields {
                let editor = path + "/field?field=" + FormValues.encoded(field.id)
                #expect(page.text.contains("href=\"\(editor)\""), "\(editor)")
                let shown = try await Self.get(editor, cookie, desk)
                let values = try Self.filled(shown.text, action: path + "/field", button: "apply")
                let answer = try await desk.form(path + "/field", values, cookie: cookie)
                #expect(answer.status == 200 && answer.text.contains("banner good"), "\(field.id): \(answer.text)")
            }
        }
        #expect(try await desk.world.couplet("mapping", "export").output == before)
    }

    @Test("a filter is checked before it is saved, and what was typed stays to be mended")
    func filter() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        try await desk.world.connect()
        let (cookie, _) = try await desk.signIn()
        let path = "/mappings/CUSTOMER"
        let before = try await desk.world.couplet("mapping", "export", "CUSTOMER").output
        let page = try await Self.get(path, cookie, desk).text
        func send(_ filter: String, _ button: String) async throws -> DeskWorld.Answer {
            let values = try Self.filled(
                page,
                action: path + "/settings",
                button: button,
                changing: ["erpFilter": filter, "onlyCoupled": nil]
            )
            return try await desk.form(path + "/settings", values, cookie: cookie)
        }
        let broken = try await send("city = 'Lund", "apply")
        #expect(broken.text.contains("banner bad") && broken.text.contains("city = &#39;Lund</textarea>"))
        let unknown = try await send("nowhere = 'Lund'", "apply")
        #expect(unknown.text.contains("banner bad") && unknown.text.contains("nowhere"), "\(unknown.text)")
        // Nothing of what was typed is lost, wherever it was wrong.
        #expect(!broken.text.contains("name=\"onlyCoupled\" value=\"1\" checked"))
        let checked = try await send("city = 'Lund'", "preview")
        #expect(checked.text.contains("banner good"))
        #expect(try await desk.world.couplet("mapping", "export", "CUSTOMER").output == before)
        #expect(try await send("city = 'Lund'", "apply").text.contains("banner good"))
        // Whoever has looked at it before writes nothing over that.
        let late = try await send("city = 'Malmö'", "apply")
        #expect(late.text.contains("banner bad") && late.text.contains("city = Lund</textarea>"), "\(late.text)")
        let after = try await desk.world.couplet("mapping", "export", "CUSTOMER").output
        #expect(after.contains("filter: \"city = Lund\"") && after.contains("onlyCoupled: false"), "\(after)")
    }

    @Test("a field is no longer kept in any mapping that has it, and only an administrator may say so")
    func unkept() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        try await desk.world.connect()
        let (cookie, _) = try await desk.signIn()
        let path = "/mappings/CUSTOMER/field"
        let id = "phoneNumber|telephone1"
        let page = try await Self.get(path + "?field=" + FormValues.encoded(id), cookie, desk).text
        let values = try Self.filled(page, action: path, button: "apply", changing: ["unkept": "1"])
        let saved = try await desk.form(path, values, cookie: cookie)
        #expect(saved.text.contains("banner good") && saved.text.contains("VENDOR"), "\(saved.text)")
        let mappings = try await desk.world.couplet("mapping", "export").output
        #expect(mappings.split(separator: "\n").count { $0.contains("telephone1") && $0.contains("unkept: true") } == 2)
        // With it goes whatever a conflict could be typed for; a reference cannot be left unkept.
        let reference = path + "?field=" + FormValues.encoded("salespersonCode|_ownerid_value")
        let owner = try await Self.get(reference, cookie, desk).text
        let refused = try await desk.form(
            path,
            try Self.filled(owner, action: path, button: "apply", changing: ["unkept": "1"]),
            cookie: cookie
        )
        #expect(refused.text.contains("banner bad"), "\(refused.text)")
        #expect(try await desk.world.couplet("mapping", "export").output == mappings)

        _ = try await desk.world.json("user", "add", "otto", "--role", "operator")
        let link = try #require(try await desk.world.json("user", "link", "otto")["link"].text)
        let operators = try #require(try await desk.send("GET", link).cookie("couplet-session"))
        let account = try await Self.get("/account", operators, desk).text
        let shown = try await Self.get(path + "?field=" + FormValues.encoded(id), operators, desk).text
        #expect(shown.contains("disabled") && !shown.contains("value=\"apply\""))
        let csrf = try #require(DeskWorld.formToken(account))
        let denied = try await desk.form(path, values.merging(["csrf": csrf]) { $1 }, cookie: operators)
        #expect(denied.status == 403)
    }

    @Test("a conflict that moved while its page was open is not settled from it")
    func openPage() async throws {
        let desk = try await DeskWorld(["--records", "20"])
        try await desk.world.connect()
        try await desk.world.synchronizeFirst()
        let number = "10000"
        func row(_ side: String, _ table: String, _ key: String) async throws -> JSON {
            try #require(try await desk.world.rows(side, table).first { $0[key].text == number })
        }
        let customer = try #require(try await row("erp", "customers", "number")["id"].text)
        let account = try #require(try await row("crm", "accounts", "accountnumber")["accountid"].text)
        func type(_ erp: String, _ crm: String) async throws {
            let left = "{\"id\":\"\(customer)\",\"phoneNumber\":\"\(erp)\"}"
            let right = "{\"accountid\":\"\(account)\",\"telephone1\":\"\(crm)\"}"
            try await desk.world.administer("erp", "POST", "records/customers", left)
            try await desk.world.administer("crm", "POST", "records/accounts", right)
            _ = try await desk.world.start(["sync", "CUSTOMER", "--json"]).finished()
        }
        try await type("111", "222")
        let conflict = try await desk.world.json("conflict", "list")["conflicts"].elements.first?["id"].integer ?? 0
        let (cookie, form) = try await desk.signIn()
        let path = "/conflicts/\(conflict)"
        let page = try await Self.get(path, cookie, desk).text
        let seen = try #require(page.firstMatch(of: /name="seen" value="([^"]*)"/)).1
        try await type("333", "222")
        let values = ["csrf": form, "seen": Self.plain(String(seen)), "field.phoneNumber|telephone1": "crm"]
        let late = try await desk.form(path, values, cookie: cookie)
        #expect(late.status == 409 && late.text.contains("have changed since"), "\(late.status) \(late.text)")
        #expect(try await row("erp", "customers", "number")["phoneNumber"].text == "333")
        let again = try await Self.get(path, cookie, desk).text
        let now = try #require(again.firstMatch(of: /name="seen" value="([^"]*)"/)).1
        #expect(now != seen)
        let settled = try await desk.form(
            path,
            values.merging(["seen": Self.plain(String(now))]) { $1 },
            cookie: cookie
        )
        #expect(settled.status == 303)
        if let place = settled.field("Location"), place.hasPrefix("/actions/") {
            let number = place.split(separator: "/")[1].prefix { $0.isNumber }
            _ = try await Self.get("/api/v1/actions/\(number)/events", cookie, desk)
        }
        #expect(try await row("erp", "customers", "number")["phoneNumber"].text == "222")
    }

    @Test("the audit log shows who did what to whoever may see it, from either end, and checks itself")
    func audit() async throws {
        let desk = try await DeskWorld(["--records", "5"])
        try await desk.world.connect()
        let (cookie, _) = try await desk.signIn()
        for name in ["vera", "ada"] {
            _ = try await desk.world.json("user", "add", name, "--role", name == "ada" ? "auditor" : "viewer")
        }
        func session(_ name: String) async throws -> String {
            let link = try #require(try await desk.world.json("user", "link", name)["link"].text)
            return try #require(try await desk.send("GET", link).cookie("couplet-session"))
        }
        let (vera, ada) = (try await session("vera"), try await session("ada"))
        #expect(try await Self.get("/audit", vera, desk).status == 403)
        #expect(!(try await Self.get("/", vera, desk).text.contains("href=\"/audit\"")))
        let all = try await Self.get("/audit", ada, desk).text
        #expect(!all.contains("audit.topic."))
        #expect(all.contains("href=\"/audit\"") && all.contains(">vera") && all.contains("connection"))
        let users = try await Self.get("/audit?event=user&subject=vera&who=", ada, desk).text
        #expect(users.contains("<td>vera") && !users.contains("<td>erp"))
        let oldest = try await Self.get("/audit?after=0&event=connection", ada, desk).text
        let (erp, crm) = (oldest.range(of: "<td>erp"), oldest.range(of: "<td>crm"))
        #expect(try #require(erp).lowerBound < (try #require(crm)).lowerBound)
        #expect(try await Self.get("/audit?check=1", ada, desk).text.contains("banner good"))
        let wrong = try await Self.get("/audit?from=yesterday", cookie, desk)
        #expect(wrong.status == 400 && wrong.text.contains("2026-01-31"), "\(wrong.text)")
        #expect(!(try await Self.get("/audit?from=2020-01-01&until=2020-01-02", ada, desk).text.contains("<td>erp")))
    }
}
