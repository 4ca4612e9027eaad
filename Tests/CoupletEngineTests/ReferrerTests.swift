import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Records that refer to each other, and records of two mappings")
struct ReferrerTests {
    private static func id(_ number: Int) -> SandboxJSON { .string("00000000-0000-4000-8000-00000000100\(number)") }

    /// A customer and a vendor of one number, and a person of the customer's company, whom the customer names.
    private static var seed: SeedSource {
        func party(_ number: Int) -> SandboxJSON {
            .members([
                "id": id(number), "number": .string("X1"), "displayName": .string("Both"), "city": .string("Lund"),
                "addressLine2": number == 1 ? .string("CT1") : .string(""), "blocked": .string(" "),
            ])
        }
        func contact(_ number: Int, _ key: String, _ type: String, _ name: String) -> SandboxJSON {
            .members([
                "id": id(number), "number": .string(key), "type": .string(type), "displayName": .string(name),
                "companyNumber": .string("CC1"),
            ])
        }
        return SeedSource(
            businessCentral: [
                SeedTable(entitySet: "customers", rows: [party(1)]), SeedTable(entitySet: "vendors", rows: [party(2)]),
                SeedTable(
                    entitySet: "contacts",
                    rows: [contact(3, "CC1", "Company", "Both"), contact(4, "CT1", "Person", "Ann Berg")]
                ),
                SeedTable(
                    entitySet: "contactsInformation",
                    rows: [
                        .members([
                            "contactId": id(3), "contactNumber": .string("CC1"), "contactType": .string("Company"),
                            "relatedId": id(1), "relatedType": .string("Customer"),
                        ])
                    ]
                ),
            ],
            dataverse: []
        )
    }

    private static func world(_ change: @escaping @Sendable (inout TableMapping) -> Void) async throws -> World {
        var options = World.Options()
        options.mappings = nil
        let world = try await World(seed: seed, options: options)
        try await world.store.write { transaction in
            for var mapping in try transaction.mappings() {
                change(&mapping)
                try transaction.save(mapping)
            }
        }
        return world
    }

    /// A world in which a customer's second address line names its primary contact.
    private static func primary() async throws -> World {
        try await world { mapping in
            guard mapping.name == "CUSTOMER" else { return }
            mapping.fields.removeAll { $0.erp.name == "addressLine2" }
            mapping.fields.append(
                FieldMapping(
                    erp: FieldMapping.Field("addressLine2", .code(maximum: 20)),
                    crm: FieldMapping.Field(
                        "_primarycontactid_value",
                        .reference(table: "contacts", property: "primarycontactid")
                    ),
                    direction: .bidirectional,
                    reference: FieldMapping.Reference(mapping: "CONTACT", erpHoldsKey: true, required: false)
                )
            )
        }
    }

    @Test("S0108 An account is made before its primary contact, and gets it in the same run")
    func primaryContact() async throws {
        let world = try await Self.primary()
        let run = try await world.perform(Synchronize(creates: true))
        #expect(run.counts.failed + run.counts.parked + run.counts.waiting == 0)
        let contact = try #require(world.rows(.crm, "contacts").first)
        let account = try #require(world.rows(.crm, "accounts").first { $0["customertypecode"]?.integer == 3 })
        #expect(contact.text("_parentcustomerid_value") == account.text("accountid"))
        #expect(account.text("_primarycontactid_value") == contact.text("contactid"))
        #expect(contact.text("lastname") == "Berg")
        let quiet = try await world.cost {
            try await world.synchronize()
            try await world.synchronize()
        }
        #expect(quiet.writes == 0)
    }

    @Test("S0104 An account's primary contact becomes the customer's")
    func primaryContactBack() async throws {
        let world = try await Self.primary()
        try await world.perform(Synchronize(creates: true))
        let account = try #require(world.rows(.crm, "accounts").first { $0["customertypecode"]?.integer == 3 })
        let contact = try #require(world.rows(.crm, "contacts").first)
        let edited = SandboxJSON.members([
            "accountid": account["accountid"] ?? .null, "_primarycontactid_value": .null,
        ])
        #expect(world.edit(.crm, "accounts", edited) == [])
        try await world.synchronize()
        #expect(try world.customer("X1").text("addressLine2") == "")
        let again = SandboxJSON.members([
            "accountid": account["accountid"] ?? .null, "_primarycontactid_value": contact["contactid"] ?? .null,
        ])
        #expect(world.edit(.crm, "accounts", again) == [])
        try await world.synchronize()
        #expect(try world.customer("X1").text("addressLine2") == "CT1")
    }

