import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Coupling records by hand")
struct CoupleTests {
    static let account = "00000000-0000-4000-8000-00000000d001"

    /// A world with one account that C-001 could be coupled with: another name, no phone, another city.
    private func world() async throws -> World {
        let account = Small.account(
            1,
            [
                "name": .string("First Customer"), "address1_city": .string("Ystad"),
                "emailaddress1": .string("crm@small.example"), "address1_line1": .string("Street 1"),
            ]
        )
        let world = try await World(seed: Small.seed(accounts: [account]))
        try await world.coupleSalespeople()
        return world
    }

    private func couple(_ world: World, _ choice: Side?) async throws {
        try await world.perform(
            CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: Self.account, choice: choice)
        )
    }

    @Test func `a question that is open already gives way to the one about their values`() async throws {
        let world = try await world()
        try await couple(world, nil)
        let question = QuestionRecord(
            mapping: "CUSTOMER",
            kind: .severalCandidates,
            side: .erp,
            record: try #require(RecordID(try world.customer("C-001").text("id"))),
            label: "C-001",
            askedAt: world.clock.now
        )
        _ = try await world.store.write { try $0.save(question) }
        try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"]))
        #expect(try await world.perform(ListQuestions()).questions.map(\.kind) == [.firstComparison])
        #expect(try await world.states()["C-001"] == .question)
    }

    @Test func `without a side they stay uncompared until somebody asks`() async throws {
        let world = try await world()
        let before = world.content
        try await couple(world, nil)
        try await world.synchronize()
        #expect(world.content == before)
        #expect(try await world.explain("C-001").state == .uncompared)
        try world.editCustomer("C-001", "email", .string("erp@small.example"))
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"]))
        #expect(try await world.explain("C-001").state == .question)
    }

    @Test(arguments: Side.allCases)
    func `the side that was chosen stands and blanks are filled`(side: Side) async throws {
        let world = try await world()
        try await couple(world, side)
        let account = try #require(world.row(.crm, "accounts", where: "accountid", is: Self.account))
        let customer = try world.customer("C-001")
        let isERP = side == .erp
        #expect(customer.text("displayName") == (isERP ? "Customer 1" : "First Customer"))
        #expect(account.text("name") == customer.text("displayName"))
        #expect(customer.text("city") == (isERP ? "Lund" : "Ystad"))
        #expect(account.text("address1_city") == customer.text("city"))
        try await world.synchronize()
        #expect(try world.customer("C-001").text("email") == "crm@small.example")
        #expect(try world.account("C-001").text("accountid") == Self.account)
        #expect(try await world.explain("C-001").state == .inSync)
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test(arguments: Side.allCases)
    func `a first comparison asks once per record and obeys the answer`(side: Side) async throws {
        let world = try await world()
        try await couple(world, nil)
        let asked = try await world.perform(Synchronize(mapping: "CUSTOMER", keys: ["C-001"]))
        #expect(asked.counts.questions == 1)
        let question = try #require(try await world.perform(ListQuestions()).questions.first)
        #expect(question.kind == .firstComparison)
        #expect(Set(question.fields.map(\.field)) == ["displayName|name", "city|address1_city"])
        #expect(try world.customer("C-001").text("email") == "crm@small.example")
        #expect(try world.customer("C-001").text("displayName") == "Customer 1")
        let answered = try await world.perform(AnswerQuestion(id: question.id, answer: .take(side)))
        #expect(answered.status == .done)
        let name = side == .erp ? "Customer 1" : "First Customer"
        #expect(try world.customer("C-001").text("displayName") == name)
        #expect(world.row(.crm, "accounts", where: "accountid", is: Self.account)?.text("name") == name)
        #expect(try await world.perform(ListQuestions()).questions.isEmpty)
        #expect(try await world.explain("C-001").state == .inSync)
        #expect(
            try await code {
                try await world.perform(AnswerQuestion(id: question.id, answer: .take(side)))
            } == "question.closed"
        )
    }

    @Test func `a counterpart that is created is equal and coupled`() async throws {
        let world = try await world()
        let result = try await world.perform(
            CoupleRecords(mapping: "CUSTOMER", key: "C-002", with: nil, choice: nil)
        )
        #expect(result.counts.inserted == 1)
        let account = try world.account("C-002")
        #expect(account.text("name") == "Customer 2")
        #expect(account["customertypecode"]?.integer == 3)
        #expect(account.text("_ownerid_value") == Small.users[0])
        #expect(try await world.explain("C-002").state == .inSync)
        #expect(world.rows(.crm, "accounts").count == 2)
    }

    @Test func `a customer can be created of an account, and gets its number from the ERP`() async throws {
        let world = try await world()
        let key = "crm:\(Self.account)"
        let result = try await world.perform(
            CoupleRecords(mapping: "CUSTOMER", key: key, with: nil, choice: nil)
        )
        #expect(result.status == .done)
        let made = try #require(world.row(.erp, "customers", where: "displayName", is: "First Customer"))
        #expect(!made.text("number").isEmpty)
        try await world.synchronize()
        let account = try #require(world.row(.crm, "accounts", where: "accountid", is: Self.account))
        #expect(account.text("accountnumber") == made.text("number"))
        #expect(try await world.explain(key).state == .inSync)
    }

    @Test func `what cannot be coupled is refused by name`() async throws {
        let world = try await world()
        try await couple(world, nil)
        func refusal(_ key: String, with: String?) async throws -> String? {
            try await code {
                try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: key, with: with, choice: nil))
            }
        }
        #expect(try await refusal("C-001", with: nil) == "couple.alreadyCoupled")
        #expect(try await refusal("C-002", with: Self.account) == "couple.alreadyCoupled")
        #expect(try await refusal("C-404", with: nil) == "key.unknown")
        #expect(try await refusal("C-002", with: "00000000-0000-4000-8000-00000000dddd") == "key.unknown")
        #expect(try await refusal("C-002", with: "C-003") == "couple.sameSide")
        try world.editCustomer("C-002", "blocked", .string("All"))
        #expect(try await refusal("C-002", with: nil) == "couple.outOfScope")
        #expect(world.delete(.erp, "customers", id: Small.customers[2]))
        try await world.perform(Synchronize(isFull: true))
        let gone = try await refusal(Small.customers[2], with: nil)
        #expect(["couple.deleted", "couple.outOfScope", "key.unknown"].contains(gone))
        #expect(world.rows(.crm, "accounts").count == 1)
    }

    @Test func `new salespeople are numbered after the greatest code of ours`() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        let people = world.rows(.erp, "salespeoplePurchasers")
        #expect(people.map { $0.text("code") }.sorted() == ["SP-00007", "SP-00008"])
        #expect(people.first { $0.text("code") == "SP-00008" }?.text("displayName") == "Bo Two")
        world.edit(
            .crm,
            "systemusers",
            [
                "systemuserid": .string("00000000-0000-4000-8000-0000000000a3"), "fullname": .string("Cy Three"),
                "firstname": .string("Cy"), "lastname": .string("Three"), "isdisabled": .boolean(false),
                "internalemailaddress": .string("cy@small.example"), "islicensed": .boolean(true),
                "isintegrationuser": .boolean(false),
            ]
        )
        try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, creates: true)
        )
        #expect(
            world.row(.erp, "salespeoplePurchasers", where: "code", is: "SP-00009")?.text("email") == "cy@small.example"
        )
    }
}
