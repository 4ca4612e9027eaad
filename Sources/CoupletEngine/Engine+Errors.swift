import CoupletCore
import CoupletPorts

extension Engine {
    /// Tries again what did not go through; see `RetryError`.
    func retry(_ action: RetryError, _ context: ActionContext) async throws -> RunOrPlan {
        let (failures, mappings) = try await store.read { transaction in
            let failures = try Self.failures(of: action, transaction)
            let names = Set(failures.map(\.mapping))
            return (failures, try StepOrdering.ordered(transaction.mappings()).filter { names.contains($0.name) })
        }
        let asked = Asked.about(nil, keys: action.keys, ["cause": action.cause])
        return try await RunSession.run(RetryError.name, context, isPreview: action.isPreview, asked: asked) {
            session in
            for mapping in mappings {
                let own = failures.filter { $0.mapping == mapping.name }
                let run = try await session.open(mapping, mapping.direction, isFull: false, writes: true)
                try await session.prepare(run, isFull: false)
                try await session.hold(run, retry(own, run))
                if !session.isPreview { session.book.charge(run.mainJob, run.context) }
            }
        }
    }

    private static func failures(of action: RetryError, _ transaction: any StoreReading) throws -> [FailureRecord] {
        guard let cause = action.cause else { return try transaction.failures(mapping: nil) }
        return try failures(cause: cause, keys: action.keys, transaction)
    }

    /// Coupled records are compared again although they are parked; counterparts are created again where the records
    /// still match nothing.
    /// - Returns: Why creates are planned only, and must wait for approval; none where they are done.
    private func retry(_ failures: [FailureRecord], _ run: MappingRun) async throws -> [Message] {
        let name = run.context.name
        try await run.lookAgain(failures)
        let couplings = try await store.read { transaction in
            try failures.compactMap { failure in
                try transaction.coupling(mapping: name, side: failure.target.other, record: failure.source)?.id
            }
        }
        if !couplings.isEmpty {
            try await run.synchronize(
                MappingRun.Selection(scope: .couplings(Set(couplings).sorted()), choice: nil, isAsked: true)
            )
        }
        var creates = BySide<Set<RecordID>>(erp: [], crm: [])
        for failure in failures where failure.coupling == nil { creates[failure.target].insert(failure.source) }
        guard run.targets.contains(where: { !creates[$0].isEmpty }) else { return [] }
        let matches = try await MatchFinder(run: run).find()
        try await matches.ask(run, about: matches.all.filter { creates.crm.contains($0) })
        var holds: [Message] = []
        for target in run.targets where !creates[target].isEmpty {
            holds += try await run.create(on: target, withheld: matches.withheld(target), only: creates[target])
        }
        return holds
    }
}