    @Test("a reference that cannot be resolved empties its field where the mapping says so, and follows when it can")
    func clears() async throws {
        let world = try await Self.primary()
        try await world.store.write { transaction in
            for var mapping in try transaction.mappings() where mapping.name == "CUSTOMER" {
                for index in mapping.fields.indices where mapping.fields[index].erp.name == "addressLine2" {
                    mapping.fields[index].direction = .toIntegrationTable
                    mapping.fields[index].clearsWhenUncoupled = true
                }
                try transaction.save(mapping)
            }
        }
        try await world.perform(Synchronize(creates: true))
        func primary() throws -> String {
            let accounts = world.rows(.crm, "accounts")
            return try #require(accounts.first { $0["customertypecode"]?.integer == 3 }).text("_primarycontactid_value")
        }
        #expect(try !primary().isEmpty)
        try world.editCustomer("X1", "addressLine2", .string("CT9"))
        try await world.synchronize()
        #expect(try primary() == "")
        #expect(try await world.explain("X1").state != .parked)
        try await world.synchronize()
        let contact = SandboxJSON.members([
            "id": Self.id(9), "number": .string("CT9"), "type": .string("Person"), "displayName": .string("Bo Ek"),
            "companyNumber": .string("CC1"),
        ])
        #expect(world.edit(.erp, "contacts", contact) == [])
        try await world.perform(Synchronize(creates: true))
        let made = try #require(world.row(.crm, "contacts", where: "lastname", is: "Ek"))
        #expect(try primary() == made.text("contactid"))
        let quiet = try await world.cost { try await world.synchronize() }
        #expect(quiet.writes == 0)
    }

    @Test(
        "a reference that was emptied on the other side is written again when it is set back",
        arguments: Side.allCases
    )
    func setsBack(source: Side) async throws {
        let world = try await Self.primary()
        try await world.store.write { transaction in
            for var mapping in try transaction.mappings() where mapping.name == "CUSTOMER" {
                for index in mapping.fields.indices where mapping.fields[index].erp.name == "addressLine2" {
                    mapping.fields[index].clearsWhenUncoupled = true
                }
                try transaction.save(mapping)
            }
        }
        try await world.perform(Synchronize(creates: true))
        func account() throws -> SandboxJSON {
            try #require(world.rows(.crm, "accounts").first { $0["customertypecode"]?.integer == 3 })
        }
        func values() throws -> BySide<String> {
            try BySide(
                erp: world.customer("X1").text("addressLine2"),
                crm: account().text("_primarycontactid_value")
            )
        }
        let before = try values()
        #expect(before.erp == "CT1" && !before.crm.isEmpty)
        func set(_ value: String) throws {
            if source == .erp { return try world.editCustomer("X1", "addressLine2", .string(value)) }
            let edit = SandboxJSON.members([
                "accountid": try account()["accountid"] ?? .null, "_primarycontactid_value": .string(value),
            ])
            #expect(world.edit(.crm, "accounts", edit) == [])
        }
        let stranger = source == .erp ? "CT9" : "00000000-0000-4000-8000-000000001008"
        if source == .crm {
            let contact = SandboxJSON.members(["contactid": .string(stranger), "lastname": .string("Ny")])
            #expect(world.edit(.crm, "contacts", contact) == [])
        }
        try set(stranger)
        try await world.synchronize()
        #expect(try values()[source.other] == "")
        #expect(try values()[source] == stranger)
        let waiting = try await world.cost { try await world.synchronize() }
        #expect(waiting.writes == 0)
        try set(before[source])
        try await world.synchronize()
        #expect(try values() == before)
        let quiet = try await world.cost { try await world.synchronize() }
        #expect(quiet.writes == 0)
    }

