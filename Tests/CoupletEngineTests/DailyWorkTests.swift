import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Daily work: what is open, what was done, what comes next")
struct DailyWorkTests {
    /// A world in which two customers are in conflict about the city, and one of them about the address too.
    private static func contested() async throws -> World {
        let world = try await Small.coupled()
        for number in ["C-001", "C-002"] {
            try world.editCustomer(number, "city", .string("ERP city"))
            try world.editAccount(number, "address1_city", .string("CRM city"))
        }
        try world.editCustomer("C-002", "addressLine1", .string("ERP street"))
        try world.editAccount("C-002", "address1_line1", .string("CRM street"))
        try await world.synchronize()
        #expect(try await world.perform(ListConflicts()).conflicts.count == 2)
        return world
    }

    @Test func `all conflicts of a kind are settled at once, as the preview shows, and others stay`() async throws {
        let world = try await Self.contested()
        let content = world.content
        let action = ResolveConflicts(mapping: "CUSTOMER", field: "city", side: .crm)
        var preview = action
        preview.isPreview = true
        let plan = try #require(try await world.perform(preview).plan)
        #expect(plan.counts.changed == BySide(erp: 2, crm: 0))
        #expect(plan.steps.flatMap(\.changes).allSatisfy { $0.field == "city" && $0.after == .text("CRM city") })
        #expect(world.content == content)
        #expect(try await world.perform(ListConflicts()).conflicts.allSatisfy { $0.resolutions.isEmpty })
        try await world.perform(action)
        for number in ["C-001", "C-002"] { #expect(try world.customer(number).text("city") == "CRM city") }
        let left = try await world.perform(ListConflicts()).conflicts
        #expect(left.flatMap(\.fields).map(\.field) == ["addressLine1|address1_line1"])
        #expect(try world.customer("C-002").text("addressLine1") == "ERP street")
    }

    @Test func `a standing rule settles later conflicts of the field without asking, and no others`() async throws {
        let world = try await Self.contested()
        try await world.perform(
            ResolveConflicts(mapping: "CUSTOMER", field: "address1_city", side: .erp, isStanding: true)
        )
        #expect(try world.account("C-001").text("address1_city") == "ERP city")
        try world.editCustomer("C-003", "city", .string("Late ERP"))
        try world.editAccount("C-003", "address1_city", .string("Late CRM"))
        try world.editCustomer("C-003", "addressLine1", .string("Late ERP street"))
        try world.editAccount("C-003", "address1_line1", .string("Late CRM street"))
        try await world.synchronize()
        #expect(try world.account("C-003").text("address1_city") == "Late ERP")
        let open = try await world.perform(ListConflicts()).conflicts.filter { $0.label.hasPrefix("C-003") }
        #expect(open.flatMap(\.fields).map(\.field) == ["addressLine1|address1_line1"])
    }

    @Test func `a standing rule comes with the plan that showed it, and only then`() async throws {
        let world = try await Self.contested()
        func rule() async throws -> ConflictRules.Update? {
            let mapping = try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping
            return mapping?.fields.first { $0.crm.name == "address1_city" }?.updateConflicts
        }
        let before = try await rule()
        let plan = try #require(
            try await world.perform(
                ResolveConflicts(
                    mapping: "CUSTOMER",
                    field: "address1_city",
                    side: .erp,
                    isStanding: true,
                    isPreview: true
                )
            ).plan
        )
        #expect(
            plan.standing == Message("plan.standing.erp", ["mapping": "CUSTOMER", "field": "city / address1_city"])
        )
        #expect(try await rule() == before && before != .erp)
        try await world.perform(ApplyPlan(plan: plan.id))
        #expect(try await rule() == .erp)
        #expect(try world.account("C-001").text("address1_city") == "ERP city")
        let changed = try await world.perform(ListAudit(AuditSelection(event: "mapping.changed"))).entries
        #expect(changed.first?.subject == AuditEntry.Subject(.mapping, "CUSTOMER"))
        try world.editCustomer("C-003", "city", .string("Late ERP"))
        try world.editAccount("C-003", "address1_city", .string("Late CRM"))
        try await world.synchronize()
        #expect(try world.account("C-003").text("address1_city") == "Late ERP")
    }

    @Test func `unknown fields and one-way mappings are refused`() async throws {
        let world = try await Self.contested()
        let field = try await code {
            try await world.perform(ResolveConflicts(mapping: "CUSTOMER", field: "nothing", side: .erp))
        }
        #expect(field == "match.unknownField")
        let oneWay = try await code {
            try await world.perform(ResolveConflicts(mapping: "SALESPEOPLE", side: .erp))
        }
        #expect(oneWay == "conflict.oneWay")
    }

    @Test func `the status counts by kind what needs a person, and nothing once it is settled`() async throws {
        let world = try await Self.contested()
        #expect(world.delete(.crm, "accounts", id: try world.account("C-003").text("accountid")))
        try await world.synchronize()
        let status = try await world.perform(ShowStatus())
        let cues = status.cues.map { "\($0.mapping) \($0.kind.rawValue) \($0.count)" }
        #expect(cues == ["CUSTOMER conflicts 2", "CUSTOMER deleted 1"])
        #expect(status.needing == 3)
        let customer = try #require(status.mappings.first { $0.name == "CUSTOMER" })
        #expect(customer.coupled == 3)
        #expect(customer.counts.inserted == 3)
        #expect(customer.lastJob?.status == .finishedWithOpenItems)
        #expect(try await world.perform(ShowStatus(mapping: "SALESPEOPLE")).cues.isEmpty)
        try await world.perform(ResolveConflicts(mapping: "CUSTOMER", side: .erp))
        let cause = try #require(try await world.perform(ListErrors()).causes.first)
        try await world.perform(SettleDeletions(cause: cause.id, way: .restore))
        #expect(try await world.perform(ShowStatus()).needing == 0)
    }

    @Test func `explaining says when and by which job a record was written, and what the next run will do`()
        async throws
    {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let before = try await world.explain("C-001")
        #expect(before.next == [Message("next.writes", ["side": "crm", "fields": "city / address1_city"])])
        let run = try await world.synchronize()
        let job = try #require(run.jobs?.first { $0.counts.modified == 1 })
        let after = try await world.explain("C-001")
        #expect(after.next.map(\.code) == ["next.nothing"])
        let last = try #require(after.lastWrite)
        #expect(last.job == job.id)
        #expect(last.run == run.run)
        #expect(last.side == .crm)
        world.edit(.crm, "accounts", Small.account(7, ["name": .string("Alone")]))
        let alone = try await world.explain("crm:00000000-0000-4000-8000-00000000d007")
        #expect(alone.next.map(\.code) == ["next.leftAlone"])
        #expect(alone.lastWrite == nil)
    }

    @Test func `explaining names the clauses of the filter that leave a record out`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "blocked", .string("All"))
        let coupled = try await world.explain("C-001")
        #expect(coupled.state == .outOfScope)
        let clause = try #require(coupled.reasons.first { $0.code == "explain.clause" })
        #expect(clause.arguments["side"] == "erp")
        #expect(clause.arguments["clause"]?.contains("blocked") == true)
        world.edit(
            .crm,
            "accounts",
            Small.account(8, ["name": .string("Competitor"), "customertypecode": .number("1")])
        )
        let row = try #require(world.row(.crm, "accounts", where: "name", is: "Competitor"))
        let uncoupled = try await world.explain("crm:\(row.text("accountid"))")
        #expect(uncoupled.state == .outOfScope)
        #expect(
            uncoupled.reasons.filter { $0.code == "explain.clause" }
                .contains { $0.arguments["clause"]?.contains("customertypecode") == true }
        )
    }

    @Test func `the log of a record has the jobs that wrote it or failed to, and no others`() async throws {
        let world = try await Small.coupled()
        let first = try await world.perform(ListJobs(mapping: "CUSTOMER", key: "C-001")).jobs
        try world.editCustomer("C-001", "city", .string("Malmö"))
        let own = try #require(try await world.synchronize().jobs?.first { $0.counts.modified == 1 })
        try world.editCustomer("C-002", "city", .string("Malmö"))
        let other = try #require(try await world.synchronize().jobs?.first { $0.counts.modified == 1 })
        let jobs = try await world.perform(ListJobs(mapping: "CUSTOMER", key: "C-001")).jobs.map(\.id)
        #expect(jobs == [own.id] + first.map(\.id))
        #expect(!jobs.contains(other.id))
        let account = try world.account("C-001").text("accountid")
        #expect(try await world.perform(ListJobs(mapping: "CUSTOMER", key: "crm:\(account)")).jobs.map(\.id) == jobs)
        let all = try await world.perform(ListJobs(mapping: "CUSTOMER")).jobs
        #expect(all.allSatisfy { $0.mapping == "CUSTOMER" })
        #expect(all.map(\.id) == all.map(\.id).sorted(by: >))
        let alone = try await code { try await world.perform(ListJobs(key: "C-001")) }
        #expect(alone == "job.keyWithoutMapping")
    }

    @Test func `old work is removed, but nothing that an open item or a waiting plan refers to`() async throws {
        let world = try await Self.contested()
        try await world.perform(SetRetention(.forever))
        try world.editCustomer("C-003", "city", .string("Malmö"))
        let old = try #require(try await world.synchronize().run)
        world.clock.advance(bySeconds: 200 * 86_400)
        try world.editCustomer("C-003", "phoneNumber", .string("+46 7"))
        let new = try #require(try await world.synchronize().run)
        let counted = try await world.perform(ApplyRetention(days: 180, isPreview: true))
        #expect(counted.history > 0)
        #expect(counted.runs > 0)
        #expect(try await world.perform(ApplyRetention(days: 180)) == counted)
        #expect(try await world.perform(ApplyRetention(days: 180)) == RetentionCounts(history: 0, runs: 0, settled: 0))
        let kept = try await world.store.read { transaction in
            (try transaction.run(old), try transaction.run(new))
        }
        #expect(kept.0 == nil)
        #expect(kept.1 != nil)
        let quiet = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "C-003")).entries
        #expect(Set(quiet.map(\.run)) == [new])
        // The conflict's record keeps its history, and the runs that it names.
        let open = try await world.perform(ShowHistory(mapping: "CUSTOMER", key: "C-001")).entries
        #expect(!open.isEmpty)
        for entry in open { #expect(try await world.store.read { try $0.run(entry.run) } != nil) }
        #expect(try await world.synchronize().status == .doneWithOpenItems)
        let refused = try await code { try await world.perform(ApplyRetention(days: 0)) }
        #expect(refused == "retention.badDays")
    }

    @Test func `the review says per mapping what a full synchronization would do, and writes nothing`() async throws {
        let twin = Small.account(1, ["name": .string("Customer 1"), "address1_city": .string("Lund")])
        let world = try await World(seed: Small.seed(accounts: [twin]))
        try await world.coupleSalespeople()
        let content = world.content
        let review = try await world.perform(ReviewFullSynchronization())
        #expect(world.content == content)
        #expect(review.lines.map(\.mapping) == ["SALESPEOPLE", "CUSTOMER"])
        let customer = try #require(review.lines.last)
        #expect(customer.after == ["SALESPEOPLE"])
        #expect(customer.advice == .couple)
        #expect(customer.uncoupled == BySide(erp: 3, crm: 1))
        // The one that matches is not created a second time.
        #expect(customer.created == BySide(erp: 0, crm: 2))
        #expect(customer.lastStatus.crm == nil)
        let coupled = try await Small.coupled()
        try coupled.editCustomer("C-002", "city", .string("Malmö"))
        let again = try #require(try await coupled.perform(ReviewFullSynchronization()).lines.last)
        #expect(again.advice == .full)
        #expect(again.changed == BySide(erp: 0, crm: 1))
        #expect(again.lastStatus.crm == .finished)
    }

    @Test func `a full synchronization that was cut off goes on where it stopped`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-002", "city", .string("Malmö"))
        world.onMoments { moment in
            if case .afterHandling(.crm, let request, _) = moment, request.method == "POST",
                request.url.hasSuffix("$batch")
            {
                return .crash
            }
            return .none
        }
        await #expect(throws: (any Error).self) { try await world.perform(Synchronize(isFull: true)) }
        world.onMoments(nil)
        try world.restart()
        // The next run ends what was cut off.
        let review = try await world.perform(ReviewFullSynchronization())
        #expect(review.canContinue)
        #expect(review.lines.map(\.isDone) == [true, false])
        world.clock.advance(bySeconds: 10)
        let run = try await world.perform(Synchronize(isFull: true, continues: true))
        #expect(Set(run.jobs?.map(\.mapping) ?? []) == ["CUSTOMER"])
        #expect(try world.account("C-002").text("address1_city") == "Malmö")
        #expect(try await !world.perform(ReviewFullSynchronization()).canContinue)
    }
}
