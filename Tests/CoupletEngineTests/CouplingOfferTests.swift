import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("What there is to choose from when a record is coupled")
struct CouplingOfferTests {
    private static let accounts = (1...4).map { "00000000-0000-4000-8000-00000000d00\($0)" }

    /// Three customers, and accounts of which the first resembles the first customer.
    private func world(change: (inout TableMapping) -> Void = { _ in }) async throws -> World {
        let accounts = [
            Small.account(
                1,
                [
                    "name": .string("Custommer 1"), "address1_city": .string("Lund"),
                    "address1_line1": .string("Street 1"), "telephone1": .string("+46 40 1"),
                ]
            ), Small.account(2, ["name": .string("Brewery"), "address1_city": .string("Ystad")]),
            Small.account(3, ["name": .string("Bakery"), "address1_city": .string("Ystad")]),
            Small.account(4, ["name": .string("Vendor"), "customertypecode": .number("11")]),
        ]
        let world = try await World(seed: Small.seed(accounts: accounts))
        try await world.coupleSalespeople()
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        change(&mapping)
        try await world.perform(ApplyMappings(mappings: [mapping]))
        return world
    }

    private func offer(
        _ world: World,
        _ key: String = "C-001",
        with account: Int? = nil,
        containing: String? = nil
    ) async throws -> CouplingOffer {
        try await world.perform(
            OfferCoupling(
                mapping: "CUSTOMER",
                key: key,
                with: account.map { Self.accounts[$0 - 1] },
                containing: containing
            )
        )
    }

    private func number(_ counterpart: CouplingOffer.Counterpart) -> Int? {
        Self.accounts.firstIndex(of: "\(counterpart.id)".lowercased()).map { $0 + 1 }
    }

    @discardableResult
    private func couple(_ world: World, _ key: String, _ account: Int, _ choice: Side? = nil) async throws -> RunOrPlan
    {
        try await world.perform(
            CoupleRecords(mapping: "CUSTOMER", key: key, with: Self.accounts[account - 1], choice: choice)
        )
    }

    @Test func `the record that is alike comes first, with a score and reasons, and nothing is written`() async throws {
        let world = try await world()
        let content = world.content
        let offer = try await offer(world)
        let best = try #require(offer.counterparts.first)
        #expect(number(best) == 1)
        #expect(best.score.map { $0 > 0 && $0 <= 1 } == true)
        #expect(!best.reasons.isEmpty)
        #expect(best.obstacle == nil)
        #expect(offer.obstacle == nil)
        #expect(world.content == content)
        #expect(try await world.perform(ListPlans()).plans.isEmpty)
    }

    @Test("S0136 Every enabled field stands with both values, as they are now")
    func fields() async throws {
        let world = try await world()
        let mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        // Nobody has synchronized since.
        try world.editCustomer("C-001", "city", .string("Kiruna"))
        let counterpart = try #require(try await offer(world, with: 1).counterparts.first)
        #expect(counterpart.fields.map(\.field) == mapping.enabledFields.map(\.id))
        let city = try #require(counterpart.fields.first { $0.field == "city|address1_city" })
        #expect(city.values == BySide(erp: .text("Kiruna"), crm: .text("Lund")))
        #expect(!city.isSame)
        #expect(city.direction == .bidirectional)
        let street = try #require(counterpart.fields.first { $0.field == "addressLine1|address1_line1" })
        #expect(street.isSame)
        let number = try #require(counterpart.fields.first { $0.field == "number|accountnumber" })
        #expect(number.direction == .toIntegrationTable)
    }

