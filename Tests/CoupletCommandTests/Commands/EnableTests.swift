import Testing

@Suite("Enabling connections", .timeLimit(.minutes(10)))
struct EnableTests {
    @Test("a connection that fails its test is named, and none is enabled")
    func untested() async throws {
        let world = try await World()
        for side in ["erp", "crm"] {
            let changes = side == "crm" ? ["secret": "wrong"] : [:]
            _ = try await world.start(try world.connectionSet(side, changing: changes)).finished()
        }
        let refused = try await world.json("connection", "enable", "--yes", status: 77)
        #expect(refused["error"]["message"].text?.contains("\"crm\"") == true, "\(refused)")
        let connections = try await world.json("connection", "list")["connections"].elements
        #expect(connections.map { $0["enabled"] } == [.boolean(false), .boolean(false)])
        _ = try await world.start(try world.connectionSet("crm")).finished()
        let enabled = try await world.json("connection", "enable", "--yes")["connections"].elements
        #expect(enabled.map { $0["enabled"] } == [.boolean(true), .boolean(true)])
    }

    @Test(
        "enabling shows all that a full synchronization would do, and answered with no does nothing",
        arguments: ["en", "sv"]
    )
    func declined(language: String) async throws {
        let world = try await World()
        try await world.connect(enabled: false)
        _ = try await world.json("match", "SALESPEOPLE", "--sync", "none")
        // What was read by now is no change any more: only a full synchronization compares it.
        _ = try await world.json("sync", "--preview")
        let run = try await TerminalRun(["connection", "enable", "--lang", language], in: world, typing: "n\n")
        #expect(run.status == 0, "\(run.text)")
        #expect(run.text.contains(language == "sv" ? "Inget gjordes." : "Nothing was done."), "\(run.text)")
        #expect(run.text.contains("James.Whitfield@Fyrholm.example"), "\(run.text)")
        let connections = try await world.json("connection", "list")["connections"].elements
        #expect(connections.map { $0["enabled"] } == [.boolean(false), .boolean(false)])
        let all = ["uncouple", "SALESPEOPLE", "--all", "--lang", language]
        let kept = try await TerminalRun(all, in: world, typing: "n\n")
        #expect(kept.status == 0, "\(kept.text)")
        #expect(try await world.json("list", "SALESPEOPLE", "--coupled", "yes")["records"].elements.isEmpty == false)
        let agreed = try await TerminalRun(["connection", "enable", "--lang", language], in: world, typing: "y\n")
        #expect(agreed.status == 0, "\(agreed.text)")
        let enabled = try await world.json("connection", "list")["connections"].elements
        #expect(enabled.map { $0["enabled"] } == [.boolean(true), .boolean(true)])
    }

    @Test("a company that is no id is refused with what to do", arguments: ["en", "sv"])
    func company(language: String) async throws {
        let world = try await World()
        let arguments = try world.connectionSet("erp", changing: ["company": "Cronus"])
        let refused = try await world.start(arguments + ["--lang", language]).finished()
        #expect(refused.status == 2)
        let error = try refused.json()["error"]
        #expect(error["code"].text == "connection.badCompany")
        #expect(error["message"].text?.contains("Cronus") == true)
        #expect(error["remedy"].text?.contains("couplet connection test erp") == true)
    }

    @Test("a conflict is settled by a side's word or by --value, and a slip of the keys settles nothing")
    func resolution() async throws {
        let world = try await World()
        let slip = try await world.json("conflict", "resolve", "1", "--take", "epr", status: 2)
        #expect(slip["error"]["message"].text?.contains("'erp' and 'crm'") == true, "\(slip)")
        for arguments in [["--take", "ERP", "--value", "x"], []] {
            let ended = try await world.start(["conflict", "resolve", "1", "--json"] + arguments).finished()
            #expect(try ended.json()["error"]["code"].text == "conflict.oneResolution")
            #expect(ended.status == 2)
        }
    }

    @Test("what connectors say by themselves is Swedish for Swedes")
    func swedishDetail() async throws {
        let world = try await World()
        let url = (world.addresses["erp"]["baseURL"].text ?? "") + "/nowhere/token"
        _ = try await world.start(try world.connectionSet("erp", changing: ["token-url": url])).finished()
        let failed = try await world.couplet("connection", "test", "erp", "--lang", "sv")
        #expect(failed.status != 0)
        #expect(failed.errors.contains("tokenadressen"), "\(failed.errors)")
        #expect(!failed.errors.contains("token address"), "\(failed.errors)")
    }
}
