/// The records of one side by their keys, to find those of either side that share something telling.
struct BlockingIndex: Sendable {
    /// Key and record in one number each, in order.
    private var entries: [UInt64] = []
    /// Where the entries of each leading part of a key begin.
    private var starts: [UInt32] = []
    private let shift: UInt64
    private let side: Side
    private let count: Int

    /// Files the records of a side.
    init(_ traits: [Trait], _ features: BlockingFeatures, side: Side, count: Int) {
        self.side = side
        self.count = count
        for record in 0..<count {
            var last: UInt32?
            for key in features.keys(traits, side, record) where key != last {
                entries.append(UInt64(key) << 32 | UInt64(record))
                last = key
            }
        }
        entries.sort()
        var bits: UInt64 = 8
        while bits < 20, 1 << bits < entries.count { bits += 1 }
        shift = 64 - bits
        starts = Array(repeating: 0, count: 1 << Int(bits) + 1)
        for entry in entries { starts[Int(entry >> shift) + 1] += 1 }
        for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
    }

    /// Memory that is used again from one search to the next.
    struct Scratch {
        fileprivate var scores: [Float]
        fileprivate var touched: [Int] = []

        init(_ index: BlockingIndex) { scores = Array(repeating: 0, count: index.count) }
    }

    /// The records that share most with another, best first.
    /// - Parameters:
    ///   - keys: The other record's keys.
    ///   - limit: The most to find.
    ///   - allowed: Which records may be found; nil for all.
    ///   - except: The record itself, where it is of the same side.
    ///   - scratch: Memory of earlier searches of the same index.
    /// - Returns: The records' places.
    func nearest(
        _ keys: [UInt32],
        limit: Int,
        among allowed: [Bool]? = nil,
        except: Int? = nil,
        _ scratch: inout Scratch
    ) -> [Int] {
        var last: UInt32?
        for key in keys where key != last {
            last = key
            let range = range(key)
            guard !range.isEmpty, range.count <= 2 * BlockingFeatures.commonest else { continue }
            let weight = Float(1) / (1 + Float(range.count).squareRoot())
            for place in range {
                let record = Int(entries[place] & 0xFFFF_FFFF)
                if scratch.scores[record] == 0 { scratch.touched.append(record) }
                scratch.scores[record] += weight
            }
        }
        var found = scratch.touched.filter { $0 != except && allowed?[$0] ?? true }
        if found.count > limit {
            found.sort { (scratch.scores[$0], $1) > (scratch.scores[$1], $0) }
            found.removeLast(found.count - limit)
        }
        for record in scratch.touched { scratch.scores[record] = 0 }
        scratch.touched.removeAll(keepingCapacity: true)
        return found
    }

    private func range(_ key: UInt32) -> Range<Int> {
        let first = UInt64(key) << 32
        let bucket = Int(first >> shift)
        var place = Int(starts[bucket])
        let end = Int(starts[bucket + 1])
        while place < end, entries[place] < first { place += 1 }
        var last = place
        while last < end, entries[last] >> 32 == UInt64(key) { last += 1 }
        return place..<last
    }
}
