import CoupletCore
import CoupletPorts

/// Reads records by their ids and stages them; tells deleted ones from those that nobody would talk about.
struct RecordFetcher: Sendable {
    let store: any StateStore

    /// Reads and stages records.
    /// - Returns: What was read; nil where there was nothing to read.
    @discardableResult
    func fetch(_ ids: [RecordID], _ context: MappingContext, _ side: Side) async throws -> Rows? {
        guard !ids.isEmpty else { return nil }
        let rows = try await read(ids, context, side)
        try await store.write { try rows.stage(context, $0) }
        return rows
    }

    /// Records as they are now, to be staged in a transaction that does more.
    struct Rows: Sendable {
        let side: Side
        let sequence: Int64
        let page: RowPage
        /// The ids that the remote says do not exist.
        let missing: [RecordID]
        /// Whether every record was told of that the remote does not keep from us: none was put off.
        let isWhole: Bool

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
        var isWhole = true
        for (id, answer) in zip(ids, answers) {
            switch answer {
            case .present(let row):
                page.append(id: id, version: row.version.utf8, kind: .present, row: row.row.bytes)
            case .missing: missing.append(id)
            case .putOff: isWhole = false
            case .unknown: break
            }
        }
        return Rows(side: side, sequence: sequence, page: page, missing: missing, isWhole: isWhole)
    }

    /// What is known of a table besides the candidates for deletion.
    enum Familiarity: Sendable {
        /// Records that were not read since this number of the store's sequence are known from before.
        case unreadSince(Int64)
        /// What was read just now had records that were known from before, or had none although the table was read whole.
        case seen(Bool)
        /// Nothing was read just now: all that is known is known from before.
        case anyKnown
    }

    /// Marks candidates as deleted where reading them by id says so while another known record of the table
    /// answers, and with it the company that the table belongs to.
    ///
    /// Absence alone proves nothing: a lost permission or an empty answer looks the same.
    /// - Returns: Whether none of the candidates was put off, so that nothing is left to be asked again.
    @discardableResult
    func confirmDeletions(
        _ candidates: [RecordID],
        _ context: MappingContext,
        _ side: Side,
        _ familiarity: Familiarity = .anyKnown
    ) async throws -> Bool {
        let feed = context.feeds[side].id
        let known = try await store.read { try $0.records(feed: feed, ids: candidates) }
        let asked = candidates.filter { known[$0] != nil && known[$0]?.isDeleted == false }
        guard let rows = try await fetch(asked, context, side) else { return true }
        let missing = Set(rows.missing)
        guard !missing.isEmpty, try await tableAnswers(context, side, besides: missing, familiarity) else {
            return rows.isWhole
        }
        try await store.write { transaction in
            let gone = try transaction.records(feed: feed, ids: missing.sorted()).values.map { record in
                var record = record
                record.isDeleted = true
                return record
            }
            try transaction.save(gone, feed: feed)
            try Disappearance(context: context, side: side, now: context.openedAt).note(gone, transaction)
        }
        return rows.isWhole
    }

    private func tableAnswers(
        _ context: MappingContext,
        _ side: Side,
        besides missing: Set<RecordID>,
        _ familiarity: Familiarity
    ) async throws -> Bool {
        if case .seen(let isFamiliar) = familiarity { return isFamiliar }
        let page = try await context.connectors[side].read(.matching(.everything), of: context.shapes[side])
        let others = page.rows.ids.filter { !missing.contains($0) }
        let feed = context.feeds[side].id
        // A table of strangers is another table than the one that the missing records were in.
        return try await store.read { transaction in
            try transaction.records(feed: feed, ids: others).values.contains { record in
                guard !record.isDeleted else { return false }
                if case .unreadSince(let sequence) = familiarity { return record.readSequence < sequence }
                return true
            }
        }
    }
}
