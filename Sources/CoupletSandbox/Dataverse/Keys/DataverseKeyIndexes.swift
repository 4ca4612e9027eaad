/// Which record has which values in the columns of an alternate key.
///
/// An index is made when it is first asked for and kept from then on. A record without a value in one of the columns is
/// in no index: such records may be many.
struct DataverseKeyIndexes: Sendable {
    /// A key of a table.
    struct Name: Hashable, Sendable {
        let table: String
        let key: String
    }

    private struct Undo {
        let name: Name
        let values: [UInt8]
        let before: SandboxGUID?
    }

    private var entries: [Name: [[UInt8]: SandboxGUID]] = [:]
    private var undo: [Undo]?
    /// The indexes made since ``begin()``, from records that may be taken back.
    private var built: Set<Name> = []

    /// Creates no index.
    init() {}

    /// Whether there is an index.
    func has(_ name: Name) -> Bool { entries[name] != nil }

    /// The record with those values.
    func id(_ name: Name, _ values: [UInt8]) -> SandboxGUID? { entries[name]?[values] }

    /// Makes an index of a table's present records.
    mutating func build(_ name: Name, _ pairs: [[UInt8]: SandboxGUID]) {
        entries[name] = pairs
        if undo != nil { built.insert(name) }
    }

    /// Forgets the indexes of a table, whose columns or keys have changed.
    mutating func forget(table: String) { entries = entries.filter { $0.key.table != table } }

    /// Notes that a record's values have changed; nil for none.
    mutating func move(_ id: SandboxGUID, from old: [UInt8]?, to new: [UInt8]?, in name: Name) {
        guard entries[name] != nil else { return }
        if let old, entries[name]?[old] == id { set(name, old, nil) }
        if let new { set(name, new, id) }
    }

    private mutating func set(_ name: Name, _ values: [UInt8], _ id: SandboxGUID?) {
        undo?.append(Undo(name: name, values: values, before: entries[name]?[values]))
        entries[name]?[values] = id
    }

    /// Begins to remember what changes.
    mutating func begin() { (undo, built) = ([], []) }

    /// Keeps what has changed since ``begin()``.
    mutating func commit() { (undo, built) = (nil, []) }

    /// Takes back what has changed since ``begin()``.
    mutating func rollBack() {
        for change in (undo ?? []).reversed() { entries[change.name]?[change.values] = change.before }
        for name in built { entries[name] = nil }
        commit()
    }
}

extension DataverseTable {
    /// The values that a row has in the columns of a key, as an index has them; nil where one is missing.
    ///
    /// Text counts without regard to case, as everywhere in the service.
    func values(of key: DataverseKey, in row: DataverseRow) -> [UInt8]? {
        var bytes: [UInt8] = []
        for attribute in key.attributes {
            guard let position = position(attribute), let json = row.value(position) else { return nil }
            bytes.append(contentsOf: Self.indexed(json, columns[position].type))
            bytes.append(0)
        }
        return bytes
    }

    private static func indexed(_ json: ArraySlice<UInt8>, _ type: DataverseColumnType) -> [UInt8] {
        guard type.isText else { return Array(json) }
        return Array(DataverseValue.text(json).lowercased().utf8)
    }
}

extension DataverseSandbox {
    /// Keeps the indexes of a table in step with a record that is written or deleted.
    mutating func noteKeys(_ table: DataverseTable, _ id: SandboxGUID, from old: DataverseRow?, to new: DataverseRow?) {
        for key in table.head.keys {
            let name = DataverseKeyIndexes.Name(table: table.name, key: key.name)
            guard store.keys.has(name) else { continue }
            let before = old.flatMap { table.values(of: key, in: $0) }
            let after = new.flatMap { table.values(of: key, in: $0) }
            if before != after { store.keys.move(id, from: before, to: after, in: name) }
        }
    }
}
