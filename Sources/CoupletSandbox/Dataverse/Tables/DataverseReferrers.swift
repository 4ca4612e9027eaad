/// Which records refer to which others, or have referred to them.
///
/// An entry is a place to look at, not a truth: whoever asks has to see whether the record there still refers to the
/// other one. So nothing has to be taken away when a reference changes, or when writes are taken back.
struct DataverseReferrers: Sendable {
    /// Where a record with a reference stands.
    struct Referrer: Sendable, Hashable {
        /// The number of its table.
        fileprivate let table: Int32
        /// Its place among the table's records.
        fileprivate let place: Int32
    }

    /// Most records are referred to by one other, if at all.
    private enum Entry: Sendable {
        case one(Referrer)
        case many([Referrer])
    }

    private var entries: [SandboxGUID: Entry] = [:]
    private var numbers: [String: Int32] = [:]
    private var names: [String] = []

    /// Creates an empty list.
    init() {}

    /// Whether there are entries of a record.
    func has(_ id: SandboxGUID) -> Bool { entries[id] != nil }

    /// The places where records may refer to a record, each once, in the order in which they came to do so.
    func places(of id: SandboxGUID) -> [(table: String, place: Int)] {
        var seen: Set<Referrer> = []
        let all: [Referrer] =
            switch entries[id] {
            case nil: []
            case .one(let referrer): [referrer]
            case .many(let referrers): referrers.filter { seen.insert($0).inserted }
            }
        return all.map { (names[Int($0.table)], Int($0.place)) }
    }

    /// Notes that a record refers to another.
    mutating func note(_ id: SandboxGUID, from table: String, at place: Int) {
        let referrer = Referrer(table: number(of: table), place: Int32(place))
        switch entries[id] {
        case nil: entries[id] = .one(referrer)
        case .one(let other): if other != referrer { entries[id] = .many([other, referrer]) }
        case .many(var referrers):
            // The list must not be held twice, or it would be copied.
            entries[id] = nil
            if referrers.last != referrer { referrers.append(referrer) }
            entries[id] = .many(referrers)
        }
    }

    private mutating func number(of table: String) -> Int32 {
        if let number = numbers[table] { return number }
        let number = Int32(names.count)
        names.append(table)
        numbers[table] = number
        return number
    }
}
