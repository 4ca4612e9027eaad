/// The records of one table in the order they were created, and the log of their changes.
///
/// A deleted record keeps its place: change tracking reports it, and pages begin after places.
struct DataverseRows: Sendable {
    /// A write or a deletion: when, as a version of the organization, and at which place.
    struct Change: Sendable {
        let version: Int64
        let place: Int32
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
    private(set) var log: [Change] = []
    /// How many records are there.
    private(set) var count = 0
    private var places: [SandboxGUID: Int] = [:]
    private var undo: [Undo]?
    private var logCountBefore = 0

    /// What a place held before a write.
    private struct Undo {
        let place: Int
        let isNew: Bool
        let wasPresent: Bool
        let version: Int64
        let row: DataverseRow
    }

    /// The place of a record that is there.
    func place(of id: SandboxGUID) -> Int? {
        guard let place = places[id], present[place] else { return nil }
        return place
    }

    /// The place that a record has or had.
    func lastPlace(of id: SandboxGUID) -> Int? { places[id] }

    /// Adds a record that is not there.
    mutating func insert(_ id: SandboxGUID, _ row: DataverseRow, version: Int64) {
        if let place = places[id] {
            remember(place)
            // A record that was deleted and is created again keeps its place, so that tracking reports it once.
            present[place] = true
            set(place, row, version: version)
        } else {
            undo?.append(Undo(place: ids.count, isNew: true, wasPresent: false, version: 0, row: row))
            places[id] = ids.count
            ids.append(id)
            versions.append(version)
            rows.append(row)
            present.append(true)
            log.append(Change(version: version, place: Int32(ids.count - 1)))
        }
        count += 1
    }

    /// Replaces the values at a place.
    mutating func update(_ place: Int, _ row: DataverseRow, version: Int64) {
        remember(place)
        set(place, row, version: version)
    }

    /// Takes away the record at a place.
    mutating func delete(_ place: Int, version: Int64) {
        remember(place)
        present[place] = false
        set(place, DataverseRow(), version: version)
        count -= 1
    }

    /// The places whose last change has a version above `lower` and not above `upper`, in the order of these versions.
    func changes(above lower: Int64, through upper: Int64) -> [Int] {
        var low = 0
        var high = log.count
        while low < high {
            let middle = (low + high) / 2
            if log[middle].version > lower { high = middle } else { low = middle + 1 }
        }
        var places: [Int] = []
        for change in log[low...] {
            if change.version > upper { break }
            if versions[Int(change.place)] == change.version { places.append(Int(change.place)) }
        }
        return places
    }

    /// Moves the values of all rows to other positions, because a column is no more; nothing counts as changed.
    mutating func rearrange(_ positions: [Int: Int]) {
        for place in rows.indices where !rows[place].bytes.isEmpty { rows[place] = rows[place].rearranged(positions) }
    }

    /// Begins to remember what writes replace.
    mutating func begin() {
        undo = []
        logCountBefore = log.count
    }

    /// Keeps what was written since ``begin()``.
    mutating func commit() { undo = nil }

    /// Takes back what was written since ``begin()``.
    mutating func rollBack() {
        for change in (undo ?? []).reversed() {
            if change.isNew {
                places[ids.removeLast()] = nil
                versions.removeLast()
                rows.removeLast()
                if present.removeLast() { count -= 1 }
            } else {
                count += (change.wasPresent ? 1 : 0) - (present[change.place] ? 1 : 0)
                present[change.place] = change.wasPresent
                versions[change.place] = change.version
                rows[change.place] = change.row
            }
        }
        log.removeSubrange(logCountBefore...)
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

    private mutating func set(_ place: Int, _ row: DataverseRow, version: Int64) {
        rows[place] = row
        versions[place] = version
        log.append(Change(version: version, place: Int32(place)))
        // The log must not be rewritten while it may have to be cut back.
        if undo == nil, log.count > 4 * ids.count + 1024 { log.removeAll { versions[Int($0.place)] != $0.version } }
    }
}
