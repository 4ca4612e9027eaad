import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Tables that are no longer what mappings say")
struct SchemaTests {
    private static func change(
        _ world: World,
        _ name: String = "CUSTOMER",
        _ body: @escaping @Sendable (inout TableMapping) -> Void
    ) async throws {
        try await world.store.write { transaction in
            for var mapping in try transaction.mappings() where mapping.name == name {
                body(&mapping)
                try transaction.save(mapping)
            }
        }
    }

    @Test(
        "a field that is gone is named before any record suffers, and without it the others go on",
        arguments: [true, false]
    )
    func gone(isFull: Bool) async throws {
        let world = try await Small.coupled()
        try await Self.change(world) { mapping in
            for index in mapping.fields.indices where mapping.fields[index].crm.name == "telephone1" {
                mapping.fields[index].crm.name = "telephone9"
            }
        }
        try world.editCustomer("C-001", "city", .string("Malmö"))
        var found: CoupletError?
        do {
            try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: isFull))
        } catch let error as CoupletError {
            found = error
        }
        #expect(found?.message.code == "mapping.fieldGone")
        #expect(found?.message.arguments["field"] == "telephone9")
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        try await Self.change(world) { mapping in
            for index in mapping.fields.indices where mapping.fields[index].crm.name == "telephone9" {
                mapping.fields[index].enabled = false
            }
        }
        try await world.synchronize()
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
    }

    @Test(
        "a mapping whose field is gone is left out with its message, the others go on, and the run says that it failed",
        arguments: [true, false]
    )
    func leftOut(isFull: Bool) async throws {
        let world = try await Small.coupled()
        try await Self.change(world, "SALESPEOPLE") { mapping in
            for index in mapping.fields.indices where mapping.fields[index].crm.name == "mobilephone" {
                mapping.fields[index].crm.name = "mobilephone9"
            }
        }
        try world.editCustomer("C-001", "city", .string("Malmö"))
        // A preview reads what changed only, and finds a field that is gone by that.
        let shown = try await world.perform(Synchronize(isPreview: true))
        #expect(shown.status == .wrongConfiguration)
        #expect(shown.notices?.map(\.subject) == ["SALESPEOPLE"])
        #expect(shown.plan?.counts.changed == BySide(erp: 0, crm: 1))
        let run = try await world.perform(Synchronize(isFull: isFull))
        #expect(run.status == .wrongConfiguration)
        #expect(run.failure?.message.arguments["field"] == "mobilephone9")
        let notices = (run.notices ?? []).filter { $0.level == .bad }
        #expect(notices.map(\.subject) == ["SALESPEOPLE"])
        #expect(notices.map(\.message.code) == ["mapping.fieldGone"])
        let jobs = run.jobs ?? []
        #expect(jobs.contains { $0.mapping == "SALESPEOPLE" })
        #expect(jobs.allSatisfy { ($0.status == .failed) == ($0.mapping == "SALESPEOPLE") })
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
        try await Self.change(world, "SALESPEOPLE") { mapping in
            mapping.fields.removeAll { $0.crm.name == "mobilephone9" }
        }
        #expect(try await world.perform(Synchronize(isFull: true)).status == .done)
    }

    @Test(
        "mappings of the same table are left out together, because it is read for all of them",
        arguments: [true, false]
    )
    func siblings(isFull: Bool) async throws {
        let world = try await Small.coupled()
        try await world.store.write { transaction in
            for mapping in try transaction.mappings() where mapping.name == "CUSTOMER" {
                for (name, field) in [("A", "name"), ("Z", "name9")] {
                    var other = mapping
                    other.name = name
                    other.fields = mapping.fields.filter { $0.crm.name == "name" }
                    for index in other.fields.indices { other.fields[index].crm.name = field }
                    try transaction.save(other)
                }
            }
        }
        let run = try await world.perform(Synchronize(isFull: isFull))
        #expect(run.status == .wrongConfiguration)
        #expect(Set((run.notices ?? []).filter { $0.level == .bad }.map(\.subject)).contains("Z"))
        #expect((run.jobs ?? []).contains { $0.mapping == "SALESPEOPLE" && $0.status == .finished })
    }

    @Test(
        "the floor of a full synchronization has one request for what each system says of its tables, and no repetitions"
    )
    func floor() async throws {
        let world = try await Small.coupled()
        let quiet = try await world.perform(Synchronize(isFull: true))
        let tables = 2
        // The CRM is also asked which environment it is.
        #expect(quiet.floor == BySide(erp: tables + 1, crm: tables + 2))
        #expect(quiet.requests == quiet.floor)
        var rule = FaultRule(.status(503, retryAfter: 1))
        rule.pathContains = "EntityDefinitions"
        world.addFault(rule, to: .crm)
        let repeated = try await world.perform(Synchronize(isFull: true))
        #expect(repeated.floor == quiet.floor)
        #expect(repeated.requests.crm == repeated.floor.crm + 1)
    }

    @Test("a field that became shorter and one that is newly required are noted, and the records go on")
    func noted() async throws {
        let world = try await Small.coupled()
        try await Self.change(world) { mapping in
            for index in mapping.fields.indices {
                if mapping.fields[index].crm.name == "telephone1" {
                    mapping.fields[index].crm.type = .text(maximum: 9_000)
                }
                if mapping.fields[index].crm.name == "name" { mapping.fields[index].direction = .fromIntegrationTable }
            }
        }
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let run = try await world.perform(Synchronize(mapping: "CUSTOMER", isFull: true))
        let notices = Dictionary(
            (run.notices ?? []).map { ($0.message.code, $0.message.arguments["field"] ?? "") }
        ) { first, _ in first }
        #expect(notices == ["doctor.tooLong": "telephone1", "doctor.required": "name"])
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
        let codes = try await world.perform(ExamineSetup()).findings.map(\.message.code)
        #expect(codes.contains("doctor.required"))
    }

    @Test("a full synchronization of tables that are as they were notes nothing")
    func nothing() async throws {
        var options = World.Options()
        options.mappings = nil
        let world = try await World(seed: Small.seed(), options: options)
        let run = try await world.perform(Synchronize(isFull: true))
        #expect(run.notices == nil)
    }

    @Test(
        "a filter that the table cannot answer is refused with its reason, and told of a mapping that has it already",
        arguments: [
            (RecordFilter.compare(field: "creditLimit", .greater, .text("much")), "filter.notANumber", Side.erp),
            (.compare(field: "nowhere", .equal, .text("x")), "filter.unknownField", .erp),
            (.compare(field: "creditonhold", .equal, .text("perhaps")), "filter.notYesOrNo", .crm),
            (.like(field: "numberofemployees", TextPattern(pieces: [.text("1"), .anyText])), "filter.noPattern", .crm),
        ]
    )
    func filters(filter: RecordFilter, code: String, side: Side) async throws {
        let world = try await World(seed: Small.seed())
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        let wanted = filter
        func put(_ mapping: inout TableMapping) {
            if side == .erp { mapping.erp.filter = wanted } else { mapping.crm.filter = wanted }
        }
        put(&mapping)
        let view = try await world.perform(ApplyMappings(mappings: [mapping], isPreview: true))
        #expect(view.problems.map(\.message.code) == [code])
        #expect(view.problems.first?.message.arguments["mapping"] == "CUSTOMER")
        let changed = mapping
        try await Self.change(world) { $0 = changed }
        let codes = try await world.perform(ExamineSetup()).findings.map(\.message.code)
        #expect(codes.contains(code == "filter.unknownField" ? "doctor.noField" : code), "\(codes)")
    }

    @Test("a filter of a system that does not answer is taken as it is, and looked at later")
    func unreachable() async throws {
        let world = try await World(seed: Small.seed())
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        mapping.erp.filter = .compare(field: "creditLimit", .greater, .text("much"))
        var rule = FaultRule(.status(503, retryAfter: nil))
        rule.times = nil
        world.addFault(rule, to: .erp)
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
    }

    @Test("a mapping that would uncouple what was deleted, and create it again, is warned of")
    func uncoupling() async throws {
        let world = try await World(seed: Small.seed())
        func codes() async throws -> [String] {
            try await world.perform(ExamineSetup()).findings.map(\.message.code)
        }
        try await Self.change(world) { $0.conflictRules.deletion = .uncouple }
        #expect(!(try await codes().contains("doctor.uncoupleRecreates")))
        try await Self.change(world) { $0.onlyCoupled = false }
        #expect(try await codes().contains("doctor.uncoupleRecreates"))
    }
}
