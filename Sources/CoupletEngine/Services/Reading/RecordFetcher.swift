import CoupletCore
import CoupletPorts

/// Reads records by their ids and stages them; tells deleted ones from those that nobody would talk about.
struct RecordFetcher: Sendable {
    let store: any StateStore

    /// Reads and stages records.
    /// - Returns: The ids that the remote says do not exist.
    @discardableResult
    func fetch(_ ids: [RecordID], _ context: MappingContext, _ side: Side) async throws -> [RecordID] {
        guard !ids.isEmpty else { return [] }
        let rows = try await read(ids, context, side)
        try await store.write { try rows.stage(context, $0) }
        return rows.missing
    }

    /// Records as they are now, to be staged in a transaction that does more.
    struct Rows: Sendable {
        let side: Side
        let sequence: Int64
        let page: RowPage
        /// The ids that the remote says do not exist.
        let missing: [RecordID]

        /// Stages the records; what couplings need to know of them is known from then on.
        func stage(_ context: MappingContext, _ transaction: any StoreWriting) throws {
            let feed = context.feeds[side].id
            _ = try Staging(context: context, side: side, feed: feed, sequence: sequence, isWhole: true)
                .stage(page, transaction)
        }
    }

    /// Reads records and stages nothing yet.
    func read(_ ids: [RecordID], _ context: MappingContext, _ side: Side) async throws -> Rows {
        let sequence = try await store.write { try $0.nextSequence() }
        let answers = try await context.connectors[side].fetch(ids, of: context.shapes[side])
        var page = RowPage(layout: context.program.layouts[side])
        var missing: [RecordID] = []
        for (id, answer) in zip(ids, answers) {
            switch answer {
            case .present(let row):
                page.append(id: id, version: row.version.utf8, kind: .present, row: row.row.bytes)
            case .missing: missing.append(id)
            case .unknown: break
            }
        }
        return Rows(side: side, sequence: sequence, page: page, missing: missing)
    }

    /// Marks candidates as deleted where reading them by id says so while another record of the table answers.
    ///
    /// Absence alone proves nothing: a lost permission or an empty answer looks the same.
    func confirmDeletions(_ candidates: [RecordID], _ context: MappingContext, _ side: Side) async throws {
        let feed = context.feeds[side].id
        let known = try await store.read { try $0.records(feed: feed, ids: candidates) }
        let asked = candidates.filter { known[$0] != nil && known[$0]?.isDeleted == false }
        guard !asked.isEmpty else { return }
        let missing = Set(try await fetch(asked, context, side))
        guard !missing.isEmpty, try await tableAnswers(context, side, besides: missing) else { return }
        try await store.write { transaction in
            let gone = try transaction.records(feed: feed, ids: missing.sorted()).values.map { record in
                var record = record
                record.isDeleted = true
                return record
            }
            try transaction.save(gone, feed: feed)
        }
    }

    private func tableAnswers(
        _ context: MappingContext,
        _ side: Side,
        besides missing: Set<RecordID>
    ) async throws -> Bool {
        let page = try await context.connectors[side].read(.matching(.everything), of: context.shapes[side])
        return page.rows.ids.contains { !missing.contains($0) }
    }
}
