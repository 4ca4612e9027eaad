/// The rows of one entity set, with the orders that reading needs: by key, by version, by modified time; deletions
/// are kept as a log.
package struct SandboxTable: Sendable {
    /// One deletion.
    package struct Deletion: Sendable, Equatable {
        /// The record's id.
        package let id: SandboxGUID
        /// The number of the deletion among all writes.
        package let version: Int64
        /// When it was deleted.
        package let deletedAt: SandboxInstant
    }

    struct LogEntry: Sendable {
        let version: Int64
        let modifiedAt: SandboxInstant
        let slot: Int
    }

    /// The entity set and its properties.
    package let schema: TableSchema
    /// Number of rows.
    package private(set) var count = 0
    /// Deletions in the order they happened.
    package private(set) var deletions: [Deletion] = []
    var slots: [SandboxRow?] = []
    var keyOrder = KeyOrder()
    var log: [LogEntry] = []
    var isLogOrderedByTime = true
    var indexes = ColumnIndexes()
    private var slotByID: [SandboxGUID: Int] = [:]
    private var slotByKey: [String: Int] = [:]
    private var slotsByParent: [String: Set<Int>] = [:]

    /// Makes an empty table.
    package init(schema: TableSchema) { self.schema = schema }

    /// The row with that id.
    package subscript(id: SandboxGUID) -> SandboxRow? { slotByID[id].flatMap { slots[$0] } }

    /// The row with that natural key, spelled as stored.
    package func row(naturalKey: String) -> SandboxRow? { slotByKey[naturalKey].flatMap { slots[$0] } }

    /// The values of a row, one text a column; empty where absent or kept elsewhere.
    package func texts(of id: SandboxGUID) -> [String]? { self[id]?.fields.texts }

    /// Adds a row, or replaces the row of that id as if it were new.
    /// - Parameters:
    ///   - id: the new row's id.
    ///   - texts: one text a column in the schema's order, empty for absent.
    ///   - version: the number of this write; greater than all before.
    ///   - createdAt: when the row is said to be created.
    ///   - modifiedAt: when the row is said to be last written; the creation where nil.
    package mutating func insert(
        id: SandboxGUID,
        texts: [String],
        version: Int64,
        createdAt: SandboxInstant,
        modifiedAt: SandboxInstant? = nil
    ) {
        let slot = slotByID[id] ?? slots.count
        let created = stamp(createdAt)
        let row = SandboxRow(
            id: id,
            version: version,
            createdAt: created,
            modifiedAt: stamp(modifiedAt ?? createdAt),
            fields: EncodedFields(texts: texts)
        )
        if slot == slots.count {
            slots.append(row)
            slotByID[id] = slot
            count += 1
        } else {
            forgetKey(of: slot)
            forgetParent(of: slot)
            slots[slot] = row
        }
        indexes.move(slot, from: nil, to: row)
        keyOrder.add(slot)
        rememberKey(texts, slot)
        rememberParent(texts, slot)
        note(row, slot)
    }

    /// Writes new values to a row.
    /// - Parameters:
    ///   - id: the row's id.
    ///   - texts: one text a column in the schema's order, empty for absent.
    ///   - version: the number of this write; greater than all before.
    ///   - modifiedAt: the time of this write.
    /// - Returns: whether the row exists.
    @discardableResult
    package mutating func update(
        id: SandboxGUID,
        texts: [String],
        version: Int64,
        modifiedAt: SandboxInstant
    ) -> Bool {
        guard let slot = slotByID[id], let old = slots[slot] else { return false }
        let row = old.written(fields: EncodedFields(texts: texts), version: version, modifiedAt: stamp(modifiedAt))
        if let key = schema.naturalKey, !old.fields.text(at: key).utf8.elementsEqual(texts[key].utf8) {
            forgetKey(of: slot)
            keyOrder.add(slot)
            rememberKey(texts, slot)
        }
        indexes.move(slot, from: old, to: row)
        if let parent = schema.parentKey, !old.fields.text(at: parent).utf8.elementsEqual(texts[parent].utf8) {
            forgetParent(of: slot)
            rememberParent(texts, slot)
        }
        slots[slot] = row
        note(row, slot)
        return true
    }

    /// Deletes a row and logs it; true where the row existed.
    @discardableResult
    package mutating func delete(id: SandboxGUID, version: Int64, deletedAt: SandboxInstant) -> Bool {
        guard let slot = slotByID[id], let row = slots[slot] else { return false }
        forgetKey(of: slot)
        forgetParent(of: slot)
        indexes.move(slot, from: row, to: nil)
        slotByID[id] = nil
        slots[slot] = nil
        count -= 1
        deletions.append(Deletion(id: id, version: version, deletedAt: stamp(deletedAt)))
        return true
    }

    func slot(id: SandboxGUID) -> Int? { slotByID[id] }

    func slot(naturalKey: String) -> Int? { slotByKey[naturalKey] }

    func slots(parent: String) -> [Int] { (slotsByParent[parent] ?? []).sorted() }

    /// The rows that belong to a record, the oldest first; none where the schema has no parent.
    func rows(parent: SandboxGUID) -> [SandboxRow] { slots(parent: parent.description).compactMap { slots[$0] } }

    /// All rows in the order of reading.
    package mutating func rows() -> [SandboxRow] {
        keyOrder.settle(slots, schema)
        return keyOrder.sorted.compactMap { slots[$0] }
    }

    /// The rows written after a version, in the order they were written.
    package func rows(writtenAfter version: Int64) -> [SandboxRow] {
        var start = log.partitioningIndex { $0.version > version }
        var rows: [SandboxRow] = []
        while start < log.count {
            if let row = slots[log[start].slot], row.version == log[start].version { rows.append(row) }
            start += 1
        }
        return rows
    }

    /// The deletions after a version whose record has not come back, in the order they happened.
    package func deletions(after version: Int64) -> [Deletion] {
        let start = deletions.partitioningIndex { $0.version > version }
        return deletions[start...].filter { self[$0.id] == nil }
    }

    private func stamp(_ instant: SandboxInstant) -> SandboxInstant {
        switch schema.resolution {
        case .milliseconds: instant
        case .seconds: instant.wholeSeconds
        }
    }

    private mutating func note(_ row: SandboxRow, _ slot: Int) {
        if let last = log.last, last.modifiedAt > row.modifiedAt { isLogOrderedByTime = false }
        log.append(LogEntry(version: row.version, modifiedAt: row.modifiedAt, slot: slot))
        guard log.count > 2 * count + 1_024 else { return }
        log.removeAll { [slots] entry in slots[entry.slot]?.version != entry.version }
        isLogOrderedByTime = zip(log, log.dropFirst()).allSatisfy { $0.modifiedAt <= $1.modifiedAt }
    }

    private mutating func rememberKey(_ texts: [String], _ slot: Int) {
        guard let key = schema.naturalKey else { return }
        slotByKey[texts[key]] = slot
    }

    private mutating func rememberParent(_ texts: [String], _ slot: Int) {
        guard let parent = schema.parentKey, !texts[parent].isEmpty else { return }
        slotsByParent[texts[parent], default: []].insert(slot)
    }

    private mutating func forgetParent(of slot: Int) {
        guard let parent = schema.parentKey, let row = slots[slot] else { return }
        let text = row.fields.text(at: parent)
        slotsByParent[text]?.remove(slot)
        if slotsByParent[text]?.isEmpty ?? false { slotsByParent[text] = nil }
    }

    private mutating func forgetKey(of slot: Int) {
        keyOrder.remove(slot, slots, schema)
        guard let key = schema.naturalKey, let row = slots[slot] else { return }
        slotByKey[row.fields.text(at: key)] = nil
    }
}

extension RandomAccessCollection {
    /// The first index whose element satisfies the predicate, in a collection where all that do come last.
    func partitioningIndex(where belongsInSecondPartition: (Element) -> Bool) -> Index {
        var (low, rest) = (startIndex, count)
        while rest > 0 {
            let half = rest / 2
            let middle = index(low, offsetBy: half)
            if belongsInSecondPartition(self[middle]) {
                rest = half
            } else {
                low = index(after: middle)
                rest -= half + 1
            }
        }
        return low
    }
}
