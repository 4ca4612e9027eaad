import CoupletCore
import CoupletPorts
import GRDB

/// Settings of the whole store, and the erasure of records.
extension SQLiteTransaction {
    func setting(_ name: String) throws -> String? {
        try row("SELECT value FROM setting WHERE name = ?", [name]) { $0.next() }
    }

    func save(setting: String, _ value: String?) throws {
        guard let value else { return try execute("DELETE FROM setting WHERE name = ?", [setting]) }
        try execute(
            """
            INSERT INTO setting (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            [setting, value]
        )
    }

    func erase(_ erasure: Erasure) throws -> ErasureCounts {
        var counts = ErasureCounts()
        for side in Side.allCases {
            guard let id = erasure.ids[side] else { continue }
            try requireSettled(id)
            let own = [id.stored, side.rawValue] as StatementArguments
            // Documents name records by the text of their ids, which nothing else contains.
            let named = [id.description] as StatementArguments
            counts.history += try removed(
                "history",
                "(record = ?1 AND side = ?2) OR (counterpart = ?1 AND side <> ?2)",
                own
            )
            counts.steps += try removedSteps(side, id)
            try blankSteps(naming: id, erasure.obstacle)
            counts.steps += try removed("plan_item", "instr(lower(document), ?) > 0", named)
            counts.openItems += try removed("question", "(record = ?1 AND side = ?2)", own)
            counts.openItems += try removed("question", "instr(lower(candidates), ?) > 0", named)
            counts.openItems += try removed("failure", "source = ?1 AND target <> ?2", own)
            counts.steps += try removedConflictItems(side, id)
            counts.openItems += try removedConflicts(side, id)
            counts.couplings += try removed("coupling", "\(side.rawValue)_id = ?", [id.stored])
            guard let feed = erasure.feeds[side] else { continue }
            _ = try removed("observation", "feed = ? AND id = ?", [feed, id.stored])
            counts.records += try removed("remote_record", "feed = ? AND id = ?", [feed, id.stored])
        }
        return counts
    }

    /// Refuses to erase a record while nobody knows what became of a write to it.
    private func requireSettled(_ id: RecordID) throws {
        let isOnItsWay = try row(
            """
            SELECT 1 FROM step
            WHERE (state IN ('sent', 'unconfirmed') OR (state = 'planned' AND sent_at IS NOT NULL))
                AND instr(lower(document), ?) > 0
            LIMIT 1
            """,
            [id.description]
        ) { _ in true }
        if isOnItsWay == true { throw StoreError.failed(detail: "a write to \(id) is under way") }
    }

    /// Removes the steps that are about a record or its coupling; that of another record may name it too.
    private func removedSteps(_ side: Side, _ id: RecordID) throws -> Int {
        try removed(
            "step",
            """
            instr(lower(document), ?1) > 0 AND (
                lower(json_extract(document, '$.ids.\(side.rawValue)')) = ?1
                OR json_extract(document, '$.coupling') IN (SELECT number FROM coupling WHERE \(side.rawValue)_id = ?2))
            """,
            [id.description, id.stored]
        )
    }

    /// Takes the values that name a record from the steps of others; what of these is not done yet is left out, because
    /// it would not be what was shown.
    private func blankSteps(naming id: RecordID, _ obstacle: Message) throws {
        for var stored in try steps(naming: id) {
            for index in stored.step.fields.indices { stored.step.fields[index].write.blank(naming: id) }
            if stored.state == .planned { (stored.state, stored.reason) = (.leftOut, obstacle) }
            try replace([stored])
        }
        // Nothing else of a step is known to name another record; what does after all goes as a whole.
        _ = try removed("step", "instr(lower(document), ?) > 0", [id.description])
    }

    private func removedConflicts(_ side: Side, _ id: RecordID) throws -> Int {
        try removed(
            "conflict",
            "coupling IN (SELECT number FROM coupling WHERE \(side.rawValue)_id = ?)",
            [id.stored]
        )
    }

    /// What plans show of conflicts names couplings and no records.
    private func removedConflictItems(_ side: Side, _ id: RecordID) throws -> Int {
        try removed(
            "plan_item",
            """
            json_extract(document, '$.conflict._0.coupling') IN (
                SELECT number FROM coupling WHERE \(side.rawValue)_id = ?)
            """,
            [id.stored]
        )
    }

    private func removed(_ table: String, _ condition: String, _ arguments: StatementArguments) throws -> Int {
        try execute("DELETE FROM \(table) WHERE \(condition)", arguments)
        return database.changesCount
    }
}

extension FieldWrite {
    /// Empties the values that name a record.
    fileprivate mutating func blank(naming id: RecordID) {
        func blanked(_ value: Value) -> Value { value.text.lowercased().contains(id.description) ? .null : value }
        (value, source, before) = (blanked(value), blanked(source), blanked(before))
    }
}
