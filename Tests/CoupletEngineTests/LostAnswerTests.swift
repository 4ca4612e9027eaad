import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Writes whose answer is lost")
struct LostAnswerTests {
    /// The next batch of a side breaks off: `isDone` says whether it was carried out.
    private func lose(_ side: Side, isDone: Bool, _ world: World) {
        var rule = FaultRule(isDone ? .dropAfter : .dropBefore)
        (rule.method, rule.pathContains) = ("POST", "$batch")
        world.addFault(rule, to: side)
    }

    @Test(arguments: [true, false], Side.allCases)
    func `a change is done once`(isDone: Bool, side: Side) async throws {
        let world = try await Small.coupled()
        lose(side, isDone: isDone, world)
        if side == .crm {
            try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        } else {
            try world.editAccount("C-001", "telephone1", .string("+46 1"))
        }
        let result = try await world.synchronize()
        #expect(result.status == .done)
        #expect(result.counts.modified == 1)
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 1")
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test(arguments: [true, false])
    func `a value that may have been written over is kept, though its field was changed again`(
        isDone: Bool
    ) async throws {
        let world = try await Small.coupled()
        let before = try world.account("C-001").text("telephone1")
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        lose(.crm, isDone: isDone, world)
        let (write, read) = (Once(), Once())
        world.onMoments { moment in
            guard case .beforeRequest(.crm, let request) = moment else { return .none }
            if request.method == "POST", write.isFirst() { return .none }
            if write.isUsed, read.isFirst() {
                #expect(throws: Never.self) { try world.editAccount("C-001", "telephone1", .string("+46 9")) }
            }
            return .none
        }
        try await world.synchronize()
        world.onMoments(nil)
        #expect(try world.account("C-001").text("telephone1") == "+46 9")
        let id = try #require(RecordID(try world.account("C-001").text("accountid")))
        let entries = try await world.store.read { try $0.history(side: .crm, record: id, limit: 10) }
        let doubtful = entries.filter { !$0.isConfirmed }
        #expect(doubtful.flatMap(\.fields).map(\.before.text) == [before])
        #expect(doubtful.flatMap(\.fields).map(\.value.text) == ["+46 1"])
    }

    @Test func `a created record that left its filter before its create was known is not written from`() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        world.onMoments { moment in
            guard case .afterHandling(.crm, let request, _) = moment, request.method == "POST",
                request.url.hasSuffix("$batch")
            else { return .none }
            return .crash
        }
        await #expect(throws: (any Error).self) {
            try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
        }
        world.onMoments(nil)
        try world.restart()
        let phone = try world.customer("C-001").text("phoneNumber")
        try world.editAccount("C-001", "telephone1", .string("+46 9"))
        try world.editAccount("C-001", "statecode", .number("1"))
        for _ in 0..<2 { try await world.synchronize() }
        #expect(try world.customer("C-001").text("phoneNumber") == phone)
        #expect(try await world.states()["C-001"] == .outOfScope)
        try world.editAccount("C-001", "statecode", .number("0"))
        try await world.synchronize()
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 9")
    }

    @Test func `a changed record that left its filter before its change was known is not written`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        let first = Once()
        world.onMoments { moment in
            guard case .afterHandling(.crm, let request, _) = moment, request.method == "POST",
                request.url.hasSuffix("$batch")
            else { return .none }
            return first.isFirst() ? .crash : .none
        }
        await #expect(throws: (any Error).self) { try await world.synchronize() }
        world.onMoments(nil)
        try world.restart()
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        try world.editAccount("C-001", "statecode", .number("1"))
        let city = try world.account("C-001").text("address1_city")
        try world.editCustomer("C-001", "city", .string("Malmö"))
        for _ in 0..<2 { try await world.synchronize() }
        #expect(try world.account("C-001").text("address1_city") == city)
        #expect(try await world.states()["C-001"] == .outOfScope)
        try world.editAccount("C-001", "statecode", .number("0"))
        try await world.synchronize()
        #expect(try world.account("C-001").text("address1_city") == "Malmö")
    }

    @Test(arguments: [true, false])
    func `a record created under our id exists once`(isDone: Bool) async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        lose(.crm, isDone: isDone, world)
        let result = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(result.status == .done)
        #expect(result.counts.inserted == 3)
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.states().values.allSatisfy { $0 == .inSync })
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test(arguments: [true, false])
    func `a record with a code of ours is found by it, or made again`(isDone: Bool) async throws {
        let world = try await World(seed: Small.seed(people: []))
        lose(.erp, isDone: isDone, world)
        let result = try await world.perform(
            Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, creates: true)
        )
        #expect(result.status == .done)
        let codes = world.rows(.erp, "salespeoplePurchasers").map { $0.text("code") }.sorted()
        #expect(codes == ["SP-00001", "SP-00002"])
        #expect(try await world.states("SALESPEOPLE").values.allSatisfy { $0 == .inSync })
    }

    /// A world with one account that no customer is made of yet, and everything else coupled.
    private func oneNewAccount() async throws -> World {
        let world = try await Small.coupled()
        world.edit(
            .crm,
            "accounts",
            Small.account(9, ["name": .string("Newcomer"), "address1_city": .string("Kalmar")])
        )
        return world
    }

    @Test(arguments: [true, false])
    func `a record that the ERP numbers is found by what was sent, or made again after the limit`(
        isDone: Bool
    ) async throws {
        let world = try await oneNewAccount()
        lose(.erp, isDone: isDone, world)
        let before = world.clock.now
        let result = try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: ["crm:00000000-0000-4000-8000-00000000d009"], creates: true)
        )
        #expect(before.seconds(until: world.clock.now) >= 2)
        #expect(result.status == .done)
        let made = world.rows(.erp, "customers").filter { $0.text("displayName") == "Newcomer" }
        #expect(made.count == 1)
        let view = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .crm, isCoupled: true))
        let account = try #require(view.records.first { $0.name == "Newcomer" })
        #expect(account.coupledTo?.description == made.first?.text("id"))
    }

    @Test(arguments: [0, 1])
    func `a record that has what another create sent, and more, is not taken for that one's`(refused: Int) async throws
    {
        let world = try await Small.coupled()
        let twins: [SandboxJSON] = [.null, .string("+46 5")].enumerated().map { index, phone in
            Small.account(
                8 + index,
                ["name": .string("Twin"), "address1_city": .string("Kalmar"), "telephone1": phone]
            )
        }
        for twin in twins { world.edit(.crm, "accounts", twin) }
        var rule = FaultRule(.status(503, retryAfter: nil))
        (rule.method, rule.part) = ("POST", refused)
        world.addFault(rule, to: .erp)
        let first = Once()
        world.onMoments { moment in
            guard case .afterHandling(.erp, let request, _) = moment, request.url.hasSuffix("$batch") else {
                return .none
            }
            return first.isFirst() ? .disconnect : .none
        }
        try await world.perform(Synchronize(mapping: "CUSTOMER", direction: .fromIntegrationTable, creates: true))
        world.onMoments(nil)
        for _ in 0..<2 { try await world.synchronize() }
        let made = world.rows(.erp, "customers").filter { $0.text("displayName") == "Twin" }
        #expect(made.map { $0.text("phoneNumber") }.sorted() == ["", "+46 5"])
        let view = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .crm, isCoupled: true))
        for account in view.records where account.name == "Twin" {
            let customer = made.first { $0.text("id") == account.coupledTo?.description }
            let phone = world.row(.crm, "accounts", where: "accountid", is: account.id.description)?.text("telephone1")
            #expect(customer?.text("phoneNumber") == phone)
        }
        #expect(view.records.count { $0.name == "Twin" } == 2)
    }

    @Test func `two records that could be ours are a question, and nothing is made`() async throws {
        let world = try await oneNewAccount()
        lose(.erp, isDone: true, world)
        let once = Once()
        world.onMoments { moment in
            if case .afterHandling(.erp, let request, _) = moment, request.method == "POST", once.isFirst() {
                world.edit(
                    .erp,
                    "customers",
                    [
                        "id": .string("00000000-0000-4000-8000-00000000c077"), "number": .string("X-1"),
                        "type": .string("Company"), "displayName": .string("Newcomer"), "city": .string("Kalmar"),
                        "blocked": .string(" "),
                    ]
                )
            }
            return .none
        }
        let key = "crm:00000000-0000-4000-8000-00000000d009"
        let result = try await world.perform(Synchronize(mapping: "CUSTOMER", keys: [key], creates: true))
        world.onMoments(nil)
        #expect(result.counts.questions == 1)
        #expect(world.rows(.erp, "customers").count { $0.text("displayName") == "Newcomer" } == 2)
        let question = try #require(try await world.perform(ListQuestions()).questions.first)
        #expect(question.kind == .unconfirmedCreate)
        #expect(question.candidates.count == 2)
        #expect([.question, .unconfirmed].contains(try await world.explain(key).state))
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", direction: .fromIntegrationTable, isFull: true, creates: true)
        )
        #expect(world.rows(.erp, "customers").count { $0.text("displayName") == "Newcomer" } == 2)
        let made = try #require(question.candidates.first { $0.key != "X-1" })
        let answer = AnswerQuestion(id: question.id, answer: .candidate(made.id.description), choice: .crm)
        #expect(try await world.perform(answer).status == .done)
        #expect(try await world.perform(ListQuestions()).questions.allSatisfy { $0.kind != .unconfirmedCreate })
        #expect(try await world.explain(key).record.coupledTo == made.id)
    }

    /// The first write to the CRM is on its way for so many seconds; the second does not leave.
    private func delayFirst(seconds: Double, _ world: World) {
        let (first, second) = (Once(), Once())
        world.onMoments { moment in
            guard case .beforeRequest(.crm, let request) = moment, request.method == "POST",
                request.url.hasSuffix("$batch"), !String(decoding: request.body, as: UTF8.self).contains("GET ")
            else { return .none }
            if first.isFirst() { return .arriveLate(seconds: seconds) }
            return second.isFirst() ? .disconnect : .none
        }
    }

    @Test func `a change that arrives late is not taken for a user's`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        delayFirst(seconds: 30, world)
        await #expect(throws: (any Error).self) { try await world.synchronize() }
        world.onMoments(nil)
        world.clock.advance(bySeconds: 60)
        try world.editCustomer("C-001", "phoneNumber", .string("+46 2"))
        try await world.synchronize()
        #expect(try world.account("C-001").text("telephone1") == "+46 2")
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 2")
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test func `a record that turns out to be made by a create is asked about no more`() async throws {
        let world = try await oneNewAccount()
        world.onMoments { moment in
            guard case .afterHandling(.erp, let request, _) = moment, request.url.hasSuffix("$batch") else {
                return .none
            }
            return .crash
        }
        let key = "crm:00000000-0000-4000-8000-00000000d009"
        await #expect(throws: (any Error).self) {
            try await world.perform(Synchronize(mapping: "CUSTOMER", keys: [key], creates: true))
        }
        world.onMoments(nil)
        try world.restart()
        let made = try #require(world.rows(.erp, "customers").first { $0.text("displayName") == "Newcomer" })
        let question = QuestionRecord(
            mapping: "CUSTOMER",
            kind: .severalCandidates,
            side: .erp,
            record: try #require(RecordID(made.text("id"))),
            label: "Newcomer",
            askedAt: world.clock.now
        )
        _ = try await world.store.write { try $0.save(question) }
        world.clock.advance(bySeconds: 60)
        try await world.synchronize()
        #expect(try await world.explain(key).record.coupledTo == question.record)
        #expect(try await world.perform(ListQuestions()).questions.isEmpty)
    }

    @Test func `a record whose create arrives after the process gave up sending it again exists once`() async throws {
        let world = try await World(seed: Small.seed())
        try await world.coupleSalespeople()
        delayFirst(seconds: 30, world)
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        await #expect(throws: (any Error).self) { try await world.perform(match) }
        world.onMoments(nil)
        world.clock.advance(bySeconds: 60)
        #expect(try await world.synchronize().status == .done)
        #expect(world.rows(.crm, "accounts").count == 3)
        #expect(try await world.states().values.allSatisfy { $0 == .inSync })
    }

    @Test func `a change that arrives while the answer about its record is on its way is found, and kept`() async throws
    {
        let world = try await Small.coupled()
        try world.editAccount("C-001", "telephone1", .string("+46 9"))
        let (first, second) = (Once(), Once())
        world.onMoments { [unowned world] moment in
            guard case .beforeRequest(.erp, let request) = moment, request.url.hasSuffix("$batch") else { return .none }
            if first.isFirst() { return .arriveLate(seconds: 1) }
            // The record is looked at before the change arrives, and the answer comes after it cannot arrive any more.
            if second.isFirst() { world.addFault(FaultRule(.delay(milliseconds: 10_000)), to: .erp) }
            return .none
        }
        _ = try? await world.synchronize()
        world.onMoments(nil)
        world.clock.advance(bySeconds: 100)
        _ = try await world.synchronize()
        #expect(try world.customer("C-001").text("phoneNumber") == "+46 9")
        let id = try #require(RecordID(try world.customer("C-001").text("id")))
        let entries = try await world.store.read { try $0.history(side: .erp, record: id, limit: 100) }
        #expect(entries.flatMap(\.fields).contains { $0.value == .text("+46 9") })
    }

    @Test func `a record without an answer that the ERP has changed is asked about, and not made twice`() async throws {
        let account = SandboxJSON.members([
            "accountid": .string("00000000-0000-4000-8000-00000000d001"), "name": .string("Dale Foods"),
            "address1_city": .string("Bath"), "emailaddress1": .string("Info@Dale.Example"),
            "customertypecode": .number("3"), "statecode": .number("0"), "statuscode": .number("1"),
            "_ownerid_value": .string(Small.users[0]),
        ])
        let world = try await World(seed: Small.seed(accounts: [account]))
        try await world.coupleSalespeople()
        let change = SandboxJSON.members([
            "entitySet": .string("customers"), "field": .string("email"), "change": .string("lowerCase"),
        ])
        world.addChange(try FieldChange(json: change), to: .erp)
        let first = Once()
        world.onMoments { moment in
            guard case .afterHandling(.erp, let request, _) = moment, request.url.hasSuffix("$batch") else {
                return .none
            }
            return first.isFirst() ? .disconnect : .none
        }
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", direction: .fromIntegrationTable, creates: true)
        )
        world.onMoments(nil)
        #expect(world.rows(.erp, "customers").count == 4)
        let questions = try await world.perform(ListQuestions()).questions
        #expect(questions.map(\.kind) == [.unconfirmedCreate])
        let question = try #require(questions.first)
        let candidate = try #require(question.candidates.first)
        try await world.perform(
            AnswerQuestion(id: question.id, answer: .candidate(candidate.id.description), choice: nil)
        )
        try await world.perform(Synchronize())
        #expect(world.rows(.erp, "customers").count == 4)
        #expect(try await world.perform(ListQuestions()).questions.isEmpty)
    }
}
