import CoupletCore
import CoupletPorts
import GRDB

extension SQLiteTransaction {
    func plan(_ id: Int64) throws -> PlanRecord? {
        try row("SELECT number, run, state, made_at FROM plan WHERE number = ?", [id], Self.plan)
    }

    func plans(in state: PlanState) throws -> [PlanRecord] {
        try rows(
            "SELECT number, run, state, made_at FROM plan WHERE state = ? ORDER BY number",
            [state.rawValue],
            Self.plan
        )
    }

    private static func plan(_ columns: inout Columns) throws -> PlanRecord {
        PlanRecord(id: columns.next(), run: columns.next(), state: try columns.choice(), madeAt: columns.instant())
    }

    func insert(_ plan: PlanRecord) throws -> Int64 {
        try insert(
            try statement("INSERT INTO plan (run, state, made_at) VALUES (?, ?, ?)"),
            [plan.run, plan.state.rawValue, plan.madeAt.milliseconds]
        )
    }

    func update(_ plan: PlanRecord) throws {
        try execute("UPDATE plan SET state = ? WHERE number = ?", [plan.state.rawValue, plan.id])
        try expectChange("plan", plan.id)
    }

    func steps(plan: Int64, state: StepState, after: Int64, limit: Int) throws -> [StoredStep] {
        try rows(
            """
            SELECT \(Self.stepColumns) FROM step WHERE plan = ? AND state = ? AND number > ?
            ORDER BY number LIMIT ?
            """,
            [plan, state.rawValue, after, limit],
            step
        )
    }

    func sentSteps(after: Int64, limit: Int) throws -> [StoredStep] {
        try rows(
            "SELECT \(Self.stepColumns) FROM step WHERE state = 'sent' AND number > ? ORDER BY number LIMIT ?",
            [after, limit],
            step
        )
    }

    func append(_ steps: [StoredStep]) throws -> [Int64] {
        let statement = try statement("INSERT INTO step (plan, job, state, sent_at, document) VALUES (?, ?, ?, ?, ?)")
        return try steps.map { step in
            try insert(
                statement,
                [
                    step.plan, step.job, step.state.rawValue, step.sentAt?.milliseconds, try documents.text(step.step),
                ]
            )
        }
    }

    func update(_ steps: [StoredStep]) throws {
        let statement = try statement("UPDATE step SET state = ?, sent_at = ? WHERE number = ?")
        for step in steps.sorted(by: { $0.id < $1.id }) {
            try execute(statement, [step.state.rawValue, step.sentAt?.milliseconds, step.id])
            try expectChange("step", step.id)
        }
    }

    func history(side: Side, record: RecordID, limit: Int) throws -> [HistoryEntry] {
        try rows(
            """
            SELECT number, step, run, job, mapping, coupling, action, fields, settled_at, is_confirmed
            FROM history
            WHERE side = ? AND record = ? ORDER BY number DESC LIMIT ?
            """,
            [side.rawValue, record.stored, limit]
        ) { columns in
            HistoryEntry(
                id: columns.next(),
                step: columns.next(),
                run: columns.next(),
                job: columns.optional(),
                mapping: columns.next(),
                coupling: columns.next(),
                side: side,
                record: record,
                action: try columns.choice(),
                fields: try documents.value(columns.next()),
                at: columns.instant(),
                isConfirmed: columns.boolean()
            )
        }
    }

    func append(_ entries: [HistoryEntry]) throws {
        let statement = try statement(
            """
            INSERT INTO history
                (step, run, job, mapping, coupling, side, record, action, fields, settled_at, is_confirmed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        for entry in entries {
            try execute(
                statement,
                [
                    entry.step, entry.run, entry.job, entry.mapping, entry.coupling, entry.side.rawValue,
                    entry.record.stored, entry.action.rawValue, try documents.text(entry.fields),
                    entry.at.milliseconds, entry.isConfirmed,
                ]
            )
        }
    }

    private static let stepColumns = "number, plan, job, state, sent_at, document"

    private func step(_ columns: inout Columns) throws -> StoredStep {
        let number: Int64 = columns.next()
        let plan: Int64 = columns.next()
        let job: Int64? = columns.optional()
        let state: StepState = try columns.choice()
        let sentAt = columns.optionalInstant()
        return StoredStep(
            id: number,
            plan: plan,
            job: job,
            step: try documents.value(columns.next()),
            state: state,
            sentAt: sentAt
        )
    }
}
