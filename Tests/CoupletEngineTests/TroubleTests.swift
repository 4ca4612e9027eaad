import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("One record of every kind of trouble")
struct TroubleTests {
    /// The demonstration company after its bad week, and a synchronization of everything.
    private static func week() async throws -> WholeWorld {
        let whole = try await WholeWorld()
        let world = whole.world
        var terms = try await whole.mapping("PAYMENT TERMS")
        terms.crm.admitsCreates = true
        #expect(try await world.perform(ApplyMappings(mappings: [terms])).isApplied)
        try make(DemoTroubles.edits, world)
        try await world.perform(Synchronize(isFull: true))
        try make(DemoTroubles.lateEdits, world)
        try await world.synchronize()
        try await world.perform(Synchronize(mapping: "PAYMENT TERMS", creates: true))
        for rule in try FaultRule.rules(DemoTroubles.lostAnswer) { world.addFault(rule, to: .erp) }
        for change in DemoTroubles.lostAnswer["changes"]?.array ?? [] {
            world.addChange(try FieldChange(json: change), to: .erp)
        }
        let unanswered = "crm:\(DemoTroubles.unanswered)"
        let asked = try await world.perform(Synchronize(mapping: "CUSTOMER", keys: [unanswered], creates: true))
        #expect(asked.counts.questions == 1)
        return whole
    }

    private static func make(_ edits: [DemoTroubles.Edit], _ world: World) throws {
        for edit in edits {
            let side: Side = edit.isERP ? .erp : .crm
            var members = edit.members
            if let found = edit.found {
                let row = try #require(world.row(side, edit.entitySet, where: found.property, is: found.text))
                let id = row.text(edit.isERP ? "id" : "accountid")
                guard edit.members != nil else {
                    #expect(world.delete(side, edit.entitySet, id: id))
                    continue
                }
                members?.append(SandboxJSON.Member(name: edit.isERP ? "id" : "accountid", value: .string(id)))
            }
            #expect(world.edit(side, edit.entitySet, .object(members ?? [])) == [])
        }
    }

    private static func key(_ trouble: String, _ world: World) throws -> String {
        let number = try #require(DemoTroubles.customers.first { $0.key == trouble }).value
        guard trouble == "erpDeleted" else { return number }
        return "crm:"
            + (try #require(world.row(.crm, "accounts", where: "accountnumber", is: number)).text("accountid"))
    }

    /// How each of the troubled customers stands.
    private static let states: [String: RecordState] = [
        "conflict": .conflict, "tooLong": .parked, "unmappedOption": .waiting, "waiting": .waiting, "drift": .drift,
        "outOfScope": .outOfScope, "erpDeleted": .erpDeleted, "crmDeleted": .crmDeleted,
        "unresolvableReference": .waiting, "question": .question, "merged": .question, "unconfirmed": .question,
    ]

    @Test func `explain and list tell each trouble apart and say what to do`() async throws {
        let world = try await Self.week().world
        let listed = try await world.perform(ListRecords(mapping: "CUSTOMER"))
        var reasons: Set<[String]> = []
        for (trouble, state) in Self.states {
            let explained = try await world.explain(try Self.key(trouble, world))
            #expect(explained.state == state, "\(trouble)")
            #expect(
                listed.records.contains { view in
                    [view.id, view.coupledTo].contains(explained.record.id) && view.state == state
                },
                "\(trouble)"
            )
            #expect(!explained.reasons.isEmpty && !explained.next.isEmpty, "\(trouble)")
            reasons.insert(explained.reasons.map { "\($0.code) \($0.arguments["field"] ?? "")" })
        }
        #expect(reasons.count == Self.states.count)
        let terms = try await world.perform(ExplainRecord(mapping: "PAYMENT TERMS", key: "NET 90"))
        #expect(terms.state == .held)
        let held = try await world.perform(ListRecords(mapping: "PAYMENT TERMS", states: [.held])).records
        #expect(held.map(\.key) == ["NET 90"])
        let kinds = Set(try await world.perform(ShowStatus()).cues.map(\.kind))
        #expect(kinds == [.conflicts, .questions, .unconfirmed, .deleted, .parked, .held, .waiting])
    }

