import Testing

@Suite("Choosing a direction", .timeLimit(.minutes(10)))
struct ChoiceTests {
    /// A world after its first synchronization, in which a customer's phone was changed in the ERP.
    private static func edited() async throws -> (world: World, number: String) {
        let world = try await World()
        try await world.connect()
        try await world.synchronizeFirst()
        let coupled = try await world.json("list", "CUSTOMER", "--coupled", "yes")["records"].elements
        let number = try #require(coupled.first { $0["side"].text == "erp" }?["key"].text)
        let row = try #require(try await world.rows("erp", "customers").first { $0["number"].text == number })
        let id = try #require(row["id"].text)
        _ = try await world.administer(
            "erp",
            "POST",
            "records/customers",
            #"{"id": "\#(id)", "phoneNumber": "+46 8 555 77 00"}"#
        )
        return (world, number)
    }

    private static func phone(_ world: World, _ number: String) async throws -> String? {
        try await world.rows("crm", "accounts").first { $0["accountnumber"].text == number }?["telephone1"].text
    }

    @Test("both systems are named with what each direction would write, and nothing is written by a no")
    func declined() async throws {
        let (world, number) = try await Self.edited()
        let before = try await Self.phone(world, number)
        let run = try await TerminalRun(["sync", "CUSTOMER", number], in: world, typing: "no\n")
        #expect(run.status == 0, "\(run.text)")
        #expect(run.text.contains("+46 8 555 77 00"), "\(run.text)")
        #expect(run.text.contains("Nothing was done."), "\(run.text)")
        #expect(try await Self.phone(world, number) == before)
        let offer = try await world.json("sync", "CUSTOMER", number, "--choices")
        #expect(offer["recommended"].text == "toIntegrationTable", "\(offer)")
        #expect(
            offer["choices"].elements.first { $0["direction"].text == "toIntegrationTable" }?["steps"].elements.count
                == 1
        )
    }

    @Test("the answer without a word is the recommended direction", arguments: ["en", "sv"])
    func recommended(language: String) async throws {
        let (world, number) = try await Self.edited()
        let run = try await TerminalRun(["sync", "CUSTOMER", number, "--lang", language], in: world, typing: "\n")
        #expect(run.status == 0, "\(run.text)")
        #expect(try await Self.phone(world, number) == "+46 8 555 77 00")
    }
}
