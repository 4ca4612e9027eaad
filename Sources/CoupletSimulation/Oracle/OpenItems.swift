import CoupletCore
import CoupletPorts
import CoupletStore

/// What Couplet itself says about couplings, and what it names as open.
struct OpenItems: Sendable {
    struct Pair: Sendable {
        var coupling: Int64
        var mapping: String
        var ids: BySide<RecordID>
        var hasBase: Bool
        var hasChoice: Bool
        var conflicts: Set<String>
        var hasQuestion: Bool
        var hasFailure: Bool
        var versions: BySide<String>
        /// The settled values by field mapping id.
        var base: [String: BySide<String>]
    }

    var pairs: [Pair] = []
    var conflicts: [ConflictRecord] = []
    var questions: [QuestionRecord] = []
    var failures: [FailureRecord] = []

    /// The candidates of creates whose answer was lost.
    var unconfirmed: Set<RecordID> {
        Set(questions.filter { $0.kind == .unconfirmedCreate }.flatMap(\.candidates).map(\.id))
    }

    /// Whether some record cannot be written.
    var hasTrouble: Bool { !failures.isEmpty }

    /// Whether anything is open at all.
    var isClear: Bool { conflicts.isEmpty && questions.isEmpty && failures.isEmpty }

    /// Reads everything.
    init(_ store: SQLiteStateStore, mappings: [TableMapping], now: Instant) throws {
        let found = try store.readSync { transaction in
            var result = OpenItems()
            result.pairs = try Self.pairs(transaction, mappings, now)
            result.conflicts = try transaction.conflicts(mapping: nil, includingClosed: false)
            result.questions = try transaction.questions(mapping: nil, includingClosed: false)
            result.failures = try transaction.failures(mapping: nil)
            return result
        }
        self = found
    }

    private init() {}

    /// The couplings alone.
    static func couplings(
        _ store: SQLiteStateStore,
        mappings: [TableMapping],
        now: Instant
    ) -> [Pair] {
        (try? store.readSync { try pairs($0, mappings, now) }) ?? []
    }

    private static func pairs(
        _ transaction: any StoreReading,
        _ mappings: [TableMapping],
        _ now: Instant
    ) throws -> [Pair] {
        try mappings.flatMap { mapping -> [Pair] in
            guard let erp = try transaction.feed(connection: mapping.erp.connection, table: mapping.erp.table),
                let crm = try transaction.feed(connection: mapping.crm.connection, table: mapping.crm.table)
            else { return [] }
            return try transaction.couplingStates(
                mapping: mapping.name,
                feeds: BySide(erp: erp.id, crm: crm.id),
                scope: .all,
                now: now,
                after: 0,
                limit: 100_000
            ).map(Pair.init)
        }
    }
}

extension OpenItems.Pair {
    private static func texts(_ base: Base) -> [String: BySide<String>] {
        base.layout.fields.reduce(into: [:]) { texts, field in
            texts[field] = base.values(of: field).map { BySide(erp: $0.erp.text, crm: $0.crm.text) }
        }
    }

    init(_ state: CouplingState) {
        self.init(
            coupling: state.coupling.id,
            mapping: state.coupling.mapping,
            ids: state.coupling.ids,
            hasBase: state.base != nil,
            hasChoice: state.coupling.choice != nil,
            conflicts: Set(state.conflict?.fields.map(\.field) ?? []),
            hasQuestion: state.question != nil,
            hasFailure: state.failures.erp != nil || state.failures.crm != nil,
            versions: BySide(erp: state.records.erp?.version ?? "", crm: state.records.crm?.version ?? ""),
            base: state.base.map(Self.texts) ?? [:]
        )
    }
}
