import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let planChecks = [
        Check("a plan that people see keeps its details, and is found newest first", shownPlans),
        Check("a plan's parts come in order, and their steps in any state", partsAndSteps),
        Check("what a plan would leave open comes back page by page", planItems),
        Check("a step that is replaced keeps its plan and its number", replacedSteps),
        Check("a removed coupling takes its base with it, and can be made again", removedCoupling),
        Check("history is found by run, job and number, and says what is undone", historyOfRuns),
        Check("how a mapping's last job found things is kept per mapping", baselines),
    ]

    private static func details(_ world: World) -> PlanDetails {
        let address = RemoteAddress(url: "https://example.com", company: "c")
        let setting = PlanDetails.Setting(mapping: world.mapping, addresses: BySide(erp: address, crm: address))
        var details = PlanDetails(action: "sync", madeBy: "anna", settings: [setting], undoneRun: 3)
        details.counts.add(fullStep)
        details.holds = [Message("limit.changed", ["count": "5"])]
        return details
    }

    private static func shownPlans(_ store: any StateStore) async throws {
        let world = try await World(store)
        let details = details(world)
        let numbers = try await store.write { writing throws in
            try (0..<3).map { index in
                let shown = index == 1 ? nil : details
                return try writing.insert(
                    PlanRecord(run: world.run, state: .previewed, madeAt: at(index), details: shown)
                )
            }
        }
        let all = try await store.read { try $0.shownPlans(before: nil, limit: 10) }
        #expect(all.map(\.id) == [numbers[2], numbers[0]])
        #expect(all.first?.details == details)
        let older = try await store.read(with: numbers[2]) { try $0.shownPlans(before: $1, limit: 10) }
        #expect(older.map(\.id) == [numbers[0]])
        var decided = try #require(older.first)
        decided.state = .rejected
        decided.details?.decidedBy = "bo"
        decided.details?.decidedAt = at(9)
        try await store.write(with: decided) { try $0.update($1) }
        #expect(try await store.read(with: decided.id) { try $0.plan($1) } == decided)
    }

    private static func partsAndSteps(_ store: any StateStore) async throws {
        let world = try await World(store)
        let (parent, parts) = try await store.write { writing throws in
            let parent = try writing.insert(PlanRecord(run: world.run, state: .previewed, madeAt: at(1)))
            let parts = try PlanRecord.Part.Kind.allCases.map { kind in
                var plan = PlanRecord(run: world.run, state: .previewed, madeAt: at(1))
                plan.part = PlanRecord.Part(parent: parent, mapping: "CUSTOMER", kind: kind)
                plan.id = try writing.insert(plan)
                return plan
            }
            return (parent, parts)
        }
        #expect(try await store.read { try $0.parts(ofPlan: parent) } == parts)
        let part = parts[0].id
        let steps = [StepState.planned, .leftOut, .applied].map {
            StoredStep(plan: part, job: nil, step: fullStep, state: $0, reason: $0 == .leftOut ? Message("a") : nil)
        }
        let numbers = try await store.write { try $0.append(steps) }
        let found = try await store.read { try $0.steps(plan: part, after: numbers[0], limit: 10) }
        #expect(found.map(\.id) == Array(numbers.dropFirst()))
        #expect(found.map(\.reason) == [Message("a"), nil])
    }

    private static func planItems(_ store: any StateStore) async throws {
        let world = try await World(store)
        let items = (1...3).map { PlanItem.failure(world.failure(toward: .crm, source: $0, .parked)) }
        let plan = try await store.write { writing throws in
            let plan = try writing.insert(PlanRecord(run: world.run, state: .previewed, madeAt: at(1)))
            try writing.append(items, plan: plan)
            return plan
        }
        let first = try await store.read { try $0.planItems(plan: plan, after: 0, limit: 2) }
        #expect(first.map(\.item) == Array(items.prefix(2)))
        let last = first.last?.id ?? 0
        #expect(try await store.read { try $0.planItems(plan: plan, after: last, limit: 2) }.map(\.item) == [items[2]])
    }

    private static func replacedSteps(_ store: any StateStore) async throws {
        let world = try await World(store)
        var step = try await store.write { writing throws in
            let plan = try writing.insert(PlanRecord(run: world.run, state: .previewed, madeAt: at(1)))
            var step = StoredStep(plan: plan, job: nil, step: fullStep, state: .planned)
            step.id = try writing.append([step])[0]
            return step
        }
        step.step.coupling = 12
        step.step.versions = BySide(erp: "1", crm: "2")
        step.job = 5
        step.state = .leftOut
        step.reason = Message("b", ["side": "erp"])
        try await store.write(with: step) { try $0.replace([$1]) }
        #expect(try await store.read(with: step.plan) { try $0.steps(plan: $1, after: 0, limit: 2) } == [step])
    }

    private static func removedCoupling(_ store: any StateStore) async throws {
        let world = try await World(store)
        let coupling = Coupling(mapping: "CUSTOMER", ids: BySide(erp: id(1), crm: id(2)), choice: .erp, run: world.run)
        let number = try await store.write { writing throws in
            let number = try writing.insert(coupling)
            try writing.save([(coupling: number, base: world.base("A"))])
            return number
        }
        #expect(try await store.read { try $0.coupling(number) }?.ids == coupling.ids)
        try await store.write { try $0.removeCoupling(number) }
        #expect(try await store.read { try $0.coupling(number) } == nil)
        await expectFailed(store) { try $0.removeCoupling(number) }
        let again = try await store.write { try $0.insert(coupling) }
        #expect(again > number)
        #expect(try await world.states(store, .all).map(\.base) == [nil])
    }

    private static func historyOfRuns(_ store: any StateStore) async throws {
        let world = try await World(store)
        let base = world.base("A").blob
        let entries = (1...3).map { index in
            HistoryEntry(
                step: Int64(index),
                run: world.run,
                job: index == 2 ? 8 : 9,
                mapping: "CUSTOMER",
                coupling: 4,
                side: .crm,
                record: id(index),
                action: .uncouple,
                fields: [],
                at: at(index),
                counterpart: id(7),
                base: base,
                choice: .crm,
                undoes: index == 3 ? 1 : nil
            )
        }
        try await store.write { try $0.append(entries) }
        let found = try await store.read { try $0.history(run: world.run, job: nil, before: nil, limit: 2) }
        #expect(found.map(\.record) == [id(3), id(2)])
        var first = try #require(found.first)
        #expect(try await store.read(with: first.id) { try $0.historyEntry($1) } == first)
        first.id = 0
        #expect(first == entries[2])
        let last = found[1].id
        #expect(
            try await store.read { try $0.history(run: world.run, job: nil, before: last, limit: 9) }.map(\.record)
                == [id(1)]
        )
        #expect(try await store.read { try $0.history(run: world.run, job: 8, before: nil, limit: 9) }.count == 1)
        #expect(try await store.read { try $0.undone(among: [1, last]) } == [1])
    }

    private static func baselines(_ store: any StateStore) async throws {
        let world = try await World(store)
        #expect(try await store.read { try $0.baseline(mapping: "CUSTOMER") } == nil)
        var baseline = JobBaseline(setting: details(world).settings[0], records: BySide(erp: 2, crm: 1), job: 3)
        try await store.write(with: baseline) { try $0.save($1) }
        baseline.records.erp = 1
        try await store.write(with: baseline) { try $0.save($1) }
        #expect(try await store.read { try $0.baseline(mapping: "CUSTOMER") } == baseline)
        let records = [world.record(1), world.record(2), world.record(3, isDeleted: true)]
        try await store.write { try $0.save(records, feed: world.feeds.erp) }
        #expect(try await store.read { try $0.recordCount(feed: world.feeds.erp) } == 2)
    }
}
