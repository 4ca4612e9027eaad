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
        return try await RunSession.run(CoupleRecords.name, context, isPreview: action.isPreview) { session in
            let isCreate = action.with == nil
            let run = try await session.open(
                mapping,
                isCreate ? mapping.direction : direction,
                isFull: false,
                writes: writes
            )
            try await session.prepare(run, isFull: false)
            let record = try await present(action.key, run)
            try await requireFree(record, run)
            try await requireInScope(record, run)
            if let with = action.with {
                try await couple(record, with: with, action, run)
            } else {
                let target = record.side.other
                guard run.direction.writes(to: target), run.context.mapping.table(target).admitsCreates else {
                    throw CoupletError(
                        "couple.createNotAllowed",
                        ["mapping": mapping.name, "side": target.rawValue],
                        status: .wrongUse
                    )
                }
                try await session.hold(run, run.create(on: target, withheld: [], only: [record.id]))
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
        try await requireFree(partner, run)
        try await requireInScope(partner, run)
        let erp = record.side == .erp ? record : partner
        let crm = record.side == .erp ? partner : record
        try await couple(erp: erp, crm: crm, choice: action.choice, run)
    }

    /// Couples two records and synchronizes them if a side was chosen.
    func couple(erp: RecordKey, crm: RecordKey, choice: Side?, _ run: MappingRun) async throws {
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
            reasons: [Message("couple.chosen")],
            choice: choice
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

    /// The record of a key, read anew where the remote does not tell what was deleted.
    private func present(_ key: String, _ run: MappingRun) async throws -> RecordKey {
        let record = try await RecordKey.find(key, run.context, store)
        guard !run.context.connectors[record.side].capabilities.reportsDeletions else { return record }
        try await RecordFetcher(store: store).confirmDeletions([record.id], run.context, record.side)
        return try await RecordKey.find(key, run.context, store)
    }

    private func requireFree(_ record: RecordKey, _ run: MappingRun) async throws {
        let arguments = ["key": record.text, "name": record.record.name, "mapping": run.context.name]
        if record.record.isDeleted { throw CoupletError("couple.deleted", arguments, status: .wrongUse) }
        if let coupling = record.coupling {
            let other = coupling.ids[record.side.other].typed(on: record.side.other)
            throw CoupletError(
                "couple.alreadyCoupled",
                arguments.merging(["with": other]) { first, _ in first },
                status: .wrongUse
            )
        }
        try await requireUntaken(record, run)
    }

    /// Refuses a record of the CRM that another company has coupled.
    func requireUntaken(_ record: RecordKey, _ run: MappingRun) async throws {
        guard record.side == .crm, !run.context.rivals.isEmpty else { return }
        let context = run.context
        if try await !store.read({ try context.taken([record.id], $0) }).isEmpty {
            throw CoupletError(
                "couple.taken",
                ["key": record.text, "name": record.record.name, "mapping": context.name],
                status: .wrongUse
            )
        }
    }

    private func requireInScope(_ record: RecordKey, _ run: MappingRun) async throws {
        let feed = run.context.feeds[record.side].id
        let observation = try await store.read { try $0.observations(feed: feed, ids: [record.id])[record.id] }
        let row = observation.flatMap { run.context.row($0, record.side) }
        guard let row, run.context.program.isInScope(row, side: record.side) else {
            throw CoupletError(
                "couple.outOfScope",
                ["key": record.text, "name": record.record.name, "mapping": run.context.name],
                status: .wrongUse
            )
        }
    }
}
