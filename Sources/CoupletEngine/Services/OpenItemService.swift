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

    func jobs(_ action: ListJobs) async throws -> JobsView {
        let limit = action.limit
        guard limit > 0 else { throw CoupletError("job.badLimit", ["limit": String(limit)], status: .wrongUse) }
        return try await store.read { transaction in
            guard let name = action.mapping else {
                if action.key != nil { throw CoupletError("job.keyWithoutMapping", status: .wrongUse) }
                return JobsView(jobs: try transaction.jobs(run: nil, limit: limit).map(view))
            }
            let mapping = try MappingService.mapping(named: name, in: transaction)
            guard let key = action.key else {
                let all = try transaction.jobs(run: nil, limit: Int.max).filter { $0.mapping == mapping.name }
                return JobsView(jobs: all.prefix(limit).map(view))
            }
            let numbers = try RecordLog(key, mapping, transaction).jobs.sorted(by: >)
            return JobsView(jobs: try numbers.prefix(limit).compactMap { try transaction.job($0) }.map(view))
        }
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
