import CoupletCore
import CoupletPorts

/// Brings a feed up to date: stages what changed, page by page, and its next checkpoint with the last page.
struct ChangeReader: Sendable {
    /// What was read.
    struct Summary: Sendable {
        /// How many rows say something that was not known.
        var news: Int
        /// The fewest requests that they can be read with.
        var floor: Int
    }

    let store: any StateStore
    let progress: ProgressSink

    /// Reads a side's changes, or the whole table, and finds out which missing records are deleted.
    /// - Parameters:
    ///   - context: The mapping that asks; its sibling mappings are served as well.
    ///   - side: The side to read.
    ///   - isFull: Whether the whole table is read although a checkpoint is known.
    /// - Returns: What was read.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    @discardableResult
    func refresh(_ context: MappingContext, _ side: Side, isFull: Bool) async throws -> Summary {
        let connection = context.mapping.table(side).connection
        let table = context.mapping.table(side).table
        let start = try await store.write { transaction -> Start? in
            guard let feed = try transaction.feed(connection: connection, table: table) else { return nil }
            return try Self.start(feed, isWhole: isFull || feed.checkpoint == nil, transaction)
        }
        guard let start else { return Summary(news: 0, floor: 0) }
        guard let checkpoint = start.feed.checkpoint, !isFull else {
            return try await read(.everything, context, side, start)
        }
        do {
            return try await read(.changes(since: checkpoint), context, side, start)
        } catch let error as ConnectorError where error.kind == .checkpointExpired {
            let anew = try await store.write { try Self.start(start.feed, isWhole: true, $0) }
            return try await read(.everything, context, side, anew)
        }
    }

    /// What is known of a feed when a read of it begins.
    private struct Start {
        var feed: StoredFeed
        /// The read's place among all reads: what is known from later ones is not overwritten by it.
        var sequence: Int64
        /// How many records are known, for a read of the whole table.
        var known: Int
    }

    private static func start(
        _ feed: StoredFeed,
        isWhole: Bool,
        _ transaction: any StoreWriting
    ) throws -> Start {
        Start(
            feed: feed,
            sequence: try transaction.nextSequence(),
            known: isWhole ? try transaction.recordCount(feed: feed.id) : 0
        )
    }

    /// At most two pages are in flight: the next one is asked for while this one is staged.
    private func read(
        _ first: ReadRequest,
        _ context: MappingContext,
        _ side: Side,
        _ start: Start
    ) async throws -> Summary {
        let (feed, sequence, known) = (start.feed, start.sequence, start.known)
        let connector = context.connectors[side]
        let shape = context.shapes[side]
        let isWhole = first == .everything
        var candidates: [RecordID] = []
        var isFamiliar = false
        var (done, news) = (0, 0)
        var page = try await connector.read(first, of: shape)
        while true {
            let current = page
            async let following = Self.next(after: current, connector, shape)
            let mayEnd = !isWhole && candidates.isEmpty
            let end = ReadEnd(isWhole: isWhole, savesCheckpoint: mayEnd)
            let staged = try await stage(current, context, side, feed, sequence: sequence, end)
            candidates += staged.tombstones
            isFamiliar = isFamiliar || staged.isFamiliar
            done += current.rows.count
            news += staged.news
            // As many as last time are to be expected, until there are more.
            let total = known >= done && known > 0 ? known : nil
            progress(ProgressEvent(stage: .reading, mapping: context.name, side: side, done: done, total: total))
            try Task.checkCancellation()
            guard let next = try await following else { break }
            page = next
        }
        if isWhole { candidates += try await unseen(context, side, since: sequence) }
        let floor = RequestFloor.reads(rows: done, page: connector.capabilities.maximumPage)
        let summary = Summary(news: news, floor: floor)
        guard isWhole || !candidates.isEmpty else { return summary }
        // Who asks the remote about missing records must not fail with the checkpoint moved: the tombstones would be
        // told only once.
        let isTold = try await RecordFetcher(store: store).confirmDeletions(
            candidates,
            context,
            side,
            isWhole || isFamiliar ? .seen(isFamiliar) : .unreadSince(sequence)
        )
        let (last, isEmpty) = (page, isWhole && done == 0)
        try await store.write { transaction in
            if isEmpty { try Self.note(isEmpty: true, feed, transaction) }
            // Of a record that was put off, or what became of it, nobody would tell again.
            if isTold { try Self.saveCheckpoint(last, context.feeds[side], transaction) }
        }
        return summary
    }

