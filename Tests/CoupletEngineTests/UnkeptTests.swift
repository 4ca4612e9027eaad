import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Foundation
import Synchronization
import Testing

@Suite("Values that are synchronized and not kept")
struct UnkeptTests {
    static let field = "phoneNumber|telephone1"
    private static let planted = ["PLANTED-phone-77", "planted-phone-88", "Planted-Phone-99"]

    /// What a store may hold of a value: itself, sealed (which this world's key leaves readable).
    static func traces(of texts: [String], _ world: World) throws -> (plain: [String], sealed: [String]) {
        let rows = try world.store.contents()
        func tables(_ forms: [String]) -> [String] {
            rows.filter { row in row.columns.contains { column in forms.contains { column.text.contains($0) } } }
                .map(\.table)
        }
        return (tables(texts), tables(texts.map { Data(("'" + $0).utf8).base64EncodedString() }))
    }

    static func expectNoTrace(_ world: World, _ texts: [String] = planted) throws {
        let found = try traces(of: texts, world)
        #expect(found.plain == [])
        #expect(found.sealed == [])
    }

    /// The mappings of accounts, with the telephone kept or not.
    static func mappings(_ world: World, isUnkept: Bool?) async throws -> [TableMapping] {
        let all = try await world.store.read { try $0.mappings() }
        return all.compactMap { mapping in
            var mapping = mapping
            guard let index = mapping.fields.firstIndex(where: { $0.id == field }) else { return nil }
            mapping.fields[index].isUnkept = isUnkept
            return mapping
        }
    }

    /// A coupled world in which telephones of accounts are not kept.
    static func world(_ options: World.Options = World.Options()) async throws -> World {
        let world = try await World(seed: Small.seed(), options: options)
        try await world.coupleSalespeople()
        let applied = try await world.perform(ApplyMappings(mappings: mappings(world, isUnkept: true)))
        #expect(applied.isApplied, "\(applied.problems)")
        let result = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(result.status == .done)
        return world
    }

    private static func history(_ world: World, _ key: String = "C-001") async throws -> [HistoryView.Entry] {
        try await world.perform(ShowHistory(mapping: "CUSTOMER", key: key)).entries
    }

