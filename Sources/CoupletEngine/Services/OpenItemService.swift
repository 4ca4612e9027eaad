import CoupletCore
import CoupletPorts

/// Shows questions, conflicts and jobs.
package struct OpenItemService: Sendable {
    let store: any StateStore
    let gate: RunGate

    func questions(_ action: ListQuestions) async throws -> QuestionsView {
        try await store.read { transaction in
            let name = try action.mapping.map { try MappingService.mapping(named: $0, in: transaction).name }
            return QuestionsView(questions: try transaction.questions(mapping: name, includingClosed: false))
        }
    }

    func conflicts(_ action: ListConflicts) async throws -> ConflictsView {
        try await store.read { transaction in
            let name = try action.mapping.map { try MappingService.mapping(named: $0, in: transaction).name }
            return ConflictsView(conflicts: try transaction.conflicts(mapping: name, includingClosed: false))
        }
    }

    func jobs(limit: Int) async throws -> JobsView {
        guard limit > 0 else { throw CoupletError("job.badLimit", ["limit": String(limit)], status: .wrongUse) }
        return try await store.read { JobsView(jobs: try $0.jobs(run: nil, limit: limit).map(view)) }
    }

    /// A job; while nobody is at work, one that never ended was cut off.
    private func view(_ job: JobRecord) -> JobView {
        var view = JobView(job)
        if job.status == .inProcess, gate.isFree { view.status = .interrupted }
        return view
    }

    func job(_ id: Int64) async throws -> JobsView {
        try await store.read { transaction in
            guard let job = try transaction.job(id) else {
                throw CoupletError("job.unknown", ["job": String(id)], status: .wrongUse)
            }
            return JobsView(jobs: [view(job)])
        }
    }
}