    @Test func `what each choice would write is what coupling so then writes`() async throws {
        for choice in Side.allCases {
            let world = try await world()
            let counterpart = try #require(try await offer(world, with: 1).counterparts.first)
            #expect(counterpart.ways.map(\.values) == [nil, .erp, .crm])
            #expect(counterpart.ways[0].steps.isEmpty)
            let way = try #require(counterpart.ways.first { $0.values == choice })
            #expect(way.obstacle == nil)
            let shown = Set(way.steps.flatMap { step in step.changes.map { "\(step.side) \($0.field) \($0.after)" } })
            #expect(!shown.isEmpty)
            let run = try #require(try await couple(world, "C-001", 1, choice).run)
            var written: Set<String> = []
            let entries = try await world.store.read { try $0.history(run: run, job: nil, before: nil, limit: 100) }
            for entry in entries where entry.action == .update {
                for write in entry.fields {
                    let names = write.field.split(separator: "|")
                    written.insert("\(entry.side) \(entry.side == .erp ? names[0] : names[1]) \(write.value)")
                }
            }
            #expect(written == shown)
        }
    }

    @Test(
        "S0110 Synchronizing is proposed for what is uncoupled, in the mapping's direction, and not for a coupled record"
    )
    func recommended() async throws {
        // S0111: creating, too, goes in that direction.
        let world = try await world()
        #expect(try await offer(world).recommended == .erp)
        try await couple(world, "C-001", 1, .erp)
        let offer = try await offer(world)
        #expect(offer.recommended == nil)
        #expect(offer.counterparts.first?.isPresent == true)
        #expect(offer.counterparts.first.flatMap(number) == 1)
        let other = try await self.world { mapping in
            mapping.direction = .fromIntegrationTable
            for index in mapping.fields.indices { mapping.fields[index].direction = .fromIntegrationTable }
        }
        #expect(try await self.offer(other).recommended == .crm)
    }

    @Test("S0140 Coupling alone writes nothing, and with a side's values it does")
    func withoutSynchronizing() async throws {
        let world = try await world()
        let content = world.content
        try await couple(world, "C-001", 1)
        #expect(world.content == content)
        try await couple(world, "C-002", 2, .erp)
        try await couple(world, "C-003", 3, .crm)
        #expect(world.row(.crm, "accounts", where: "accountid", is: Self.accounts[1])?.text("name") == "Customer 2")
        #expect(try world.customer("C-003").text("displayName") == "Bakery")
    }

    @Test("S0131 A name that was begun finds the exact one first, then those that begin with it, by name")
    func search() async throws {
        let names = ["CCCC", "Other", "CC", "Mac C", "C"]
        let accounts = names.indices.map { Small.account($0 + 1, ["name": .string(names[$0])]) }
        let world = try await World(seed: Small.seed(accounts: accounts))
        let offer = try await world.perform(OfferCoupling(mapping: "CUSTOMER", key: "C-001", containing: "c"))
        #expect(offer.counterparts.map(\.name) == ["C", "CC", "CCCC", "Mac C"])
        #expect(offer.counterparts.allSatisfy { $0.score == nil })
    }

