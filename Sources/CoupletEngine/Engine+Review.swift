import CoupletCore
import CoupletPorts
import Synchronization

extension Engine {
    /// Shows what synchronizing everything would do; see `ReviewFullSynchronization`.
    func review(_ action: ReviewFullSynchronization, _ context: ActionContext) async throws -> ReviewView {
        let (mappings, last) = try await store.read { transaction in
            let all = try StepOrdering.ordered(transaction.mappings())
            if all.isEmpty { throw CoupletError("mapping.none", status: .wrongConfiguration) }
            return (all.filter { $0.pausedAt == nil }, try LastFullRun(transaction))
        }
        let lines = ReviewLines()
        let result = try await RunSession.run(Self.fullName, context, isPreview: true) { session in
            for mapping in mappings {
                let run = try await session.open(mapping, mapping.direction, isFull: true, writes: true)
                guard try await session.prepareOrLeaveOut(run, isFull: true) else { continue }
                var planned = try await CouplingPlanner(run: run, choice: nil, isAsked: true).plan(.all)
                let changed = planned.steps
                if action.creates || !mapping.onlyCoupled { try await planCreates(run, &planned) }
                let created = BySide(erp: planned.steps.erp - changed.erp, crm: planned.steps.crm - changed.crm)
                lines.add(try await line(run, changed: changed, created: created, last))
            }
        }
        return ReviewView(
            lines: lines.all,
            plan: result.plan,
            notices: result.notices,
            canContinue: last.isOpen
        )
    }

    /// What a run of everything in full is called.
    static let fullName = "sync.full"

    private func line(
        _ run: MappingRun,
        changed: BySide<Int>,
        created: BySide<Int>,
        _ last: LastFullRun
    ) async throws -> ReviewView.Line {
        let mapping = run.context.mapping
        let uncoupled = BySide(
            erp: try await records.uncoupledCount(run.context, .erp),
            crm: try await records.uncoupledCount(run.context, .crm)
        )
        return try await store.read { transaction in
            let coupled = try transaction.couplingCount(mapping: mapping.name)
            let jobs = try transaction.jobs(run: nil, limit: 10_000).filter { $0.mapping == mapping.name }
            return ReviewView.Line(
                mapping: mapping.name,
                direction: mapping.direction,
                after: StepOrdering.predecessors(of: mapping),
                coupled: coupled,
                uncoupled: uncoupled,
                advice: FullSynchronizationAdvice(coupled: coupled, uncoupled: uncoupled),
                created: created,
                changed: changed,
                lastStatus: BySide(
                    erp: jobs.first { $0.direction == .fromIntegrationTable }?.status,
                    crm: jobs.first { $0.direction == .toIntegrationTable }?.status
                ),
                isDone: last.done.contains(mapping.name)
            )
        }
    }
}

/// Collects the lines of a review.
private final class ReviewLines: Sendable {
    private let lines = Mutex<[ReviewView.Line]>([])

    var all: [ReviewView.Line] { lines.withLock { $0 } }

    func add(_ line: ReviewView.Line) { lines.withLock { $0.append(line) } }
}

/// How far the last synchronization of everything came.
struct LastFullRun: Sendable {
    /// The mappings that it has finished.
    private(set) var done: Set<String> = []
    /// Whether it did not come to its end.
    private(set) var isOpen = false

    init(_ transaction: any StoreReading) throws {
        for job in try transaction.jobs(run: nil, limit: 1000) {
            guard let run = try transaction.run(job.run), run.action == Engine.fullName else { continue }
            // A run that says nothing of what kept it came to its end, whatever it left open.
            isOpen = run.status != .done && run.status != .doneWithOpenItems && run.status != .waitsForApproval
            let jobs = Dictionary(grouping: try transaction.jobs(run: run.id, limit: 1000), by: \.mapping)
            for (mapping, own) in jobs where own.allSatisfy({ $0.status.isEnd }) { done.insert(mapping) }
            return
        }
    }
}

extension JobStatus {
    /// Whether a job came to its end.
    fileprivate var isEnd: Bool { self == .finished || self == .finishedWithOpenItems }
}
