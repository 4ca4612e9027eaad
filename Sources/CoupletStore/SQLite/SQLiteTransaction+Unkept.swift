import CoupletCore
import CoupletPorts
import Foundation
import GRDB

/// Values that are synchronized and not kept.
///
/// What is settled stays as a digest; what is still on its way is sealed, so that no byte of a file ever holds the value.
/// Everything that can hold one passes here when it is saved, whoever saves it.
extension SQLiteTransaction {
    /// The name of the setting that is there where a mapping has, or had, such fields.
    ///
    /// Without it nothing here costs anything. It holds the fields that were not kept and are mapped no more.
    static let unkeptSetting = "unkept"
    private static let sealMark = "s"

    /// The fields; nil where no mapping has ever had any.
    func unkept() throws -> UnkeptFields? {
        if let known = unkeptFields { return known }
        let fields = try goneFields().map { UnkeptFields(try mappings(), gone: $0) }
        unkeptFields = .some(fields)
        return fields
    }

    /// Fields that were not kept and are mapped no more, by mapping; nil where no mapping has ever had any unkept.
    func goneFields() throws -> [String: [FieldMapping]]? {
        try setting(Self.unkeptSetting).map { try documents.value($0) }
    }

    func valueDigest() throws -> ValueDigest? { try unkept() == nil ? nil : digest() }

    /// Makes digests; one function for the whole transaction.
    private func digest() throws -> ValueDigest {
        if let known = knownDigest { return known }
        let made = try keyed().digest()
        knownDigest = made
        return made
    }

    func keyed() throws -> any SecretSealer {
        guard let sealer else { throw StoreError.failed(detail: "the store was opened without a key for values") }
        return sealer
    }

    // MARK: Sealing

    private func sealed(_ value: Value) throws -> Value {
        let text =
            switch value {
            case .unkept: ""
            case .null: "n"
            case .boolean(let boolean): boolean ? "t" : "f"
            case .number(let digits): "#" + digits
            case .text(let text): "'" + text
            }
        if text.isEmpty { return value }
        return .unkept(Self.sealMark + Data(try keyed().seal(text)).base64EncodedString())
    }

    /// A value that was sealed; one that nobody can open any more is not known, and is read again where it is needed.
    private func opened(_ value: Value) -> Value {
        guard case .unkept(let sealed) = value, sealed.hasPrefix(Self.sealMark) else { return value }
        guard let bytes = Data(base64Encoded: String(sealed.dropFirst())),
            let text = try? sealer?.open(Array(bytes))
        else { return .unkept("") }
        let rest = String(text.dropFirst())
        return switch text.first {
        case "n": .null
        case "t": .boolean(true)
        case "f": .boolean(false)
        case "#": .number(rest)
        case "'": .text(rest)
        default: .unkept("")
        }
    }

    // MARK: Observations

    /// A row of a feed with what is not kept of it sealed.
    func sealed(_ row: EncodedRow, layout number: Int, feed: Int64) throws -> EncodedRow {
        guard let unkept = try unkept() else { return row }
        let names = Set(try fields(of: feed, unkept).flatMap(\.fields.keys))
        guard !names.isEmpty, let layout = try layout(number) else { return row }
        var values = row.values(fieldCount: layout.fields.count)
        for (index, name) in layout.fields.enumerated() where names.contains(name) {
            values[index] = try values[index].map(sealed)
        }
        return EncodedRow(values)
    }

    /// An observation as it was staged.
    func opened(_ observation: StagedObservation) throws -> StagedObservation {
        guard try unkept() != nil, let layout = try layout(observation.layout) else { return observation }
        let count = layout.fields.count
        let isSealed = observation.row.withView(fieldCount: count) { view in
            (0..<count).contains { view.tag(at: $0) == .unkept }
        }
        guard isSealed else { return observation }
        var opened = observation
        opened.row = EncodedRow(observation.row.values(fieldCount: count).map { $0.map(self.opened) })
        return opened
    }

    /// A row of a record that nothing is on its way of any more: digests take the place of what is not kept.
    private func digested(_ observation: StagedObservation, feed: Int64, _ unkept: UnkeptFields) throws -> EncodedRow {
        guard let layout = try layout(observation.layout) else { return observation.row }
        var values = observation.row.values(fieldCount: layout.fields.count)
        for (side, fields) in try fields(of: feed, unkept) {
            for (index, name) in layout.fields.enumerated() {
                guard let field = fields[name], let value = values[index] else { continue }
                let place = ValuePlace(side: side, record: observation.id, field: field)
                values[index] = place.digested(opened(value), by: try digest())
            }
        }
        return EncodedRow(values)
    }

