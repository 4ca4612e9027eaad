import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Changing mappings")
struct MappingChangeTests {
    private static func customer(_ world: World) async throws -> TableMapping {
        try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
    }

    @Test("a preview changes nothing, and applying changes what was shown")
    func preview() async throws {
        let world = try await World(seed: Small.seed())
        var mapping = try await Self.customer(world)
        let before = mapping
        mapping.onlyCoupled = false
        let shown = try await world.perform(ApplyMappings(mappings: [mapping], isPreview: true))
        #expect(!shown.isApplied)
        #expect(shown.changes.first?.before == before)
        #expect(try await Self.customer(world) == before)
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        #expect(try await Self.customer(world) == mapping)
        #expect(try await world.perform(ResetMapping(mapping: "customer")).isApplied)
        #expect(try await Self.customer(world) == before)
    }

    @Test("what somebody else changed since it was read is not written over")
    func changedSince() async throws {
        let world = try await World(seed: Small.seed())
        let read = try await Self.customer(world)
        var theirs = read
        theirs.onlyCoupled.toggle()
        try await world.perform(ApplyMappings(mappings: [theirs], expected: [read]))
        var mine = read
        mine.fields[0].enabled.toggle()
        await #expect(throws: CoupletError("request.changedSince", status: .wrongUse)) {
            try await world.perform(ApplyMappings(mappings: [mine], expected: [read]))
        }
        #expect(try await Self.customer(world) == theirs)
        let connections = try await world.store.read { try $0.connections() }
        let crm = try #require(connections.first { $0.name == "crm" })
        var moved = SetConnection(
            connection: crm.name,
            side: crm.side,
            kind: crm.kind,
            url: crm.url + "/moved",
            company: crm.company,
            tokenURL: crm.tokenURL,
            clientID: crm.clientID,
            secret: nil
        )
        moved.expected = connections
        try await world.perform(moved)
        moved.url = crm.url + "/elsewhere"
        let late = moved
        await #expect(throws: CoupletError("request.changedSince", status: .wrongUse)) { try await world.perform(late) }
        #expect(try await world.store.read { try $0.connections() }.contains { $0.url == crm.url + "/moved" })
    }

    @Test("one wrong mapping keeps all of them from being applied")
    func allOrNothing() async throws {
        let world = try await World(seed: Small.seed())
        let before = try await Self.customer(world)
        var good = before
        good.onlyCoupled = false
        var bad = before
        bad.name = "OTHER"
        bad.erp.connection = "crm"
        bad.fields = []
        let view = try await world.perform(ApplyMappings(mappings: [good, bad]))
        #expect(!view.isApplied)
        let codes = view.problems.map(\.message.code)
        #expect(codes.contains("mapping.unknownConnection") && codes.contains("mapping.noFields"), "\(codes)")
        #expect(try await Self.customer(world) == before)
    }

    @Test("the table of a mapping with couplings is fixed")
    func tableFixed() async throws {
        let world = try await Small.coupled()
        var mapping = try await Self.customer(world)
        mapping.crm.table = "contacts"
        let view = try await world.perform(ApplyMappings(mappings: [mapping]))
        #expect(view.problems.map(\.message.code) == ["mapping.tableFixed"])
    }

    @Test("a narrower filter takes coupled records out of scope, and a wider one takes them in again")
    func filter() async throws {
        let world = try await Small.coupled()
        var mapping = try await Self.customer(world)
        let before = mapping
        mapping.erp.filter = .all([mapping.erp.filter, .compare(field: "displayName", .equal, .text("Customer 1"))])
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        #expect(try await world.states() == ["C-001": .inSync, "C-002": .outOfScope, "C-003": .outOfScope])
        #expect(try await world.perform(ApplyMappings(mappings: [before])).isApplied)
        #expect(Set(try await world.states().values) == [.inSync])
    }

    @Test("records enter by the passing of days, though nobody changes them")
    func enters() async throws {
        let world = try await Small.coupled()
        var mapping = try await Self.customer(world)
        mapping.erp.filter = .relative(field: "lastModifiedDateTime", .less, RelativeDay())
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try await world.synchronize()
        try await world.synchronize()
        #expect(try world.account("C-001").text("address1_city") == "Lund")
        world.clock.advance(bySeconds: 86_400)
        try await world.synchronize()
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
    }

    @Test("records leave by the passing of days, and the table is read whole once a day only")
    func leaves() async throws {
        let world = try await Small.coupled()
        var mapping = try await Self.customer(world)
        mapping.erp.filter = .not(.relative(field: "lastModifiedDateTime", .less, RelativeDay()))
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        let table = mapping.erp
        func checkpoint() async throws -> String? {
            try await world.store.read { try $0.feed(connection: table.connection, table: table.table) }?.checkpoint
        }
        func edit(_ phone: String) throws {
            let id = try world.account("C-001").text("accountid")
            world.edit(.crm, "accounts", ["accountid": .string(id), "telephone1": .string(phone)])
        }
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try edit("1")
        try await world.synchronize()
        #expect(try world.customer("C-001").text("phoneNumber") == "1")
        #expect(try await checkpoint() != nil)
        world.clock.advance(bySeconds: 86_400)
        try edit("2")
        try await world.synchronize()
        #expect(try world.customer("C-001").text("phoneNumber") == "1")
        let known = try await checkpoint()
        #expect(known != nil)
        #expect(try await world.explain("C-001").state == .outOfScope)
        #expect(try await checkpoint() == known)
    }

    @Test("a changed mapping lets a parked record try again")
    func unparks() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "website", .string(String(repeating: "x", count: 250)))
        try await world.synchronize()
        #expect(try await world.states()["C-001"] == .parked)
        var mapping = try await Self.customer(world)
        for index in mapping.fields.indices where mapping.fields[index].erp.name == "website" {
            mapping.fields[index].direction = .toIntegrationTable
            mapping.fields[index].allowTruncation = true
        }
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        try await world.synchronize()
        #expect(try await world.states()["C-001"] == .inSync)
        #expect(try world.account("C-001").text("websiteurl").count == 200)
    }

    @Test("a field that comes back to a mapping is asked about, whatever side was chosen when coupling")
    func comesBack() async throws {
        let world = try await Small.coupled()
        func use(_ isUsed: Bool) async throws {
            var mapping = try await Self.customer(world)
            for index in mapping.fields.indices where mapping.fields[index].erp.name == "phoneNumber" {
                mapping.fields[index].enabled = isUsed
            }
            #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        }
        try await use(false)
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try await world.synchronize()
        try world.editAccount("C-001", "telephone1", .string("+46 9"))
        try await use(true)
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1") == "+46 9")
        #expect(try await world.states() == ["C-001": .question, "C-002": .inSync, "C-003": .inSync])
        let question = try #require(try await world.perform(ListQuestions()).questions.first)
        try await world.perform(AnswerQuestion(id: question.id, answer: .take(.crm), choice: nil))
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 9")
        #expect(try await world.states()["C-001"] == .inSync)
    }

    @Test("a field that comes to a mapping is compared, although both tables were read with it before")
    func isReadAlready() async throws {
        let world = try await Small.coupled()
        func use(_ isUsed: Bool) async throws {
            var mapping = try await Self.customer(world)
            let index = try #require(mapping.fields.firstIndex { $0.erp.name == mapping.erp.nameField })
            var field = mapping.fields.remove(at: index)
            field.enabled = isUsed
            mapping.fields.append(field)
            #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        }
        try await use(false)
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "name", .string("Elsewhere"))
        try await world.synchronize()
        #expect(Set(try await world.states().values) == [.inSync])
        try await use(true)
        try await world.synchronize()
        #expect(try await world.states() == ["C-001": .question, "C-002": .inSync, "C-003": .inSync])
        #expect(try world.account("C-001").text("name") == "Elsewhere")
    }

    @Test("a paused mapping keeps its pause when its file is applied")
    func pauseStays() async throws {
        let world = try await World(seed: Small.seed())
        let paused = try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: true))
        let since = try #require(paused.mappings.first?.mapping.pausedAt)
        var mapping = try await Self.customer(world)
        mapping.pausedAt = nil
        mapping.onlyCoupled = false
        try await world.perform(ApplyMappings(mappings: [mapping]))
        #expect(try await Self.customer(world).pausedAt == since)
        let result = try await world.synchronize()
        #expect(result.paused == ["CUSTOMER"])
    }
}
