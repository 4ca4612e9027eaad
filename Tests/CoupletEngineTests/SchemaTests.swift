import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Tables that are no longer what mappings say")
struct SchemaTests {
    private static func change(_ world: World, _ body: @escaping @Sendable (inout TableMapping) -> Void) async throws {
        try await world.store.write { transaction in
            for var mapping in try transaction.mappings() where mapping.name == "CUSTOMER" {
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
}
