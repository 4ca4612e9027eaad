import CoupletCore
import CoupletPorts

extension Engine {
    /// What Couplet has done to a record and its counterpart; see `ShowHistory`.
    func history(_ action: ShowHistory) async throws -> HistoryView {
        guard action.limit > 0 else {
            throw CoupletError("history.badLimit", ["limit": String(action.limit)], status: .wrongUse)
        }
        let mapping = try await store.read { try MappingService.mapping(named: action.mapping, in: $0) }
        let context = try await self.context(of: mapping)
        let record = try await RecordKey.find(action.key, context, store)
        return try await store.read { transaction in
            let own = try transaction.history(side: record.side, record: record.id, limit: action.limit)
                .filter { $0.mapping == mapping.name }
            var partners = Set(own.compactMap(\.counterpart))
            if let coupled = record.coupling?.ids[record.side.other] { partners.insert(coupled) }
            let others = try partners.sorted().flatMap { partner in
                try transaction.history(side: record.side.other, record: partner, limit: action.limit)
                    .filter { $0.mapping == mapping.name && ($0.counterpart ?? record.id) == record.id }
            }
            // A coupling stands in the history of both its records, and is shown once.
            let all = own + others.filter { $0.action.writes }
            let newest = all.sorted { $0.id > $1.id }.prefix(action.limit)
            let undone = try transaction.undone(among: newest.map(\.id))
            let entries = try newest.map { entry in
                HistoryView.Entry(
                    entry,
                    mapping,
                    try transaction.run(entry.run),
                    isUndone: undone.contains(entry.id)
                )
            }
            return HistoryView(
                mapping: mapping.name,
                key: action.key,
                name: record.record.name,
                entries: entries
            )
        }
    }
}

extension HistoryView.Entry {
    fileprivate init(_ entry: HistoryEntry, _ mapping: TableMapping, _ run: RunRecord?, isUndone: Bool) {
        self.init(
            id: entry.id,
            at: entry.at,
            run: entry.run,
            job: entry.job,
            action: run?.action ?? "",
            startedBy: run?.startedBy ?? "",
            step: entry.action,
            side: entry.side,
            record: entry.record,
            counterpart: entry.counterpart,
            fields: entry.fields.map { write in
                Field(
                    name: mapping.fields.first { $0.id == write.field }?.field(entry.side).name
                        ?? write.field.split(separator: "|").last.map(String.init) ?? "",
                    field: write.field,
                    before: write.before,
                    after: write.value,
                    source: write.source,
                    cause: write.cause
                )
            },
            isConfirmed: entry.isConfirmed,
            isUndone: isUndone,
            undoes: entry.undoes
        )
    }
}
