import Foundation
import Testing

@Suite("A new user's first questions", .timeLimit(.minutes(10)))
struct NewUserTests {
    /// The demo company, connected and synchronized, with a customer whose account was created.
    private func coupled() async throws -> (world: World, key: String, account: String) {
        let world = try await World()
        try await world.connect()
        for name in ["CURRENCY", "PAYMENT TERMS", "SHIPMENT METHOD"] {
            _ = try await world.json("match", name, "--sync", "to")
        }
        try await world.synchronizeFirst()
        let records = try await world.json("list", "CUSTOMER", "--state", "inSync")["records"].elements
        for record in records {
            let key = try #require(record["key"].text)
            let entries = try await world.json("history", "CUSTOMER", key)["entries"].elements
            guard entries.contains(where: { $0["step"].text == "create" }) else { continue }
            return (world, key, try #require(record["coupledTo"].text))
        }
        throw NoneCreated()
    }

    private struct NoneCreated: Error {}

    @Test("what a record's history, list and explanation say is in words, and can be pasted", arguments: ["en", "sv"])
    func words(language: String) async throws {
        let (world, key, account) = try await coupled()
        let list = try await world.couplet("list", "CUSTOMER", "--lang", language)
        #expect(list.output.contains("crm:\(account)"))
        #expect(try await world.json("explain", "CUSTOMER", "crm:\(account)")["state"].text == "inSync")
        let history = try await world.couplet("history", "CUSTOMER", key, "--lang", language).output
        #expect(history.contains(language == "sv" ? "matcha" : "match"))
        #expect(history.contains("displayName / name: "), "\(history)")
        #expect(!history.contains("    : "), "\(history)")
        #expect(history.contains(language == "sv" ? "(mall) / customertypecode" : "(template) / customertypecode"))
        let mapping = try await world.couplet("mapping", "show", "CUSTOMER", "--lang", language).output
        for word in ["dateTime", "keepTargetWhenBlank", "reference(", "text("] { #expect(!mapping.contains(word)) }
    }

    @Test("a job says why it left records out, and what its columns mean", arguments: ["en", "sv"])
    func jobs(language: String) async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE")
        let sync = try await world.couplet("sync", "--lang", language)
        let said = language == "sv" ? "kopplade, inte jämförda än" : "coupled, not compared yet"
        #expect(sync.output.contains(said), "\(sync.output)")
        let jobs = try await world.json("job", "list")["jobs"].elements
        let job = try #require(jobs.first { ($0["skips"]["uncompared"].integer ?? 0) > 0 })
        #expect(job["skips"]["uncompared"] == job["counts"]["skipped"])
        let shown = try await world.couplet("job", "show", String(job["id"].integer ?? 0), "--lang", language)
        #expect(shown.output.contains(language == "sv" ? "Golv: " : "Floor: "), "\(shown.output)")
        #expect(shown.output.contains(said))
    }

    @Test("a preview whose records have moved does not wait any more", arguments: ["en", "sv"])
    func outdated(language: String) async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--preview")
        let waiting = try await world.json("plan", "list")["plans"].elements
        #expect(waiting.map { $0["outdated"] } == [.null])
        _ = try await world.json("match", "SALESPEOPLE")
        let plans = try await world.json("plan", "list")["plans"].elements
        #expect(plans.map { $0["outdated"]["code"].text } == ["plan.outdated.moved"])
        let list = try await world.couplet("plan", "list", "--lang", language).output
        #expect(list.contains(language == "sv" ? "inaktuell" : "outdated"), "\(list)")
    }

    @Test("a coupling file is checked line by line, and nothing is imported")
    func couplings() async throws {
        let (world, _, _) = try await coupled()
        let file = world.folder.path + "/c.csv"
        try "mapping,erp,crm\nCUSTOMER,1\nNOPE,1,x\nCUSTOMER,no-such,x\n".write(
            toFile: file,
            atomically: true,
            encoding: .utf8
        )
        let refused = try await world.couplet("coupling", "import", file, "--lang", "sv")
        #expect(refused.status == 78)
        for line in ["Rad 2", "Rad 3", "Rad 4"] { #expect(refused.errors.contains(line), "\(refused.errors)") }
        #expect(try await world.json("plan", "list")["plans"].elements.isEmpty)
    }
}
