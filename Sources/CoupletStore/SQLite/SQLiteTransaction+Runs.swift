import CoupletCore
import CoupletPorts
import GRDB

extension SQLiteTransaction {
    func run(_ id: Int64) throws -> RunRecord? {
        try row("SELECT \(Self.runColumns) FROM run WHERE number = ?", [id], Self.run)
    }

    func unfinishedRuns() throws -> [RunRecord] {
        try rows("SELECT \(Self.runColumns) FROM run WHERE finished_at IS NULL ORDER BY number", [], Self.run)
    }

    func insert(_ run: RunRecord) throws -> Int64 {
        try insert(
            try statement(
                "INSERT INTO run (action, started_by, started_at, finished_at, status) VALUES (?, ?, ?, ?, ?)"
            ),
            [
                run.action, run.startedBy, run.startedAt.milliseconds, run.finishedAt?.milliseconds,
                run.status.map { Int64($0.rawValue) },
            ]
        )
    }

    func update(_ run: RunRecord) throws {
        try execute(
            "UPDATE run SET finished_at = ?, status = ? WHERE number = ?",
            [run.finishedAt?.milliseconds, run.status.map { Int64($0.rawValue) }, run.id]
        )
        try expectChange("run", run.id)
    }

    func jobs(run: Int64?, limit: Int) throws -> [JobRecord] {
        if let run {
            return try rows(
                "SELECT \(Self.jobColumns) FROM job WHERE run = ? ORDER BY number DESC LIMIT ?",
                [run, limit],
                job
            )
        }
        return try rows("SELECT \(Self.jobColumns) FROM job ORDER BY number DESC LIMIT ?", [limit], job)
    }

    func job(_ id: Int64) throws -> JobRecord? {
        try row("SELECT \(Self.jobColumns) FROM job WHERE number = ?", [id], job)
    }

    func insert(_ job: JobRecord) throws -> Int64 {
        try insert(
            try statement(
                """
                INSERT INTO job
                    (run, mapping, direction, status, counts, erp_requests, crm_requests, erp_floor, crm_floor,
                    started_at, seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
            ),
            [
                job.run, job.mapping, job.direction.rawValue, job.status.rawValue, try documents.text(job.counts),
                job.requests.erp, job.requests.crm, job.floor.erp, job.floor.crm, job.startedAt.milliseconds,
                job.seconds,
            ]
        )
    }

    func update(_ job: JobRecord) throws {
        try execute(
            """
            UPDATE job SET status = ?, counts = ?, erp_requests = ?, crm_requests = ?, erp_floor = ?, crm_floor = ?,
                seconds = ?
            WHERE number = ?
            """,
            [
                job.status.rawValue, try documents.text(job.counts), job.requests.erp, job.requests.crm,
                job.floor.erp, job.floor.crm, job.seconds, job.id,
            ]
        )
        try expectChange("job", job.id)
    }

    func lastJobEnds() throws -> [String: Instant] {
        let ends = try rows(
            """
            SELECT mapping, max(started_at + CAST(seconds * 1000 AS INTEGER)) FROM job WHERE status <> ?
            GROUP BY mapping
            """,
            [JobStatus.inProcess.rawValue]
        ) { (columns: inout Columns) -> (String, Instant) in (columns.next(), columns.instant()) }
        return Dictionary(uniqueKeysWithValues: ends)
    }

    private static let runColumns = "number, action, started_by, started_at, finished_at, status"

    private static func run(_ columns: inout Columns) throws -> RunRecord {
        var run = RunRecord(
            id: columns.next(),
            action: columns.next(),
            startedBy: columns.next(),
            startedAt: columns.instant(),
            finishedAt: columns.optionalInstant()
        )
        let status: Int64? = columns.optional()
        run.status = try status.map { number in
            guard let status = Int32(exactly: number).flatMap(ExitStatus.init(rawValue:)) else {
                throw StoreError.damaged(detail: "\(number) is no exit status")
            }
            return status
        }
        return run
    }

    private static let jobColumns = """
        number, run, mapping, direction, status, counts, erp_requests, crm_requests, erp_floor, crm_floor, started_at,
        seconds
        """

    private func job(_ columns: inout Columns) throws -> JobRecord {
        JobRecord(
            id: columns.next(),
            run: columns.next(),
            mapping: columns.next(),
            direction: try columns.choice(),
            status: try columns.choice(),
            counts: try counts(columns.next()),
            requests: BySide(erp: columns.next(), crm: columns.next()),
            floor: BySide(erp: columns.next(), crm: columns.next()),
            startedAt: columns.instant(),
            seconds: columns.next()
        )
    }

    /// Counters that a job of an older Couplet did not have yet are zero.
    private func counts(_ text: String) throws -> JobCounts {
        var all: [String: Int] = try documents.value(try documents.text(JobCounts()))
        let stored: [String: Int] = try documents.value(text)
        all.merge(stored) { $1 }
        return try documents.value(try documents.text(all))
    }
}
