import CoupletCore
import CoupletPorts
import GRDB

/// What is old and nothing open refers to.
extension SQLiteTransaction {
    func oldWork(before: Instant) throws -> RetentionCounts {
        func count(_ table: String, _ condition: String) throws -> Int {
            try row("SELECT count(*) FROM \(table) WHERE \(condition)", [before.milliseconds]) { $0.next() } ?? 0
        }
        return RetentionCounts(
            history: try count("history", Self.oldHistory("history")),
            runs: try count("run", Self.oldRun),
            settled: try count("conflict", Self.settled) + count("question", Self.settled)
        )
    }

    func removeOldWork(before: Instant) throws -> RetentionCounts {
        let counts = try oldWork(before: before)
        // Runs go first: which of them are old is told by the history that stays.
        for (table, condition) in [
            ("run", Self.oldRun), ("history", Self.oldHistory("history")), ("conflict", Self.settled),
            ("question", Self.settled),
        ] {
            try execute("DELETE FROM \(table) WHERE \(condition)", [before.milliseconds])
        }
        return counts
    }

    private static let settled = "closed_at < ?1"

    /// Couplings about which something is open.
    private static let openCouplings = """
        SELECT coupling FROM conflict WHERE closed_at IS NULL
        UNION SELECT coupling FROM question WHERE closed_at IS NULL AND coupling IS NOT NULL
        UNION SELECT c.number FROM failure f JOIN coupling c ON c.mapping = f.mapping
            AND ((f.target = 'crm' AND c.erp_id = f.source) OR (f.target = 'erp' AND c.crm_id = f.source))
        """

    /// Entries that plans undo which wait for approval, or were cut off.
    private static let waitingUndos = """
        SELECT json_extract(s.document, '$.undoes') FROM step s JOIN plan p ON p.number = s.plan
        WHERE s.state = 'planned' AND p.state IN ('held', 'approved')
            AND json_extract(s.document, '$.undoes') IS NOT NULL
        """

    /// Entries of the history that are old; one that tells that another is undone stays with that one.
    private static func oldHistory(_ alias: String) -> String {
        """
        \(alias).settled_at < ?1 AND \(alias).coupling NOT IN (\(openCouplings))
        AND \(alias).number NOT IN (\(waitingUndos)) AND NOT EXISTS (
            SELECT 1 FROM history original
            WHERE original.number = \(alias).undoes AND original.coupling IN (\(openCouplings)))
        """
    }

    /// Runs that are old: none whose history stays, that a failure names, that waits for somebody, or of which nobody
    /// knows yet what became of a step.
    private static let oldRun = """
        finished_at < ?1
        AND NOT EXISTS (
            SELECT 1 FROM history kept WHERE kept.run = run.number AND NOT (\(oldHistory("kept"))))
        AND number NOT IN (SELECT j.run FROM failure f JOIN job j ON j.number = f.job)
        AND number NOT IN (SELECT p.run FROM plan p WHERE p.state IN ('held', 'approved'))
        AND number NOT IN (
            SELECT p.run FROM step s JOIN plan p ON p.number = s.plan
            WHERE s.state IN ('sent', 'unconfirmed') OR (s.state = 'planned' AND s.sent_at IS NOT NULL))
        """
}
