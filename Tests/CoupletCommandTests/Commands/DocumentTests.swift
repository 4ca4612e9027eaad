import Testing

@Suite("JSON documents of the commands", .timeLimit(.minutes(10)))
struct DocumentTests {
    private static let counts: Set<String> = [
        "inserted", "modified", "unchanged", "skipped", "failed", "parked", "waiting", "held", "conflicts",
        "questions", "deleted", "coupled", "uncoupled",
    ]

    @Test("reading documents have the promised names")
    func reading() async throws {
        let world = try await World()
        #expect(
            world.addresses["erp"].names == ["kind", "baseURL", "companyId", "tokenURL", "clientId", "clientSecret"]
        )
        #expect(world.addresses["crm"].names == ["kind", "baseURL", "tokenURL", "clientId", "clientSecret"])
        #expect(try await world.json("version")["version"].text != nil)
        try await world.connect()
        let connections = try await world.json("connection", "test")["connections"].elements
        #expect(connections.map { $0["name"].text } == ["crm", "erp"])
        #expect(connections.allSatisfy { $0["report"]["tables"].elements.isEmpty == false })
        let mappings = try await world.json("mapping", "list")["mappings"].elements
        #expect(Set(mappings.map { $0["name"].text }).isSuperset(of: ["SALESPEOPLE", "CUSTOMER"]))
        let mapping = try await world.json("mapping", "show", "customer")["mapping"]
        #expect(mapping["fields"].elements.contains { $0["erp"].text == "number" && $0["crm"].text == "accountnumber" })
        let records = try await world.json("list", "CUSTOMER")["records"].elements
        #expect(records.contains { $0["side"].text == "crm" } && records.contains { $0["side"].text == "erp" })
        for record in records {
            #expect(record.names == ["side", "key", "number", "id", "name", "coupledTo", "state"])
            #expect(record["state"].text == "uncoupled")
            #expect(record["coupledTo"] == .null)
        }
        let key = try #require(records.first { $0["side"].text == "erp" }?["key"].text)
        let explained = try await world.json("explain", "CUSTOMER", key)
        #expect(explained["state"].text == "uncoupled")
        for reason in explained["reasons"].elements { #expect(reason.names == ["code", "text", "remedy"]) }
        let found = try await world.json("list", "CUSTOMER", "--side", "erp", "--filter", key)["records"].elements
        #expect(found.map { $0["key"].text } == [key])
    }

    @Test("plans and runs have the promised names, and the plan is what is done")
    func writing() async throws {
        let world = try await World()
        try await world.connect()
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "from")
        let people = try await world.json("sync", "SALESPEOPLE", "--full", "--create", "--direction", "from")
        #expect(people["jobs"].elements.allSatisfy { $0["direction"].text == "fromIntegrationTable" })
        let plan = try await world.json("match", "CUSTOMER", "--preview")["plan"]
        #expect(plan.names.isSuperset(of: ["id", "steps", "conflicts", "questions", "holds", "requests"]))
        for step in plan["steps"].elements {
            #expect(step["action"].text == "couple")
            #expect(
                step.names.isSuperset(of: ["mapping", "action", "side", "key", "with", "score", "reasons", "fields"])
            )
            #expect(step["reasons"].elements.first?.text?.isEmpty == false)
        }
        #expect(try await world.json("list", "CUSTOMER", "--coupled", "yes")["records"].elements.isEmpty)
        let run = try await world.json("match", "CUSTOMER", status: 1)
        let jobs = run["jobs"].elements
        for job in jobs {
            #expect(
                job.names.isSuperset(
                    of: ["id", "mapping", "direction", "status", "counts", "requests", "seconds"]
                )
            )
            #expect(job["counts"].names == Self.counts)
            #expect(job["requests"].names == ["erp", "crm"])
        }
        let coupled = jobs.reduce(0) { $0 + ($1["counts"]["coupled"].integer ?? 0) }
        #expect(coupled == plan["steps"].elements.count)
        #expect(coupled > 0)
        let listed = try await world.json("list", "CUSTOMER", "--coupled", "yes")["records"].elements
        #expect(listed.count == coupled)
        #expect(listed.allSatisfy { $0["coupledTo"].text != nil })
        let shown = try await world.json("job", "show", String(jobs.first?["id"].integer ?? 0))
        #expect(shown["job"]["id"] == jobs.first?["id"])
        #expect(try await world.json("job", "list")["jobs"].elements.isEmpty == false)
        let questions = try await world.json("question", "list")["questions"].elements
        #expect(questions.first?["candidates"].elements.count == 2)
    }

    @Test("Swedish changes the texts and nothing else")
    func swedish() async throws {
        let world = try await World()
        try await world.connect()
        let english = try await world.json("explain", "CUSTOMER", "10000")
        let swedish = try await world.json("explain", "CUSTOMER", "10000", "--lang", "sv")
        #expect(english["state"] == swedish["state"])
        #expect(english["reasons"].elements.map { $0["code"] } == swedish["reasons"].elements.map { $0["code"] })
        #expect(english["reasons"].elements.map { $0["text"] } != swedish["reasons"].elements.map { $0["text"] })
    }
}