    /// What a page's staging needs to know of the read it belongs to.
    private struct ReadEnd {
        /// Whether the whole table is being read.
        var isWhole: Bool
        /// Whether the last page moves the checkpoint, unless it has tombstones.
        var savesCheckpoint: Bool
    }

    private static func saveCheckpoint(_ page: ReadPage, _ feed: StoredFeed, _ transaction: any StoreWriting) throws {
        guard page.next == nil, let checkpoint = page.checkpoint else { return }
        var saved = try transaction.openFeed(connection: feed.connection, table: feed.table)
        // A day that began meanwhile has the table read anew, with the filters of that day.
        guard saved.filterDay == feed.filterDay else { return }
        saved.checkpoint = checkpoint
        try transaction.save(saved)
    }

    private static func note(isEmpty: Bool, _ feed: StoredFeed, _ transaction: any StoreWriting) throws {
        var saved = try transaction.openFeed(connection: feed.connection, table: feed.table)
        saved.isEmpty = isEmpty
        try transaction.save(saved)
    }

    private static func next(
        after page: ReadPage,
        _ connector: any Connector,
        _ shape: TableShape
    ) async throws
        -> ReadPage?
    {
        guard let next = page.next else { return nil }
        return try await connector.read(.more(next: next), of: shape)
    }

    private func stage(
        _ page: ReadPage,
        _ context: MappingContext,
        _ side: Side,
        _ feed: StoredFeed,
        sequence: Int64,
        _ end: ReadEnd
    ) async throws -> Staging.Staged {
        let isWhole = end.isWhole
        let savesCheckpoint = end.savesCheckpoint
        return try await store.write { transaction in
            let staging = Staging(context: context, side: side, feed: feed.id, sequence: sequence, isWhole: isWhole)
            let staged = try staging.stage(page.rows, transaction)
            if feed.isEmpty, page.rows.count > 0 { try Self.note(isEmpty: false, feed, transaction) }
            if savesCheckpoint, staged.tombstones.isEmpty {
                try Self.saveCheckpoint(page, context.feeds[side], transaction)
            }
            return staged
        }
    }

    /// Records that a full read did not meet.
    private func unseen(_ context: MappingContext, _ side: Side, since sequence: Int64) async throws -> [RecordID] {
        let programs = [context.program] + context.siblings[side]
        var result: Set<RecordID> = []
        for program in programs {
            guard let feeds = context.referenced[program.mapping.name] else { continue }
            try await result.formUnion(unseenUncoupled(program.mapping.name, side, feeds[side], since: sequence))
            var after: Int64 = 0
            while true {
                let position = after
                let states = try await store.read { transaction in
                    try transaction.couplingStates(
                        mapping: program.mapping.name,
                        feeds: feeds,
                        scope: .all,
                        now: Instant(milliseconds: 0),
                        after: position,
                        limit: 1000
                    )
                }
                for state in states {
                    let record = state.records[side]
                    if (record?.readSequence ?? 0) < sequence, record?.isDeleted != true {
                        result.insert(state.coupling.ids[side])
                    }
                }
                guard let last = states.last else { break }
                after = last.coupling.id
            }
        }
        return result.sorted()
    }

    private func unseenUncoupled(
        _ mapping: String,
        _ side: Side,
        _ feed: Int64,
        since sequence: Int64
    ) async throws -> Set<RecordID> {
        var result: Set<RecordID> = []
        var after: RecordID?
        while true {
            let position = after
            let batch = try await store.read { transaction in
                try transaction.uncoupled(mapping: mapping, side: side, feed: feed, after: position, limit: 1000)
            }
            guard let last = batch.last else { return result }
            after = last.record.id
            result.formUnion(batch.filter { $0.record.readSequence < sequence }.map(\.record.id))
        }
    }
}
