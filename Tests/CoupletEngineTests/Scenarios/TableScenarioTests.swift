import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Scenarios: synchronizing tables")
struct TableScenarioTests {
    private static let account = "00000000-0000-4000-8000-00000000d001"

    /// A world in which users are coupled, one account has no customer, and the mapping creates or does not.
    private static func world(onlyCoupled: Bool, direction: Direction = .bidirectional) async throws -> World {
        let account = Small.account(1, ["name": .string("New account"), "accountnumber": .string("N-1")])
        let world = try await World(seed: Small.seed(accounts: [account]))
        try await world.coupleSalespeople()
        try await change(world) { mapping in
            mapping.onlyCoupled = onlyCoupled
            mapping.direction = direction
            for index in mapping.fields.indices where mapping.direction(of: mapping.fields[index]) == nil {
                mapping.fields[index].enabled = false
            }
        }
        return world
    }

    private static func change(_ world: World, _ change: (inout TableMapping) -> Void) async throws {
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first).mapping
        change(&mapping)
        #expect(try await world.perform(ApplyMappings(mappings: [mapping])).problems.isEmpty)
    }

    @Test("S0003 A record is created, and changed when its source changes")
    func createAndChange() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        let made = try await world.perform(Synchronize(mapping: "CUSTOMER", creates: true))
        #expect(made.counts.inserted == 3)
        #expect(made.counts.modified == 0)
        try world.editCustomer("C-001", "displayName", .string("Modified"))
        let changed = try await world.perform(Synchronize(mapping: "CUSTOMER", creates: true))
        #expect(changed.counts.inserted == 0)
        #expect(changed.counts.modified == 1)
        #expect(try world.account("C-001").text("name") == "Modified")
    }

    @Test(
        "A change of the CRM goes to its coupled record and to no other",
        arguments: ["S0005", "S0031", "S0338", "S0658"]
    )
    func changeFromCRM(scenario: String) async throws {
        let world = try await Small.coupled()
        world.clock.advance(bySeconds: 86_400)
        try world.editAccount("C-001", "name", .string("Modified"))
        let run = try await world.synchronize()
        #expect(run.counts.modified == 1, "\(scenario)")
        #expect(run.counts.inserted == 0)
        #expect(try world.customer("C-001").text("displayName") == "Modified")
        #expect(try world.customer("C-002").text("displayName") == "Customer 2")
    }

    @Test("Unchanged records are neither read again nor written", arguments: ["S0006", "S0286", "S0276"])
    func unchanged(scenario: String) async throws {
        let world = try await Small.coupled()
        try await world.synchronize()
        let content = world.content
        let quiet = try await world.cost { try await world.synchronize() }
        #expect(quiet.writes == 0, "\(scenario)")
        #expect(quiet.requests.erp <= 2 && quiet.requests.crm <= 2)
        // Naming one asks for nothing either.
        let named = try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["C-001"], direction: .toIntegrationTable)
        )
        #expect(named.counts.modified == 0)
        #expect(named.counts.unchanged == 1)
        #expect(world.content == content)
    }

    @Test("S0552 A change of the target only says nothing in the other direction")
    func targetOnly() async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string("Modified"))
        let run = try await world.synchronize("CUSTOMER", .toIntegrationTable)
        #expect(run.counts.modified + run.counts.failed + run.counts.conflicts == 0)
        #expect(try world.account("C-001").text("name") == "Modified")
        #expect(try await world.explain("C-001").state == .crmChanged)
    }

    @Test(
        "A new account becomes a customer once, in however many runs",
        arguments: ["S0029", "S0036", "S0067"]
    )
    func created(scenario: String) async throws {
        let world = try await Self.world(onlyCoupled: false, direction: .fromIntegrationTable)
        let first = try await world.synchronize("CUSTOMER")
        #expect(first.counts.inserted == 1, "\(scenario)")
        #expect(world.rows(.erp, "customers").count == 4)
        for _ in 1...2 {
            let run = try await world.synchronize("CUSTOMER")
            #expect(run.counts.inserted + run.counts.modified + run.counts.failed == 0)
        }
        #expect(world.rows(.erp, "customers").count == 4)
        #expect(world.rows(.crm, "accounts").count == 1)
    }

    @Test("S0330 With coupled records only, changes go through and nothing is created")
    func onlyCoupled() async throws {
        let world = try await Small.coupled()
        world.edit(.crm, "accounts", Small.account(7, ["name": .string("Alone")]))
        try world.editAccount("C-001", "name", .string("Renamed"))
        let run = try await world.synchronize()
        #expect(run.counts.modified == 1)
        #expect(run.counts.inserted == 0)
        #expect(world.rows(.erp, "customers").count == 3)
    }

    @Test("S0335 A two-way mapping creates on both sides, without an echo")
    func bothWays() async throws {
        let world = try await Self.world(onlyCoupled: false)
        let run = try await world.synchronize("CUSTOMER")
        #expect(run.counts.inserted == 4)
        #expect(world.rows(.erp, "customers").count == 4)
        #expect(world.rows(.crm, "accounts").count == 4)
        try await world.synchronize("CUSTOMER")
        #expect(try await world.cost { try await world.synchronize("CUSTOMER") }.writes == 0)
    }

    @Test("S0329 Records that Couplet's own user changed last are synchronized like others")
    func ownUser() async throws {
        let world = try await Small.coupled()
        // Our own write made us the account's last editor.
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try await world.synchronize()
        try world.editAccount("C-001", "name", .string("Renamed"))
        #expect(try await world.synchronize().counts.modified == 1)
        #expect(try world.customer("C-001").text("displayName") == "Renamed")
    }

    @Test("S0327 A filter limits what is created; older records take part when it is widened")
    func filter() async throws {
        let world = try await Self.world(onlyCoupled: false, direction: .toIntegrationTable)
        var before = RecordFilter.everything
        try await Self.change(world) { mapping in
            before = mapping.erp.filter
            let narrow = RecordFilter.compare(field: "displayName", .notEqual, .text("Customer 3"))
            mapping.erp.filter = .all([before, narrow])
        }
        #expect(try await world.synchronize("CUSTOMER").counts.inserted == 2)
        #expect(try await world.explain("C-003").state == .outOfScope)
        let wide = before
        try await Self.change(world) { $0.erp.filter = wide }
        #expect(try await world.synchronize("CUSTOMER").counts.inserted == 1)
        #expect(try await world.explain("C-003").state == .inSync)
    }

    @Test("S0350 One side's filter is not applied to the other", arguments: ["S0350", "S0087"])
    func otherSide(scenario: String) async throws {
        let world = try await Self.world(onlyCoupled: false, direction: .fromIntegrationTable)
        try await Self.change(world) { mapping in
            mapping.erp.filter = .compare(field: "displayName", .equal, .text("New account"))
            mapping.crm.filter = .everything
        }
        #expect(try await world.synchronize("CUSTOMER").counts.inserted == 1, "\(scenario)")
    }

    @Test(
        "One direction's run leaves for the other what that one has to do",
        arguments: ["S0332", "S0334"]
    )
    func marks(scenario: String) async throws {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "name", .string("Renamed"))
        try await world.synchronize("CUSTOMER", .toIntegrationTable)
        try await world.synchronize("CUSTOMER", .toIntegrationTable)
        #expect(try world.customer("C-001").text("displayName") == "Customer 1", "\(scenario)")
        #expect(try await world.synchronize("CUSTOMER", .fromIntegrationTable).counts.modified == 1)
        #expect(try world.customer("C-001").text("displayName") == "Renamed")
    }

    @Test(
        "Changes of either side go through without an echo, whatever the clocks say",
        arguments: [
            ("S0292", 0.0), ("S0293", 300), ("S0301", 300), ("S0303", 300), ("S0304", -300), ("S0307", 300),
            ("S0284", 0),
        ]
    )
    func clocks(scenario: String, secondsBehind: Double) async throws {
        let world = try await Small.coupled()
        let id = try world.account("C-001").text("accountid")
        for turn in 1...2 {
            world.edit(
                .crm,
                "accounts",
                ["accountid": .string(id), "name": .string("Account \(turn)")],
                secondsAgo: secondsBehind
            )
            #expect(try await world.synchronize().counts.modified == 1, "\(scenario)")
            #expect(try world.customer("C-001").text("displayName") == "Account \(turn)")
            try world.editCustomer("C-001", "displayName", .string("Customer \(turn)"))
            #expect(try await world.synchronize().counts.modified == 1)
            #expect(try world.account("C-001").text("name") == "Customer \(turn)")
            try world.editCustomer("C-001", "addressLine2", .string("c/o \(turn)"))
            try world.editAccount("C-001", "address1_line2", .string("c/o \(turn)"))
            #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        }
    }

    @Test("S0331 A filter that nobody can read aborts before anything is done")
    func badFilter() async throws {
        #expect(throws: (any Error).self) {
            try RecordFilter(parsing: "(blocked = ''", in: FilterContext(side: .erp))
        }
        let world = try await Small.coupled()
        var mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first).mapping
        let before = mapping
        mapping.crm.filter = .compare(field: "nosuchcolumn", .equal, .text("1"))
        let refused = try await world.perform(ApplyMappings(mappings: [mapping]))
        #expect(!refused.isApplied)
        #expect(!refused.problems.isEmpty)
        #expect(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping == before)
    }

    @Test("S0424 A record that is coupled is not created a second time")
    func coupledAlready() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        let create = Synchronize(mapping: "CUSTOMER", keys: ["C-001"], direction: .toIntegrationTable, creates: true)
        #expect(try await world.perform(create).counts.inserted == 1)
        let again = try await world.perform(create)
        #expect(again.counts.inserted == 0)
        #expect(world.rows(.crm, "accounts").count == 1)
    }

    @Test("S0425 Several records that are named are created in one job", arguments: ["S0425", "S0427"])
    func createMany(scenario: String) async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        let run = try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: Small.numbers, direction: .toIntegrationTable, creates: true)
        )
        #expect(run.jobs?.count == 1, "\(scenario)")
        #expect(run.counts.inserted == 3)
        let unknown = try await code {
            try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001", "NOBODY"]))
        }
        #expect(unknown == "key.unknown")
    }

    @Test(
        "Several named records are updated in one job",
        arguments: [
            ("S0429", Direction.toIntegrationTable), ("S0430", .fromIntegrationTable), ("S0432", .fromIntegrationTable),
        ]
    )
    func updateMany(scenario: String, direction: Direction) async throws {
        let world = try await Small.coupled()
        for number in Small.numbers {
            if direction == .toIntegrationTable {
                try world.editCustomer(number, "city", .string("Malmö"))
            } else {
                try world.editAccount(number, "address1_city", .string("Malmö"))
            }
        }
        let run = try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: Small.numbers, direction: direction)
        )
        #expect(run.jobs?.count == 1, "\(scenario)")
        #expect(run.counts.modified == 3)
        #expect(world.rows(.erp, "customers").allSatisfy { $0.text("city") == "Malmö" })
        #expect(world.rows(.crm, "accounts").allSatisfy { $0.text("address1_city") == "Malmö" })
    }

    @Test("S0273 Of several records, what takes part goes through and the others are said with their reason")
    func mixed() async throws {
        let world = try await Small.coupled()
        world.edit(.crm, "accounts", Small.account(7, ["name": .string("Alone")]))
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editCustomer("C-002", "city", .string("ERP"))
        try world.editAccount("C-002", "address1_city", .string("CRM"))
        world.edit(
            .erp,
            "salespeoplePurchasers",
            ["id": .string("00000000-0000-4000-8000-00000000b011"), "code": .string("PS"), "displayName": .string("P")]
        )
        try world.editCustomer("C-003", "salespersonCode", .string("PS"))
        let keys = ["C-001", "C-002", "C-003", "crm:00000000-0000-4000-8000-00000000d007"]
        let offer = try await world.perform(OfferSynchronization(mapping: "CUSTOMER", keys: keys))
        let choice = try #require(offer.choices.first { $0.direction == .toIntegrationTable })
        let left = Set((choice.leftOut + offer.leftOut).map(\.key))
        #expect(left == ["C-002", "crm:00000000-0000-4000-8000-00000000d007"])
        let run = try await world.perform(
            Synchronize(
                mapping: "CUSTOMER",
                keys: keys.filter { !left.contains($0) },
                direction: .toIntegrationTable
            )
        )
        #expect(run.counts.modified == 1)
        #expect(run.counts.waiting == 1)
    }

    @Test("S0280 Two records synchronized one after the other do not touch each other")
    func independent() async throws {
        let world = try await Small.coupled()
        for number in ["C-001", "C-002"] { try world.editCustomer(number, "city", .string("Malmö")) }
        let runs = [
            try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"])),
            try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-002"])),
        ]
        #expect(runs.map(\.counts.modified) == [1, 1])
        #expect(runs[0].run != runs[1].run)
        #expect(try await world.perform(ListMappings()).mappings.count == 2)
    }

    @Test(
        "Synchronizing a record now sends what changed",
        arguments: [("S0277", "CUSTOMER"), ("S0259", "CONTACT"), ("S0272", "ITEM-PRODUCT")]
    )
    func now(scenario: String, name: String) async throws {
        let whole = try await WholeWorld()
        let mapping = try await whole.mapping(name)
        let record = try #require(try await whole.coupled(name).first)
        try whole.edit(record, mapping, .erp, "Changed")
        let offer = try await whole.world.perform(OfferSynchronization(mapping: name, keys: [record.typedKey]))
        #expect(offer.recommended?.writes(to: .crm) == true, "\(scenario)")
        let run = try await whole.world.perform(
            Synchronize(mapping: name, keys: [record.typedKey], direction: .toIntegrationTable)
        )
        #expect(run.counts.modified == 1)
        #expect(try whole.text(record, mapping, .crm, from: .erp) == "Changed")
    }

    @Test(
        "A one-way mapping asks no direction, only whether",
        arguments: ["S0281", "S0283"]
    )
    func oneWay(scenario: String) async throws {
        let world = try await Small.coupled()
        world.edit(.crm, "systemusers", ["systemuserid": .string(Small.users[0]), "mobilephone": .string("+46 77")])
        let offer = try await world.perform(OfferSynchronization(mapping: "SALESPEOPLE", keys: ["SP-00007"]))
        #expect(offer.question?.code == "offer.oneWay", "\(scenario)")
        #expect(offer.choices.map(\.direction) == [.fromIntegrationTable])
        #expect(offer.recommended == .fromIntegrationTable)
        func phone() -> String? {
            world.row(.erp, "salespeoplePurchasers", where: "code", is: "SP-00007")?.text("phoneNo")
        }
        #expect(phone() != "+46 77")
        try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", keys: ["SP-00007"], direction: .fromIntegrationTable)
        )
        #expect(phone() == "+46 77")
    }
}
