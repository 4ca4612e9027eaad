import CoupletCore
import CoupletPorts
import GRDB

extension SQLiteTransaction {
    func witnessMark() throws -> WitnessMark {
        let mark = try row(
            """
            SELECT id, sequence, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'run') FROM instance
            """
        ) { columns in
            WitnessMark(instance: try columns.id(), run: 0, sequence: columns.next()).with(run: columns.next())
        }
        guard var mark else { throw StoreError.damaged(detail: "the store has no identity") }
        mark.audit = try auditEnd()
        return mark
    }

    func isWitnessed() throws -> Bool {
        try row("SELECT is_witnessed FROM instance", []) { $0.boolean() } ?? false
    }

    func markWitnessed() throws { try execute("UPDATE instance SET is_witnessed = 1") }

    func auditHash(_ number: Int64) throws -> [UInt8]? {
        try row("SELECT hash FROM audit WHERE number = ?", [number]) { try $0.bytes() }
    }

    func writeStops(includingConfirmed: Bool) throws -> [WriteStop] {
        try rows(
            """
            SELECT number, reason, subject, found_at, details, confirmed_by, confirmed_at FROM write_stop
            WHERE ? OR confirmed_at IS NULL ORDER BY number
            """,
            [includingConfirmed]
        ) { columns in
            WriteStop(
                id: columns.next(),
                reason: try columns.choice(),
                subject: columns.next(),
                foundAt: columns.instant(),
                details: try documents.value(columns.next()),
                confirmedBy: columns.optional(),
                confirmedAt: columns.optionalInstant()
            )
        }
    }

    func save(_ stop: WriteStop) throws -> Int64 {
        guard stop.id > 0 else {
            return try insert(
                try statement(
                    """
                    INSERT INTO write_stop (reason, subject, found_at, details, confirmed_by, confirmed_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """
                ),
                [
                    stop.reason.rawValue, stop.subject, stop.foundAt.milliseconds, try documents.text(stop.details),
                    stop.confirmedBy, stop.confirmedAt?.milliseconds,
                ]
            )
        }
        try execute(
            "UPDATE write_stop SET confirmed_by = ?, confirmed_at = ? WHERE number = ?",
            [stop.confirmedBy, stop.confirmedAt?.milliseconds, stop.id]
        )
        try expectChange("write stop", stop.id)
        return stop.id
    }

    func readAnew() throws {
        // The day of the filters too: a feed without a checkpoint is read whole, and notes the day then.
        try execute("UPDATE feed SET checkpoint = NULL")
    }
}

extension WitnessMark {
    fileprivate func with(run: Int64) -> WitnessMark {
        var mark = self
        mark.run = run
        return mark
    }
}
