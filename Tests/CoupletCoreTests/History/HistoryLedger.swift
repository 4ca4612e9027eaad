import CoupletCore
import Testing

/// What people did, field by field, and whether the synchronizer's doings follow from it.
///
/// The ledger is kept beside the synchronizer and never asks it anything: a value may be written only because a person
/// gave it to the other side, and may be replaced only if no person gave it since both sides were last settled.
struct HistoryLedger {
    struct Place: Hashable {
        var coupling: Int
        var field: Int
    }

    struct Entry {
        /// Meanings of all values that people gave this field, on either side.
        var given: Set<String>
        /// Meanings that may be looked up in history: replaced by a write, or shown in a conflict or a question.
        var kept: Set<String> = []
        /// The meaning both sides had when they were last settled; nil before that.
        var settled: BySide<String>?
        /// The last value people gave each side, and whether it came after the last settlement.
        var last: BySide<String?> = BySide(erp: nil, crm: nil)
        var isEdited = BySide(erp: false, crm: false)
        /// The present meaning on each side.
        var present: BySide<String>
    }

    let seed: UInt64
    /// Whether edits of different fields are a conflict too.
    var takesRecordsAsOne = false
    private(set) var entries: [Place: Entry] = [:]

    init(records: [BySide<HistoryWorld.Record>], seed: UInt64) {
        self.seed = seed
        for (coupling, record) in records.enumerated() {
            for (field, description) in HistoryFields.all.enumerated() {
                let erp = description.meaning(record.erp.values[field])
                let crm = description.meaning(record.crm.values[field])
                entries[Place(coupling: coupling, field: field)] = Entry(
                    given: [erp, crm],
                    last: BySide(erp: erp, crm: crm),
                    present: BySide(erp: erp, crm: crm)
                )
            }
        }
    }

    private mutating func change(_ coupling: Int, _ field: Int, _ body: (inout Entry, HistoryFields) -> Void) {
        guard var entry = entries[Place(coupling: coupling, field: field)] else { return }
        body(&entry, HistoryFields.all[field])
        entries[Place(coupling: coupling, field: field)] = entry
    }

    // MARK: People

    mutating func noteEdit(_ coupling: Int, _ side: Side, _ field: Int, _ value: Value) {
        change(coupling, field) { entry, description in
            let meaning = description.meaning(value)
            entry.given.insert(meaning)
            entry.last[side] = meaning
            entry.isEdited[side] = true
            entry.present[side] = meaning
        }
    }

    mutating func noteTyped(_ coupling: Int, _ field: Int, _ value: Value) {
        change(coupling, field) { entry, description in entry.given.insert(description.meaning(value)) }
    }

    // MARK: The synchronizer

    mutating func noteSettled(_ coupling: Int, _ field: Int, _ values: BySide<Value>) {
        change(coupling, field) { entry, description in
            let settled = BySide(erp: description.meaning(values.erp), crm: description.meaning(values.crm))
            entry.settled = settled
            for side in Side.allCases { entry.isEdited[side] = entry.present[side] != settled[side] }
        }
    }

    /// Whether a write follows from what people did.
    mutating func check(_ write: FieldWrite, _ coupling: Int, _ field: Int, target: Side) {
        let context: Comment = "seed \(seed), coupling \(coupling), \(write.field), \(write.cause) to \(target)"
        let takesRecordsAsOne = takesRecordsAsOne
        change(coupling, field) { entry, description in
            let meaning = description.meaning(write.value)
            #expect(
                description.mapping.direction.writes(to: target),
                "a source of a one-way field is written: \(context)"
            )
            #expect(entry.given.contains(meaning), "a value that nobody gave: \(context)")
            #expect(
                description.meaning(write.before) == entry.present[target],
                "before is not what was there: \(context)"
            )
            switch write.cause {
            case .edit:
                #expect(entry.isEdited[target.other], "an echo: nobody edited the source: \(context)")
                if description.mapping.direction == .bidirectional {
                    #expect(entry.present[target] == entry.settled?[target], "an edit is overwritten: \(context)")
                }
            case .fill:
                #expect(entry.settled == nil && entry.present[target] == description.meaning(.null), context)
            case .choice:
                #expect(entry.settled == nil, "chosen though settled: \(context)")
            case .drift:
                #expect(description.mapping.direction != .bidirectional, context)
            case .rule:
                let isConflict = takesRecordsAsOne || entry.isEdited.erp && entry.isEdited.crm
                #expect(isConflict, "a rule decides without a conflict: \(context)")
                #expect(entry.isEdited.erp || entry.isEdited.crm, "a rule decides without an edit: \(context)")
            case .resolution, .create, .uncouple, .undo, .delete: break
            }
            entry.kept.insert(entry.present[target])
            entry.present[target] = meaning
        }
    }

    /// Whether what is told about a coupling follows from what people did.
    mutating func check(_ decision: PairDecision, _ coupling: Int, job: Direction, isFull: Bool, choice: Side?) {
        let context: Comment = "seed \(seed), coupling \(coupling)"
        let takesRecordsAsOne = takesRecordsAsOne
        for (field, description) in HistoryFields.all.enumerated() {
            let id = description.mapping.id
            for conflict in decision.conflicts where conflict.field == id {
                change(coupling, field) { entry, _ in
                    let isConflict = takesRecordsAsOne || entry.isEdited.erp && entry.isEdited.crm
                    #expect(isConflict, "a conflict without two edits: \(context) \(id)")
                    #expect(entry.isEdited.erp || entry.isEdited.crm, "a conflict without an edit: \(context) \(id)")
                    #expect(entry.present.erp != entry.present.crm, "a conflict of equal values: \(context) \(id)")
                    entry.kept.formUnion([entry.present.erp, entry.present.crm])
                }
            }
            for question in decision.undecided where question.field == id {
                change(coupling, field) { entry, _ in
                    #expect(entry.settled == nil, "asked though settled: \(context) \(id)")
                    #expect(entry.present.erp != entry.present.crm, "asked though equal: \(context) \(id)")
                }
            }
            for drift in decision.drift where drift.field == id {
                #expect(description.mapping.direction != .bidirectional, "drift of a two-way field: \(context) \(id)")
                #expect(!isFull || job != description.mapping.direction, "drift in a full run: \(context) \(id)")
            }
        }
        for target in Side.allCases where !job.writes(to: target) {
            #expect(decision.writes[target].isEmpty, "written against the job's direction: \(context)")
        }
    }
}
