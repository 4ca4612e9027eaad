/// Which records can satisfy a filter at all, so that not every record of a table is looked at.
indirect enum DataverseCandidates: Sendable {
    /// Those of these primary keys.
    case ids(Set<SandboxGUID>)
    /// Those that have one of some values in the column at a position.
    case values(Int, Set<DataverseValue>)
    /// Those modified at a moment or later.
    case modified(SandboxInstant)
    /// Those with a version above one.
    case versions(Int64)
    /// Those that are among the one and among the other.
    case both(DataverseCandidates, DataverseCandidates)
    /// Those that are among the one or among the other.
    case either(DataverseCandidates, DataverseCandidates)
}

extension DataverseFilter {
    /// Which records of a table can satisfy the filter; nil where it may be any.
    func candidates(_ table: DataverseTable) -> DataverseCandidates? {
        switch self {
        case .compare(let operand, let comparison, let value):
            return operand.steps.isEmpty ? Self.candidates(operand.position, comparison, value, table) : nil
        case .isOneOf(let operand, let values):
            guard operand.steps.isEmpty else { return nil }
            guard operand.isPrimaryKey else { return .values(operand.position, values) }
            return .ids(Set(values.compactMap { if case .guid(let id) = $0 { id } else { nil } }))
        case .and(let left, let right):
            guard let one = left.candidates(table), let two = right.candidates(table) else {
                return left.candidates(table) ?? right.candidates(table)
            }
            if case .ids = one { return one }
            if case .ids = two { return two }
            return .both(one, two)
        case .or(let left, let right):
            guard let one = left.candidates(table), let two = right.candidates(table) else { return nil }
            return .either(one, two)
        case .constant, .compareColumns, .like, .hasOption, .any, .all, .not: return nil
        }
    }

    private static func candidates(
        _ position: Int,
        _ comparison: FilterExpression.Comparison,
        _ value: DataverseValue,
        _ table: DataverseTable
    ) -> DataverseCandidates? {
        switch (comparison, value) {
        case (.eq, .guid(let id)) where position == 0: return .ids([id])
        case (.eq, .number(let number)), (.gt, .number(let number)), (.ge, .number(let number)):
            guard position == table.versionPosition else { break }
            return .versions((Int64(exactly: number.rounded(.down)) ?? 0) &- 1)
        case (.eq, .instant(let moment)), (.gt, .instant(let moment)), (.ge, .instant(let moment)):
            return position == table.modifiedPosition ? .modified(moment) : nil
        default: break
        }
        guard comparison == .eq, value != .null else { return nil }
        return .values(position, [value])
    }
}

extension DataverseStore {
    /// Makes the indexes that a filter asks for.
    mutating func prepare(_ filter: DataverseFilter?, _ table: DataverseTable) {
        if let candidates = filter?.candidates(table) { prepare(candidates, table) }
    }

    private mutating func prepare(_ candidates: DataverseCandidates, _ table: DataverseTable) {
        switch candidates {
        case .values(let position, _): self[table.name].prepareIndex(position, table)
        case .both(let one, let two), .either(let one, let two):
            prepare(one, table)
            prepare(two, table)
        case .ids, .modified, .versions: break
        }
    }
}

extension DataverseRows {
    /// The places of the records that can satisfy a filter, in their order; nil where it may be any or are many.
    func places(_ filter: DataverseFilter?, _ table: DataverseTable) -> [Int]? {
        guard let candidates = filter?.candidates(table), let found = places(candidates) else { return nil }
        var places: [Int] = []
        places.reserveCapacity(found.count)
        for place in found.sorted() where present[place] && place != places.last { places.append(place) }
        return places
    }

    private func places(_ candidates: DataverseCandidates) -> [Int]? {
        switch candidates {
        case .ids(let ids): return ids.compactMap { place(of: $0) }
        case .values(let position, let values): return indexes.places(position, values, limit: most)
        case .modified(let moment): return changes(since: moment)
        case .versions(let version): return changes(above: version)
        case .both(let left, let right):
            guard let one = places(left) else { return places(right) }
            guard let two = places(right) else { return one }
            return one.count <= two.count ? one : two
        case .either(let left, let right):
            guard let one = places(left), let two = places(right) else { return nil }
            return one + two
        }
    }
}
