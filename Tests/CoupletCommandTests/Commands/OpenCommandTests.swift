import Testing

@Suite("Choosing, moving and opening a counterpart", .timeLimit(.minutes(10)))
struct OpenCommandTests {
    /// A world after its first synchronization, with two coupled customers.
    private static func coupled() async throws -> (world: World, records: [JSON]) {
        let world = try await World()
        try await world.connect()
        try await world.synchronizeFirst()
        let found = try await world.json("list", "CUSTOMER", "--coupled", "yes")["records"].elements
        return (world, found.filter { $0["side"].text == "erp" })
    }

    @Test("the choices stand side by side, for people in both languages and for programs")
    func choices() async throws {
        let (world, records) = try await Self.coupled()
        let number = try #require(records.first?["key"].text)
        let partner = try #require(records.first?["coupledTo"].text)
        let offer = try await world.json("couple", "CUSTOMER", number, "--choices")
        let present = try #require(offer["counterparts"].elements.first)
        #expect(present["id"].text == partner)
        #expect(present["coupled"] == .boolean(true))
        #expect(present["fields"]["displayName|name"]["same"] == .boolean(true))
        #expect(present["ways"].elements.count == 3)
        #expect(offer["create"]["obstacle"]["code"].text == "couple.alreadyCoupled")
        #expect(offer["create"]["obstacle"]["remedy"].text?.contains("--move") == true)
        for (language, word) in [("en", "coupled with it now"), ("sv", "är kopplad till den nu")] {
            let shown = try await world.couplet("couple", "CUSTOMER", number, "--choices", "--lang", language)
            #expect(shown.status == 0)
            #expect(shown.output.contains(word), "\(shown.output)")
        }
        let other = try #require(records.last?["name"].text)
        let found = try await world.json("couple", "CUSTOMER", number, "--choices", "--search", other)
        #expect(found["counterparts"].elements.contains { $0["name"].text == other })
        #expect(try await world.couplet("couple", "CUSTOMER", number, "--create", "--search", "x").status == 2)
        #expect(try await world.couplet("couple", "CUSTOMER", number, "--create", "--move").status == 2)
    }

    @Test("a record leads to its counterpart and back, moves, and is taken back")
    func openAndMove() async throws {
        let (world, records) = try await Self.coupled()
        let (one, two) = (try #require(records.first), try #require(records.last))
        let number = try #require(one["key"].text)
        let (first, second) = (try #require(one["coupledTo"].text), try #require(two["coupledTo"].text))
        let there = try await world.json("open", "CUSTOMER", number)
        #expect(there["address"].text?.hasSuffix("etn=account&id=\(first.lowercased())") == true)
        let back = try await world.json("open", "account", "crm:\(first)")
        #expect(back["address"].text?.contains("page=21") == true)
        _ = try await world.couplet("uncouple", "CUSTOMER", try #require(two["key"].text))
        let refused = try await world.couplet("couple", "CUSTOMER", number, "--with", "crm:\(second)")
        #expect(refused.status == 2)
        let moved = try await world.json("couple", "CUSTOMER", number, "--with", "crm:\(second)", "--move")
        let run = try #require(moved["run"].integer)
        let after = try await world.json("open", "CUSTOMER", number)
        #expect(after["address"].text?.hasSuffix("id=\(second.lowercased())") == true)
        _ = try await world.couplet("undo", "\(run)")
        let again = try await world.json("open", "CUSTOMER", number)
        #expect(again["address"].text?.hasSuffix("id=\(first.lowercased())") == true)
        #expect(try await world.couplet("open", "bank account", number).status == 2)
    }
}
