import CoupletCore
import CoupletPorts
import Synchronization

/// What is stored wrongly.
extension Mutant {
    static let stores: [Mutant] = [
        .store("base moved when a step is planned") { { BaseMovedEarly($0) } },
        .store("checkpoint stored before what it covers") {
            let held = HeldObservations()
            return { CheckpointFirst($0, held) }
        },
        .store("filter evaluated on old values") { { ScopeForgotten($0) } },
        .store("step not marked as sent") { { NotMarkedAsSent($0) } },
        .store("one parked record holds up all others") { { ParkedBlocks($0) } },
        .store("couplings left to rest with work undone") { { RestingTooSoon($0) } },
    ]

    static let transactions: [Mutant] = [
        .store("values before a write not kept") { { NothingBefore($0) } },
        .store("writes not kept in the history") { { NoHistory($0) } },
        .store("question not asked") { { NoQuestions($0) } },
        .store("conflict not kept") { { NoConflicts($0) } },
        .store("failure not kept") { { NoFailures($0) } },
        .clock("time to wait not waited") { ImpatientClock(clock: $0) },
    ]
}

private final class BaseMovedEarly: WritingRelay {
    override func append(_ steps: [StoredStep]) throws -> [Int64] {
        for stored in steps where stored.state == .planned && stored.step.action == .update && stored.job != nil {
            guard let coupling = stored.step.coupling,
                let mapping = try mappings().first(where: { $0.name == stored.step.mapping }),
                let erp = try feed(connection: mapping.erp.connection, table: mapping.erp.table),
                let crm = try feed(connection: mapping.crm.connection, table: mapping.crm.table),
                let base = try couplingStates(
                    mapping: mapping.name,
                    feeds: BySide(erp: erp.id, crm: crm.id),
                    scope: .couplings([coupling]),
                    now: Instant(milliseconds: 0),
                    after: 0,
                    limit: 1
                ).first?.base
            else { continue }
            var values = base.values(in: base.layout)
            for field in stored.step.fields {
                guard let position = base.layout.position(of: field.write.field) else { continue }
                var pair = BySide(erp: field.write.value, crm: field.write.value)
                pair[stored.step.target.other] = field.write.source
                values[position] = pair
            }
            try save([(coupling, Base(layout: base.layout, values: values))])
        }
        return try super.append(steps)
    }
}

/// Observations of a process that are stored with its next transaction.
private final class HeldObservations: Sendable {
    struct Held: Sendable {
        var feed: Int64
        var observations: [StagedObservation]
    }

    let held = Mutex<[Held]>([])
}

private final class CheckpointFirst: WritingRelay {
    private let held: HeldObservations

    init(_ wrapped: any StoreWriting, _ held: HeldObservations) {
        self.held = held
        super.init(wrapped)
        for due in held.held.withLock({ $0 }) { try? wrapped.stage(due.observations, feed: due.feed) }
        held.held.withLock { $0 = [] }
    }

    override func stage(_ observations: [StagedObservation], feed: Int64) throws {
        held.held.withLock { $0.append(.init(feed: feed, observations: observations)) }
    }
}

private final class ScopeForgotten: WritingRelay {
    override func update(_ coupling: Coupling) throws {
        var old = coupling
        if let known = try self.coupling(coupling.id) { old.isOutOfScope = known.isOutOfScope }
        try super.update(old)
    }
}

private final class NotMarkedAsSent: WritingRelay {
    override func update(_ steps: [StoredStep]) throws {
        try super.update(
            steps.map { step in
                var step = step
                if step.state == .sent { (step.state, step.sentAt) = (.dropped, nil) }
                return step
            }
        )
    }
}

private final class ParkedBlocks: WritingRelay {
    override func steps(plan: Int64, state: StepState, after: Int64, limit: Int) throws -> [StoredStep] {
        let found = try super.steps(plan: plan, state: state, after: after, limit: limit)
        guard state == .planned, let mapping = found.first?.step.mapping else { return found }
        return try failures(mapping: mapping).contains { $0.disposition == .parked } ? [] : found
    }
}

private final class RestingTooSoon: WritingRelay {
    override func append(_ steps: [StoredStep]) throws -> [Int64] {
        for step in steps {
            guard step.job != nil, let coupling = step.step.coupling else { continue }
            try rest([coupling], mapping: step.step.mapping)
        }
        return try super.append(steps)
    }
}

private final class NothingBefore: WritingRelay {
    override func append(_ entries: [HistoryEntry]) throws {
        try super.append(
            entries.map { entry in
                var entry = entry
                for index in entry.fields.indices { entry.fields[index].before = .null }
                return entry
            }
        )
    }
}

private final class NoHistory: WritingRelay {
    override func append(_ entries: [HistoryEntry]) throws {}
}

private final class NoQuestions: WritingRelay {
    override func save(_ question: QuestionRecord) throws -> Int64 { question.id }
}

private final class NoConflicts: WritingRelay {
    override func save(_ conflict: ConflictRecord) throws -> Int64 { conflict.id }
}

private final class NoFailures: WritingRelay {
    override func save(_ failure: FailureRecord) throws {}
}

/// Does not wait.
private struct ImpatientClock: EngineClock {
    let clock: any EngineClock

    var now: Instant { clock.now }

    func sleep(until instant: Instant) async throws { try Task.checkCancellation() }
}
