import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let workChecks = [
        Check("what refers to something that is not stored is refused", danglingReferences),
        Check("a run comes back as it began and as it ended", runIsKept),
        Check("unfinished runs come in order", unfinishedRuns),
        Check("jobs come newest first, of all runs or of one, and keep their counters", jobsNewestFirst),
        Check("a plan keeps its state", planIsKept),
        Check("steps come back whole, by state, in the order they were appended", stepsInOrder),
        Check("steps that were sent are found whatever their plan, until they are settled", sentSteps),
        Check("every state of a step comes back", stepStates),
        Check("history comes newest first, of one record of one side", historyNewestFirst),
    ]

    /// Appends planned steps under a new plan.
    private static func append(
        _ steps: [Step],
        _ world: World,
        _ store: any StateStore
    ) async throws -> (plan: Int64, steps: [StoredStep]) {
        try await store.write { writing throws in
            let plan = try writing.insert(PlanRecord(run: world.run, state: .applying, madeAt: at(1)))
            let stored = steps.enumerated().map { index, step in
                StoredStep(plan: plan, job: index == 0 ? 77 : nil, step: step, state: .planned)
            }
            let numbers = try writing.append(stored)
            return (
                plan,
                zip(stored, numbers).map { step, number in
                    var step = step
                    step.id = number
                    return step
                }
            )
        }
    }

    /// A step that uses every part a step can have.
    static let fullStep = Step(
        mapping: "CUSTOMER",
        action: .create,
        target: .erp,
        coupling: 4,
        ids: BySide(erp: nil, crm: id(3)),
        fields: [
            Step.Field(
                target: FieldMapping.Field("displayName", .text(maximum: 100)),
                write: FieldWrite(
                    field: "displayName|name",
                    value: .text("Ö \"1\"\n"),
                    source: .null,
                    before: .number("1.50"),
                    cause: .create
                )
            ),
            Step.Field(
                target: FieldMapping.Field("owner", .reference(table: "users", property: "o")),
                write: FieldWrite(field: "", value: .null, source: .boolean(false), before: .text(""), cause: .edit)
            ),
        ],
        precondition: "W/\"5\"",
        naturalKey: "C-00001",
        label: "C-00001 Ö",
        score: 0.875,
        reasons: [Message("match.key", ["key": "C"])],
        choice: .crm
    )

    /// A step that leaves out all it can.
    static let emptyStep = Step(
        mapping: "",
        action: .couple,
        target: .crm,
        coupling: nil,
        ids: BySide(erp: id(1), crm: nil),
        fields: [],
        precondition: "",
        label: ""
    )

    @Sendable private static func danglingReferences(_ store: any StateStore) async throws {
        let world = try await World(store)
        var job = JobRecord(run: 4711, mapping: "CUSTOMER", direction: .toIntegrationTable, startedAt: at(1))
        job.id = 4711
        let step = StoredStep(id: 4711, plan: 4711, job: nil, step: emptyStep, state: .planned)
        let plan = PlanRecord(id: 4711, run: 4711, state: .applied, madeAt: at(1))
        let observation = StagedObservation(id: id(1), version: "", layout: 4711, row: EncodedRow([]))
        let refused: [@Sendable (any StoreWriting) throws -> Void] = [
            { [job] in _ = try $0.insert(job) }, { [job] in try $0.update(job) },
            { _ = try $0.insert(plan) }, { try $0.update(plan) },
            { _ = try $0.append([step]) }, { try $0.update([step]) },
            { try $0.update(RunRecord(id: 4711, action: "", startedBy: "", startedAt: at(1))) },
            { try $0.stage([observation], feed: world.feeds.erp) },
            { try $0.stage([world.observation(1)], feed: 4711) },
            { try $0.save([world.record(1)], feed: 4711) },
            { _ = try $0.save(conflict(world, 4711)) },
            { try $0.save(world.failure(toward: .crm, source: 1, .parked, coupling: 4711)) },
        ]
        for body in refused { await expectFailed(store, body) }
    }

    @Sendable private static func runIsKept(_ store: any StateStore) async throws {
        var run = RunRecord(action: "match", startedBy: "örjan", startedAt: at(5))
        run.id = try await store.write(with: run) { try $0.insert($1) }
        #expect(try await store.read(with: run) { try $0.run($1.id) } == run)
        #expect(try await store.read { try $0.unfinishedRuns() } == [run])
        run.finishedAt = at(9)
        run.status = .interrupted
        try await store.write(with: run) { try $0.update($1) }
        #expect(try await store.read(with: run) { try $0.run($1.id) } == run)
        #expect(try await store.read { try $0.unfinishedRuns() }.isEmpty)
        #expect(try await store.read { try $0.run(4711) } == nil)
    }

    @Sendable private static func unfinishedRuns(_ store: any StateStore) async throws {
        let numbers = try await store.write { writing throws in
            try (0..<3).map { number in
                try writing.insert(RunRecord(action: "sync", startedBy: "a", startedAt: at(10 - number)))
            }
        }
        #expect(numbers == numbers.sorted())
        #expect(try await store.read { try $0.unfinishedRuns() }.map(\.id) == numbers)
    }

    @Sendable private static func jobsNewestFirst(_ store: any StateStore) async throws {
        let world = try await World(store)
        var job = JobRecord(
            run: world.run,
            mapping: "CUSTOMER",
            direction: .toIntegrationTable,
            startedAt: at(3)
        )
        job.id = try await store.write(with: job) { try $0.insert($1) }
        #expect(try await store.read(with: job) { try $0.job($1.id) } == job)
        job.status = .finishedWithOpenItems
        job.counts.inserted = 7
        job.counts.uncoupled = 2
        job.requests = BySide(erp: 11, crm: 13)
        job.floor = BySide(erp: 10, crm: 12)
        job.seconds = 1.25
        try await store.write(with: job) { try $0.update($1) }
        let (second, otherRun) = try await store.write { [job] writing throws in
            let second = try writing.insert(job)
            var other = job
            other.run = try writing.insert(RunRecord(action: "x", startedBy: "y", startedAt: at(0)))
            _ = try writing.insert(other)
            return (second, other.run)
        }
        try await store.read { [job] reading throws in
            #expect(try reading.job(job.id) == job)
            #expect(try reading.jobs(run: world.run, limit: 10).map(\.id) == [second, job.id])
            #expect(try reading.jobs(run: nil, limit: 2).map(\.run) == [otherRun, world.run])
            #expect(try reading.jobs(run: 4711, limit: 2).isEmpty)
            #expect(try reading.job(4711) == nil)
            #expect(try reading.lastJobEnds() == ["CUSTOMER": Instant(milliseconds: 4250)])
        }
        var later = JobRecord(run: world.run, mapping: "CUSTOMER", direction: .toIntegrationTable, startedAt: at(60))
        later.seconds = 2
        _ = try await store.write(with: later) { try $0.insert($1) }
        let ends = try await store.read { try $0.lastJobEnds() }
        #expect(ends == ["CUSTOMER": Instant(milliseconds: 4250)], "a job at work has not ended")
    }

    @Sendable private static func planIsKept(_ store: any StateStore) async throws {
        let world = try await World(store)
        var plan = PlanRecord(run: world.run, state: .previewed, madeAt: at(8))
        plan.id = try await store.write(with: plan) { try $0.insert($1) }
        #expect(try await store.read(with: plan) { try $0.plan($1.id) } == plan)
        plan.state = .applying
        try await store.write(with: plan) { try $0.update($1) }
        #expect(try await store.read(with: plan) { try $0.plan($1.id) } == plan)
        #expect(try await store.read { try $0.plans(in: .applying) } == [plan])
        #expect(try await store.read { try $0.plans(in: .previewed) }.isEmpty)
        #expect(try await store.read { try $0.plan(4711) } == nil)
    }

    @Sendable private static func stepsInOrder(_ store: any StateStore) async throws {
        let world = try await World(store)
        let (plan, steps) = try await append([fullStep, emptyStep, fullStep], world, store)
        let found = try await store.read { reading throws in
            try reading.steps(plan: plan, state: .planned, after: 0, limit: 2)
                + reading.steps(plan: plan, state: .planned, after: steps[1].id, limit: 2)
        }
        #expect(found == steps)
        #expect(steps.map(\.id) == steps.map(\.id).sorted())
        #expect(try await store.read { try $0.steps(plan: plan, state: .sent, after: 0, limit: 9) }.isEmpty)
        #expect(try await store.read { try $0.steps(plan: 4711, state: .planned, after: 0, limit: 9) }.isEmpty)
    }

    @Sendable private static func sentSteps(_ store: any StateStore) async throws {
        let world = try await World(store)
        var (_, steps) = try await append([fullStep, emptyStep], world, store)
        let (other, more) = try await append([fullStep], world, store)
        steps += more
        for index in [0, 2] {
            steps[index].state = .sent
            steps[index].sentAt = at(30 + index)
        }
        try await store.write(with: steps) { try $0.update([$1[2], $1[0]]) }
        #expect(try await store.read { try $0.sentSteps(after: 0, limit: 1) } == [steps[0]])
        let rest = try await store.read(with: steps) { try $0.sentSteps(after: $1[0].id, limit: 9) }
        #expect(rest == [steps[2]])
        steps[0].state = .applied
        // Planned to be sent again, it may still arrive from the first time.
        steps[1].sentAt = at(33)
        try await store.write(with: steps) { try $0.update([$1[0], $1[1]]) }
        #expect(try await store.read { try $0.sentSteps(after: 0, limit: 9) } == [steps[1], steps[2]])
        #expect(try await store.read { try $0.steps(plan: other, state: .sent, after: 0, limit: 9) } == [steps[2]])
    }

    @Sendable private static func stepStates(_ store: any StateStore) async throws {
        let world = try await World(store)
        var (plan, steps) = try await append(StepState.allCases.map { _ in emptyStep }, world, store)
        for (index, state) in StepState.allCases.enumerated() { steps[index].state = state }
        try await store.write(with: steps) { try $0.update($1) }
        for (index, state) in StepState.allCases.enumerated() {
            let found = try await store.read(with: plan) { try $0.steps(plan: $1, state: state, after: 0, limit: 9) }
            #expect(found == [steps[index]])
        }
    }

    @Sendable private static func historyNewestFirst(_ store: any StateStore) async throws {
        let world = try await World(store)
        let entries = (1...4).map { number in
            HistoryEntry(
                step: Int64(number),
                run: world.run,
                job: number == 2 ? nil : 9,
                mapping: "CUSTOMER",
                coupling: 5,
                side: number == 4 ? .crm : .erp,
                record: id(1),
                action: .update,
                fields: fullStep.fields.map(\.write),
                at: at(number),
                isConfirmed: number != 3
            )
        }
        try await store.write { try $0.append(entries) }
        let found = try await store.read { try $0.history(side: .erp, record: id(1), limit: 2) }
        #expect(found.map(\.step) == [3, 2])
        var expected = entries[2]
        expected.id = found[0].id
        #expect(found[0] == expected)
        #expect(found[1].job == nil)
        #expect(try await store.read { try $0.history(side: .crm, record: id(1), limit: 9) }.map(\.step) == [4])
        #expect(try await store.read { try $0.history(side: .erp, record: id(2), limit: 9) }.isEmpty)
    }
}
