import Testing

@Suite("Plans and uncoupling on the command line", .timeLimit(.minutes(10)))
struct PlanCommandTests {
    @Test("a preview is listed, shown, applied, and cannot be applied twice")
    func plans() async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        let preview = try await world.json("match", "CUSTOMER", "--create-unmatched", "--sync", "to", "--preview")[
            "plan"
        ]
        let number = String(preview["id"].integer ?? 0)
        let listed = try await world.json("plan", "list")["plans"].elements
        #expect(listed.map { $0["id"] } == [preview["id"]])
        #expect(listed.first?["action"].text == "match")
        let shown = try await world.json("plan", "show", number)["plan"]
        #expect(shown == preview)
        let people = try await world.couplet("plan", "show", number, "--lang", "sv")
        #expect(people.output.contains("couplet plan apply \(number)"))
        let applied = try await world.json("plan", "apply", number)
        let counts = applied["jobs"].elements.map { $0["counts"] }
        #expect(counts.reduce(0) { $0 + ($1["coupled"].integer ?? 0) } == preview["counts"]["coupled"].integer)
        #expect(counts.reduce(0) { $0 + ($1["inserted"].integer ?? 0) } == preview["counts"]["created"]["crm"].integer)
        #expect(applied["leftOut"].elements.isEmpty)
        #expect(try await world.json("plan", "list")["plans"].elements.isEmpty)
        #expect(try await world.json("plan", "list", "--all")["plans"].elements.count == 1)
        let again = try await world.json("plan", "apply", number, status: 2)
        #expect(again["error"]["code"].text == "plan.applied")
    }

    @Test("a rejected plan is not applied")
    func rejected() async throws {
        let world = try await World()
        try await world.connect()
        let preview = try await world.json("match", "SALESPEOPLE", "--preview")["plan"]
        let number = String(preview["id"].integer ?? 0)
        #expect(try await world.json("plan", "reject", number)["plans"].elements.first?["state"].text == "rejected")
        #expect(try await world.json("plan", "apply", number, status: 2)["error"]["code"].text == "plan.rejected")
        #expect(try await world.json("plan", "show", "99", status: 2)["error"]["code"].text == "plan.unknown")
    }

    @Test("records are uncoupled one by one or all, and not without saying which")
    func uncoupling() async throws {
        let world = try await World()
        try await world.connect()
        let match = try await world.json("match", "SALESPEOPLE")
        let coupled = match["jobs"].elements.reduce(0) { $0 + ($1["counts"]["coupled"].integer ?? 0) }
        let records = try await world.json("list", "SALESPEOPLE", "--side", "erp", "--coupled", "yes")["records"]
            .elements
        #expect(records.count == coupled && coupled > 1)
        let key = try #require(records.first?["key"].text)
        let preview = try await world.json("uncouple", "SALESPEOPLE", key, "--preview")["plan"]
        #expect(preview["steps"].elements.map { $0["action"].text } == ["uncouple"])
        let one = try await world.json("uncouple", "SALESPEOPLE", key)
        #expect(one["jobs"].elements.reduce(0) { $0 + ($1["counts"]["uncoupled"].integer ?? 0) } == 1)
        #expect(
            try await world.json("uncouple", "SALESPEOPLE", status: 2)["error"]["code"].text == "uncouple.keysOrAll"
        )
        let rest = try await world.json("uncouple", "SALESPEOPLE", "--all")
        #expect(rest["jobs"].elements.reduce(0) { $0 + ($1["counts"]["uncoupled"].integer ?? 0) } == coupled - 1)
        #expect(try await world.json("list", "SALESPEOPLE", "--coupled", "yes")["records"].elements.isEmpty)
    }
}
