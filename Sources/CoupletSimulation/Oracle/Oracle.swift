import CoupletCore
import CoupletSandbox

/// Keeps every value of every field and who set it, and judges what Couplet does by that alone.
///
/// It knows the couplings, because persons and Couplet agree on them, and nothing else of Couplet's state.
struct Oracle: Sendable {
    var mappings: [TableMapping]
    /// What the systems make of values that are written to them.
    let changers: [FieldName: ServerChange]
    /// The fields to watch, by side and table: mapped ones, those that filters look at, and some that only users use.
    let watched: BySide<[String: Set<String>]>
    var records: [RecordName: RecordTrack] = [:]
    var partners: [RecordName: RecordName] = [:]
    var grants: [RecordName: Grant] = [:]
    var overwritten: [Overwritten] = []
    var typed: [String] = []
    /// What Couplet did to the systems, in words, to be put into the trace.
    var news: [String] = []
    /// What Couplet wrote since its history was looked at.
    var writes: [FieldChangeByCouplet] = []
    /// The fields of coupled records that had been compared before the present action: one that nobody has settled, or that
    /// was still to be filled, has no base beside others that have one.
    private(set) var compared: [RecordName: Set<String>] = [:]
    /// Whether a person is asking for something that may end couplings.
    var mayUncouple = false
    /// Whether a person is asking for something that may end couplings of records whose counterpart is gone, and no others.
    var mayTakeOver = false
    /// Records of the ERP that a person has asked a new counterpart for in the place of one that is gone; it may be made
    /// long after the action that was asked for.
    var renewed: Set<RecordName> = []
    /// Whether a copy of the store is at work beside it, so that neither knows what the other one has settled.
    var hasCopy = false
    /// Whether it is the copy that works now.
    var isCopys = false
    /// Whether a person is undoing something.
    var isUndoing = false {
        didSet { hasUndone = hasUndone || isUndoing }
    }
    /// Whether a person has undone something: from then on a record's own former values may come back.
    private(set) var hasUndone = false
    /// Pairs that were parted, by each of their records.
    var former: [RecordName: FormerPair] = [:]
    /// The number of the event after which the present action began.
    var actionBegan = 0
    /// The number of the last event.
    var event = 0
    /// The event after which everything that is on its way was begun.
    var scopeSince = 0
    /// How many records Couplet created or changed.
    var coupletWrites = 0
    /// How many of them by requests whose senders had given up on them.
    var lateWrites = 0
    /// How many records Couplet created or changed while it waited for the answer.
    var writesInTime: Int { coupletWrites - lateWrites }
    /// The body of the request of Couplet's whose effects are looked at.
    var request: [UInt8] = []
    /// Fields that Couplet has written and not heard of yet.
    var pending: [FieldPlace] = []
    /// Fields that Couplet has written, and whose answer was lost.
    var unheard: [FieldPlace] = []

    /// A field of a record.
    struct FieldPlace: Sendable {
        var record: RecordName
        var field: String
    }

    init(_ setting: Setting) {
        mappings = setting.mappings
        changers = setting.changers
        var watched = Vocabulary.plainFields
        for mapping in mappings {
            for side in Side.allCases {
                let table = mapping.table(side)
                let fields = mapping.fields.map { $0.field(side).name } + table.filter.fields
                watched[side][table.table, default: []].formUnion(fields)
                if let key = table.keyField { watched[side][table.table, default: []].insert(key) }
            }
        }
        self.watched = watched
    }

    /// Notes which couplings have been compared when an action is over.
    mutating func note(compared pairs: [OpenItems.Pair]) {
        compared = [:]
        for pair in pairs {
            guard let (erp, crm, _) = names(pair) else { continue }
            (compared[erp], compared[crm]) = (Set(pair.base.keys), Set(pair.base.keys))
        }
    }

    /// Whether a record of a pair is gone.
    var hasDeletedPair: Bool { partners.keys.contains { records[$0]?.isPresent == false } }

