import CoupletCore
import CoupletPorts

extension Engine {
    /// Couples one record with its counterpart or with a new one; see `CoupleRecords`.
    func couple(_ action: CoupleRecords, _ context: ActionContext) async throws -> RunOrPlan {
        let mapping = try await store.read { try MappingService.mapping(named: action.mapping, in: $0) }
        let direction: Direction =
            switch action.choice {
            case nil: mapping.direction
            case .erp?: .toIntegrationTable
            case .crm?: .fromIntegrationTable
            }
        let writes = action.with == nil || action.choice != nil
        let partner = ["with": action.with ?? "new", "sync": action.choice?.rawValue ?? "none"]
        let asked = Asked.about(mapping.name, keys: [action.key], partner)
        return try await RunSession.run(CoupleRecords.name, context, isPreview: action.isPreview, asked: asked) {
            session in
            let isCreate = action.with == nil
            let run = try await session.open(
                mapping,
                isCreate ? mapping.direction : direction,
                isFull: false,
                writes: writes
            )
            try await session.prepare(run, isFull: false)
            let record = try await present(action.key, run)
            if let with = action.with {
                try await couple(record, with: with, action, run)
            } else {
                try await confirmCounterpart(of: record, run)
                let broken = try await ended(by: record, run)
                let target = record.side.other
                guard run.direction.writes(to: target), run.context.mapping.table(target).admitsCreates else {
                    throw CoupletError(
                        "couple.createNotAllowed",
                        ["mapping": mapping.name, "side": target.rawValue],
                        status: .wrongUse
                    )
                }
                if let broken {
                    // Its counterpart is gone: a new one takes that one's place.
                    try await session.settle([broken.id], gone: target, .restore, run)
                } else {
                    try await session.hold(run, run.create(on: target, withheld: [], only: [record.id]))
                }
            }
            if !session.isPreview { session.book.charge(run.mainJob, run.context) }
        }
    }

    private func couple(_ record: RecordKey, with: String, _ action: CoupleRecords, _ run: MappingRun) async throws {
        let text = record.side == .erp && RecordID(with) != nil ? "crm:" + with : with
        let partner = try await present(text, run)
        guard partner.side != record.side else {
            throw CoupletError("couple.sameSide", ["key": action.key, "with": with], status: .wrongUse)
        }
        try await couple(record, with: partner, choice: action.choice, moves: action.moves, run)
    }

    /// Couples two records and synchronizes them if a side was chosen.
    /// - Parameters:
    ///   - record: The record that a person named.
    ///   - partner: Its counterpart to be.
    ///   - choice: The side whose values stand where the records differ; nil leaves them uncompared.
    ///   - moves: Whether the named record may leave a counterpart that is there.
    ///   - run: The mapping's run.
    /// - Throws: `CoupletError` with the code of what stands in the way.
    func couple(
        _ record: RecordKey,
        with partner: RecordKey,
        choice: Side?,
        moves: Bool = false,
        _ run: MappingRun
    ) async throws {
        let erp = record.side == .erp ? record : partner
        let crm = record.side == .erp ? partner : record
        for one in [record, partner] { try await confirmCounterpart(of: one, run) }
        let isTogether = erp.coupling != nil && erp.coupling?.id == crm.coupling?.id
        let ended = try await store.read { transaction in
            let check = try CouplingCheck(run.context, transaction)
            return try [record, partner].compactMap { one -> (coupling: Coupling, reason: Message)? in
                let mayMove = moves && one.id == record.id && !isTogether
                guard let coupling = try check.ended(by: one, moves: mayMove) else { return nil }
                let isGone = try check.isGone(coupling.ids[one.side.other], one.side.other)
                return (coupling, Message(ending: coupling, keeping: one.side, isGone: isGone))
            }
        }
        let step = Step(
            mapping: run.context.name,
            action: .couple,
            target: .crm,
            coupling: nil,
            ids: BySide(erp: erp.id, crm: crm.id),
            fields: [],
            precondition: "",
            label: MappingRun.label(key: erp.record.key, name: erp.record.name),
            score: 1,
            reasons: [Message("couple.chosen")] + ended.map(\.reason),
            choice: choice,
            displaces: ended.isEmpty ? nil : ended.map(\.coupling.id)
        )
        try await Coupler(run: run, isCompared: choice != nil).couple(
            [step],
            keys: [erp.record.key ?? erp.id.description]
        )
        guard choice != nil, !run.isPreview else { return }
        let name = run.context.name
        guard let coupling = try await store.read({ try $0.coupling(mapping: name, side: .erp, record: erp.id) }) else {
            return
        }
        try await run.synchronize(MappingRun.Selection(scope: .couplings([coupling.id]), choice: choice, isAsked: true))
    }

    /// The coupling that ends when a record gets another counterpart, where nothing stands in the way of that.
    private func ended(by record: RecordKey, _ run: MappingRun) async throws -> Coupling? {
        try await store.read { try CouplingCheck(run.context, $0).ended(by: record, moves: false) }
    }

    /// Finds out whether the counterpart of a record is still there, where the remote does not tell what was deleted.
    private func confirmCounterpart(of record: RecordKey, _ run: MappingRun) async throws {
        let other = record.side.other
        guard let coupling = record.coupling, !run.context.connectors[other].capabilities.reportsDeletions else {
            return
        }
        try await RecordFetcher(store: store).confirmDeletions([coupling.ids[other]], run.context, other)
    }

    /// The record of a key, read anew where the remote does not tell what was deleted, or where nothing is kept of what it
    /// holds.
    private func present(_ key: String, _ run: MappingRun) async throws -> RecordKey {
        let record = try await RecordKey.find(key, run.context, store)
        guard !run.context.connectors[record.side].capabilities.reportsDeletions else {
            try await run.readUnkept([record])
            return record
        }
        try await RecordFetcher(store: store).confirmDeletions([record.id], run.context, record.side)
        return try await RecordKey.find(key, run.context, store)
    }
}
