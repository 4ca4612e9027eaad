import Foundation
import Glibc
import Testing

@Suite("A running server", .timeLimit(.minutes(10)))
struct ServeTests {
    @Test("it holds the store and performs the commands of others, who see no difference")
    func performs() async throws {
        let world = try await World()
        let serve = try world.start(["serve", "--on-request-only", "--json"])
        let line = try #require(await serve.output.line(containing: "socket"))
        #expect(line == "{\"socket\":\"\(world.home)/couplet.sock\"}")
        let attributes = try FileManager.default.attributesOfItem(atPath: world.home + "/couplet.sock")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        try await world.connect()
        try await world.synchronizeFirst()
        #expect(try await world.json("list", "CUSTOMER", "--coupled", "yes")["records"].elements.isEmpty == false)
        let unknown = try await world.couplet("sync", "NOPE", "--json")
        #expect(unknown.status == 2)
        #expect(try unknown.json()["error"]["code"].text == "mapping.unknown")
        serve.send(SIGTERM)
        let ended = await serve.finished()
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(!FileManager.default.fileExists(atPath: world.home + "/couplet.sock"))
        #expect(try await world.json("list", "CUSTOMER", "--coupled", "yes")["records"].elements.isEmpty == false)
    }

    @Test("the socket of a killed server is in nobody's way")
    func staleSocket() async throws {
        let world = try await World()
        let serve = try world.start(["serve", "--on-request-only", "--json"])
        _ = await serve.output.line(containing: "socket")
        serve.send(SIGKILL)
        #expect(await serve.finished().status == -SIGKILL)
        #expect(FileManager.default.fileExists(atPath: world.home + "/couplet.sock"))
        #expect(try await world.json("job", "list")["jobs"] == .array([]))
        let again = try world.start(["serve", "--on-request-only", "--json"])
        #expect(await again.output.line(containing: "socket") != nil)
        again.send(SIGINT)
        #expect(await again.finished().status == 0)
    }

    @Test("a command that goes away ends its action, and the server stays")
    func clientGoesAway() async throws {
        let world = try await World()
        let serve = try world.start(["serve", "--on-request-only", "--json"])
        _ = await serve.output.line(containing: "socket")
        try await world.connect()
        let rule = "{\"fault\":\"delay\",\"milliseconds\":60000,\"path\":\"/customers\"}"
        _ = try await world.administer("erp", "POST", "faults", rule)
        let before = try await world.requests("erp", "GET", ending: "/customers")
        let sync = try world.start(["sync", "--full", "--json"])
        try await world.waitForRequests(before + 1, "erp", "GET", ending: "/customers", of: sync)
        sync.send(SIGINT)
        #expect(await sync.finished().status == 130)
        #expect(try await world.json("mapping", "list")["mappings"].elements.isEmpty == false)
        let jobs = try await world.json("sync", "--full")["jobs"].elements
        #expect(jobs.isEmpty == false)
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)
    }

    @Test("with a notification address it subscribes, and says so; nothing listening for it is a wrong configuration")
    func subscribes() async throws {
        let world = try await World()
        try await world.connect()
        let setting = ["COUPLET_LOG": "info", "COUPLET_NOTIFICATION_ADDRESS": "http://127.0.0.1:1"]
        let deaf = try await world.start(["serve", "--json"], setting).finished()
        #expect(deaf.status == 78)
        #expect(try deaf.json()["error"]["code"].text == "serve.notificationsNeedListen")
        #expect(try await world.json("subscription", "list")["address"] == .null)
        let serve = try world.start(["serve", "--listen", "127.0.0.1:0", "--json"], setting)
        let line = try #require(await serve.errors.line(containing: "could not be subscribed to"))
        #expect(line.contains("http://127.0.0.1:1/notifications/business-central/erp"), "\(line)")
        let view = try await world.json("subscription", "list")
        #expect(view["address"].text == "http://127.0.0.1:1")
        #expect(view["problems"].elements.map { $0["code"].text } == ["subscription.refused"])
        let words = try await world.couplet("subscription", "list", "--lang", "sv").output
        #expect(words.contains("Aviseringar skickas till http://127.0.0.1:1"), "\(words)")
        #expect(try await world.json("subscription", "remove", "erp")["stopped"].elements.count == 1)
        #expect(try await world.json("subscription", "list")["subscriptions"].elements.isEmpty)
        #expect(try await world.json("subscription", "add", "erp")["stopped"].elements.isEmpty)
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)
    }

    @Test("it synchronizes by itself once the connections are enabled, and ends in good order")
    func byItself() async throws {
        let world = try await World()
        let serve = try world.start(["serve", "--json"], ["COUPLET_LOG": "info"])
        _ = try #require(await serve.output.line(containing: "socket"))
        try await world.connect()
        try await world.synchronizeFirst()
        let customers = try await world.json("list", "CUSTOMER", "--coupled", "yes")["records"].elements
        let number = try #require(customers.first { $0["side"].text == "erp" }?["key"].text)
        let row = try #require(try await world.rows("erp", "customers").first { $0["number"].text == number })
        let writes = try await world.requests("crm", "POST", ending: "/$batch")
        let edit = #"{"id": "\#(try #require(row["id"].text))", "phoneNumber": "+46 8 555 77 00"}"#
        _ = try await world.administer("erp", "POST", "records/customers", edit)
        try await world.waitForRequests(writes + 1, "crm", "POST", ending: "/$batch", of: serve)
        let line = await serve.errors.line(containing: "Synchronized")
        #expect(line?.contains("mapping=CUSTOMER") == true, "\(line ?? "")")
        let accounts = try await world.rows("crm", "accounts")
        #expect(accounts.first { $0["accountnumber"].text == number }?["telephone1"].text == "+46 8 555 77 00")
        serve.send(SIGTERM)
        #expect(await serve.finished().status == 0)
    }
}