    private func fields(
        of feed: Int64,
        _ unkept: UnkeptFields
    ) throws -> [(side: Side, fields: [String: FieldMapping.Field])] {
        if let known = unkeptOfFeeds[feed] { return known }
        let found = try row("SELECT connection, remote_table FROM feed WHERE number = ?", [feed]) { columns in
            (connection: columns.next() as String, table: columns.next() as String)
        }
        let fields = found.map { unkept.fields(connection: $0.connection, table: $0.table) } ?? []
        unkeptOfFeeds[feed] = fields
        return fields
    }

    /// Takes the sealed values from what was observed of records that no mapping couples any more.
    func letGo(_ ids: BySide<RecordID>, ofMapping mapping: Int64) throws {
        guard let unkept = try unkept() else { return }
        for side in Side.allCases {
            let feed: Int64? = try row(
                """
                SELECT f.number FROM mapping m JOIN feed f
                    ON f.connection = m.\(side.rawValue)_connection AND f.remote_table = m.\(side.rawValue)_table
                WHERE m.number = ?
                """,
                [mapping]
            ) { $0.next() }
            guard let feed, try !isCoupled(ids[side], feed: feed) else { continue }
            try digest(ids[side], feed: feed, unkept)
        }
    }

    private func isCoupled(_ id: RecordID, feed: Int64) throws -> Bool {
        try usages(of: feed).contains { mapping, side in
            let sql = "SELECT 1 FROM coupling WHERE mapping = ? AND \(Self.idColumn(side)) = ?"
            return try row(sql, [mapping, id.stored]) { _ in true } ?? false
        }
    }

    private func digest(_ id: RecordID, feed: Int64, _ unkept: UnkeptFields) throws {
        guard let observation = try observations(feed: feed, ids: [id])[id] else { return }
        try execute(
            "UPDATE observation SET content = ? WHERE feed = ? AND id = ?",
            [Data(try digested(observation, feed: feed, unkept).bytes), feed, id.stored]
        )
    }

    /// Seals or digests what was observed of a feed before its mappings said that it is not kept.
    func forgetObservations(feed: Int64, _ unkept: UnkeptFields) throws {
        let ids = try rows("SELECT id FROM observation WHERE feed = ?", [feed]) { try $0.id() }
        for id in ids {
            guard try isCoupled(id, feed: feed) else {
                try digest(id, feed: feed, unkept)
                continue
            }
            guard let observation = try observations(feed: feed, ids: [id])[id] else { continue }
            let row = try sealed(observation.row, layout: observation.layout, feed: feed)
            try execute(
                "UPDATE observation SET content = ? WHERE feed = ? AND id = ?",
                [Data(row.bytes), feed, id.stored]
            )
        }
    }

    // MARK: Bases and differences

    /// A base with digests in place of what is not kept.
    func digested(_ base: Base, coupling: Int64) throws -> Base {
        guard let unkept = try unkept() else { return base }
        let found = try row(
            """
            SELECT m.name, c.erp_id, c.crm_id FROM coupling c JOIN mapping m ON m.number = c.mapping WHERE c.number = ?
            """,
            [coupling]
        ) { (mapping: $0.next() as String, ids: BySide(erp: try $0.id(), crm: try $0.id())) }
        guard let found else { return base }
        return try digested(base, found.ids, unkept.fields(of: found.mapping))
    }

    func digested(_ base: Base, _ ids: BySide<RecordID>, _ fields: [String: FieldMapping]) throws -> Base {
        guard base.layout.fields.contains(where: { fields[$0] != nil }) else { return base }
        var values = base.values(in: base.layout)
        for (index, name) in base.layout.fields.enumerated() {
            guard let field = fields[name], let pair = values[index] else { continue }
            values[index] = try digested(pair, field, ids)
        }
        return Base(layout: base.layout, values: values)
    }

    /// Differences as they are kept: it is known which they are, and not what the sides hold.
    func digested(_ differences: [FieldDifference], mapping: String, ids: BySide<RecordID>?) throws -> [FieldDifference]
    {
        guard let fields = try unkept()?.fields(of: mapping), !fields.isEmpty else { return differences }
        return try differences.map { difference in
            guard let field = fields[difference.field] else { return difference }
            var kept = difference
            kept.base = try difference.base.map { try digested($0, field, ids) }
            kept.present = try digested(difference.present, field, ids)
            return kept
        }
    }

    private func digested(
        _ pair: BySide<Value>,
        _ field: FieldMapping,
        _ ids: BySide<RecordID>?
    ) throws -> BySide<Value> {
        guard let ids else { return BySide(erp: .unkept(""), crm: .unkept("")) }
        func digested(_ side: Side) throws -> Value {
            ValuePlace(side: side, record: ids[side], field: field.field(side)).digested(pair[side], by: try digest())
        }
        return BySide(erp: try digested(.erp), crm: try digested(.crm))
    }

