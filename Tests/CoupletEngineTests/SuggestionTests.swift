import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Suggested counterparts")
struct SuggestionTests {
    private static let towns = ["Lund", "Umeå", "Gävle", "Borås", "Växjö", "Örebro", "Malmö", "Kalmar"]
    private static let words = [
        "Norrsken", "Vidhem", "Kastell", "Bryggan", "Sjöberga", "Lindås", "Ravinen", "Hallabro", "Tornby", "Ekliden",
        "Marknaden", "Fyren",
    ]
    private static let trades = ["Bygg", "Möbler", "Frakt", "Optik"]

    /// Twelve customers, and accounts that are the same for the first eight: misspelled, shortened, formatted otherwise.
    private static func seed() -> SeedSource {
        var source = Small.seed()
        let customers = words.indices.map { index in
            SandboxJSON.members([
                "id": .string(id("c", index)), "number": .string(number(index)), "type": .string("Company"),
                "displayName": .string("\(words[index]) \(trades[index % 4]) AB"),
                "addressLine1": .string("Storgatan \(index * 7 + 3)"), "city": .string(towns[index % 8]),
                "postalCode": .string("\(21 + index)\(index % 10) \(40 + index)"), "blocked": .string(" "),
                "phoneNumber": .string("040-\(61_23_45 + index * 7_919)"), "salespersonCode": .string("SP-00007"),
            ])
        }
        let accounts = words.indices.prefix(8).map { index in
            SandboxJSON.members([
                "accountid": .string(id("d", index)), "customertypecode": .number("3"), "statecode": .number("0"),
                "_ownerid_value": .string(Small.users[0]),
                "name": .string("\(words[index].dropLast())\(words[index].last ?? "x")s \(trades[index % 4])"),
                "address1_line1": .string("Storg. \(index * 7 + 3)"), "address1_city": .string(towns[index % 8]),
                "address1_postalcode": .string("SE-\(21 + index)\(index % 10)\(40 + index)"),
                "telephone1": .string("+46 40 \(61_23_45 + index * 7_919)"),
            ])
        }
        source.businessCentral.removeAll { $0.entitySet == "customers" }
        source.businessCentral.append(SeedTable(entitySet: "customers", rows: customers))
        source.dataverse.removeAll { $0.entitySet == "accounts" }
        source.dataverse.append(SeedTable(entitySet: "accounts", rows: accounts))
        return source
    }

    private static func id(_ kind: String, _ index: Int) -> String {
        "00000000-0000-4000-8000-00000000\(kind)1\(index < 10 ? "0" : "")\(index)"
    }

    private static func number(_ index: Int) -> String { "K-\(index < 10 ? "0" : "")\(index)" }

    private func world() async throws -> World {
        let world = try await World(seed: Self.seed())
        try await world.coupleSalespeople()
        return world
    }

    @Test func `become questions with every candidate scored and explained, and nothing is coupled or written`()
        async throws
    {
        let world = try await world()
        let content = world.content
        let result = try await world.perform(MatchRecords(mapping: "CUSTOMER", suggests: true))
        #expect(result.counts.coupled == 0)
        #expect(result.counts.questions == 8)
        let questions = try await world.perform(ListQuestions(mapping: "CUSTOMER")).questions
        #expect(questions.count == 8)
        for question in questions {
            let best = try #require(question.candidates.first)
            #expect(best.score >= 0.5 && best.score < 1)
            #expect(best.reasons.contains { $0.code == "match.nearWords" })
            #expect(best.reasons.contains { $0.code == "match.sameAndRare" || $0.code == "match.same" })
        }
        #expect(world.content == content)
        // Asked again, the same questions are open.
        _ = try await world.perform(MatchRecords(mapping: "CUSTOMER", suggests: true))
        #expect(try await world.perform(ListQuestions(mapping: "CUSTOMER")).questions.count == 8)
    }

    @Test func `are not looked for unless asked`() async throws {
        let world = try await world()
        let result = try await world.perform(MatchRecords(mapping: "CUSTOMER"))
        #expect(result.counts.coupled == 0 && result.counts.questions == 0)
    }

    @Test func `are accepted by bucket, close their questions, and are undone together`() async throws {
        let world = try await world()
        _ = try await world.perform(MatchRecords(mapping: "CUSTOMER", suggests: true))
        let content = world.content
        let accepted = try await world.perform(MatchRecords(mapping: "CUSTOMER", acceptsFrom: 0.51))
        #expect(accepted.counts.coupled == 8)
        #expect(try await world.perform(ListQuestions(mapping: "CUSTOMER")).questions.isEmpty)
        let coupled = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .erp)).records
        for record in coupled where record.coupledTo != nil {
            let key = try #require(record.key)
            #expect(record.coupledTo.map { "\($0)".lowercased().suffix(2) } == key.suffix(2))
        }
        #expect(world.content == content)
        let undone = try await world.perform(UndoRun(.run(try #require(accepted.run))))
        #expect(undone.counts.uncoupled == 8)
        #expect(try await world.states().values.allSatisfy { $0 == .uncoupled })
    }

    @Test func `are not made again of a record that a person has declined`() async throws {
        let world = try await world()
        _ = try await world.perform(MatchRecords(mapping: "CUSTOMER", suggests: true))
        let question = try #require(try await world.perform(ListQuestions(mapping: "CUSTOMER")).questions.first)
        _ = try await world.perform(AnswerQuestion(id: question.id, answer: .noCandidate))
        _ = try await world.perform(MatchRecords(mapping: "CUSTOMER", suggests: true))
        let open = try await world.perform(ListQuestions(mapping: "CUSTOMER")).questions
        #expect(open.count == 7)
        #expect(!open.contains { $0.record == question.record })
    }

    @Test func `below the bucket stay questions`() async throws {
        let world = try await world()
        let result = try await world.perform(MatchRecords(mapping: "CUSTOMER", acceptsFrom: 1))
        #expect(result.counts.coupled == 0)
        #expect(result.counts.questions == 8)
    }

    @Test func `are steps of a plan that is shown, which couples them when applied`() async throws {
        let world = try await world()
        let shown = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", acceptsFrom: 0.51, isPreview: true)
        )
        let plan = try #require(shown.plan)
        #expect(plan.steps.count == 8)
        for step in plan.steps {
            #expect(step.action == .couple)
            #expect((0.5..<1).contains(step.score ?? 0))
            #expect(!step.reasons.isEmpty)
        }
        #expect(try await world.states().values.allSatisfy { $0 == .uncoupled })
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.counts.coupled == 8)
    }

    @Test func `keep their records from being created a second time`() async throws {
        let world = try await world()
        let result = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", suggests: true, createUnmatched: true, synchronization: .to)
        )
        #expect(result.counts.inserted == 4)
        #expect(result.counts.questions == 8)
        #expect(world.rows(.crm, "accounts").count == 12)
    }

    @Test(arguments: [0, 0.5, 1.01, -1, Double.nan])
    func `cannot be accepted from a score that says nothing`(score: Double) async throws {
        let world = try await world()
        let found = try await code {
            _ = try await world.perform(MatchRecords(mapping: "CUSTOMER", acceptsFrom: score))
        }
        #expect(found == "match.badScore")
    }
}
