import Foundation
import Testing

@Suite("Retention and erasure on the command line", .timeLimit(.minutes(10)))
struct RetentionCommandTests {
    @Test("for how long history is kept is set once for the home")
    func retention() async throws {
        let world = try await World(["--records", "3"])
        #expect(try await world.json("retention", "show")["days"].integer == 180)
        #expect(try await world.json("retention", "set", "forever")["days"] == .null)
        #expect(try await world.json("retention", "show")["days"] == .null)
        #expect(try await world.json("retention", "set", "30")["days"].integer == 30)
        let counts = try await world.json("retention", "apply", "--preview")
        #expect(counts["history"].integer == 0 && counts["preview"] == .boolean(true))
        #expect(try await world.json("retention", "set", "0", status: 2)["error"]["code"].text == "retention.badDays")
        #expect(
            try await world.json("retention", "set", "often", status: 2)["error"]["code"].text == "retention.badDays"
        )
    }

    @Test("an erased record is nowhere in the home's files, not even in what the database has freed")
    func erasure() async throws {
        let world = try await World(["--records", "20"])
        try await world.connect()
        try await world.synchronizeFirst()
        let customers = try await world.json("list", "CUSTOMER", "--side", "erp", "--coupled", "yes")["records"]
            .elements
        let marks = ["+46 99 4711 01", "+46 99 4711 02"]
        for (customer, mark) in zip(customers, marks) {
            let id = try #require(customer["id"].text)
            let row = #"[{"id":"\#(id)","phoneNumber":"\#(mark)"}]"#
            try await world.administer("erp", "POST", "records/customers", row)
        }
        _ = try await world.start(["sync", "CUSTOMER", "--json"]).finished()
        let key = try #require(customers[0]["key"].text)
        for mark in marks { #expect(try Self.files(of: world, contain: mark)) }
        _ = try await world.json("erase", "CUSTOMER", key, "--yes")
        #expect(try !Self.files(of: world, contain: marks[0]))
        #expect(try Self.files(of: world, contain: marks[1]))
        let entries = try await world.json("audit", "list", "--event", "record.erased")["entries"].elements
        #expect(entries.count == 1)
    }

    private static func files(of world: World, contain text: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: world.home).contains { name in
            guard let data = FileManager.default.contents(atPath: world.home + "/" + name) else { return false }
            return data.range(of: Data(text.utf8)) != nil
        }
    }
}
