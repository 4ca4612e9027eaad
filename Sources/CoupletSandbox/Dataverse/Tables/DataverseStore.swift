/// Everything the environment holds: the tables, and the identities behind the API.
struct DataverseStore: Sendable {
    /// The tables and how they relate.
    var schema = DataverseSchema.initial
    /// The organization's identifier.
    let organization: SandboxGUID
    /// The root of the business units.
    let businessUnit: SandboxGUID
    /// The application user behind the API.
    let caller: SandboxGUID
    /// The currency of amounts that come without one.
    var baseCurrency: SandboxGUID
    /// Which records others refer to or have referred to; only these are looked at when one is deleted.
    var referrers = DataverseReferrers()
    /// Which records have which values in the columns of alternate keys.
    var keys = DataverseKeyIndexes()
    /// Whether what is written can be taken back.
    private(set) var isRemembering = false
    private var rows: [DataverseRows] = []
    private var numbers: [String: Int] = [:]
    /// The numbers of the tables written to while that is so.
    private var touched: Set<Int> = []
    private static let none = DataverseRows()

    /// Creates an environment without records; its identities come from the generator.
    init(generator: inout SandboxGenerator) {
        organization = generator.guid()
        businessUnit = generator.guid()
        caller = generator.guid()
        baseCurrency = generator.guid()
    }

    /// The records of a table.
    ///
    /// They are lent: a copy in somebody's hands would make the next write copy the whole table.
    subscript(table: String) -> DataverseRows {
        _read {
            if let number = numbers[table] { yield rows[number] } else { yield Self.none }
        }
        _modify {
            let number = number(of: table)
            if isRemembering, touched.insert(number).inserted { rows[number].begin() }
            yield &rows[number]
        }
    }

    private mutating func number(of table: String) -> Int {
        if let number = numbers[table] { return number }
        numbers[table] = rows.count
        rows.append(DataverseRows())
        return rows.count - 1
    }

    /// Whether a record is there.
    func exists(_ table: String, _ id: SandboxGUID) -> Bool { self[table].place(of: id) != nil }

    /// The JSON of one column of a record; nil where the record or the value is missing.
    func value(_ table: String, _ id: SandboxGUID, _ attribute: String) -> ArraySlice<UInt8>? {
        guard let definition = schema.table(table), let position = definition.position(attribute),
            let place = self[table].place(of: id)
        else { return nil }
        return self[table].rows[place].value(position)
    }

    /// Where the value of a lookup leads; the first of its tables where the record is in none of them.
    func target(of column: DataverseColumn, _ json: ArraySlice<UInt8>) -> DataverseTarget? {
        let targets = column.type.targets
        guard targets.count > 1, let id = SandboxGUID(DataverseValue.text(json)) else { return targets.first }
        return targets.first { exists($0.table, id) } ?? targets.first
    }

    /// Takes away all records of a table that is no more.
    mutating func removeRows(of table: String) {
        if let number = numbers[table] { rows[number] = DataverseRows() }
        keys.forget(table: table)
    }

    /// Begins writes that are kept or taken back together.
    mutating func begin() {
        isRemembering = true
        keys.begin()
    }

    /// Keeps them.
    mutating func commit() {
        for number in touched { rows[number].commit() }
        keys.commit()
        (isRemembering, touched) = (false, [])
    }

    /// Takes them back; their versions are used up.
    mutating func rollBack() {
        for number in touched { rows[number].rollBack() }
        keys.rollBack()
        (isRemembering, touched) = (false, [])
    }
}
