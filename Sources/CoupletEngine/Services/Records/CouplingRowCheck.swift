import CoupletCore
import CoupletPorts

/// What a file's rows of one mapping come to: the couplings to make, those that are there, and what is wrong.
struct CouplingRowCheck: Sendable {
    /// One step for each coupling to make.
    private(set) var steps: [Step] = []
    /// The ERP records' keys, in the order of the steps.
    private(set) var keys: [String] = []
    /// How many rows name couplings that are there already.
    private(set) var present = 0
    /// What is wrong, at most one problem a row.
    private(set) var problems: [CouplingImportView.Problem] = []

    private let context: MappingContext
    private var lines: BySide<[RecordID: Int]> = BySide(erp: [:], crm: [:])

    /// Checks rows.
    init(_ rows: [CouplingRow], _ context: MappingContext, _ transaction: any StoreReading) throws {
        self.context = context
        let check = try CouplingCheck(context, transaction)
        for row in rows {
            do {
                try add(row, check, transaction)
            } catch let error as CoupletError {
                problems.append(CouplingImportView.Problem(line: row.line, message: error.message))
            }
        }
    }

    /// The records that rows name and that are known.
    static func records(
        of rows: [CouplingRow],
        _ context: MappingContext,
        _ transaction: any StoreReading
    ) -> [RecordKey] {
        rows.flatMap { [$0.erp, $0.crmText] }.compactMap { try? record($0, context, transaction) }
    }

    private static func record(
        _ text: String,
        _ context: MappingContext,
        _ transaction: any StoreReading
    ) throws -> RecordKey {
        try RecordKey.find(text, mapping: context.mapping, feeds: context.feedIDs, transaction)
    }

    private mutating func add(
        _ row: CouplingRow,
        _ check: CouplingCheck,
        _ transaction: any StoreReading
    ) throws {
        let mapping = context.mapping
        let erp = try Self.record(row.erp, context, transaction)
        let crm = try Self.record(row.crmText, context, transaction)
        guard erp.side == .erp, crm.side == .crm else {
            throw CoupletError("couple.sameSide", ["key": row.erp, "with": row.crm], status: .wrongUse)
        }
        for record in [erp, crm] {
            if let line = lines[record.side].updateValue(row.line, forKey: record.id) {
                throw CoupletError(
                    "coupling.twice",
                    ["key": record.text, "line": String(line), "mapping": mapping.name],
                    status: .wrongUse
                )
            }
        }
        if let coupling = erp.coupling, coupling.ids.crm == crm.id {
            present += 1
            return
        }
        let ended = try [erp, crm].compactMap { try check.ended(by: $0, moves: false) }
        steps.append(
            Step(
                mapping: mapping.name,
                action: .couple,
                target: .crm,
                coupling: nil,
                ids: BySide(erp: erp.id, crm: crm.id),
                fields: [],
                precondition: "",
                label: MappingRun.label(key: erp.record.key, name: erp.record.name),
                score: 1,
                reasons: [Message("coupling.fromFile")]
                    + ended.map { Message(ending: $0, keeping: $0.ids.erp == erp.id ? .erp : .crm, isGone: true) },
                choice: nil,
                displaces: ended.isEmpty ? nil : ended.map(\.id)
            )
        )
        keys.append(erp.record.key ?? erp.id.description)
    }
}

extension CouplingRow {
    /// The CRM's record as a key that names the side.
    fileprivate var crmText: String { crm.lowercased().hasPrefix("crm:") ? crm : "crm:" + crm }
}
