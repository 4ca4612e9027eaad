/// The records of one table in the order they were created, and the log of their changes.
///
/// A deleted record keeps its place: change tracking reports it, and pages begin after places.
struct DataverseRows: Sendable {
    /// What a place held before a write.
    private struct Undo {
        let place: Int
        let isNew: Bool
        let wasPresent: Bool
        let version: Int64
        let row: DataverseRow
    }

    /// Identifiers by place.
    private(set) var ids: [SandboxGUID] = []
    /// The version of the last write or deletion, by place.
    private(set) var versions: [Int64] = []
    /// Values by place; empty where deleted.
    private(set) var rows: [DataverseRow] = []
    /// Whether the record is there, by place.
    private(set) var present: [Bool] = []
    /// Changes in the order of their versions.
    private(set) var log = DataverseChangeLog()
    /// How many records are there.
    private(set) var count = 0
    /// Where records with a value are found.
    var indexes = DataverseColumnIndexes()
    private var places: [SandboxGUID: Int] = [:]
    private var pool: [[UInt8]: DataverseRow.Shared] = [:]
    private var undo: [Undo]?
    private var logCountBefore = 0

    /// The place of a record that is there.
    func place(of id: SandboxGUID) -> Int? {
        guard let place = places[id], present[place] else { return nil }
        return place
    }

    /// The place that a record has or had.
    func lastPlace(of id: SandboxGUID) -> Int? { places[id] }

    /// Adds a record of a table that is not there.
    mutating func insert(_ id: SandboxGUID, _ row: DataverseRow, version: Int64, in table: DataverseTable) {
        let row = row.sharing(table.areShared, &pool)
        let modified = row.moment(table.modifiedPosition)
        if let place = places[id] {
            remember(place)
            // A record that was deleted and is created again keeps its place, so that tracking reports it once.
            present[place] = true
            set(place, row, version: version, modified)
        } else {
            undo?.append(Undo(place: ids.count, isNew: true, wasPresent: false, version: 0, row: row))
            places[id] = ids.count
            indexes.move(ids.count, from: nil, to: row)
            ids.append(id)
            versions.append(version)
            rows.append(row)
            present.append(true)
            log.append(version: version, place: ids.count - 1, modified)
        }
        count += 1
    }

    /// Replaces the values at a place.
    mutating func update(_ place: Int, _ row: DataverseRow, version: Int64, in table: DataverseTable) {
        remember(place)
        let row = row.sharing(table.areShared, &pool)
        set(place, row, version: version, row.moment(table.modifiedPosition))
    }

    /// Takes away the record at a place.
    mutating func delete(_ place: Int, version: Int64) {
        remember(place)
        present[place] = false
        set(place, DataverseRow(), version: version, nil)
        count -= 1
    }

    /// The places whose last change has a version above `lower` and not above `upper`, in the order of these versions.
    func changes(above lower: Int64, through upper: Int64) -> [Int] {
        var places: [Int] = []
        for change in log.changes[log.start(above: lower)...] {
            if change.version > upper { break }
            if versions[Int(change.place)] == change.version { places.append(Int(change.place)) }
        }
        return places
    }

    /// The places of records that may have been modified at a moment or later, in no order; nil where these are many.
    func changes(since moment: SandboxInstant) -> [Int]? {
        last(from: log.start(since: moment))
    }

    /// The places of records that may have a version above one, in no order; nil where these are many.
    func changes(above version: Int64) -> [Int]? { last(from: log.start(above: version)) }

    private func last(from start: Int) -> [Int]? {
        guard log.changes.count - start <= most else { return nil }
        return log.changes[start...].filter { versions[Int($0.place)] == $0.version }.map { Int($0.place) }
    }

    /// So many records are better found by looking for them than by looking at all.
    var most: Int { max(1_024, ids.count / 8) }

    /// Makes the index of a column if there is none and it is worth while.
    mutating func prepareIndex(_ position: Int, _ table: DataverseTable) {
        if count > 512 { indexes.prepare(position, table.columns[position].type, rows) }
    }

    /// Moves the values of all rows to other positions, because a column is no more; nothing counts as changed.
    mutating func rearrange(_ positions: [Int: Int]) {
        for place in rows.indices where !rows[place].isEmpty { rows[place] = rows[place].rearranged(positions) }
        indexes = DataverseColumnIndexes()
    }

    /// Begins to remember what writes replace.
    mutating func begin() {
        undo = []
        logCountBefore = log.changes.count
    }

    /// Keeps what was written since ``begin()``.
    mutating func commit() { undo = nil }

    /// Takes back what was written since ``begin()``.
    mutating func rollBack() {
        for change in (undo ?? []).reversed() {
            if change.isNew {
                places[ids.removeLast()] = nil
                versions.removeLast()
                indexes.move(change.place, from: rows.removeLast(), to: nil)
                if present.removeLast() { count -= 1 }
            } else {
                count += (change.wasPresent ? 1 : 0) - (present[change.place] ? 1 : 0)
                present[change.place] = change.wasPresent
                versions[change.place] = change.version
                indexes.move(change.place, from: rows[change.place], to: change.row)
                rows[change.place] = change.row
            }
        }
        log.removeAll(from: logCountBefore)
        undo = nil
    }

    private mutating func remember(_ place: Int) {
        undo?.append(
            Undo(
                place: place,
                isNew: false,
                wasPresent: present[place],
                version: versions[place],
                row: rows[place]
            )
        )
    }

    private mutating func set(_ place: Int, _ row: DataverseRow, version: Int64, _ modified: SandboxInstant?) {
        indexes.move(place, from: rows[place], to: row)
        rows[place] = row
        versions[place] = version
        log.append(version: version, place: place, modified)
        // The log must not be rewritten while it may have to be cut back.
        if undo == nil, log.changes.count > 4 * ids.count + 1_024 { log.forgetAllBut { versions[$0] } }
    }
}

extension DataverseRow {
    /// The moment in a column.
    fileprivate func moment(_ position: Int?) -> SandboxInstant? {
        position.flatMap { value($0) }.flatMap { SandboxInstant(text: DataverseValue.text($0)) }
    }
}
