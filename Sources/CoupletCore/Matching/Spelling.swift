/// How words differ in their letters.
enum Spelling {
    /// Whether one word becomes the other by at most so many letters added, left out, changed or swapped with their
    /// neighbours.
    @inline(__always)
    static func isWithin(
        _ limit: Int,
        _ one: UnsafeBufferPointer<UInt8>,
        _ two: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard abs(one.count - two.count) <= limit else { return false }
        var start = 0
        var (oneEnd, twoEnd) = (one.count, two.count)
        while start < oneEnd, start < twoEnd, one[start] == two[start] { start += 1 }
        while oneEnd > start, twoEnd > start, one[oneEnd - 1] == two[twoEnd - 1] {
            oneEnd -= 1
            twoEnd -= 1
        }
        let (rows, columns) = (oneEnd - start, twoEnd - start)
        if max(rows, columns) <= limit { return true }
        if min(rows, columns) == 0 { return false }
        if limit == 1 {
            return rows == 2 && columns == 2 && one[start] == two[start + 1] && one[start + 1] == two[start]
        }
        guard columns < 63 else { return false }
        return distance(one, two, start, rows, columns, limit) <= limit
    }

    private static func distance(
        _ one: UnsafeBufferPointer<UInt8>,
        _ two: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ rows: Int,
        _ columns: Int,
        _ limit: Int
    ) -> Int {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * 64) { memory in
            var (before, last, now) = (0, 64, 128)
            for column in 0...columns { memory[last + column] = column }
            for row in 1...rows {
                memory[now] = row
                var least = row
                let letter = one[start + row - 1]
                for column in 1...columns {
                    let other = two[start + column - 1]
                    var cost = memory[last + column - 1] + (letter == other ? 0 : 1)
                    cost = min(cost, memory[last + column] + 1, memory[now + column - 1] + 1)
                    if row > 1, column > 1, letter == two[start + column - 2], one[start + row - 2] == other {
                        cost = min(cost, memory[before + column - 2] + 1)
                    }
                    memory[now + column] = cost
                    least = min(least, cost)
                }
                if least > limit { return least }
                (before, last, now) = (last, now, before)
            }
            return memory[last + columns]
        }
    }

    /// How many letters may differ between words of such lengths for them to be taken for the same word.
    @inline(__always)
    static func tolerance(_ one: Int, _ two: Int) -> Int {
        let (short, long) = (min(one, two), max(one, two))
        return short < 3 || long < 4 ? 0 : short < 8 ? 1 : 2
    }

    /// Whether a word abbreviates another: its beginning, or some of its letters in order from the first to the last.
    @inline(__always)
    static func abbreviates(_ short: UnsafeBufferPointer<UInt8>, _ long: UnsafeBufferPointer<UInt8>) -> Bool {
        guard short.count < long.count, !short.isEmpty, short[0] == long[0] else { return false }
        if short.count > 5 { return false }
        var next = 1
        while next < short.count, short[next] == long[next] { next += 1 }
        if next == short.count { return true }
        guard short.count >= 2, short.count * 2 <= long.count + 1, short[short.count - 1] == long[long.count - 1] else {
            return false
        }
        var place = next
        while next < short.count, place < long.count {
            if short[next] == long[place] { next += 1 }
            place += 1
        }
        return next == short.count
    }
}
