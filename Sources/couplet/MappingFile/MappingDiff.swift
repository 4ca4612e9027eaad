import CoupletCore
import CoupletEngine

/// What changes between a stored mapping and another, line by line of their file.
struct MappingDiff {
    /// One line of the comparison.
    enum Line: Sendable, Hashable {
        /// The line stands in both.
        case same(String)
        /// The line goes away.
        case removed(String)
        /// The line comes.
        case added(String)
    }

    /// Every line of both files, in order.
    let lines: [Line]

    /// Compares a mapping with what it becomes.
    /// - Parameters:
    ///   - before: As stored; nil for a new one.
    ///   - after: As it shall be.
    init(before: TableMapping?, after: TableMapping) {
        let old = before.map { MappingFile.lines($0) } ?? []
        let new = MappingFile.lines(after)
        let difference = new.difference(from: old)
        var removed = Set<Int>()
        var added = Set<Int>()
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var position = 0
        for index in new.indices {
            while removed.contains(position) {
                lines.append(.removed(old[position]))
                position += 1
            }
            if added.contains(index) {
                lines.append(.added(new[index]))
            } else {
                lines.append(.same(new[index]))
                position += 1
            }
        }
        lines += old[min(position, old.count)...].map { .removed($0) }
        self.lines = lines
    }

    /// The changed lines with their neighbours; gaps are empty.
    func excerpt(around count: Int = 1) -> [Line?] {
        let changed = lines.indices.filter { index in
            if case .same = lines[index] { false } else { true }
        }
        var result: [Line?] = []
        var last = -1
        for index in lines.indices where changed.contains(where: { abs($0 - index) <= count }) {
            if last >= 0, index > last + 1 { result.append(nil) }
            result.append(lines[index])
            last = index
        }
        return result
    }
}