    /// What later judgements depend on, as text.
    var summary: String {
        records.sorted { $0.key < $1.key }.map { name, record in
            let fields = record.fields.sorted { $0.key < $1.key }.map { field, track in
                "\(field)=\(track.value),\(track.isUsers),\(track.hasReached),\(track.agreed.last?.value ?? "")"
            }
            return "\(name) \(record.isPresent) \(record.isCouplets) \(partners[name]?.description ?? "") \(fields)"
        }.joined(separator: ";") + "\(overwritten.count) \(grants.count)"
    }

    /// What people call the records, by id: a table's name with the first number, or else the first name.
    var labels: [String: String] {
        records.reduce(into: [:]) { labels, record in
            guard let table = mapping(of: record.key)?.table(record.key.side) else { return }
            let key = table.keyField.flatMap { record.value.fields[$0]?.past.first { !$0.isEmpty } }
            let name = record.value.fields[table.nameField]?.past.first ?? ""
            labels[record.key.id.description] = "\(record.key.table) \(key ?? name)"
        }
    }

    func mapping(of name: RecordName) -> TableMapping? {
        mappings.first { $0.table(name.side).table == name.table }
    }

    /// The record's other half and the fields between them.
    func partner(of name: RecordName) -> (name: RecordName, mapping: TableMapping)? {
        guard let partner = partners[name], let mapping = mapping(of: name) else { return nil }
        return (partner, mapping)
    }

    func isInScope(_ name: RecordName) -> Bool { records[name]?.isPresent == true && isWithinFilter(name) }

    /// Whether a record's values pass the filter of its mapping, be it there or not.
    func isWithinFilter(_ name: RecordName) -> Bool {
        guard let record = records[name], let mapping = mapping(of: name) else { return false }
        return mapping.table(name.side).filter.accepts { record.value($0) }
    }

    /// Whether a record was within the filter at some moment since the present action began, or the one whose writes are still
    /// on their way: what was read then may be written.
    func wasWithinFilter(_ name: RecordName) -> Bool {
        guard !isWithinFilter(name), let record = records[name] else { return true }
        if let last = record.lastWithin, last > scopeSince { return true }
        // Of what became of a record before it was deleted, nobody hears any more.
        return !record.isPresent && record.versionsWithin.contains(record.knownVersion)
    }

    /// What a value of a side's field would be on the other side; nil where its reference is not coupled.
    func translated(_ value: String, _ field: FieldMapping, from side: Side) -> String? {
        guard let reference = field.reference, !value.isEmpty else { return value }
        guard let mapping = mappings.first(where: { $0.name == reference.mapping }) else { return nil }
        let table = mapping.table(side)
        let key = side == .erp && reference.erpHoldsKey ? table.keyField ?? "" : nil
        let found = records.keys.sorted().first { name in
            guard name.side == side, name.table == table.table, partners[name] != nil else { return false }
            guard let key else { return name.id.description == value }
            return records[name]?.value(key).uppercased() == value.uppercased()
        }
        guard let found, let partner = partners[found] else { return nil }
        if side == .crm, reference.erpHoldsKey, let erpKey = mapping.erp.keyField {
            return records[partner]?.value(erpKey)
        }
        return partner.id.description
    }

    func isEqual(_ field: FieldMapping, erp: RecordName, crm: RecordName) -> Bool {
        let left = records[erp]?.value(field.erp.name) ?? ""
        let right = records[crm]?.value(field.crm.name) ?? ""
        if field.reference != nil {
            return translated(left, field, from: .erp).map { field.isSame($0, right) } ?? false
        }
        return field.isSame(left, right) || field.mayShorten(right, left) || field.mayShorten(left, right)
    }
}

extension SandboxJSON {
    /// A property's value as text; empty for null.
    var plainText: String { string ?? number ?? boolean.map { $0 ? "true" : "false" } ?? "" }
}
