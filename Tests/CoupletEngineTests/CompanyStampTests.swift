import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Records of the CRM marked as one company's")
struct CompanyStampTests {
    static let own = "00000000-0000-4000-8000-00000000e001"
    static let other = "00000000-0000-4000-8000-00000000e002"
    static let column = "_bcbi_companyid_value"

    /// A CRM with a table of companies, and a column for them at accounts.
    static func seed(accounts: [SandboxJSON] = [], companies: [String] = [own, other]) -> SeedSource {
        func definition(_ lines: [String]) -> SandboxJSON {
            .members(["Definition": .array(lines.map { .string($0) })])
        }
        let rows = companies.map { id in
            SandboxJSON.members([
                "bcbi_companyid": .string(id), "bcbi_name": .string(id == own ? "Small" : "Other"),
                "bcbi_externalid": .string("00000000-0000-4000-8000-00000000f00\(id == own ? 1 : 2)"),
            ])
        }
        var seed = Small.seed(accounts: accounts)
        seed.dataverse.insert(
            SeedTable(
                entitySet: "EntityDefinitions",
                rows: [
                    definition([
                        "table bcbi_company bcbi_companies bcbi_company name=bcbi_name stamped owned",
                        "bcbi_companyid guid create", "bcbi_name text(100)", "bcbi_externalid text(50)",
                    ]), definition(["extend account", "bcbi_companyid lookup: bcbi_company//bcbi_company_account"]),
                ]
            ),
            at: 0
        )
        seed.dataverse.append(SeedTable(entitySet: "bcbi_companies", rows: rows))
        return seed
    }

    /// A world whose companies, which look like another integration's, are known to be nobody else's.
    static func world(_ seed: SeedSource) async throws -> World {
        let world = try await World(seed: seed)
        let crm = try await world.perform(ListConnections()).connections.map(\.connection).first { $0.side == .crm }
        let name = try #require(crm).name
        try await world.perform(ConfirmIntegrationOff(connection: name))
        return world
    }

    static var stamp: CompanyStamp {
        CompanyStamp(
            field: FieldMapping.Field(column, .reference(table: "bcbi_companies", property: "bcbi_companyid")),
            companies: ReferencePath.KeyTable(
                table: "bcbi_companies",
                idField: "bcbi_companyid",
                keyField: "bcbi_externalid"
            )
        )
    }

    @discardableResult
    static func set(
        _ stamp: CompanyStamp?,
        _ world: World,
        change: (inout TableMapping) -> Void = { _ in }
    ) async throws -> MappingChangesView {
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        mapping.companyStamp = stamp
        change(&mapping)
        return try await world.perform(ApplyMappings(mappings: [mapping]))
    }

    static func create(_ world: World) async throws {
        try await world.coupleSalespeople()
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
    }

    @Test func `the value is looked up when the mapping is stored, and new records get it`() async throws {
        let world = try await Self.world(Self.seed())
        let applied = try await Self.set(Self.stamp, world)
        #expect(applied.isApplied, "\(applied.problems)")
        #expect(applied.changes.first?.after.companyStamp?.value == .text(Self.own))
        try await Self.create(world)
        let stamps = world.rows(.crm, "accounts").map { $0.text(Self.column) }
        #expect(stamps == [Self.own, Self.own, Self.own])
        #expect(Set(try await world.states().values) == [.inSync])
    }

    @Test func `a company that the CRM does not know changes nothing, and says so`() async throws {
        let world = try await Self.world(Self.seed(companies: [Self.other]))
        let applied = try await Self.set(Self.stamp, world)
        #expect(!applied.isApplied)
        #expect(applied.problems.map(\.message.code) == ["mapping.companyUnknown"])
        #expect(applied.problems.first?.message.arguments["company"] == "00000000-0000-4000-8000-00000000f001")
        #expect(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping.companyStamp == nil)
    }

    @Test func `without a table of companies the company's id is the value, in any column`() async throws {
        let world = try await Self.world(Self.seed())
        let plain = CompanyStamp(field: FieldMapping.Field("tickersymbol", .text(maximum: 100)))
        let applied = try await Self.set(plain, world)
        #expect(applied.changes.first?.after.companyStamp?.value == .text("00000000-0000-4000-8000-00000000f001"))
        let named = CompanyStamp(field: FieldMapping.Field("tickersymbol", .text(maximum: 10)), value: .text("SMALL"))
        try await Self.set(named, world)
        try await Self.create(world)
        #expect(world.rows(.crm, "accounts").map { $0.text("tickersymbol") } == ["SMALL", "SMALL", "SMALL"])
    }

