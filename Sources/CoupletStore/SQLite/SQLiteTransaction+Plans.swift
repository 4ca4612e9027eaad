import CoupletCore
import CoupletPorts
import GRDB

extension SQLiteTransaction {
    func plan(_ id: Int64) throws -> PlanRecord? {
        try row("SELECT \(Self.planColumns) FROM plan WHERE number = ?", [id], plan)
    }

    func plans(in state: PlanState) throws -> [PlanRecord] {
        try rows("SELECT \(Self.planColumns) FROM plan WHERE state = ? ORDER BY number", [state.rawValue], plan)
    }

    func shownPlans(before: Int64?, limit: Int) throws -> [PlanRecord] {
        try rows(
            """
            SELECT \(Self.planColumns) FROM plan INDEXED BY plan_shown
            WHERE details IS NOT NULL AND number < ? ORDER BY number DESC LIMIT ?
            """,
            [before ?? Int64.max, limit],
            plan
        )
    }

    func parts(ofPlan parent: Int64) throws -> [PlanRecord] {
        try rows("SELECT \(Self.planColumns) FROM plan WHERE parent = ? ORDER BY number", [parent], plan)
    }

    private static let planColumns = "number, run, state, made_at, parent, mapping, part, details"

    private func plan(_ columns: inout Columns) throws -> PlanRecord {
        var plan = PlanRecord(
            id: columns.next(),
            run: columns.next(),
            state: try columns.choice(),
            madeAt: columns.instant()
        )
        if columns.isNull {
            columns.skip(3)
        } else {
            plan.part = PlanRecord.Part(parent: columns.next(), mapping: columns.next(), kind: try columns.choice())
        }
        let details: String? = columns.optional()
        plan.details = try details.map { try documents.value($0) }
        return plan
    }

    func insert(_ plan: PlanRecord) throws -> Int64 {
        try insert(
            try statement(
                """
                INSERT INTO plan (run, state, made_at, parent, mapping, part, details) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
            ),
            [
                plan.run, plan.state.rawValue, plan.madeAt.milliseconds, plan.part?.parent, plan.part?.mapping,
                plan.part?.kind.rawValue, try plan.details.map { try documents.text($0) },
            ]
        )
    }

    func update(_ plan: PlanRecord) throws {
        try execute(
            "UPDATE plan SET state = ?, details = ? WHERE number = ?",
            [plan.state.rawValue, try plan.details.map { try documents.text($0) }, plan.id]
        )
        try expectChange("plan", plan.id)
        try letGoSteps(ofPlan: plan)
    }

    func planItems(plan: Int64, after: Int64, limit: Int) throws -> [(id: Int64, item: PlanItem)] {
        try rows(
            "SELECT number, document FROM plan_item WHERE plan = ? AND number > ? ORDER BY number LIMIT ?",
            [plan, after, limit]
        ) { (id: $0.next(), item: try documents.value($0.next())) }
    }

    func append(_ items: [PlanItem], plan: Int64) throws {
        let statement = try statement("INSERT INTO plan_item (plan, document) VALUES (?, ?)")
        for item in items { try execute(statement, [plan, try documents.text(digested(item))]) }
    }

    func steps(plan: Int64, after: Int64, limit: Int) throws -> [StoredStep] {
        try rows(
            "SELECT \(Self.stepColumns) FROM step WHERE plan = ? AND number > ? ORDER BY number LIMIT ?",
            [plan, after, limit],
            step
        )
    }

    func replace(_ steps: [StoredStep]) throws {
        let statement = try statement("UPDATE step SET document = ? WHERE number = ?")
        for step in steps.sorted(by: { $0.id < $1.id }) {
            try execute(statement, [try documents.text(kept(step)), step.id])
        }
        try update(steps)
    }

    func steps(plan: Int64, state: StepState, after: Int64, limit: Int) throws -> [StoredStep] {
        // A statement for each state: where an index is for some states only, another value would make SQLite compile the
        // statement anew.
        try rows(
            """
            SELECT \(Self.stepColumns) FROM step WHERE plan = ? AND state = '\(state.rawValue)' AND number > ?
            ORDER BY number LIMIT ?
            """,
            [plan, after, limit],
            step
        )
    }

    /// Which steps may have arrived without anybody knowing; the index for it has the same words.
    static let isOnItsWay = "(state = 'sent' OR (state = 'planned' AND sent_at IS NOT NULL))"

    func sentSteps(after: Int64, limit: Int) throws -> [StoredStep] {
        try rows(
            "SELECT \(Self.stepColumns) FROM step WHERE \(Self.isOnItsWay) AND number > ? ORDER BY number LIMIT ?",
            [after, limit],
            step
        )
    }

    /// The steps whose document has a record's id in it.
    func steps(naming id: RecordID) throws -> [StoredStep] {
        try rows(
            "SELECT \(Self.stepColumns) FROM step WHERE instr(lower(document), ?) > 0 ORDER BY number",
            [id.description],
            step
        )
    }

    func append(_ steps: [StoredStep]) throws -> [Int64] {
        let statement = try statement(
            "INSERT INTO step (plan, job, state, sent_at, document, reason) VALUES (?, ?, ?, ?, ?, ?)"
        )
        return try steps.map { step in
            try insert(
                statement,
                [
                    step.plan, step.job, step.state.rawValue, step.sentAt?.milliseconds, try documents.text(kept(step)),
                    try step.reason.map { try documents.text($0) },
                ]
            )
        }
    }

    func update(_ steps: [StoredStep]) throws {
        let statement = try statement("UPDATE step SET state = ?, sent_at = ?, reason = ?, job = ? WHERE number = ?")
        for step in steps.sorted(by: { $0.id < $1.id }) {
            let reason = try step.reason.map { try documents.text($0) }
            try execute(statement, [step.state.rawValue, step.sentAt?.milliseconds, reason, step.job, step.id])
            try expectChange("step", step.id)
            guard try hasUnkept(step.step), try !isOnItsWay(step) else { continue }
            try execute("UPDATE step SET document = ? WHERE number = ?", [try documents.text(kept(step)), step.id])
        }
    }

    static let stepColumns = "number, plan, job, state, sent_at, document, reason"

    func step(_ columns: inout Columns) throws -> StoredStep {
        let number: Int64 = columns.next()
        let plan: Int64 = columns.next()
        let job: Int64? = columns.optional()
        let state: StepState = try columns.choice()
        let sentAt = columns.optionalInstant()
        let document: String = columns.next()
        let reason: String? = columns.optional()
        return StoredStep(
            id: number,
            plan: plan,
            job: job,
            step: opened(try documents.value(document)),
            state: state,
            sentAt: sentAt,
            reason: try reason.map { try documents.value($0) }
        )
    }
}
