import CoupletCore
import CoupletPorts

/// What stands in the way of coupling a record, and which coupling ends when it is coupled.
struct CouplingCheck {
    private let context: MappingContext
    private let transaction: any StoreReading
    private let inFlight: InFlight

    init(_ context: MappingContext, _ transaction: any StoreReading) throws {
        self.context = context
        self.transaction = transaction
        inFlight = try InFlight.load(context.name, transaction)
    }

    /// Checks a record.
    /// - Parameters:
    ///   - record: The record.
    ///   - moves: Whether it may leave a counterpart that is there.
    ///   - row: Its content as just read; nil to go by what is stored.
    /// - Returns: The coupling that ends; nil where the record has none.
    /// - Throws: `CoupletError` with the code of what stands in the way.
    func ended(by record: RecordKey, moves: Bool, row: ObservedRow? = nil) throws -> Coupling? {
        let arguments = ["key": record.text, "name": record.record.name, "mapping": context.name]
        if record.record.isDeleted { throw CoupletError("couple.deleted", arguments, status: .wrongUse) }
        if let coupling = record.coupling {
            let other = record.side.other
            if try !moves && !isGone(coupling.ids[other], other) {
                var named = arguments
                named["with"] = coupling.ids[other].typed(on: other)
                throw CoupletError("couple.alreadyCoupled", named, status: .wrongUse)
            }
        }
        let isSent = inFlight.sources.contains(record.id)
        if isSent || record.coupling.map({ inFlight.couplings.contains($0.id) }) == true {
            throw CoupletError("couple.inFlight", arguments, status: .tryLater)
        }
        if record.side == .crm, !context.rivals.isEmpty, try !context.taken([record.id], transaction).isEmpty {
            throw CoupletError("couple.taken", arguments, status: .wrongUse)
        }
        guard try isInScope(record, row) else { throw CoupletError("couple.outOfScope", arguments, status: .wrongUse) }
        return record.coupling
    }

    /// Whether a system has said that a record is gone.
    func isGone(_ id: RecordID, _ side: Side) throws -> Bool {
        try transaction.records(feed: context.feeds[side].id, ids: [id])[id]?.isDeleted == true
    }

    private func isInScope(_ record: RecordKey, _ row: ObservedRow?) throws -> Bool {
        if let row { return context.program.isInScope(row, side: record.side) }
        let feed = context.feeds[record.side].id
        let observation = try transaction.observations(feed: feed, ids: [record.id])[record.id]
        if let row = observation.flatMap({ context.row($0, record.side) }) {
            return context.program.isInScope(row, side: record.side)
        }
        // Of a settled record no content is kept; whether it left the filter is.
        return record.coupling.map { !$0.isOutOfScope[record.side] } ?? false
    }
}

extension Message {
    /// Says of a coupling that it ends with another one, because its record moves or because its counterpart is gone.
    init(ending coupling: Coupling, keeping side: Side, isGone: Bool) {
        self.init(
            isGone ? "couple.takesOver" : "couple.moves",
            ["side": side.rawValue, "with": coupling.ids[side.other].typed(on: side.other)]
        )
    }
}

extension MappingRun {
    /// Reads the records of couplings that steps end: what they hold is known no more once the couplings' bases are gone.
    func readDisplaced(by steps: [Step]) async throws {
        let ended = steps.flatMap { $0.displaces ?? [] }
        guard !ended.isEmpty else { return }
        let couplings = try await store.read { transaction in try ended.compactMap { try transaction.coupling($0) } }
        for side in Side.allCases {
            let ids = Set(couplings.map { $0.ids[side] })
            try await RecordFetcher(store: store).fetch(ids.sorted(), context, side)
        }
    }

    /// Reads uncoupled records of which nothing is kept: they were outside the filter when they were read last, or could not
    /// be read when they were uncoupled.
    func readUnkept(_ records: [RecordKey]) async throws {
        for side in Side.allCases {
            let feed = context.feeds[side].id
            let ids = records.filter { $0.side == side && $0.coupling == nil && !$0.record.isDeleted }.map(\.id)
            let kept = try await store.read { try $0.observations(feed: feed, ids: ids) }
            try await RecordFetcher(store: store).fetch(ids.filter { kept[$0] == nil }.sorted(), context, side)
        }
    }
}
