import CoupletNetwork
import CoupletPorts
import Foundation
import Testing

@testable import CoupletServer

@Suite("Links from the systems' own pages", .timeLimit(.minutes(10)))
struct OpenPageTests {
    /// A desk over stand-ins, somebody at it, and what they see.
    private struct Seat {
        let desk: DeskWorld
        let cookie: String
        let form: String

        init(_ desk: DeskWorld, as name: String? = nil) async throws {
            self.desk = desk
            guard let name else {
                (cookie, form) = try await desk.signIn()
                return
            }
            let link = try #require(try await desk.world.json("user", "link", name)["link"].text)
            cookie = try #require(try await desk.send("GET", link).cookie("couplet-session"))
            let account = try await desk.send("GET", "/account", ["Cookie": "couplet-session=\(cookie)"])
            form = try #require(DeskWorld.formToken(account.text))
        }

        func get(_ path: String) async throws -> DeskWorld.Answer {
            try await desk.send("GET", path, ["Cookie": "couplet-session=\(cookie)"])
        }

        /// Sends a form and gives the page that somebody sees when what it asks for has ended.
        func send(_ path: String, _ values: [String: String]) async throws -> DeskWorld.Answer {
            let answer = try await desk.form(path, values.merging(["csrf": form]) { $1 }, cookie: cookie)
            guard answer.status == 303, var place = answer.field("Location") else { return answer }
            if place.hasPrefix("/actions/") {
                let number = place.split(separator: "/")[1].prefix { $0.isNumber }
                _ = try await get("/api/v1/actions/\(number)/events")
                place = try #require(try await get(place).field("Location"))
            }
            return try await get(place)
        }