    @Test func `coupled records that name no company are stamped, and those of another company left alone`()
        async throws
    {
        let world = try await Self.world(Self.seed())
        try await Self.create(world)
        let foreign = try world.account("C-002")
        world.edit(
            .crm,
            "accounts",
            .members(["accountid": foreign["accountid"] ?? .null, Self.column: .string(Self.other)])
        )
        try await Self.set(Self.stamp, world)
        try world.editCustomer("C-002", "city", .string("Kiruna"))
        try await world.synchronize()
        #expect(try world.account("C-001").text(Self.column) == Self.own)
        #expect(try world.account("C-002").text(Self.column) == Self.other)
        #expect(try world.account("C-002").text("address1_city") == "Lund")
        #expect(try await world.states() == ["C-001": .inSync, "C-002": .outOfScope, "C-003": .inSync])
        // Nothing is left to stamp.
        let again = try await world.perform(Synchronize(isFull: true))
        #expect(again.counts.modified == 0)
    }

    @Test func `records that the mapping takes in whatever their company keep their stamp`() async throws {
        let world = try await Self.world(Self.seed())
        try await Self.create(world)
        let foreign = try world.account("C-002")
        world.edit(
            .crm,
            "accounts",
            .members(["accountid": foreign["accountid"] ?? .null, Self.column: .string(Self.other)])
        )
        var stamp = Self.stamp
        stamp.admits = .any
        try await Self.set(stamp, world)
        try world.editCustomer("C-002", "city", .string("Kiruna"))
        try await world.perform(Synchronize(isFull: true))
        #expect(try world.account("C-002").text("address1_city") == "Kiruna")
        #expect(try world.account("C-002").text(Self.column) == Self.other)
        #expect(Set(try await world.states().values) == [.inSync])
    }

    @Test func `a record that is pulled in is stamped, and one of another company is not pulled in`() async throws {
        let accounts = [
            Small.account(1, ["name": .string("New")]),
            Small.account(2, ["name": .string("Foreign"), "_bcbi_companyid_value": .string(Self.other)]),
        ]
        let world = try await Self.world(Self.seed(accounts: accounts))
        try await world.coupleSalespeople()
        try await Self.set(Self.stamp, world)
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", direction: .fromIntegrationTable, creates: true)
        )
        #expect(world.row(.erp, "customers", where: "displayName", is: "New") != nil)
        #expect(world.row(.erp, "customers", where: "displayName", is: "Foreign") == nil)
        try await world.synchronize()
        #expect(world.row(.crm, "accounts", where: "name", is: "New")?.text(Self.column) == Self.own)
        #expect(world.row(.crm, "accounts", where: "name", is: "Foreign")?.text(Self.column) == Self.other)
        let quiet = try await world.synchronize()
        #expect(quiet.counts.modified == 0)
    }

    @Test func `a stamp that somebody took away shows as drift, and comes back with the next change`() async throws {
        let world = try await Self.world(Self.seed())
        try await Self.set(Self.stamp, world)
        try await Self.create(world)
        try world.editAccount("C-001", Self.column, .null)
        try await world.synchronize()
        #expect(try world.account("C-001").text(Self.column).isEmpty)
        #expect(try await world.states()["C-001"] == .drift)
        try world.editCustomer("C-001", "city", .string("Kiruna"))
        try await world.synchronize()
        #expect(try world.account("C-001").text(Self.column) == Self.own)
        #expect(try await world.states()["C-001"] == .inSync)
        try world.editAccount("C-003", Self.column, .null)
        try await world.perform(Synchronize(isFull: true))
        #expect(try world.account("C-003").text(Self.column) == Self.own)
    }

    @Test func `a mapping that never writes to the CRM stamps nothing, and minds the stamps that are there`()
        async throws
    {
        let accounts = [
            Small.account(1, ["name": .string("New")]),
            Small.account(2, ["name": .string("Foreign"), "_bcbi_companyid_value": .string(Self.other)]),
        ]
        let world = try await Self.world(Self.seed(accounts: accounts))
        try await world.coupleSalespeople()
        let applied = try await Self.set(Self.stamp, world) { mapping in
            mapping.direction = .fromIntegrationTable
            mapping.fields.removeAll { $0.direction == .toIntegrationTable }
        }
        #expect(applied.isApplied, "\(applied.problems)")
        try await world.perform(Synchronize(mapping: "CUSTOMER", direction: .fromIntegrationTable, creates: true))
        try await world.perform(Synchronize(mapping: "CUSTOMER", direction: .fromIntegrationTable))
        #expect(world.row(.erp, "customers", where: "displayName", is: "New") != nil)
        #expect(world.row(.erp, "customers", where: "displayName", is: "Foreign") == nil)
        #expect(world.row(.crm, "accounts", where: "name", is: "New")?.text(Self.column) == "")
    }

    @Test func `undoing a run takes its stamps away again`() async throws {
        let world = try await Self.world(Self.seed())
        try await Self.create(world)
        try await Self.set(Self.stamp, world)
        let run = try await world.synchronize()
        #expect(run.counts.modified == 3)
        try await world.perform(UndoRun(.run(try #require(run.run))))
        #expect(world.rows(.crm, "accounts").allSatisfy { $0.text(Self.column).isEmpty })
    }
}
