import CoupletCore
import CoupletPorts

/// A record that a person named.
struct RecordKey: Sendable {
    /// What the person typed.
    let text: String
    let side: Side
    let id: RecordID
    let record: RemoteRecord
    let coupling: Coupling?

    /// A record that is known, under the key that a person could type for it.
    init(_ record: RemoteRecord, _ side: Side, _ mapping: String, _ transaction: any StoreReading) throws {
        self.init(
            text: side == .erp ? record.key ?? record.id.description : record.id.typed(on: side),
            side: side,
            id: record.id,
            record: record,
            coupling: try transaction.coupling(mapping: mapping, side: side, record: record.id)
        )
    }

    private init(text: String, side: Side, id: RecordID, record: RemoteRecord, coupling: Coupling?) {
        self.text = text
        self.side = side
        self.id = id
        self.record = record
        self.coupling = coupling
    }

    /// Finds a record by an ERP number or id, or by `crm:` and a CRM number or id; an id alone is looked for in both.
    /// - Throws: `CoupletError` when nobody knows the key, or more than one record has it.
    static func find(_ text: String, _ context: MappingContext, _ store: any StateStore) async throws -> RecordKey {
        try await store.read { transaction in
            try find(text, mapping: context.mapping, feeds: context.feedIDs, transaction)
        }
    }

    static func find(
        _ text: String,
        mapping: TableMapping,
        feeds: BySide<Int64>,
        _ transaction: any StoreReading
    ) throws -> RecordKey {
        let isCRM = text.lowercased().hasPrefix("crm:")
        var side: Side = isCRM ? .crm : .erp
        let key = isCRM ? String(text.dropFirst(4)) : text
        let arguments = ["key": text, "mapping": mapping.name, "table": mapping.table(side).table]
        var found: [RemoteRecord] = []
        if let id = RecordID(key) {
            found = try transaction.records(feed: feeds[side], ids: [id]).values.map { $0 }
            if found.isEmpty, !isCRM {
                found = try transaction.records(feed: feeds.crm, ids: [id]).values.map { $0 }
                if !found.isEmpty { side = .crm }
            }
        } else if !key.isEmpty {
            found = try transaction.records(feed: feeds[side], key: key)
        }
        guard let record = found.first else {
            throw CoupletError("key.unknown", arguments, status: .wrongUse)
        }
        guard found.count == 1 else { throw CoupletError("key.ambiguous", arguments, status: .wrongUse) }
        return RecordKey(
            text: text,
            side: side,
            id: record.id,
            record: record,
            coupling: try transaction.coupling(mapping: mapping.name, side: side, record: record.id)
        )
    }
}
