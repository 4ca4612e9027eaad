/// Compared pairs of records, in columns.
struct PairSample: Sendable {
    let traitCount: Int
    private(set) var likeness: [UInt8] = []
    private(set) var frequency: [Float] = []
    /// How many pairs of records there are of which these are the ones with something in common.
    var pairsAltogether = 0.0

    init(traitCount: Int) { self.traitCount = traitCount }

    var count: Int { likeness.count / max(traitCount, 1) }

    /// Compares two records and adds the result.
    mutating func append(_ traits: [Trait], _ one: (side: Side, record: Int), _ two: (side: Side, record: Int)) {
        for trait in traits {
            let level = trait.compare(one, two)
            likeness.append(level)
            guard level == Likeness.same.rawValue else {
                frequency.append(0)
                continue
            }
            let values = (trait.columns[one.side].values[one.record], trait.columns[two.side].values[two.record])
            frequency.append(Float(max(trait.frequency(values.0), trait.frequency(values.1))))
        }
    }

    /// Calls a function with a pair's likenesses and frequencies.
    @inline(__always)
    func with<Result>(
        _ pair: Int,
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<Float>) -> Result
    ) -> Result {
        let range = (pair * traitCount)..<((pair + 1) * traitCount)
        return likeness.withUnsafeBufferPointer { levels in
            frequency.withUnsafeBufferPointer { frequencies in
                body(
                    UnsafeBufferPointer(rebasing: levels[range]),
                    UnsafeBufferPointer(rebasing: frequencies[range])
                )
            }
        }
    }

    /// Forgets all pairs.
    mutating func clear() {
        likeness.removeAll(keepingCapacity: true)
        frequency.removeAll(keepingCapacity: true)
    }
}