    @Test func `following what is said brings everything in sync`() async throws {
        let world = try await Self.week().world
        try await Self.settle(world)
        try await Self.settleDeletions(world)
        try await world.synchronize()
        // The restored customer has a number of its own, and its account the old one's: that is asked.
        try await Self.settle(world)
        try Self.mend(world)
        // Who waits for a salesperson is told to couple that one.
        world.edit(
            .crm,
            "systemusers",
            [
                "systemuserid": .string("5eed0000-0000-4000-8000-000000000009"), "fullname": .string("Nyman Yrsa"),
                "firstname": .string("Nyman"), "lastname": .string("Yrsa"),
                "internalemailaddress": .string("yrsa.nyman@fyrholm.example"), "isdisabled": .boolean(false),
                "islicensed": .boolean(true), "isintegrationuser": .boolean(false),
            ]
        )
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        // And for a currency: to add it in the CRM, and couple it.
        world.edit(
            .crm,
            "transactioncurrencies",
            [
                "transactioncurrencyid": .string("5eed0000-0000-4000-8000-00000000000a"),
                "isocurrencycode": .string("NOK"), "currencyname": .string("Norwegian krone"),
                "currencysymbol": .string("kr"), "exchangerate": .number("0.09"), "currencyprecision": .number("2"),
            ]
        )
        try await world.perform(MatchRecords(mapping: "CURRENCY", synchronization: .to))
        try await world.synchronize()
        let drift = try Self.key("drift", world)
        try await world.perform(
            Synchronize(mapping: "CUSTOMER", keys: [drift], direction: .toIntegrationTable, putsBack: true)
        )
        // A contact of the company that was blocked from the beginning waits for it, and needs nobody.
        let open = try await world.perform(ShowStatus()).cues.filter { $0.needsPerson || $0.mapping == "CUSTOMER" }
        #expect(open.isEmpty, "\(open)")
        for trouble in Self.states.keys where !trouble.hasSuffix("Deleted") {
            #expect(try await world.explain(try Self.key(trouble, world)).state == .inSync, "\(trouble)")
        }
        let coupled = try await world.perform(ListRecords(mapping: "CUSTOMER", isCoupled: true)).records
        #expect(coupled.filter { $0.state != .inSync }.map { "\($0.typedKey) \($0.state)" } == [])
    }

    /// What is settled by an answer: the conflict, the question, the plan that waits.
    private static func settle(_ world: World) async throws {
        for conflict in try await world.perform(ListConflicts()).conflicts {
            try await world.perform(ResolveConflict(id: conflict.id, field: nil, resolution: .take(.erp)))
        }
        for question in try await world.perform(ListQuestions()).questions {
            guard let first = question.candidates.first else {
                try await world.perform(AnswerQuestion(id: question.id, answer: .take(.erp)))
                continue
            }
            try await world.perform(
                AnswerQuestion(id: question.id, answer: .candidate(first.id.typed(on: .crm)), choice: .erp)
            )
        }
        for plan in try await world.perform(ListPlans()).plans where plan.state == .held {
            try await world.perform(ApplyPlan(plan: plan.id))
        }
    }

    private static func settleDeletions(_ world: World) async throws {
        for cause in try await world.perform(ListErrors()).causes where cause.isDeletion {
            try await world.perform(SettleDeletions(cause: cause.id, way: .restore))
        }
    }

    /// What is mended where it was made: a shorter name, terms that both sides know, and no block.
    private static func mend(_ world: World) throws {
        func edit(
            _ side: Side,
            _ table: String,
            _ property: String,
            _ number: String,
            _ name: String,
            _ value: SandboxJSON
        )
            throws
        {
            let row = try #require(world.row(side, table, where: property, is: number))
            let id = side == .erp ? "id" : "accountid"
            #expect(world.edit(side, table, [id: .string(row.text(id)), name: value]) == [])
        }
        try edit(.crm, "accounts", "accountnumber", "10010", "name", .string("Harrow & Pike"))
        try edit(.crm, "accounts", "accountnumber", "10020", "paymenttermscode", .number("1"))
        try edit(.erp, "customers", "number", "10050", "blocked", .string(" "))
    }
}
