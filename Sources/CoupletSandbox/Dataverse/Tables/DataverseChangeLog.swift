/// The changes of a table's records in the order of their versions.
struct DataverseChangeLog: Sendable {
    /// A write or a deletion: when, as a version of the organization, and at which place.
    struct Change: Sendable {
        let version: Int64
        let place: Int32
        /// The latest modified time of all changes up to this one, in seconds since 1970.
        fileprivate let latest: UInt32
    }

    private(set) var changes: [Change] = []

    /// Adds a change, whose version is above all others; `modified` is the record's own time.
    mutating func append(version: Int64, place: Int, _ modified: SandboxInstant?) {
        let latest = max(changes.last?.latest ?? 0, modified.map(Self.seconds) ?? 0)
        changes.append(Change(version: version, place: Int32(place), latest: latest))
    }

    /// The first change above a version.
    func start(above version: Int64) -> Int { changes.partitioningIndex { $0.version > version } }

    /// The first change from which on records may be modified at a moment or later; none before it are.
    func start(since moment: SandboxInstant) -> Int {
        let seconds = Self.seconds(moment)
        return changes.partitioningIndex { $0.latest >= seconds }
    }

    /// Takes back the last changes.
    mutating func removeAll(from index: Int) { changes.removeSubrange(index...) }

    /// Keeps the last change of each place, by the version that the place has.
    mutating func forgetAllBut(_ version: (Int) -> Int64) {
        changes.removeAll { version(Int($0.place)) != $0.version }
    }

    private static func seconds(_ moment: SandboxInstant) -> UInt32 {
        UInt32(clamping: moment.wholeSeconds.milliseconds / 1_000)
    }
}
