import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Synchronize now: choosing a direction")
struct SynchronizeNowTests {
    private static func offer(
        _ world: World,
        _ keys: [String],
        _ mapping: String = "CUSTOMER"
    ) async throws
        -> SynchronizationOffer
    {
        try await world.perform(OfferSynchronization(mapping: mapping, keys: keys))
    }

    @Test func `each choice says field by field what it would do, and nothing is written`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "telephone1", .string("+46 9"))
        let content = world.content
        let offer = try await Self.offer(world, ["C-001"])
        #expect(offer.question?.code == "offer.bothChanged")
        #expect(offer.recommended == .bidirectional)
        let written = Dictionary(
            uniqueKeysWithValues: offer.choices.map { choice in
                (choice.direction, Set(choice.steps.map { "\($0.side.rawValue) \($0.changes.map(\.field))" }))
            }
        )
        #expect(written[.toIntegrationTable] == ["crm [\"address1_city\"]"])
        #expect(written[.fromIntegrationTable] == ["erp [\"phoneNumber\"]"])
        #expect(written[.bidirectional] == ["crm [\"address1_city\"]", "erp [\"phoneNumber\"]"])
        #expect(world.content == content)
    }

    @Test func `what is chosen is what happens`() async throws {
        for direction in [Direction.toIntegrationTable, .fromIntegrationTable] {
            let world = try await Small.coupled()
            try world.editCustomer("C-001", "city", .string("Malmö"))
            try world.editAccount("C-001", "address1_city", .string("Ystad"))
            let offer = try await Self.offer(world, ["C-001"])
            #expect(offer.choices.map(\.direction) == [.toIntegrationTable, .fromIntegrationTable])
            let choice = try #require(offer.choices.first { $0.direction == direction })
            let expected = try #require(choice.steps.first?.changes.first?.after)
            try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"], direction: choice.direction))
            #expect(try world.customer("C-001").text("city") == expected.text)
            #expect(try world.account("C-001").text("address1_city") == expected.text)
        }
    }

    @Test func `several records are synchronized but for those that would write over the other side, which are listed`()
        async throws
    {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editCustomer("C-002", "city", .string("Malmö"))
        try world.editAccount("C-002", "address1_city", .string("Ystad"))
        let offer = try await Self.offer(world, ["C-001", "C-002", "C-003"])
        let choice = try #require(offer.choices.first { $0.direction == .toIntegrationTable })
        #expect(choice.leftOut.map(\.key) == ["C-002"])
        #expect(choice.leftOut.map(\.reason.code) == ["offer.otherSideNewer"])
        let run = try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["C-001", "C-002", "C-003"], direction: .toIntegrationTable)
        )
        #expect(run.leftOut?.map(\.key) == ["C-002"])
        #expect(run.leftOut?.first?.obstacle?.code == "offer.otherSideNewer")
        #expect(run.status == .doneWithOpenItems)
        #expect(run.counts.modified == 1)
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
        #expect(try world.account("C-002").text("address1_city") == "Ystad")
    }

    @Test func `who takes no part is said with the reason`() async throws {
        let world = try await Small.coupled()
        let account = try world.account("C-001").text("accountid")
        #expect(world.delete(.crm, "accounts", id: account))
        try world.editCustomer("C-002", "blocked", .string("All"))
        world.edit(.crm, "accounts", Small.account(7, ["name": .string("Alone")]))
        let offer = try await Self.offer(
            world,
            ["C-001", "C-002", "C-003", "crm:00000000-0000-4000-8000-00000000d007"]
        )
        let reasons = Dictionary(uniqueKeysWithValues: offer.leftOut.map { ($0.key, $0.reason.code) })
        #expect(
            reasons == [
                "C-001": "skip.crmDeleted", "C-002": "skip.outOfScope",
                "crm:00000000-0000-4000-8000-00000000d007": "offer.uncoupled",
            ]
        )
        let none = try await code { _ = try await Self.offer(world, []) }
        #expect(none == "offer.noKeys")
    }

    @Test func `a one-way mapping asks before it writes over the target, and then does`() async throws {
        let world = try await Small.coupled()
        let person = try #require(world.row(.erp, "salespeoplePurchasers", where: "code", is: "SP-00007"))
        world.edit(
            .erp,
            "salespeoplePurchasers",
            ["id": .string(person.text("id")), "displayName": .string("Anna One")]
        )
        let offer = try await Self.offer(world, ["SP-00007"], "SALESPEOPLE")
        #expect(offer.question?.code == "offer.targetNewer")
        #expect(offer.recommended == nil)
        let choice = try #require(offer.choices.first)
        #expect(choice.direction == .fromIntegrationTable)
        #expect(choice.putsBack)
        #expect(choice.steps.flatMap(\.changes).contains { $0.after == .text("Ann One") })
        func name() throws -> String {
            try #require(world.row(.erp, "salespeoplePurchasers", where: "code", is: "SP-00007")).text("displayName")
        }
        try await world.perform(Synchronize(mapping: "SALESPEOPLE", keys: ["SP-00007"], direction: choice.direction))
        #expect(try name() == "Anna One")
        try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", keys: ["SP-00007"], direction: choice.direction, putsBack: true)
        )
        #expect(try name() == "Ann One")
    }
}
