import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("What systems say of their tables")
struct DescriptionTests {
    private static func propose(_ world: World, _ erp: String, _ crm: String) async throws -> MappingProposal {
        try await world.perform(
            ProposeMapping(
                mapping: "mine",
                tables: BySide(erp: erp, crm: crm),
                connections: BySide(erp: nil, crm: nil)
            )
        )
    }

    @Test("a proposal of customers and accounts finds what a person would, and can be applied and synchronized")
    func customers() async throws {
        let world = try await World(seed: Small.seed())
        let proposal = try await Self.propose(world, "customers", "accounts")
        let pairs = Set(proposal.mapping.fields.map(\.id))
        for wanted in [
            "displayName|name", "addressLine1|address1_line1", "city|address1_city", "phoneNumber|telephone1",
            "number|accountnumber", "email|emailaddress1", "website|websiteurl",
        ] { #expect(pairs.contains(wanted), "\(wanted) of \(pairs)") }
        #expect(proposal.mapping.name == "MINE")
        #expect(!proposal.unmapped.isEmpty)
        let applied = try await world.perform(ApplyMappings(mappings: [proposal.mapping]))
        #expect(applied.isApplied, "\(applied.problems)")
        let matched = try await world.perform(
            MatchRecords(mapping: "MINE", createUnmatched: true, synchronization: .to)
        )
        #expect(matched.counts.parked + matched.counts.failed == 0)
        #expect(Set(try await world.states("MINE").values) == [.inSync])
    }

    @Test("a table that is not there, a name that is taken and a connection that is not known are refused")
    func refusals() async throws {
        let world = try await World(seed: Small.seed())
        #expect(try await code { _ = try await Self.propose(world, "nothing", "accounts") } == "mapping.noTable")
        #expect(try await code { _ = try await Self.propose(world, "customers", "nothing") } == "mapping.noTable")
        let taken = try await code {
            try await world.perform(
                ProposeMapping(
                    mapping: "customer",
                    tables: BySide(erp: "customers", crm: "accounts"),
                    connections: BySide(erp: nil, crm: nil)
                )
            )
        }
        #expect(taken == "mapping.exists")
        let unknown = try await code {
            try await world.perform(
                ProposeMapping(
                    mapping: "other",
                    tables: BySide(erp: "customers", crm: "accounts"),
                    connections: BySide(erp: "nowhere", crm: nil)
                )
            )
        }
        #expect(unknown == "mapping.unknownConnection")
    }

    @Test("an examination of a good set-up finds nothing wrong")
    func good() async throws {
        let world = try await Small.coupled()
        let findings = try await world.perform(ExamineSetup()).findings
        #expect(findings.filter { $0.level == .bad } == [])
        #expect(Set(findings.map(\.topic)) == [.connection, .store, .mapping])
    }

    @Test("an examination finds fields that are missing, of another type or shorter than the mapping says")
    func bad() async throws {
        let world = try await World(seed: Small.seed())
        let shown = try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping
        var mapping = try #require(shown)
        mapping.fields[0].crm.type = .text(maximum: 9_000)
        mapping.fields[1].crm.name = "nothingLikeThis"
        mapping.fields[2].erp.type = .decimal
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        let codes = try await world.perform(ExamineSetup()).findings.map(\.message.code)
        #expect(codes.contains("doctor.tooLong"), "\(codes)")
        #expect(codes.contains("doctor.noField"), "\(codes)")
        #expect(codes.contains("doctor.otherType"), "\(codes)")
    }

    @Test("one request describes all tables of a system, and a full synchronization costs the least")
    func descriptionsAreOneRequest() async throws {
        var options = World.Options()
        options.mappings = nil
        let world = try await World(seed: Small.seed(), options: options)
        _ = try await world.perform(Synchronize(isFull: true))
        let before = world.trace.count
        let full = try await world.perform(Synchronize(isFull: true))
        #expect(full.requests == full.floor)
        let trace = world.trace[before...]
        #expect(trace.count { $0.contains("/$metadata") } == 1)
        #expect(trace.count { $0.contains("EntityDefinitions?") } == 1)

        let asked = world.trace.count
        let findings = try await world.perform(ExamineSetup()).findings
        #expect(findings.filter { $0.level == .bad } == [])
        #expect(world.trace[asked...].count { $0.contains("/$metadata") || $0.contains("EntityDefinitions?") } == 2)
    }

    @Test("a table that is gone is named, and those beside it are described all the same")
    func goneTable() async throws {
        let world = try await World(seed: Small.seed())
        let shown = try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping
        var mapping = try #require(shown)
        (mapping.name, mapping.crm.table) = ("LOST", "nothings")
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).isApplied)
        let findings = try await world.perform(ExamineSetup()).findings
        let bad = findings.filter { $0.level == .bad }
        #expect(bad.contains { $0.message.arguments.values.contains { $0.contains("nothings") } }, "\(bad)")
        let good = findings.filter { $0.topic == .mapping && $0.level == .good }
        #expect(good.map(\.subject).contains("CUSTOMER"), "\(findings)")
    }

    @Test("a connection that only reads is worth a word")
    func onlyReads() async throws {
        var options = World.Options()
        options.isEnabled = false
        let world = try await World(seed: Small.seed(), options: options)
        let findings = try await world.perform(ExamineSetup()).findings
        #expect(findings.count { $0.message.code == "doctor.onlyReads" } == 2)
    }
}
