import CoupletCore
import CoupletPorts
import GRDB

/// Why a coupling must be looked at; stored by number.
enum PendingCause: Int64 {
    case erpObserved = 1
    case crmObserved = 2
    case uncomparedWithChoice = 3
    case failureTowardERP = 4
    case failureTowardCRM = 5

    static func observed(_ side: Side) -> PendingCause { side == .erp ? .erpObserved : .crmObserved }

    static func failure(toward target: Side) -> PendingCause {
        target == .erp ? .failureTowardERP : .failureTowardCRM
    }
}

extension FailureRecord {
    /// From when on the failure makes its coupling pending, in milliseconds; nil when time does not.
    var due: Int64? {
        switch disposition {
        case .retrying: nextAt?.milliseconds ?? SQLiteTransaction.always
        case .waiting: SQLiteTransaction.always
        case .parked: nil
        }
    }
}

/// `pending_coupling` follows every change that can make a coupling pending or settle it, so that finding the pending
/// ones costs what changed and not what is coupled.
extension SQLiteTransaction {
    /// The due time of causes that do not wait.
    static let always = Int64.min

    static func idColumn(_ side: Side) -> String { side == .erp ? "erp_id" : "crm_id" }

    /// Marks the couplings of observed records in every mapping that uses the feed.
    func markObserved(_ ids: [RecordID], feed: Int64) throws {
        for (mapping, side) in try usages(of: feed) {
            let statement = try statement(
                """
                INSERT INTO pending_coupling (mapping, coupling, cause, due)
                SELECT mapping, number, ?3, ?4 FROM coupling WHERE mapping = ?1 AND \(Self.idColumn(side)) = ?2
                ON CONFLICT (mapping, coupling, cause) DO UPDATE SET due = excluded.due
                """
            )
            let cause = PendingCause.observed(side).rawValue
            for id in ids { try execute(statement, [mapping, id.stored, cause, Self.always]) }
        }
    }

    /// Takes back what `markObserved` did.
    func unmarkObserved(_ ids: [RecordID], feed: Int64) throws {
        for (mapping, side) in try usages(of: feed) {
            let statement = try statement(
                """
                DELETE FROM pending_coupling WHERE mapping = ?1 AND cause = ?3
                    AND coupling = (SELECT number FROM coupling WHERE mapping = ?1 AND \(Self.idColumn(side)) = ?2)
                """
            )
            let cause = PendingCause.observed(side).rawValue
            for id in ids { try execute(statement, [mapping, id.stored, cause]) }
        }
    }

    /// Sets or clears one cause of one coupling.
    func mark(mapping: Int64, coupling: Int64, _ cause: PendingCause, due: Int64?) throws {
        if let due {
            try execute(
                """
                INSERT INTO pending_coupling (mapping, coupling, cause, due) VALUES (?, ?, ?, ?)
                ON CONFLICT (mapping, coupling, cause) DO UPDATE SET due = excluded.due
                """,
                [mapping, coupling, cause.rawValue, due]
            )
        } else {
            try execute(
                "DELETE FROM pending_coupling WHERE mapping = ? AND coupling = ? AND cause = ?",
                [mapping, coupling, cause.rawValue]
            )
        }
    }

    /// Marks a new coupling with every cause it has.
    func markPending(mapping: Int64, coupling: Int64) throws {
        for sql in Self.causesOfOne {
            try execute(sql, [mapping, Self.always, coupling])
        }
    }

    /// Finds all pending couplings of a mapping anew, because its tables may be other ones now.
    func rebuildPending(mapping: Int64) throws {
        try execute("DELETE FROM pending_coupling WHERE mapping = ?", [mapping])
        for sql in Self.causesOfAll {
            try execute(sql, [mapping, Self.always, nil])
        }
    }

    /// The mappings that read a feed, with the side it is for them.
    func usages(of feed: Int64) throws -> [(mapping: Int64, side: Side)] {
        try rows(
            """
            SELECT m.number, 'erp' FROM feed f
                JOIN mapping m ON m.erp_connection = f.connection AND m.erp_table = f.remote_table
                WHERE f.number = ?1
            UNION ALL SELECT m.number, 'crm' FROM feed f
                JOIN mapping m ON m.crm_connection = f.connection AND m.crm_table = f.remote_table
                WHERE f.number = ?1
            """,
            [feed]
        ) { (mapping: $0.next(), side: try $0.choice()) }
    }

    private static let causesOfOne = causes(condition: "c.number = ?3")
    private static let causesOfAll = causes(condition: "?3 IS NULL")

    /// The statements that insert all causes of those couplings `c` that a condition names.
    private static func causes(condition: String) -> [String] {
        let insert = "INSERT INTO pending_coupling (mapping, coupling, cause, due) SELECT c.mapping, c.number,"
        let observed = Side.allCases.map { side in
            """
            \(insert) \(PendingCause.observed(side).rawValue), ?2 FROM coupling c
                JOIN mapping m ON m.number = c.mapping
                JOIN feed f ON f.connection = m.\(side.rawValue)_connection AND f.remote_table = m.\(side.rawValue)_table
                JOIN observation o ON o.feed = f.number AND o.id = c.\(idColumn(side))
                WHERE c.mapping = ?1 AND \(condition)
            """
        }
        let uncompared = """
            \(insert) \(PendingCause.uncomparedWithChoice.rawValue), ?2 FROM coupling c
                LEFT JOIN base b ON b.coupling = c.number
                WHERE c.mapping = ?1 AND c.choice IS NOT NULL AND b.coupling IS NULL AND \(condition)
            """
        let failed = Side.allCases.map { target in
            """
            \(insert) \(PendingCause.failure(toward: target).rawValue),
                CASE f.disposition WHEN 'retrying' THEN coalesce(f.next_at, ?2) ELSE ?2 END
                FROM coupling c
                JOIN failure f ON f.mapping = c.mapping AND f.target = '\(target.rawValue)'
                    AND f.source = c.\(idColumn(target.other))
                WHERE c.mapping = ?1 AND f.disposition <> 'parked' AND \(condition)
            """
        }
        return observed + [uncompared] + failed
    }
}
