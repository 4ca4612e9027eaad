import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Nothing unusual happens unseen, and what happened is taken back", .timeLimit(.minutes(10)))
struct TrustTests {
    /// A company whose customers are coupled and equal, after its first synchronization.
    private static func coupled(_ records: Int, _ options: World.Options = World.Options()) async throws -> World {
        let world = try await World(seed: GeneratedCompany(records: records).seed, options: options)
        try await world.coupleSalespeople()
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        #expect(try await world.synchronize().status == .done)
        return world
    }

    private static func edit(_ world: World, _ property: String, _ count: Int, _ text: (Int) -> String) {
        let rows = world.rows(.erp, "customers").prefix(count).enumerated().map { index, row in
            SandboxJSON.members(["id": .string(row.text("id")), property: .string(text(index))])
        }
        world.edit(.erp, "customers", rows: rows)
    }

    /// What both systems hold in the mapped fields, a line a record.
    private static func mapped(_ world: World) async throws -> [String] {
        let mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        return Side.allCases.flatMap { side in
            let table = mapping.table(side)
            let names = mapping.enabledFields.map { $0.field(side).name }.filter { !$0.isEmpty }.sorted()
            return world.rows(side, table.table).map { row in
                "\(side) \(row.text(table.idField)) " + names.map { row.text($0) }.joined(separator: "|")
            }.sorted()
        }
    }

    @Test func `a run of a thousand changes is undone, stays undone, and is not undone twice`() async throws {
        let world = try await Self.coupled(2200)
        Self.edit(world, "phoneNumber", 1000) { "+46 70 \($0)" }
        let before = try await Self.mapped(world)
        let run = try await world.synchronize("CUSTOMER")
        #expect(run.counts.modified == 1000)
        #expect(try await Self.mapped(world) != before)
        let number = try #require(run.run)
        let undone = try await world.perform(UndoRun(.run(number)))
        #expect(undone.status == .done)
        #expect(undone.counts.modified == 1000)
        #expect(try await Self.mapped(world) == before)
        try await world.synchronize()
        #expect(try await Self.mapped(world) == before)
        try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        #expect(try await Self.mapped(world) == before)
        #expect(try await code { try await world.perform(UndoRun(.run(number))) } == "undo.done")
    }

    @Test func `of a plan, what changed behind its back is left out and listed, and all else is done as shown`()
        async throws
    {
        let world = try await Self.coupled(60)
        Self.edit(world, "phoneNumber", 20) { "+46 70 \($0)" }
        let preview = try #require(try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true)).plan)
        #expect(preview.steps.count == 20)
        let moved = preview.steps.prefix(3).map(\.key)
        for (index, key) in moved.enumerated() {
            switch index {
            case 0: try world.editCustomer(key, "phoneNumber", .string("+46 99"))
            case 1: try world.editAccount(key, "telephone1", .string("+46 98"))
            default: try world.editAccount(key, "description", .string("unmapped, and moved all the same"))
            }
        }
        let expected = Dictionary(
            uniqueKeysWithValues: preview.steps.dropFirst(3).map { step in
                (step.key, step.changes.map(\.after.text))
            }
        )
        let applied = try await world.perform(ApplyPlan(plan: preview.id))
        #expect(applied.counts.modified == 17)
        #expect(applied.leftOut?.map(\.key).sorted() == moved.sorted())
        #expect(applied.leftOut?.allSatisfy { $0.obstacle != nil } == true)
        for (key, values) in expected {
            #expect(values == [try world.account(key).text("telephone1")])
        }
        #expect(try world.account(moved[1]).text("telephone1") == "+46 98")
    }

    @Test func `a filter typed too wide waits, and nothing is written`() async throws {
        var options = World.Options()
        options.changes["CUSTOMER"] = { mapping in
            mapping.onlyCoupled = false
            mapping.erp.filter = .all([mapping.erp.filter, .compare(field: "number", .less, .text("10020"))])
        }
        let world = try await World(seed: GeneratedCompany(records: 300).seed, options: options)
        try await world.coupleSalespeople()
        try await world.synchronize()
        let some = world.rows(.crm, "accounts").count
        let all = world.rows(.erp, "customers").count
        #expect(some > 0 && some * 10 <= all, "\(some) of \(all)")
        var wrong = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        wrong.erp.filter = .everything
        #expect(try await world.perform(ApplyMappings(mappings: [wrong])).isApplied)
        let content = world.content
        for _ in 1...2 {
            let held = try await world.synchronize("CUSTOMER")
            #expect(held.status == .waitsForApproval)
            #expect(held.plan?.holds.isEmpty == false)
            #expect(world.content == content)
        }
    }
}
