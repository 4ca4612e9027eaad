import CoupletCore
import CoupletPorts
import Synchronization

extension Engine {
    /// Lists couplings as rows of a file; see `ExportCouplings`.
    func exportCouplings(_ action: ExportCouplings) async throws -> CouplingRowsView {
        let mappings = try await store.read { transaction in
            if let name = action.mapping { return [try MappingService.mapping(named: name, in: transaction)] }
            return try StepOrdering.ordered(transaction.mappings())
        }
        var rows: [CouplingRow] = []
        for mapping in mappings {
            var after: Int64 = 0
            while true {
                let (position, now) = (after, clock.now)
                let batch = try await store.read { transaction -> (rows: [CouplingRow], last: Int64)? in
                    guard let feeds = try Self.feeds(of: mapping, transaction) else { return nil }
                    let states = try transaction.couplingStates(
                        mapping: mapping.name,
                        feeds: feeds,
                        scope: .all,
                        now: now,
                        after: position,
                        limit: CouplingPlanner.batchSize
                    )
                    guard let last = states.last else { return nil }
                    return (try states.map { try Self.row($0, mapping, feeds, transaction) }, last.coupling.id)
                }
                guard let batch else { break }
                rows += batch.rows
                after = batch.last
            }
        }
        return CouplingRowsView(rows: rows)
    }

    private static func feeds(of mapping: TableMapping, _ transaction: any StoreReading) throws -> BySide<Int64>? {
        guard let erp = try transaction.feed(connection: mapping.erp.connection, table: mapping.erp.table),
            let crm = try transaction.feed(connection: mapping.crm.connection, table: mapping.crm.table)
        else { return nil }
        return BySide(erp: erp.id, crm: crm.id)
    }

    /// The ERP's number where it names one record only, else its id.
    private static func row(
        _ state: CouplingState,
        _ mapping: TableMapping,
        _ feeds: BySide<Int64>,
        _ transaction: any StoreReading
    ) throws -> CouplingRow {
        let ids = state.coupling.ids
        var erp = ids.erp.description
        if let key = state.records.erp?.key, !key.isEmpty, RecordID(key) == nil,
            try transaction.records(feed: feeds.erp, key: key).map(\.id) == [ids.erp]
        {
            erp = key
        }
        return CouplingRow(mapping: mapping.name, erp: erp, crm: ids.crm.description)
    }

    /// Couples the records that rows name; see `ImportCouplings`.
    func importCouplings(_ action: ImportCouplings, _ context: ActionContext) async throws -> CouplingImportView {
        let checks = Checks()
        let (named, unknown) = try await rowsByMapping(action.rows)
        checks.note(unknown)
        let asked = ["rows": String(action.rows.count)]
        let result = try await RunSession.run(ImportCouplings.name, context, isPreview: action.isPreview, asked: asked)
        { session in
            var ready: [(run: MappingRun, checked: CouplingRowCheck)] = []
            for (mapping, rows) in named {
                let run = try await session.open(mapping, mapping.direction, isFull: false, writes: false)
                try await session.prepare(run, isFull: false)
                try await run.readUnkept(store.read { CouplingRowCheck.records(of: rows, run.context, $0) })
                let checked = try await store.read { try CouplingRowCheck(rows, run.context, $0) }
                checks.note(checked.problems, present: checked.present)
                ready.append((run, checked))
            }
            for (run, checked) in ready {
                if checks.isGood {
                    try await Coupler(run: run, isCompared: false).couple(checked.steps, keys: checked.keys)
                }
                if !session.isPreview { session.book.charge(run.mainJob, run.context) }
            }
        }
        let found = checks.found
        return CouplingImportView(present: found.present, problems: found.problems, result: result)
    }

    private func rowsByMapping(
        _ rows: [CouplingRow]
    ) async throws -> (named: [(TableMapping, [CouplingRow])], unknown: [CouplingImportView.Problem]) {
        let mappings = try await store.read { try StepOrdering.ordered($0.mappings()) }
        guard !mappings.isEmpty else { throw CoupletError("mapping.none", status: .wrongConfiguration) }
        let byName = Dictionary(grouping: rows) { $0.mapping.uppercased() }
        let known = mappings.map(\.name)
        let unknown = rows.filter { !known.contains($0.mapping.uppercased()) }.map { row in
            CouplingImportView.Problem(
                line: row.line,
                message: Message(
                    "mapping.unknown",
                    ["mapping": row.mapping, "known": known.joined(separator: ", ")]
                )
            )
        }
        return (mappings.compactMap { mapping in byName[mapping.name].map { (mapping, $0) } }, unknown)
    }

    /// What checking found so far, noted while the run goes on.
    private final class Checks: Sendable {
        private let state = Mutex<(problems: [CouplingImportView.Problem], present: Int)>(([], 0))

        func note(_ problems: [CouplingImportView.Problem], present: Int = 0) {
            state.withLock { state in
                state.problems += problems
                state.present += present
            }
        }

        var isGood: Bool { state.withLock { $0.problems.isEmpty } }

        var found: (problems: [CouplingImportView.Problem], present: Int) {
            state.withLock { ($0.problems.sorted { $0.line < $1.line }, $0.present) }
        }
    }
}