    @Test func `what is created, and what either side changes, arrives and leaves no trace`() async throws {
        let world = try await Self.world()
        #expect(try world.account("C-001").text("telephone1") == "+46 40 1")
        try await world.synchronize()
        try Self.expectNoTrace(world, ["+46 40 1", "+46 40 2", "+46 40 3"])

        try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[0]))
        try world.editAccount("C-002", "telephone1", .string(Self.planted[1]))
        try world.editAccount("C-001", "address1_city", .string("Malmö"))
        let result = try await world.synchronize()
        #expect(result.status == .done)
        #expect(result.counts.modified == 3)
        #expect(try world.account("C-001").text("telephone1") == Self.planted[0])
        #expect(try world.customer("C-001").text("city") == "Malmö")
        #expect(try world.customer("C-002").text("phoneNumber") == Self.planted[1])
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        try Self.expectNoTrace(world)

        let changes = try await Self.history(world).flatMap(\.fields)
        #expect(changes.contains { $0.field == Self.field && $0.before.isUnkept && $0.after.isUnkept })
        #expect(changes.contains { $0.field == "city|address1_city" && $0.before == .text("Lund") })
        #expect(try await world.states().values.allSatisfy { $0 == .inSync })
    }

    @Test func `a cycle in which nothing changed costs what it costs with values kept`() async throws {
        let kept = try await Small.coupled()
        let unkept = try await Self.world()
        for world in [kept, unkept] {
            try await world.synchronize()
            try await world.synchronize()
        }
        let before = try await kept.cost { try await kept.synchronize() }
        let after = try await unkept.cost { try await unkept.synchronize() }
        #expect(after.requests == before.requests)
        #expect(after.writes == 0)
        // Neither does reading everything again find a change.
        let full = try await unkept.perform(Synchronize(isFull: true))
        #expect(full.counts.modified == 0)
        #expect(full.counts.conflicts == 0)
        try Self.expectNoTrace(unkept, ["+46 40 1"])
    }

    @Test func `the same value written otherwise is no change`() async throws {
        let world = try await Self.world()
        try await world.synchronize()
        try world.editCustomer("C-001", "displayName", .string("Other"))
        let result = try await world.synchronize()
        #expect(result.counts.modified == 1)
        let names = try await Self.history(world).first?.fields.map(\.field)
        #expect(names == ["displayName|name"])
    }

    @Test(arguments: Side.allCases)
    func `a conflict says that values are not kept, costs nothing while it is open, and is settled by a side`(
        side: Side
    ) async throws {
        let world = try await Self.world()
        try await world.synchronize()
        try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[0]))
        try world.editAccount("C-001", "telephone1", .string(Self.planted[1]))
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let result = try await world.synchronize()
        #expect(result.counts.conflicts == 1)
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
        let conflict = try #require(try await world.perform(ListConflicts()).conflicts.first)
        #expect(conflict.fields.map(\.field) == [Self.field])
        #expect(conflict.fields.allSatisfy { $0.present.erp.isUnkept && $0.present.crm.isUnkept })
        let waiting = try Self.traces(of: Self.planted, world)
        #expect(waiting.plain == [])
        #expect(Set(waiting.sealed) == ["observation"])

        try await world.synchronize()
        let idle = try await world.cost { try await world.synchronize() }
        #expect(idle.requests == BySide(erp: 2, crm: 2), "\(idle)")
        #expect(try await world.perform(ListConflicts()).conflicts.map(\.id) == [conflict.id])
        #expect(try await world.explain("C-001").state == .conflict)

        let typed = ResolveConflict(id: conflict.id, field: nil, resolution: .value(.text(Self.planted[2])))
        #expect(try await code { try await world.perform(typed) } == "conflict.unkeptValue")
        try await world.perform(ResolveConflict(id: conflict.id, field: nil, resolution: .take(side)))
        let value = Self.planted[side == .erp ? 0 : 1]
        #expect(try world.account("C-001").text("telephone1") == value)
        #expect(try world.customer("C-001").text("phoneNumber") == value)
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
        try await world.synchronize()
        try Self.expectNoTrace(world)
    }

    @Test func `undoing a run leaves the field out and says so`() async throws {
        let world = try await Self.world()
        try await world.synchronize()
        try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[0]))
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let run = try #require(try await world.synchronize().run)
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(undone.leftOut?.compactMap(\.obstacle?.code) == ["undo.unkept"])
        #expect(try world.account("C-001").text("address1_city") == "Lund")
        #expect(try world.account("C-001").text("telephone1") == Self.planted[0])
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        try Self.expectNoTrace(world)
    }

    @Test(arguments: [true, false], Side.allCases)
    func `a lost answer is settled, and leaves no trace`(isDone: Bool, side: Side) async throws {
        let world = try await Self.world()
        try await world.synchronize()
        var rule = FaultRule(isDone ? .dropAfter : .dropBefore)
        (rule.method, rule.pathContains) = ("POST", "$batch")
        world.addFault(rule, to: side)
        if side == .crm {
            try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[0]))
        } else {
            try world.editAccount("C-001", "telephone1", .string(Self.planted[0]))
        }
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account("C-001").text("telephone1") == Self.planted[0])
        #expect(try world.customer("C-001").text("phoneNumber") == Self.planted[0])
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        try Self.expectNoTrace(world)
    }

    @Test func `a process that ends at any moment leaves only what is sealed, and nothing once it is settled`()
        async throws
    {
        var moment = 1
        while try await cutOff(at: moment) { moment += 2 }
        #expect(moment > 10)
    }

    private func cutOff(at moment: Int) async throws -> Bool {
        let world = try await Self.world()
        try await world.synchronize()
        try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[0]))
        try world.editAccount("C-002", "telephone1", .string(Self.planted[1]))
        try world.editCustomer("C-003", "phoneNumber", .string(Self.planted[2]))
        let left = Mutex(moment)
        world.onMoments { _ in
            left.withLock { left in
                left -= 1
                return left == 0 ? .crash : .none
            }
        }
        _ = try? await world.synchronize()
        world.onMoments(nil)
        #expect(try Self.traces(of: Self.planted, world).plain == [], "moment \(moment)")
        try world.restart()
        try await world.synchronize()
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1") == Self.planted[0], "moment \(moment)")
        #expect(try world.customer("C-002").text("phoneNumber") == Self.planted[1], "moment \(moment)")
        #expect(try world.account("C-003").text("telephone1") == Self.planted[2], "moment \(moment)")
        try Self.expectNoTrace(world)
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
        return left.withLock { $0 <= 0 }
    }

    @Test func `a field that is mapped no more leaves no trace of a write that was on its way`() async throws {
        let world = try await Self.world()
        try await world.synchronize()
        try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[0]))
        world.onMoments { moment in
            guard case .afterHandling(.crm, let request, _) = moment,
                String(decoding: request.body, as: UTF8.self).contains("PATCH ")
            else { return .none }
            return .crash
        }
        _ = try? await world.synchronize()
        world.onMoments(nil)
        try world.restart()
        #expect(try world.account("C-001").text("telephone1") == Self.planted[0])
        #expect(try Self.traces(of: Self.planted, world).sealed.contains("step"))
        let without = try await Self.mappings(world, isUnkept: true).map { mapping in
            var mapping = mapping
            mapping.fields.removeAll { $0.id == Self.field }
            return mapping
        }
        let applied = try await world.perform(ApplyMappings(mappings: without))
        #expect(applied.isApplied, "\(applied.problems)")
        try await world.synchronize()
        try await world.perform(Synchronize(isFull: true))
        try Self.expectNoTrace(world)
    }

    @Test func `saying that a field is not kept forgets what was kept, and changes go on arriving`() async throws {
        let world = try await Small.coupled()
        for text in Self.planted {
            try world.editCustomer("C-001", "phoneNumber", .string(text))
            try world.editAccount("C-002", "telephone1", .string(text))
            try await world.synchronize()
        }
        try world.editCustomer("C-003", "phoneNumber", .string(Self.planted[0]))
        try world.editAccount("C-003", "telephone1", .string(Self.planted[1]))
        #expect(try await world.synchronize().counts.conflicts == 1)
        try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[0]))
        let shown = try await world.perform(Synchronize(isPreview: true))
        #expect(shown.plan?.steps.count == 1)
        try world.editCustomer("C-001", "phoneNumber", .string(Self.planted[2]))
        #expect(
            Set(try Self.traces(of: Self.planted, world).plain).isSuperset(of: ["base", "history", "conflict", "step"])
        )
        #expect(try await world.perform(ApplyMappings(mappings: Self.mappings(world, isUnkept: true))).isApplied)
        let left = try Self.traces(of: Self.planted, world)
        #expect(left.plain == [])
        #expect(Set(left.sealed) == ["observation"])
        #expect(try await world.store.read { try $0.setting("overwriteDue") } == nil)

        // The record was changed, and back again before anybody synchronized.
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        let open = try await world.perform(ListConflicts()).conflicts
        #expect(open.count == 1)
        try await world.perform(ResolveConflict(id: open[0].id, field: nil, resolution: .take(.crm)))
        try world.editAccount("C-001", "telephone1", .string("+46 5"))
        #expect(try await world.synchronize().counts.conflicts == 0)
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 5")
        try await world.synchronize()
        try Self.expectNoTrace(world)
        #expect(try await Self.history(world).contains { $0.fields.contains { $0.field == Self.field } })
    }

    @Test func `keeping a field again makes no conflict, and its next changes are kept`() async throws {
        let world = try await Self.world()
        try await world.synchronize()
        #expect(try await world.perform(ApplyMappings(mappings: Self.mappings(world, isUnkept: nil))).isApplied)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 6"))
        try world.editAccount("C-002", "telephone1", .string("+46 7"))
        let result = try await world.synchronize()
        #expect(result.counts.conflicts == 0)
        #expect(try world.account("C-001").text("telephone1") == "+46 6")
        #expect(try world.customer("C-002").text("phoneNumber") == "+46 7")
        let change = try await Self.history(world).first?.fields.first { $0.field == Self.field }
        #expect(change?.before == .text("+46 40 1"))
        #expect(change?.after == .text("+46 6"))
        let full = try await world.perform(Synchronize(isFull: true))
        #expect(full.counts.modified == 0)
        #expect(full.counts.conflicts == 0)
    }

    @Test(arguments: [true, false])
    func `a plan that was shown holds its values sealed until it is carried out or rejected`(
        isApplied: Bool
    ) async throws {
        let world = try await Self.world()
        try await world.synchronize()
        try world.editAccount("C-001", "telephone1", .string(Self.planted[0]))
        let shown = try await world.perform(Synchronize(isPreview: true))
        let plan = try #require(shown.plan)
        #expect(plan.steps.flatMap(\.changes).map(\.after) == [.text(Self.planted[0])])
        let waiting = try Self.traces(of: Self.planted, world)
        #expect(waiting.plain == [])
        #expect(Set(waiting.sealed) == ["observation", "step"])
        if isApplied {
            let applied = try await world.perform(ApplyPlan(plan: plan.id))
            #expect(applied.counts.modified == 1)
        } else {
            try await world.perform(RejectPlan(plan: plan.id))
            #expect(try Self.traces(of: Self.planted, world).sealed == ["observation"])
            try await world.synchronize()
        }
        #expect(try world.customer("C-001").text("phoneNumber") == Self.planted[0])
        try Self.expectNoTrace(world)
        let steps = try await world.perform(ShowPlan(plan: plan.id)).steps
        #expect(steps.flatMap(\.changes).allSatisfy { $0.after.isUnkept })
    }

    @Test func `a value that has no form on the other side is reported without it, and read once`() async throws {
        let world = try await Self.world()
        try await world.synchronize()
        let long = String(repeating: "PLANTED ", count: 6)
        try world.editAccount("C-001", "telephone1", .string(long))
        let result = try await world.synchronize()
        #expect(result.counts.parked == 1)
        let failures = try await world.store.read { try $0.failures(mapping: "CUSTOMER") }
        #expect(failures.count == 1)
        #expect(!"\(failures.map(\.messages))".contains("PLANTED"))
        #expect(try Self.traces(of: ["PLANTED "], world).plain == [])
        try await world.synchronize()
        let idle = try await world.cost { try await world.synchronize() }
        #expect(idle.requests == BySide(erp: 2, crm: 2), "\(idle)")
        try world.editAccount("C-001", "telephone1", .string("+46 8"))
        try await world.synchronize()
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 8")
        try Self.expectNoTrace(world, ["PLANTED "])
    }

    @Test func `of a record without counterpart nothing is kept, and a coupling reads it`() async throws {
        let single = Small.account(1, ["name": .string("Single"), "telephone1": .string(Self.planted[0])])
        let world = try await World(seed: Small.seed(accounts: [single]))
        try await world.coupleSalespeople()
        try await world.perform(ApplyMappings(mappings: Self.mappings(world, isUnkept: true)))
        try await world.synchronize()
        try Self.expectNoTrace(world, Self.planted + ["+46 40 1"])
        let account = "crm:00000000-0000-4000-8000-00000000d001"
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: account, choice: .crm))
        #expect(try world.customer("C-001").text("phoneNumber") == Self.planted[0])
        try await world.synchronize()
        try Self.expectNoTrace(world)
    }

    @Test func `a record says that a field has changed without its values, and by itself shows what a choice writes`()
        async throws
    {
        let world = try await Self.world()
        try await world.synchronize()
        try world.editAccount("C-001", "telephone1", .string(Self.planted[0]))
        try world.editAccount("C-001", "address1_city", .string("Malmö"))
        let listed = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .erp))
        #expect(listed.records.first { $0.key == "C-001" }?.state == .crmChanged)
        let state = try await world.explain("C-001")
        #expect(state.state == .crmChanged)
        #expect(Set(state.reasons.compactMap { $0.arguments["field"] }) == [Self.field, "city|address1_city"])
        let sheet = try await world.perform(ShowRecord(mapping: "CUSTOMER", key: "C-001"))
        #expect(sheet.fields.filter { $0.state == .crmChanged }.map(\.id) == ["city|address1_city", Self.field])
        let phone = try #require(sheet.fields.first { $0.id == Self.field })
        #expect(phone.values.crm == .text(Self.planted[0]))
        #expect(phone.base?.crm.isUnkept == true)
        let offer = try await world.perform(OfferSynchronization(mapping: "CUSTOMER", keys: ["C-001"]))
        #expect(offer.recommended == .fromIntegrationTable)
        let choice = offer.choices.first { $0.direction == .fromIntegrationTable }
        let written = choice?.steps.flatMap(\.changes).map(\.after) ?? []
        #expect(written.contains(.text(Self.planted[0])))
    }
}