    /// The records of a coupling; nil where it is not stored.
    func ids(ofCoupling number: Int64?) throws -> BySide<RecordID>? {
        guard let number else { return nil }
        return try row("SELECT erp_id, crm_id FROM coupling WHERE number = ?", [number]) {
            BySide(erp: try $0.id(), crm: try $0.id())
        }
    }

    /// What a plan would leave open, as it is kept.
    func digested(_ item: PlanItem) throws -> PlanItem {
        guard try unkept() != nil else { return item }
        switch item {
        case .conflict(var conflict):
            conflict.fields = try digested(conflict)
            return .conflict(conflict)
        case .question(var question):
            question.fields = try digested(question)
            return .question(question)
        case .failure: return item
        }
    }

    func digested(_ conflict: ConflictRecord) throws -> [FieldDifference] {
        guard try unkept() != nil else { return conflict.fields }
        return try digested(conflict.fields, mapping: conflict.mapping, ids: ids(ofCoupling: conflict.coupling))
    }

    func digested(_ question: QuestionRecord) throws -> [FieldDifference] {
        guard try unkept() != nil else { return question.fields }
        return try digested(question.fields, mapping: question.mapping, ids: ids(ofCoupling: question.coupling))
    }

    // MARK: Steps and history

    /// Whether a step has values that are not kept.
    func hasUnkept(_ step: Step) throws -> Bool {
        guard let fields = try unkept()?.fields(of: step.mapping), !fields.isEmpty else { return false }
        return step.fields.contains { fields[$0.write.field] != nil }
    }

    /// Whether a step may still be sent, or nobody knows yet whether it was done.
    func isOnItsWay(_ stored: StoredStep) throws -> Bool {
        switch stored.state {
        case .planned, .sent, .unconfirmed: return true
        case .applied, .replanned, .failed, .leftOut: return false
        case .dropped:
            // Where a plan that was shown is carried out after an interruption, what was dropped is planned again.
            return try row(
                """
                SELECT 1 FROM plan p LEFT JOIN plan shown ON shown.number = p.parent
                WHERE p.number = ? AND coalesce(shown.state, p.state) IN ('previewed', 'held', 'approved')
                """,
                [stored.plan]
            ) { _ in true } ?? false
        }
    }

    /// A step as it is kept: what is not kept of it is sealed while it is on its way, and gone afterwards.
    func kept(_ stored: StoredStep) throws -> Step {
        guard try hasUnkept(stored.step), let fields = try unkept()?.fields(of: stored.step.mapping) else {
            return stored.step
        }
        guard try isOnItsWay(stored) else { return try withoutValues(stored.step) }
        var step = stored.step
        for index in step.fields.indices where fields[step.fields[index].write.field] != nil {
            let write = step.fields[index].write
            step.fields[index].write.value = try sealed(write.value)
            step.fields[index].write.source = try sealed(write.source)
            step.fields[index].write.before = try sealed(write.before)
        }
        return step
    }

    /// A step as it was saved.
    func opened(_ step: Step) -> Step {
        guard step.fields.contains(where: { $0.write.value.isUnkept }) else { return step }
        var opened = step
        for index in opened.fields.indices {
            let write = opened.fields[index].write
            opened.fields[index].write.value = self.opened(write.value)
            opened.fields[index].write.source = self.opened(write.source)
            opened.fields[index].write.before = self.opened(write.before)
        }
        return opened
    }

    /// What is written to the history, without what is not kept.
    func kept(_ writes: [FieldWrite], mapping: String) throws -> [FieldWrite] {
        guard let fields = try unkept()?.fields(of: mapping), !fields.isEmpty else { return writes }
        return writes.map { fields[$0.field] == nil ? $0 : $0.withoutValues }
    }

    /// Takes the sealed values from all steps of a plan that is over, and of its parts.
    func letGoSteps(ofPlan plan: PlanRecord) throws {
        guard plan.state == .applied || plan.state == .rejected, try unkept() != nil else { return }
        let steps = try rows(
            """
            SELECT \(Self.stepColumns) FROM step
            WHERE plan IN (SELECT number FROM plan WHERE number = ?1 OR parent = ?1) AND instr(document, ?2) > 0
            """,
            [plan.id, "{\"unkept\":\"\(Self.sealMark)"],
            step
        )
        let statement = try statement("UPDATE step SET document = ? WHERE number = ?")
        for stored in steps where stored.state != .sent && stored.state != .unconfirmed {
            try execute(statement, [try documents.text(withoutValues(stored.step)), stored.id])
        }
    }

    /// A step without what is not kept of it.
    func withoutValues(_ step: Step) throws -> Step {
        let fields = try unkept()?.fields(of: step.mapping) ?? [:]
        var step = step
        for index in step.fields.indices where fields[step.fields[index].write.field] != nil {
            step.fields[index].write = step.fields[index].write.withoutValues
        }
        return step
    }
}
