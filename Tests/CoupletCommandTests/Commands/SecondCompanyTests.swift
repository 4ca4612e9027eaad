import Foundation
import Testing

@Suite("A second company", .timeLimit(.minutes(10)))
struct SecondCompanyTests {
    @Test("a further connection says how it gets mappings, and works with them")
    func furtherConnection() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        var arguments = try world.connectionSet("erp")
        arguments[2] = "north"
        arguments.removeLast()
        let set = try await world.start(arguments).finished()
        #expect(set.status == 0, "\(set.errors)")
        #expect(set.output.contains("couplet mapping defaults --erp north --crm crm"), "\(set.output)")
        let found = try await world.json("doctor", status: 0)["findings"].elements
        #expect(found.contains { $0["code"].text == "doctor.notMapped" && $0["subject"].text == "north" })

        let added = try await world.json("mapping", "defaults", "CUSTOMER", "--erp", "north", "--crm", "crm")
        #expect(added["mappings"].elements.contains { $0["name"].text == "CUSTOMER@NORTH" }, "\(added)")
        let shown = try await world.json("mapping", "show", "customer@north")["mapping"]
        #expect(shown["erp"]["connection"].text == "north" && shown["crm"]["connection"].text == "crm")
        #expect(try await world.json("list", "CUSTOMER@NORTH", "--side", "erp")["records"].elements.count == 5)

        let unknown = try await world.json("mapping", "defaults", "--erp", "south", "--crm", "crm", status: 2)
        #expect(unknown["error"]["code"].text == "connection.unknown")
    }
}
