import CoupletCore
import CoupletPorts

/// Finds the couplings whose two records both belong to two records that are uncoupled: a contact of the ERP at a
/// customer, coupled with a contact of the CRM at that customer's account.
struct ChildCouplings: Sendable {
    /// The mapping of the records that belong to others.
    let run: MappingRun
    /// The mapping of those others.
    let parent: String
    /// The couplings of the parents that end, by the CRM's record.
    let ended: [RecordID: RecordID]

    /// The couplings' numbers, in order.
    /// - Returns: The numbers.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func numbers() async throws -> [Int64] {
        var found = try await search()
        if try await run.readKeys(lacking: found.lacking) { found = try await search() }
        return found.numbers
    }

    private func search() async throws -> (numbers: [Int64], lacking: Set<MappingContext.KeyFeed>) {
        var numbers: [Int64] = []
        var lacking: Set<MappingContext.KeyFeed> = []
        var after: Int64 = 0
        let (run, parent, ended) = (run, parent, ended)
        while true {
            let position = after
            let page = try await run.store.read { transaction -> (last: Int64?, found: [Int64], lookup: Lacking) in
                let states = try transaction.couplingStates(
                    mapping: run.context.name,
                    feeds: run.context.feedIDs,
                    scope: .all,
                    now: run.clock.now,
                    after: position,
                    limit: CouplingSteps.batchSize
                )
                let program = run.context.program
                let inputs = try CouplingInput.all(states, program, transaction).filter { input in
                    program.parent(of: input.input, in: parent).map { ended[$0] != nil } ?? false
                }
                var lookup = ReferenceLookup(run.context, transaction)
                try lookup.answer(program.referenceQuestions(inputs.map(\.input)))
                let found = inputs.filter { program.isParentShared($0.input, in: parent, references: lookup.table) }
                return (states.last?.coupling.id, found.map(\.state.coupling.id), lookup.lacking)
            }
            guard let last = page.last else { return (numbers, lacking) }
            after = last
            numbers += page.found
            lacking.formUnion(page.lookup)
            try Task.checkCancellation()
        }
    }

    private typealias Lacking = Set<MappingContext.KeyFeed>
}
