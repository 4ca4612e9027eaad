import CoupletCore
import CoupletPorts
import GRDB

extension SQLiteTransaction {
    func couplingStates(
        mapping: String,
        feeds: BySide<Int64>,
        scope: CouplingScope,
        now: Instant,
        after: Int64,
        limit: Int
    ) throws -> [CouplingState] {
        guard let number = try mappingNumberIfAny(mapping) else { return [] }
        var arguments: StatementArguments = [number, after, limit, feeds.erp, feeds.crm]
        switch scope {
        case .all: break
        case .pending: arguments += [now.milliseconds]
        case .couplings(let numbers): arguments += [try documents.text(numbers)]
        }
        let isGuarded = try unkept() != nil
        // Layouts are looked up afterwards: a statement must not run while another one's rows are read.
        let found = try rows(Self.statesSQL(scope), arguments) { try FoundState(mapping: mapping, &$0, documents) }
        let states = try found.map { found in
            var state = found.state
            if let blob = found.base { state.base = try base(blob) }
            if isGuarded {
                for side in Side.allCases { state.observations[side] = try state.observations[side].map(opened) }
            }
            return state
        }
        return scope == .pending ? states.sorted { $0.coupling.id < $1.coupling.id } : states
    }

    func pendingCount(mapping: String, now: Instant) throws -> Int {
        guard let number = try mappingNumberIfAny(mapping) else { return 0 }
        return try row(
            """
            SELECT count(DISTINCT coupling) FROM pending_coupling INDEXED BY pending_awake
                WHERE mapping = ? AND due <= ? AND due < 9223372036854775807
            """,
            [number, now.milliseconds]
        ) { $0.next() } ?? 0
    }

    /// The one statement that reads a batch: ?1 mapping, ?2 after, ?3 limit, ?4 and ?5 feeds, ?6 by scope.
    ///
    /// The pending ones are chosen in order before anything is joined to them; sorting them again, with their rows,
    /// would cost more than all the rest.
    static func statesSQL(_ scope: CouplingScope) -> String {
        switch scope {
        case .all:
            statesSQL(from: "coupling c", "WHERE c.mapping = ?1 AND c.number > ?2 ORDER BY c.number LIMIT ?3")
        case .pending:
            statesSQL(
                from: """
                    (SELECT DISTINCT p.coupling FROM pending_coupling p INDEXED BY pending_awake
                        WHERE p.mapping = ?1 AND p.coupling > ?2 AND p.due <= ?6 AND p.due < 9223372036854775807
                        ORDER BY p.coupling LIMIT ?3) page
                    CROSS JOIN coupling c ON c.number = page.coupling
                    """,
                ""
            )
        case .couplings:
            statesSQL(
                from: "(SELECT DISTINCT value FROM json_each(?6)) page CROSS JOIN coupling c ON c.number = page.value",
                "WHERE c.mapping = ?1 AND c.number > ?2 ORDER BY c.number LIMIT ?3"
            )
        }
    }

    private static func statesSQL(from source: String, _ ending: String) -> String {
        """
        SELECT \(Coupling.columns("c")), b.content,
            \(RemoteRecord.columns("re")), \(RemoteRecord.columns("rc")),
            \(StagedObservation.columns("oe")), \(StagedObservation.columns("oc")),
            \(ConflictRecord.columns("k")), \(QuestionRecord.columns("q")),
            \(FailureRecord.columns("fe")), \(FailureRecord.columns("fc"))
        FROM \(source)
        LEFT JOIN base b ON b.coupling = c.number
        LEFT JOIN remote_record re ON re.feed = ?4 AND re.id = c.erp_id
        LEFT JOIN remote_record rc ON rc.feed = ?5 AND rc.id = c.crm_id
        LEFT JOIN observation oe ON oe.feed = ?4 AND oe.id = c.erp_id
        LEFT JOIN observation oc ON oc.feed = ?5 AND oc.id = c.crm_id
        LEFT JOIN conflict k ON k.coupling = c.number AND k.closed_at IS NULL
        LEFT JOIN question q ON q.number =
            (SELECT min(open.number) FROM question open WHERE open.coupling = c.number AND open.closed_at IS NULL)
        LEFT JOIN failure fe ON fe.mapping = ?1 AND fe.target = 'erp' AND fe.source = c.crm_id
        LEFT JOIN failure fc ON fc.mapping = ?1 AND fc.target = 'crm' AND fc.source = c.erp_id
        \(ending)
        """
    }

    private func base(_ blob: [UInt8]) throws -> Base {
        guard let number = Base.layoutNumber(ofBlob: blob), let layout = try layout(number),
            let base = Base(blob: blob, layout: layout)
        else { throw StoreError.damaged(detail: "a base without a readable layout") }
        return base
    }
}

/// A state as its row holds it, with the base not yet decoded.
private struct FoundState {
    var state: CouplingState
    var base: [UInt8]?

    init(mapping: String, _ columns: inout Columns, _ documents: DocumentCoding) throws {
        let coupling = try Coupling(mapping: mapping, &columns)
        base = columns.isNull ? nil : try columns.bytes()
        if base == nil { columns.skip(1) }
        let ids = coupling.ids
        state = CouplingState(
            coupling: coupling,
            base: nil,
            records: BySide(
                erp: columns.outer(RemoteRecord.columnCount) { RemoteRecord(id: ids.erp, &$0) },
                crm: columns.outer(RemoteRecord.columnCount) { RemoteRecord(id: ids.crm, &$0) }
            ),
            observations: BySide(
                erp: try columns.outer(StagedObservation.columnCount) { try StagedObservation(id: ids.erp, &$0) },
                crm: try columns.outer(StagedObservation.columnCount) { try StagedObservation(id: ids.crm, &$0) }
            ),
            conflict: try columns.outer(ConflictRecord.columnCount) {
                try ConflictRecord(mapping: mapping, &$0, documents)
            },
            question: try columns.outer(QuestionRecord.columnCount) {
                try QuestionRecord(mapping: mapping, &$0, documents)
            },
            failures: BySide(
                erp: try columns.outer(FailureRecord.columnCount) {
                    try FailureRecord(mapping: mapping, &$0, documents)
                },
                crm: try columns.outer(FailureRecord.columnCount) {
                    try FailureRecord(mapping: mapping, &$0, documents)
                }
            )
        )
    }
}

extension Columns {
    /// The columns of an outer join's table, whose first one is never NULL; nil when the join found nothing.
    mutating func outer<Element>(
        _ count: Int,
        _ decode: (inout Columns) throws -> Element
    ) rethrows -> Element? {
        if isNull {
            skip(count)
            return nil
        }
        return try decode(&self)
    }
}