        /// What the page's own form to confirm says.
        static func confirmation(_ page: String) -> [String: String]? {
            guard
                let form = page.firstMatch(
                    of: /<form method="post" action="\/open\/[^"]*">(?:(?!<\/form>).)*<\/form>/.dotMatchesNewlines()
                )
            else { return nil }
            let fields = form.0.matches(of: /name="([a-z]+)" value="([^"]*)"/)
            return Dictionary(fields.map { (String($0.1), String($0.2)) }) { $1 }
        }
    }

    /// A desk after the first synchronization.
    private static func synchronized() async throws -> DeskWorld {
        let desk = try await DeskWorld(["--records", "20", "--desk", "http://desk.example/"])
        try await desk.world.connect()
        try await desk.world.synchronizeFirst()
        return desk
    }

    /// A coupled customer and its account.
    private static func couple(_ desk: DeskWorld) async throws -> (customer: JSON, account: JSON) {
        let record = try #require(
            try await desk.world.json("list", "CUSTOMER", "--side", "erp", "--coupled", "yes")["records"].elements.first
        )
        let customer = try await desk.world.rows("erp", "customers").first { $0["number"].text == record["key"].text }
        let account = try await desk.world.rows("crm", "accounts").first {
            $0["accountid"].text == record["coupledTo"].text?.lowercased()
        }
        return (try #require(customer), try #require(account))
    }

    /// Makes an account that is nobody's counterpart, of the kind of another one.
    private static func addAccount(_ name: String, like other: JSON, _ desk: DeskWorld) async throws -> String {
        let kind = other["customertypecode"].integer.map { ",\"customertypecode\":\($0)" } ?? ""
        try await desk.world.administer("crm", "POST", "records/accounts", "{\"name\":\"\(name)\"\(kind)}")
        let made = try await desk.world.rows("crm", "accounts").first { $0["name"].text == name }
        return try #require(made?["accountid"].text)
    }

    /// Lets a mapping synchronize records that are not coupled yet.
    private static func openMapping(_ name: String, _ desk: DeskWorld) async throws {
        let file = desk.world.folder.path + "/\(name).yaml"
        let text = try await desk.world.couplet("mapping", "export", name).output
        let changed = text.replacing("onlyCoupled: true", with: "onlyCoupled: false")
        #expect(changed != text, "\(text)")
        try Data(changed.utf8).write(to: URL(filePath: file))
        let applied = try await desk.world.couplet("mapping", "apply", file, "--yes")
        #expect(applied.status == 0, "\(applied.output) \(applied.errors)")
    }

    private static func base(_ side: String, _ desk: DeskWorld) -> String {
        desk.world.addresses[side]["baseURL"].text ?? ""
    }

    @Test("a coupled record leads to its counterpart's own page, both ways, and nothing is written")
    func coupled() async throws {
        let desk = try await Self.synchronized()
        let (customer, account) = try await Self.couple(desk)
        let (id, number) = (try #require(account["accountid"].text), try #require(customer["number"].text))
        let seat = try await Seat(desk)
        let jobs = try await desk.world.json("job", "list")
        let there = try await seat.get("/open/dataverse/account/%7B\(id.uppercased())%7D")
        let card = try #require(there.field("Location"), "\(there.text)")
        #expect(there.status == 303 && card.hasPrefix(Self.base("erp", desk) + "/?company="))
        #expect(card.hasSuffix("&page=21&filter='No.'%20IS%20'\(number)'"))
        for key in [number, try #require(customer["id"].text)] {
            let back = try await seat.get("/open/business-central/customer/\(key)")
            let expected = Self.base("crm", desk) + "/main.aspx?pagetype=entityrecord&etn=account&id=\(id)"
            #expect(back.status == 303 && back.field("Location") == expected, "\(back.text)")
        }
        // After a form the browser stays at the desk, which leads on by a link.
        let page = try await seat.get("/open/dataverse/account/\(id)?stay=1")
        #expect(page.status == 200 && page.text.contains("href=\"\(Self.base("erp", desk))/?company="))
        #expect(page.text.contains("http-equiv=\"refresh\""))
        #expect(try await desk.world.json("job", "list") == jobs)
        let record = try await seat.get("/records/CUSTOMER/show/\(number)").text
        for link in record.matches(of: /href="(\/open\/[^"]*)"/) {
            #expect(try await seat.get(String(link.1)).status == 303, "\(link.1)")
        }
        #expect(record.contains("/open/dataverse/CUSTOMER/") && record.contains("/open/business-central/CUSTOMER/"))
    }

    @Test("what no system, table or record is called leads nowhere, nor does a record of the other system")
    func unknown() async throws {
        let desk = try await Self.synchronized()
        let (_, account) = try await Self.couple(desk)
        let id = try #require(account["accountid"].text)
        let seat = try await Seat(desk)
        for (path, status) in [
            ("/open/elsewhere/account/\(id)", 404), ("/open/dataverse/nothing/\(id)", 400),
            ("/open/dataverse/account/none", 400), ("/open/business-central/CUSTOMER/\(id)", 400),
            ("/open/business-central/CUSTOMER/crm:\(id)", 400), ("/open/dataverse/account", 400),
            ("/open/dataverse/account?do=delete&id=\(id)", 404),
        ] {
            let answer = try await seat.get(path)
            #expect(answer.status == status && answer.field("Location") == nil, "\(path): \(answer.status)")
        }
    }

    @Test("an uncoupled record says why nothing is done, then what would be done, and it is done once it is confirmed")
    func uncoupled() async throws {
        let desk = try await Self.synchronized()
        let (_, account) = try await Self.couple(desk)
        let id = try await Self.addAccount("Brewery", like: account, desk)
        let path = "/open/dataverse/account/\(id)"
        let seat = try await Seat(desk)
        func customers() async throws -> Int { try await desk.world.rows("erp", "customers").count }
        let before = try await customers()
        let closed = try await seat.get(path)
        #expect(closed.status == 200 && Seat.confirmation(closed.text) == nil)
        #expect(closed.text.contains("synchronizes coupled records only"), "\(closed.text)")
        let dialog = try #require(closed.text.firstMatch(of: /href="(\/records\/CUSTOMER\/coupling\?key=[^"]*)"/))
        #expect(try await seat.get(String(dialog.1)).text.contains("Brewery"))
        let refused = try await seat.send(path, ["mapping": "CUSTOMER", "expects": "create"])
        #expect(refused.text.contains("synchronizes coupled records only"), "\(refused.text)")
        #expect(try await customers() == before)

        try await Self.openMapping("CUSTOMER", desk)
        let asked = try await seat.get(path)
        let values = try #require(Seat.confirmation(asked.text), "\(asked.text)")
        #expect(values["mapping"] == "CUSTOMER" && values["expects"] == "create")
        #expect(asked.text.contains("Display name") && asked.text.contains("Brewery"), "\(asked.text)")
        #expect(try await customers() == before)
        #expect(try await desk.form(path, ["mapping": "CUSTOMER"], cookie: seat.cookie).status == 403)
        let moved = try await seat.send(path, ["mapping": "CUSTOMER", "expects": account["accountid"].text ?? ""])
        #expect(moved.text.contains("has changed since it was shown"), "\(moved.text)")
        #expect(try await customers() == before)
        let done = try await seat.send(path, values)
        #expect(done.status == 200 && done.text.contains("href=\"\(Self.base("erp", desk))/?company="), "\(done.text)")
        #expect(!done.text.contains("http-equiv=\"refresh\""))
        #expect(try await customers() == before + 1)
        #expect(try await seat.get(path).field("Location")?.contains("&page=21&") == true)
    }

    @Test("whoever may look sees what would be done and can do nothing; of other mappings nothing is seen")
    func rights() async throws {
        let desk = try await Self.synchronized()
        let (_, account) = try await Self.couple(desk)
        let id = try await Self.addAccount("Brewery", like: account, desk)
        try await Self.openMapping("CUSTOMER", desk)
        let path = "/open/dataverse/account/\(id)"
        _ = try await desk.token("vera", "viewer")
        let viewer = try await Seat(desk, as: "vera")
        let shown = try await viewer.get(path)
        #expect(shown.status == 200 && shown.text.contains("Brewery") && Seat.confirmation(shown.text) == nil)
        #expect(!shown.text.contains("/coupling?key="), "\(shown.text)")
        let values = ["csrf": viewer.form, "mapping": "CUSTOMER", "expects": "create"]
        #expect(try await desk.form(path, values, cookie: viewer.cookie).status == 403)

        let token = try await desk.token("lena", "operator", mappings: ["VENDOR"])
        let vendors = try await Seat(desk, as: "lena")
        let other = try await vendors.get("/open/dataverse/account/\(account["accountid"].text ?? "")")
        #expect(other.status == 200 && !other.text.contains("CUSTOMER"), "\(other.status) \(other.text)")
        let unknown = try await vendors.get("/open/dataverse/nothing/\(id)")
        #expect(unknown.status == 400 && !unknown.text.contains("CUSTOMER"), "\(unknown.text)")
        #expect(try await vendors.get(path + "?mapping=CUSTOMER").status == 403)
        let customers = try await desk.world.rows("erp", "customers").count
        _ = try await vendors.send(path, ["expects": "create"])
        #expect(
            try await desk.form(path, ["csrf": vendors.form, "mapping": "CUSTOMER"], cookie: vendors.cookie).status
                == 403
        )
        let ways = try await desk.send("GET", "/api/v1/open/account/crm:\(id)", token: token).json["ways"].elements
        #expect(ways.map { $0["mapping"].text } == ["VENDOR"])
        _ = try await desk.send("POST", "/api/v1/open/account/crm:\(id)", token: token, body: "{}")
        #expect(try await desk.world.rows("erp", "customers").count == customers)
    }

    @Test("whoever is not signed in signs in first and then goes on, to the desk's own pages only")
    func signIn() async throws {
        let desk = try await Self.synchronized()
        let (_, account) = try await Self.couple(desk)
        let path = "/open/dataverse/account/\(account["accountid"].text ?? "")"
        let asked = try await desk.send("GET", path)
        let place = try #require(asked.field("Location"))
        #expect(asked.status == 303 && place == "/sign-in?back=" + FormValues.encoded(path))
        #expect(try await desk.send("GET", place).text.contains("name=\"back\" value=\"\(path)\""))
        // The password for one sign-in is changed on the way.
        let first = try await desk.form("/sign-in", ["name": "admin", "password": desk.password, "back": path])
        let change = try #require(first.field("Location"))
        #expect(change == "/password?back=" + FormValues.encoded(path))
        let cookie = try #require(first.cookie("couplet-session"))
        let form = try await desk.send("GET", change, ["Cookie": "couplet-session=\(cookie)"])
        #expect(form.text.contains("name=\"back\" value=\"\(path)\""))
        let new = "correct horse battery"
        let changed = try await desk.form(
            "/password",
            [
                "csrf": try #require(DeskWorld.formToken(form.text)), "present": desk.password, "new": new,
                "again": new, "back": path,
            ],
            cookie: cookie
        )
        #expect(changed.status == 303 && changed.field("Location") == path + "?stay=1")
        for (back, expected) in [
            (path, path + "?stay=1"), ("//evil.example/open/", "/"), ("https://evil.example", "/"), ("/jobs", "/jobs"),
        ] {
            let answer = try await desk.form("/sign-in", ["name": "admin", "password": new, "back": back])
            #expect(answer.status == 303 && answer.field("Location") == expected, "\(back)")
        }
    }

    @Test("picked records lead to what is done with them at the desk, in the mapping that is meant")
    func several() async throws {
        let desk = try await Self.synchronized()
        let records = try await desk.world.json("list", "CUSTOMER", "--side", "erp", "--coupled", "yes")["records"]
            .elements.prefix(2)
        let (erp, crm) = (records.compactMap { $0["id"].text }, records.compactMap { $0["coupledTo"].text })
        let numbers = records.compactMap { $0["key"].text }
        let seat = try await Seat(desk)
        func place(_ path: String) async throws -> String? { try await seat.get(path).field("Location") }
        let customers = "/open/business-central/customer?id=\(erp[0])"
        #expect(try await place(customers) == "/open/business-central/customer/\(erp[0])")
        let keys = "key=\(numbers[0])&key=\(erp[1])"
        for deed in ["synchronize", "matching", "uncouple"] {
            let found = try await place(customers + "&id=\(erp[1])&do=\(deed)")
            #expect(found == "/records/CUSTOMER/\(deed)?\(keys)")
            #expect(try await seat.get(found ?? "/").status == 200)
        }
        #expect(try await place(customers + "&do=coupling") == "/records/CUSTOMER/coupling?key=\(numbers[0])")
        let log = try #require(try await place(customers + "&do=log"))
        #expect(log == "/records/CUSTOMER/show/\(numbers[0])?log=1#log")
        #expect(try await seat.get("/records/CUSTOMER/show/\(numbers[0])?log=1").text.contains("id=\"log\" open"))
        let list = try await seat.get(customers + "&id=\(erp[1])")
        #expect(list.status == 200 && list.text.contains("/open/business-central/customer/\(erp[1])?mapping=CUSTOMER"))
        // An account can be a customer or a vendor: of one that is coupled it is known, of several it is asked.
        #expect(
            try await place("/open/dataverse/account?do=uncouple&id=\(crm[0])")?.hasPrefix("/records/CUSTOMER/") == true
        )
        let which = try await seat.get("/open/dataverse/account?do=synchronize&id=\(crm[0])&id=\(crm[1])")
        #expect(which.status == 200 && which.text.contains("mapping=VENDOR"), "\(which.text)")
        let choice = try #require(which.text.firstMatch(of: /href="(\?[^"]*mapping=CUSTOMER[^"]*)"/))
        let query = String(choice.1).replacing("&amp;", with: "&")
        #expect(
            try await place("/open/dataverse/account" + query)?.hasPrefix("/records/CUSTOMER/synchronize?key=") == true
        )
    }

    @Test("the stand-ins show plain forms whose actions lead to the desk, where they are asked to and nowhere else")
    func forms() async throws {
        let world = try await World(["--records", "20", "--desk", "http://desk.example/couplet/"])
        let plain = try await World(["--records", "20"])
        func get(
            _ world: World,
            _ side: String,
            _ path: String,
            _ language: String = "en"
        ) async throws
            -> (status: Int, text: String)
        {
            let request = HTTPRequestMessage(
                method: "GET",
                url: (world.addresses[side]["baseURL"].text ?? "") + path,
                headers: [HTTPHeader("Accept-Language", language)]
            )
            let answer = try await withHTTPTransport { try await $0.send(request) }
            return (answer.status, String(decoding: answer.body, as: UTF8.self))
        }
        let customer = try #require(try await world.rows("erp", "customers").first)
        let odd = "{\"id\":\"\(customer["id"].text ?? "")\",\"displayName\":\"<b>A&B's</b>\"}"
        try await world.administer("erp", "POST", "records/customers", odd)
        try await world.administer("crm", "POST", "records/accounts", "{\"name\":\"Brewery\"}")
        let account = try #require(try await world.rows("crm", "accounts").first)
        let (number, id) = (try #require(customer["number"].text), try #require(account["accountid"].text))
        let card = "/?page=21&filter='No.'%20IS%20'\(number)'"
        let form = "/main.aspx?pagetype=entityrecord&etn=account&id=\(id)"
        for (side, path, place) in [("erp", card, "business-central/customer"), ("crm", form, "dataverse/account")] {
            #expect(try await get(plain, side, path).status >= 400)
            let page = try await get(world, side, path)
            #expect(page.status == 200, "\(page.text)")
            let links = page.text.matches(of: /data-do="([a-z]+)" href="([^"]*)"/)
            #expect(links.map { String($0.1) } == ["open", "coupling", "synchronize", "matching", "uncouple", "log"])
            for link in links { #expect(link.2.hasPrefix("http://desk.example/couplet/open/\(place)"), "\(link.2)") }
            let deeds = Set(links.map { String($0.1) })
            #expect(deeds == Set(OpenLink.Deed.allCases.map(\.rawValue)))
        }
        let swedish = try await get(world, "erp", card, "sv-SE,sv;q=0.9").text
        #expect(swedish.contains("Konfigurera koppling") && swedish.contains("&lt;b&gt;A&amp;B&#39;s&lt;/b&gt;"))
        let list = try await get(world, "erp", "/?page=22")
        #expect(list.text.contains("name=\"id\"") && list.text.contains("value=\"synchronize\""), "\(list.text)")
        #expect(try await get(world, "crm", "/main.aspx?pagetype=entitylist&etn=account").text.contains(id))
        #expect(try await get(world, "erp", "/?page=21&filter='No.'%20IS%20'none'").status == 404)
        #expect(try await world.requests("erp", "GET", ending: "/") == 0)
        let refused = try await world.couplet("sandbox", "--desk", "desk.example")
        #expect(refused.status == 2, "\(refused.errors)")
    }

    @Test("the commands that are installed in both systems ask for what the desk serves, in both languages")
    func integrations() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "integrations")
        func text(_ path: String) throws -> String {
            try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        let all = Set(OpenLink.Deed.allCases.map(\.rawValue))
        let ribbon = try text("dataverse/RibbonDiff.xml")
        let deeds = ribbon.matches(of: /<StringParameter Value="([a-z]+)" \/>/).map { String($0.1) }
        #expect(Set(deeds) == all && deeds.count == 2 * all.count)
        #expect(ribbon.matches(of: /languagecode="1053"/).count == ribbon.matches(of: /languagecode="1033"/).count)
        #expect(try text("dataverse/couplet_desk.js").contains("/open/dataverse/"))
        #expect(try text("business-central/src/CoupletDesk.Codeunit.al").contains("'/open/business-central/'"))
        for name in ["Customer", "Vendor", "Contact", "Item", "Salesperson"] {
            let card = try text("business-central/src/\(name)Card.PageExt.al")
            let list = try text("business-central/src/\(name)List.PageExt.al")
            let table = name.lowercased()
            let asked = card.matches(of: /Desk\.OpenOne\('([a-z]+)', '([a-z]+)'/)
            #expect(Set(asked.map { String($0.2) }) == all && asked.allSatisfy { $0.1 == table })
            #expect(Set(list.matches(of: /OpenPicked\('([a-z]+)'\);/).map { String($0.1) }) == all)
            #expect(list.contains("OpenPicked('\(table)', Deed, Ids)"))
            for file in [card, list] {
                let captions = file.matches(of: /(?:Caption|ToolTip)ML = ENU = '[^']+', SVE = '[^']+';/)
                #expect(captions.count == 2 * all.count + 1)
            }
        }
    }
}
