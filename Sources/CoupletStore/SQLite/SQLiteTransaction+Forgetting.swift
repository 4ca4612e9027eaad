import CoupletCore
import CoupletPorts
import Foundation
import GRDB

/// What is kept already of fields when a mapping comes to say that their values are not kept.
extension SQLiteTransaction {
    /// Notes what a saved mapping does not keep, and forgets what is kept of it.
    func noteUnkept(_ mapping: TableMapping, was before: TableMapping?) throws {
        unkeptFields = nil
        unkeptOfFeeds = [:]
        let fields = mapping.fields.filter { $0.isUnkept == true }.map(\.id)
        let gone = (before?.fields ?? []).filter { field in
            field.isUnkept == true && !mapping.fields.contains { $0.id == field.id }
        }
        if !gone.isEmpty, var all = try goneFields() {
            let known = (all[mapping.name] ?? []).filter { field in !gone.contains { $0.id == field.id } }
            all[mapping.name] = known + gone
            try save(setting: Self.unkeptSetting, try documents.text(all))
        }
        guard !fields.isEmpty else { return }
        // Makes the key where there is none yet, so that it is missing afterwards only when somebody took it away.
        _ = try keyed().seal("")
        if try setting(Self.unkeptSetting) == nil { try save(setting: Self.unkeptSetting, "{}") }
        unkeptFields = nil
        let earlier = Set(before?.fields.filter { $0.isUnkept == true }.map(\.id) ?? [])
        guard !Set(fields).isSubset(of: earlier), let unkept = try unkept() else { return }
        for side in Side.allCases {
            let table = mapping.table(side)
            guard let feed = try feed(connection: table.connection, table: table.table) else { continue }
            try forgetObservations(feed: feed.id, unkept)
        }
        guard before != nil else { return }
        let number = try mappingNumber(mapping.name)
        try forgetBases(number, unkept.fields(of: mapping.name))
        try forgetHistory(mapping.name, unkept.fields(of: mapping.name))
        try forgetSteps(mapping.name)
        try forgetOpenItems(mapping.name)
    }

    private static let page = 1000

    private func forgetBases(_ mapping: Int64, _ fields: [String: FieldMapping]) throws {
        var after: Int64 = 0
        while true {
            let found = try rows(
                """
                SELECT c.number, c.erp_id, c.crm_id, b.content FROM coupling c JOIN base b ON b.coupling = c.number
                WHERE c.mapping = ? AND c.number > ? ORDER BY c.number LIMIT ?
                """,
                [mapping, after, Self.page]
            ) { columns in
                let number: Int64 = columns.next()
                let ids = BySide(erp: try columns.id(), crm: try columns.id())
                return (number: number, ids: ids, blob: try columns.bytes())
            }
            guard let last = found.last else { return }
            after = last.number
            let statement = try statement("UPDATE base SET content = ? WHERE coupling = ?")
            for one in found {
                guard let blob = try digested(one.blob, one.ids, fields) else { continue }
                try execute(statement, [Data(blob), one.number])
            }
        }
    }

    /// A base as a store keeps it; nil where it is not readable.
    private func digested(
        _ blob: [UInt8],
        _ ids: BySide<RecordID>,
        _ fields: [String: FieldMapping]
    ) throws -> [UInt8]? {
        guard let number = Base.layoutNumber(ofBlob: blob), let layout = try layout(number),
            let base = Base(blob: blob, layout: layout)
        else { return nil }
        return try digested(base, ids, fields).blob
    }

    private func forgetHistory(_ mapping: String, _ fields: [String: FieldMapping]) throws {
        var after: Int64 = 0
        while true {
            let found = try rows(
                """
                SELECT number, fields, side, record, counterpart, base FROM history
                WHERE mapping = ? AND number > ? ORDER BY number LIMIT ?
                """,
                [mapping, after, Self.page],
                KeptEntry.init
            )
            guard let last = found.last else { return }
            after = last.number
            let statement = try statement("UPDATE history SET fields = ?, base = ? WHERE number = ?")
            for entry in found {
                let writes: [FieldWrite] = try documents.value(entry.fields)
                let kept = try self.kept(writes, mapping: mapping)
                // Without its counterpart nobody would ever compare by the base.
                let base = try entry.base.flatMap { blob in
                    try entry.ids.flatMap { try digested(blob, $0, fields) }
                }
                try execute(statement, [try documents.text(kept), base.map { Data($0) }, entry.number])
            }
        }
    }

    private func forgetSteps(_ mapping: String) throws {
        var after: Int64 = 0
        while true {
            let found = try rows(
                """
                SELECT \(Self.stepColumns) FROM step WHERE number > ?1 AND json_extract(document, '$.mapping') = ?2
                ORDER BY number LIMIT ?3
                """,
                [after, mapping, Self.page],
                step
            )
            guard let last = found.last else { return }
            after = last.id
            for var stored in found {
                stored.reason = stored.reason?.withoutValues
                stored.step.reasons = stored.step.reasons.map(\.withoutValues)
                // What was shown under the mapping as it was is not carried out any more.
                if try isOnlyShown(stored.plan) { stored.step = try withoutValues(stored.step) }
                try replace([stored])
            }
        }
    }

    private func isOnlyShown(_ plan: Int64) throws -> Bool {
        try row(
            """
            SELECT 1 FROM plan p LEFT JOIN plan shown ON shown.number = p.parent
            WHERE p.number = ? AND coalesce(shown.state, p.state) IN ('previewed', 'held')
            """,
            [plan]
        ) { _ in true } ?? false
    }

    private func forgetOpenItems(_ mapping: String) throws {
        for conflict in try conflicts(mapping: mapping, includingClosed: true) {
            var conflict = conflict
            // A typed value is one that is kept: who typed it decides once more.
            for (field, resolution) in conflict.resolutions {
                if case .value = resolution { conflict.resolutions[field] = nil }
            }
            _ = try save(conflict)
        }
        for question in try questions(mapping: mapping, includingClosed: true) { _ = try save(question) }
        for var failure in try failures(mapping: mapping) {
            failure.messages = failure.messages.map(\.withoutValues)
            try save(failure)
        }
        let items = try rows("SELECT number, document FROM plan_item") { columns in
            (number: columns.next() as Int64, item: try documents.value(columns.next()) as PlanItem)
        }
        let statement = try statement("UPDATE plan_item SET document = ? WHERE number = ?")
        for (number, item) in items where item.mapping == mapping {
            var kept = try digested(item)
            if case .failure(var failure) = kept {
                failure.messages = failure.messages.map(\.withoutValues)
                kept = .failure(failure)
            }
            try execute(statement, [try documents.text(kept), number])
        }
    }
}

/// An entry of the history as its row holds it.
private struct KeptEntry {
    var number: Int64
    var fields: String
    /// The two records of its coupling; nil where the counterpart is not known.
    var ids: BySide<RecordID>?
    var base: [UInt8]?

    init(_ columns: inout Columns) throws {
        number = columns.next()
        fields = columns.next()
        let side: Side = try columns.choice()
        let record = try columns.id()
        if columns.isNull {
            columns.skip(1)
        } else {
            var both = BySide(erp: record, crm: record)
            both[side.other] = try columns.id()
            ids = both
        }
        base = columns.isNull ? nil : try columns.bytes()
    }
}

extension PlanItem {
    fileprivate var mapping: String {
        switch self {
        case .conflict(let conflict): conflict.mapping
        case .question(let question): question.mapping
        case .failure(let failure): failure.mapping
        }
    }
}