    @Test("S0152 Another account shows its own values beside the customer's")
    func another() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        let offer = try await offer(world, with: 2)
        let counterpart = try #require(offer.counterparts.first)
        #expect(counterpart.name == "Brewery")
        #expect(counterpart.fields.first { $0.field == "displayName|name" }?.values.crm == .text("Brewery"))
        #expect(counterpart.notices.map(\.code) == ["couple.moves"])
        // S0138: the choice names the account.
        #expect(counterpart.key.lowercased() == "crm:" + Self.accounts[1])
    }

    @Test("S0137 A coupled record's own counterpart comes first, and an uncoupled one has none")
    func present() async throws {
        let world = try await world()
        #expect(try await offer(world).counterparts.allSatisfy { !$0.isPresent })
        try await couple(world, "C-001", 2, .erp)
        let offer = try await offer(world)
        #expect(offer.counterparts.first?.isPresent == true)
        #expect(offer.counterparts.first.flatMap(number) == 2)
        #expect(offer.counterparts.first?.obstacle == nil)
        // The others can still be chosen: choosing one moves the record.
        #expect(offer.counterparts.dropFirst().contains { number($0) == 1 && $0.obstacle == nil })
    }

    @Test func `what cannot be chosen says why`() async throws {
        let world = try await world()
        try await couple(world, "C-002", 2)
        let taken = try #require(try await offer(world, with: 2).counterparts.first)
        #expect(taken.obstacle?.message.code == "couple.alreadyCoupled")
        #expect(world.delete(.crm, "accounts", id: Self.accounts[2]))
        let gone = try #require(try await offer(world, with: 3).counterparts.first)
        #expect(gone.obstacle?.message.code == "couple.deleted")
        #expect(gone.ways.isEmpty)
        world.edit(
            .crm,
            "accounts",
            ["accountid": .string(Self.accounts[0]), "customertypecode": .number("11")]
        )
        let outside = try #require(try await offer(world, with: 1).counterparts.first)
        #expect(outside.obstacle?.message.code == "couple.outOfScope")
    }

    @Test func `the record itself says why it cannot be coupled`() async throws {
        let world = try await world()
        try world.editCustomer("C-001", "blocked", .string("All"))
        let offer = try await offer(world)
        #expect(offer.obstacle?.message.code == "couple.outOfScope")
        #expect(offer.creation.obstacle?.message.code == "couple.outOfScope")
        #expect(offer.record.state == .outOfScope)
    }

    @Test("S0150 Creating is shown with all that would be written, and not offered to a coupled record")
    func creation() async throws {
        let world = try await world()
        let creation = try await offer(world, "C-002").creation
        #expect(creation.obstacle == nil)
        let step = try #require(creation.steps.first)
        #expect(step.action == .create)
        #expect(step.side == .crm)
        #expect(step.changes.contains { $0.field == "name" && $0.after == .text("Customer 2") })
        #expect(step.changes.contains { $0.field == "customertypecode" && $0.after == .number("3") })
        try await couple(world, "C-002", 2)
        #expect(try await offer(world, "C-002").creation.obstacle?.message.code == "couple.alreadyCoupled")
        let oneWay = try await self.world { mapping in mapping.crm.admitsCreates = false }
        #expect(try await self.offer(oneWay).creation.obstacle?.message.code == "couple.createNotAllowed")
    }

    @Test func `a way against the mapping's direction says so`() async throws {
        let world = try await world { mapping in
            mapping.direction = .toIntegrationTable
            for index in mapping.fields.indices { mapping.fields[index].direction = .toIntegrationTable }
        }
        let ways = try #require(try await offer(world, with: 1).counterparts.first).ways
        #expect(ways.map { $0.obstacle?.message.code } == [nil, nil, "sync.directionNotAllowed"])
    }

    @Test func `begins at the CRM's record as well`() async throws {
        let world = try await world()
        let offer = try await offer(world, "crm:" + Self.accounts[0])
        let best = try #require(offer.counterparts.first)
        #expect(best.key == "C-001")
        #expect(best.score != nil)
        #expect(offer.record.side == .crm)
        #expect(offer.creation.steps.first?.side == .erp)
    }

    @Test func `a match rule that names one free record is all there is to say`() async throws {
        let world = try await world()
        world.edit(
            .crm,
            "accounts",
            ["accountid": .string(Self.accounts[2]), "accountnumber": .string("C-001")]
        )
        let offer = try await offer(world)
        #expect(offer.counterparts.compactMap(number) == [3])
        #expect(offer.counterparts.first?.score == 1)
        #expect(offer.counterparts.first?.reasons.first?.code == "match.equal")
    }

    @Test func `refuses a counterpart of the same side, and unknown keys`() async throws {
        let world = try await world()
        let same = OfferCoupling(mapping: "CUSTOMER", key: "C-001", with: "C-002")
        #expect(try await code { try await world.perform(same) } == "couple.sameSide")
        let unknown = OfferCoupling(mapping: "CUSTOMER", key: "C-999")
        #expect(try await code { try await world.perform(unknown) } == "key.unknown")
    }
}