    @Test func `an account that is a customer's and a vendor's brings each one's edits to the other`() async throws {
        let world = try await Self.world { mapping in
            guard ["CUSTOMER", "VENDOR"].contains(mapping.name) else { return }
            mapping.crm.filter = .compare(field: "statecode", .equal, .number("0"))
        }
        try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        let matched = try await world.perform(MatchRecords(mapping: "VENDOR", synchronization: .to))
        #expect(matched.counts.coupled == 1)
        #expect(world.rows(.crm, "accounts").count == 1)
        try await world.synchronize()

        world.edit(
            .crm,
            "accounts",
            ["accountid": .string(try world.account("X1").text("accountid")), "telephone1": .string("1")]
        )
        try await world.synchronize()
        #expect(try world.customer("X1").text("phoneNumber") == "1")
        #expect(world.rows(.erp, "vendors")[0].text("phoneNumber") == "1")

        try world.editCustomer("X1", "city", .string("Malmö"))
        try await world.synchronize()
        #expect(try world.account("X1").text("address1_city") == "Malmö")
        #expect(world.rows(.erp, "vendors")[0].text("city") == "Malmö")

        world.edit(.erp, "vendors", ["id": Self.id(2), "email": .string("both@x.example")])
        try await world.synchronize()
        try await world.synchronize()
        #expect(try world.customer("X1").text("email") == "both@x.example")
        let quiet = try await world.cost { try await world.synchronize() }
        #expect(quiet.writes == 0)
    }

    /// The accounts that a mapping's run has created, with the run.
    private func created(_ mapping: String, _ world: World) async throws -> Int64 {
        let match = MatchRecords(mapping: mapping, createUnmatched: true, synchronization: .to)
        let run = try await world.perform(match)
        #expect(run.counts.inserted == 1)
        return try #require(run.run)
    }

    @Test func `undoing a create leaves a record that others refer to through another mapping of its table`()
        async throws
    {
        let world = try await Self.world { mapping in
            guard mapping.name == "CONTACT" else { return }
            for index in mapping.fields.indices { mapping.fields[index].reference?.path?.others = [] }
        }
        let run = try await created("VENDOR", world)
        let account = try #require(world.rows(.crm, "accounts").first).text("accountid")
        let contact = SandboxJSON.members([
            "contactid": .string("00000000-0000-4000-8000-000000001008"), "lastname": .string("Berg"),
            "_parentcustomerid_value": .string(account),
        ])
        #expect(world.edit(.crm, "contacts", contact) == [])
        let undone = try await world.perform(UndoRun(.run(run), deletesCreated: true))
        #expect(undone.leftOut?.compactMap(\.obstacle?.code) == ["undo.referred"])
        #expect(world.rows(.crm, "accounts").count == 1)
    }

    @Test func `an approved undo leaves a record that another mapping has coupled meanwhile`() async throws {
        let world = try await Self.world { mapping in
            guard ["CUSTOMER", "VENDOR"].contains(mapping.name) else { return }
            mapping.crm.filter = .compare(field: "statecode", .equal, .number("0"))
        }
        let run = try await created("CUSTOMER", world)
        let preview = try await world.perform(UndoRun(.run(run), deletesCreated: true, isPreview: true))
        #expect(preview.plan?.steps.map(\.action) == [.delete])
        let matched = try await world.perform(MatchRecords(mapping: "VENDOR"))
        #expect(matched.counts.coupled == 1)
        let applied = try await world.perform(ApplyPlan(plan: try #require(preview.plan?.id)))
        #expect(applied.leftOut?.compactMap(\.obstacle?.code) == ["undo.coupledElsewhere"])
        #expect(world.rows(.crm, "accounts").count == 1)
    }

    @Test func `the preview of an undo shows the deletions that it does`() async throws {
        let world = try await Self.world { _ in }
        let run = try await world.perform(Synchronize(creates: true))
        #expect(world.rows(.crm, "contacts").count == 1)
        let accounts = world.rows(.crm, "accounts").count
        let undo = UndoRun(.run(try #require(run.run)), deletesCreated: true)
        var look = undo
        look.isPreview = true
        let preview = try await world.perform(look)
        let shown = preview.plan?.steps.filter { $0.action == .delete && $0.obstacle == nil }.count
        let undone = try await world.perform(undo)
        #expect(undone.counts.deleted == accounts + 1)
        #expect(shown == undone.counts.deleted)
        #expect(world.rows(.crm, "accounts").isEmpty && world.rows(.crm, "contacts").isEmpty)
    }
}
