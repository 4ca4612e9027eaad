import CoupletCore
import CoupletPorts

/// Puts rows that were read into the store: what is known of each record, and the content of those that matter.
struct Staging {
    let context: MappingContext
    let side: Side
    let feed: Int64
    /// The store's sequence number at which the read began.
    let sequence: Int64
    /// Whether the whole table is being read, so that every row is noted as seen.
    let isWhole: Bool

    /// What staging a page found.
    struct Staged: Sendable {
        /// The ids that tombstones name.
        var tombstones: [RecordID] = []
        /// Whether a record was known from before.
        var isFamiliar = false
        /// How many rows say something that was not known: no echo of our own writes, and none that was read before.
        var news = 0
    }

    /// Stages a page.
    func stage(_ page: RowPage, _ transaction: any StoreWriting) throws -> Staged {
        let known = try transaction.records(feed: feed, ids: page.ids)
        let programs = [context.program] + context.siblings[side]
        let guarded = programs.filter { !$0.unkept.isEmpty }
        let couplings = try programs.map { program in
            try transaction.couplings(side: side, records: page.ids, mapping: program.mapping.name)
        }
        let kept = isWhole ? try transaction.observations(feed: feed, ids: page.ids) : [:]
        var staged = Staged()
        var records: [RecordID: RemoteRecord] = [:]
        var observations: [RecordID: StagedObservation] = [:]
        var dropped: [RecordID] = []
        var returned: [RecordID] = []
        for index in 0..<page.count {
            let id = page.ids[index]
            guard page.kind(at: index) == .present else {
                staged.tombstones.append(id)
                continue
            }
            let row = ObservedRow(row: page.row(at: index), layout: page.layout, version: page.version(at: index))
            let before = known[id]
            // An older read of a record that we wrote since says nothing.
            if let before, before.writeSequence > sequence { continue }
            records[id] = record(id, row, before)
            if before?.isDeleted == true { returned.append(id) }
            if before?.isDeleted == false { staged.isFamiliar = true }
            let isCoupled = couplings.contains { $0[id] != nil }
            // A filter may have changed since the row was staged.
            if isWhole { try noteScope(row, id, programs, couplings, transaction) }
            // Of a record that is not coupled, nothing is on its way.
            let kept = kept[id]
            let content =
                isCoupled || guarded.isEmpty
                ? row.row
                : guarded.reduce(row.row) { content, program in
                    program.digested(ObservedRow(row: content, layout: row.layout, version: ""), side: side, record: id)
                }
            if isKnown(row, content, before, kept) { continue }
            if !isWhole { try noteScope(row, id, programs, couplings, transaction) }
            if isCoupled || programs.contains(where: { isInScope(row, $0) }) {
                observations[id] = StagedObservation(
                    id: id,
                    version: row.version,
                    layout: page.layout.number,
                    row: content
                )
            } else {
                dropped.append(id)
            }
        }
        try transaction.save(Array(records.values), feed: feed)
        if !returned.isEmpty {
            try Disappearance(context: context, side: side, now: context.openedAt).takeBack(returned, transaction)
        }
        try transaction.stage(Array(observations.values), feed: feed)
        try transaction.removeObservations(dropped, feed: feed)
        staged.news = observations.count + dropped.count + staged.tombstones.count
        return staged
    }

    /// An unchanged version is a shortcut, unless the content may be needed in another layout, or is another one although
    /// the version is the same: a system that was put back to an earlier state gives out its versions once more.
    private func isKnown(
        _ row: ObservedRow,
        _ content: EncodedRow,
        _ before: RemoteRecord?,
        _ staged: StagedObservation?
    ) -> Bool {
        guard let before, !before.isDeleted, !row.version.isEmpty, before.version == row.version else { return false }
        if !isWhole { return true }
        return staged.map { known in
            known.version == row.version && known.layout == row.layout.number && known.row == content
        } ?? false
    }

    private func record(_ id: RecordID, _ row: ObservedRow, _ before: RemoteRecord?) -> RemoteRecord {
        RemoteRecord(
            id: id,
            version: row.version,
            key: context.program.key(of: row, side: side),
            name: context.program.name(of: row, side: side),
            readSequence: sequence,
            writeSequence: before?.writeSequence ?? 0
        )
    }

    private func isInScope(_ row: ObservedRow, _ program: MappingProgram) -> Bool {
        context.decisions.isInScope(row, side: side, program: program)
    }

    private func noteScope(
        _ row: ObservedRow,
        _ id: RecordID,
        _ programs: [MappingProgram],
        _ couplings: [[RecordID: Coupling]],
        _ transaction: any StoreWriting
    ) throws {
        for (program, found) in zip(programs, couplings) {
            guard var coupling = found[id] else { continue }
            let isOutside = !isInScope(row, program)
            guard coupling.isOutOfScope[side] != isOutside else { continue }
            coupling.isOutOfScope[side] = isOutside
            try transaction.update(coupling)
        }
    }
}
