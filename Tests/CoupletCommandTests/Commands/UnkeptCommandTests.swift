import Foundation
import Testing

@Suite("Values that are not kept, in files", .timeLimit(.minutes(10)))
struct UnkeptCommandTests {
    private static let planted = ["PLANTED-77", "PLANTED-88", "PLANTED-99"]

    /// The files of a world, the journal among them, that hold one of the planted values.
    private static func files(_ world: World) -> [String] {
        let all = FileManager.default.enumerator(atPath: world.folder.path)?.allObjects.compactMap { $0 as? String }
        return (all ?? []).filter { name in
            let data = FileManager.default.contents(atPath: world.folder.path + "/" + name) ?? Data()
            return planted.contains { data.range(of: Data($0.utf8)) != nil }
        }
    }

    private static func put(_ world: World, _ side: String, _ table: String, _ fields: [String: String]) async throws {
        let body = try JSONSerialization.data(withJSONObject: [fields])
        _ = try await world.administer(side, "POST", "records/\(table)", String(decoding: body, as: UTF8.self))
    }

    private static func keepNoTelephones(_ world: World) async throws {
        let exported = try await world.couplet("mapping", "export")
        let file = world.folder.path + "/unkept.yaml"
        let changed = exported.output.replacing("crm: telephone1,", with: "crm: telephone1, unkept: true,")
        #expect(changed != exported.output)
        try Data(changed.utf8).write(to: URL(filePath: file))
        let applied = try await world.couplet("mapping", "apply", file, "--yes")
        #expect(applied.status == 0, "\(applied.output) \(applied.errors)")
    }

    @Test("no file ever holds such a value: not when it moves, nor in conflict, nor after an undo")
    func files() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        try await Self.keepNoTelephones(world)
        try await world.synchronizeFirst()

        let customers = try await world.rows("erp", "customers")
        let numbers = try await world.rows("crm", "accounts").compactMap { $0["accountnumber"].text }
        let customer = try #require(customers.first { numbers.contains($0["number"].text ?? "") })
        let number = try #require(customer["number"].text)
        func account() async throws -> JSON {
            try #require(try await world.rows("crm", "accounts").first { $0["accountnumber"].text == number })
        }
        let own = customer["id"].text ?? ""
        try await Self.put(world, "erp", "customers", ["id": own, "phoneNumber": Self.planted[0]])
        let run = try await world.json("sync", "CUSTOMER")["run"].integer ?? 0
        #expect(try await account()["telephone1"].text == Self.planted[0])
        #expect(Self.files(world) == [])
        let history = try await world.couplet("history", "CUSTOMER", number)
        #expect(history.output.contains("(not kept)"), "\(history.output)")

        let id = try #require(try await account()["accountid"].text)
        try await Self.put(world, "crm", "accounts", ["accountid": id, "telephone1": Self.planted[1]])
        try await Self.put(world, "erp", "customers", ["id": own, "phoneNumber": Self.planted[2]])
        _ = try await world.json("sync", "CUSTOMER", status: 1)
        let conflicts = try await world.couplet("conflict", "list", "--lang", "sv")
        #expect(conflicts.output.contains("(sparas inte)"), "\(conflicts.output)")
        #expect(Self.files(world) == [])
        let conflict = try #require(try await world.json("conflict", "list")["conflicts"].elements.first?["id"].integer)
        let typed = try await world.couplet("conflict", "resolve", "\(conflict)", "--take", Self.planted[0], "--json")
        #expect(typed.status == 2, "\(typed.output)")
        _ = try await world.json("conflict", "resolve", "\(conflict)", "--take", "crm")
        let settled = try await world.rows("erp", "customers").first { $0["number"].text == number }
        #expect(settled?["phoneNumber"].text == Self.planted[1])
        _ = try await world.json("undo", "\(run)", "--yes", status: 1)
        #expect(try await account()["telephone1"].text == Self.planted[1])
        #expect(Self.files(world) == [])
    }

    @Test("after the key was lost, equal values are agreed upon again, and what moved meanwhile is a conflict")
    func lostKey() async throws {
        let world = try await World(["--records", "5"])
        try await world.connect()
        try await Self.keepNoTelephones(world)
        try await world.synchronizeFirst()
        _ = try await world.couplet("sync", "--json")
        let accounts = try await world.rows("crm", "accounts").filter { $0["accountnumber"].text != nil }
        let moved = try #require(accounts.first { $0["telephone1"].text != nil })
        let id = try #require(moved["accountid"].text)
        let number = try #require(moved["accountnumber"].text)
        let before = try await world.rows("erp", "customers").first { $0["number"].text == number }?["phoneNumber"].text

        try FileManager.default.removeItem(atPath: world.folder.path + "/key")
        let refused = try await world.json("sync", "CUSTOMER", status: 78)
        #expect(refused["error"]["code"].text == "credentials.keyMissing")
        try await Self.put(world, "crm", "accounts", ["accountid": id, "telephone1": Self.planted[0]])
        try await world.connect()

        let full = try await world.couplet("sync", "CUSTOMER", "--full", "--json")
        #expect(full.status == 1, "\(full.output) \(full.errors)")
        let conflicts = try await world.json("conflict", "list")["conflicts"].elements
        #expect(conflicts.count == 1, "\(conflicts)")
        #expect(conflicts.first?["record"].text?.contains(number) == true, "\(conflicts)")
        let customer = try await world.rows("erp", "customers").first { $0["number"].text == number }
        #expect(customer?["phoneNumber"].text == before)
        let phones = try await world.rows("crm", "accounts").filter { $0["accountid"].text != id }
        #expect(
            phones.compactMap { $0["telephone1"].text }.count == accounts.count { $0["telephone1"].text != nil } - 1
        )
        #expect(Self.files(world) == [])

        _ = try await world.json("conflict", "resolve", "\(conflicts[0]["id"].integer ?? 0)", "--take", "crm")
        _ = try await world.json("sync", "CUSTOMER")
        let settled = try await world.rows("erp", "customers").first { $0["number"].text == number }
        #expect(settled?["phoneNumber"].text == Self.planted[0])
        #expect(Self.files(world) == [])
    }
}
