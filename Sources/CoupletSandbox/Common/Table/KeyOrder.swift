/// The slots of a table in the order of reading: by natural key, then id.
///
/// New slots are merged in when somebody reads.
struct KeyOrder: Sendable {
    private(set) var sorted: [Int] = []
    private var added: [Int] = []

    mutating func add(_ slot: Int) { added.append(slot) }

    /// Takes a slot out, whose row must still be as it was when it came in.
    mutating func remove(_ slot: Int, _ slots: [SandboxRow?], _ schema: TableSchema) {
        if let index = added.lastIndex(of: slot) {
            added.remove(at: index)
            return
        }
        let index = sorted.partitioningIndex { !Self.precedes(slots[$0], slots[slot], schema) }
        if index < sorted.count, sorted[index] == slot { sorted.remove(at: index) }
    }

    mutating func settle(_ slots: [SandboxRow?], _ schema: TableSchema) {
        guard !added.isEmpty else { return }
        if added.count > 32 {
            sort(&added, slots, schema)
            sorted = merge(sorted, added) { Self.precedes(slots[$0], slots[$1], schema) }
        } else {
            for slot in added {
                let index = sorted.partitioningIndex { Self.precedes(slots[slot], slots[$0], schema) }
                sorted.insert(slot, at: index)
            }
        }
        added = []
    }

    private func sort(_ order: inout [Int], _ slots: [SandboxRow?], _ schema: TableSchema) {
        guard let key = schema.naturalKey else {
            order.sort { Self.precedes(slots[$0], slots[$1], schema) }
            return
        }
        var keyed = order.map { (key: slots[$0]?.fields.text(at: key) ?? "", slot: $0) }
        keyed.sort { left, right in
            if left.key.utf8.elementsEqual(right.key.utf8) {
                return Self.precedes(slots[left.slot], slots[right.slot], schema)
            }
            return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
        }
        order = keyed.map(\.slot)
    }

    private func merge(_ left: [Int], _ right: [Int], _ precedes: (Int, Int) -> Bool) -> [Int] {
        guard let last = left.last, let first = right.first else { return left + right }
        if precedes(last, first) { return left + right }
        var merged: [Int] = []
        merged.reserveCapacity(left.count + right.count)
        var (one, two) = (0, 0)
        while one < left.count, two < right.count {
            if precedes(right[two], left[one]) {
                merged.append(right[two])
                two += 1
            } else {
                merged.append(left[one])
                one += 1
            }
        }
        return merged + left[one...] + right[two...]
    }

    static func precedes(_ left: SandboxRow?, _ right: SandboxRow?, _ schema: TableSchema) -> Bool {
        guard let left, let right else { return left != nil && right == nil }
        if let key = schema.naturalKey {
            let (one, two) = (left.fields.text(at: key), right.fields.text(at: key))
            if !one.utf8.elementsEqual(two.utf8) { return one.utf8.lexicographicallyPrecedes(two.utf8) }
        }
        return left.id < right.id
    }
}
