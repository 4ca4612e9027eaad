import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: from one system to the other, with all default mappings")
struct NavigationScenarioTests {
    private func open(_ whole: WholeWorld, _ table: String, _ key: String) async throws -> OpenedRecord {
        try await whole.world.perform(OpenRecord(table: table, key: key))
    }

    @Test(
        "Coupled records of every default mapping lead to each other, by the names that links use",
        arguments: [
            (["S0455", "S0456"], "CONTACT", "contact", "page=5050"),
            (["S0457", "S0718"], "CURRENCY", "transactioncurrency", "page=5"),
            (["S0460"], "ITEM-PRODUCT", "product", "page=30"),
            (["S0463"], "UNIT OF MEASURE", "uomschedule", "page=209"),
        ]
    )
    func both(scenarios: [String], name: String, link: String, page: String) async throws {
        let whole = try await WholeWorld()
        let record = try #require(try await whole.coupled(name).first)
        let counterpart = try #require(record.typedCounterpart)
        let there = try await open(whole, name, record.typedKey)
        #expect(there.address?.contains("etn=\(link)&") == true)
        #expect(there.address?.hasSuffix("id=" + (record.coupledTo?.description.lowercased() ?? "-")) == true)
        let back = try await open(whole, link.uppercased(), counterpart)
        #expect(back.address?.contains(page + "&") == true)
        #expect(back.ways.first { $0.action == .open }?.counterpart?.id == record.id)
    }

    @Test(
        "A coupled record shows its counterpart first, and another one with its own name",
        arguments: [
            ("S0114", "CONTACT"), ("S0116", "SALESPEOPLE"), ("S0117", "CURRENCY"), ("S0119", "ITEM-PRODUCT"),
            ("S0121", "UNIT OF MEASURE"),
        ]
    )
    func another(scenario: String, name: String) async throws {
        let whole = try await WholeWorld()
        let records = try await whole.coupled(name)
        let record = try #require(records.first)
        let other = try #require(records.last)
        let offer = try await whole.world.perform(OfferCoupling(mapping: name, key: record.typedKey))
        #expect(offer.counterparts.first?.isPresent == true)
        #expect(offer.counterparts.first?.id == record.coupledTo)
        guard other.id != record.id else { return }
        let chosen = try await whole.world.perform(
            OfferCoupling(mapping: name, key: record.typedKey, with: other.typedCounterpart)
        )
        let shown = try #require(chosen.counterparts.first)
        let listed = try await whole.world.perform(ListRecords(mapping: name, side: .crm)).records
        #expect(shown.name == listed.first { $0.id == other.coupledTo }?.name)
        #expect(shown.obstacle?.message.code == "couple.alreadyCoupled")
    }

    @Test("S0071 An item without a counterpart says how to couple it, and gives the chosen product its number")
    func item() async throws {
        let whole = try await WholeWorld()
        let world = whole.world
        let record = try #require(try await whole.coupled("ITEM-PRODUCT").first)
        let product = try #require(record.coupledTo?.description.lowercased())
        try await world.perform(UncoupleRecords(mapping: "ITEM-PRODUCT", keys: [record.typedKey]))
        world.edit(.crm, "products", ["productid": .string(product), "productnumber": .string("OTHER")])
        let opened = try await open(whole, "items", record.typedKey)
        #expect(opened.address == nil)
        #expect(opened.ways.first?.obstacle?.message.code == "open.onlyCoupled")
        try await world.perform(
            CoupleRecords(mapping: "ITEM-PRODUCT", key: record.typedKey, with: "crm:" + product, choice: .erp)
        )
        let row = try #require(world.row(.crm, "products", where: "productid", is: product))
        #expect(row.text("productnumber") == record.key)
        #expect(try await open(whole, "items", record.typedKey).address?.contains(product) == true)
    }

    @Test("S0262 A contact that is a company is not offered to be coupled")
    func companyContact() async throws {
        let whole = try await WholeWorld()
        let company = try #require(whole.world.rows(.erp, "contacts").first { $0.text("type") == "Company" })
        let offer = try await whole.world.perform(OfferCoupling(mapping: "CONTACT", key: company.text("number")))
        #expect(offer.obstacle?.message.code == "couple.outOfScope")
        #expect(offer.creation.obstacle != nil)
        // S0265: nor is one that belongs to no company.
        let record = try #require(try await whole.coupled("CONTACT").first)
        try await whole.world.perform(UncoupleRecords(mapping: "CONTACT", keys: [record.typedKey]))
        whole.world.edit(
            .erp,
            "contacts",
            ["id": .string(record.id.description.lowercased()), "companyNumber": .string("")]
        )
        let alone = try await whole.world.perform(OfferCoupling(mapping: "CONTACT", key: record.typedKey))
        #expect(alone.obstacle?.message.code == "couple.outOfScope")
    }

    @Test("S0093 A coupled user shows the salesperson that it is coupled with")
    func user() async throws {
        let world = try await Small.coupled()
        let users = try await world.perform(ListRecords(mapping: "SALESPEOPLE", side: .crm)).records
        let people = try await world.perform(ListRecords(mapping: "SALESPEOPLE", side: .erp)).records
        let user = try #require(users.first { $0.id == RecordID(Small.users[0]) })
        #expect(people.first { $0.id == user.coupledTo }?.key == "SP-00007")
        #expect(user.state == .inSync)
        // S0101: the same salesperson is not given to another user besides.
        let found = try await code {
            try await world.perform(
                CoupleRecords(
                    mapping: "SALESPEOPLE",
                    key: "crm:" + Small.users[1],
                    with: "SP-00007",
                    choice: nil,
                    moves: true
                )
            )
        }
        #expect(found == "couple.alreadyCoupled")
    }
}
