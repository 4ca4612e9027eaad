/// A table of text with aligned columns that fits the terminal.
struct Table {
    /// One column.
    struct Column {
        /// The heading.
        var title: String
        /// Whether its cells are numbers and stand at the right.
        var isNumeric = false
        /// Whether it may be cut when the terminal is narrow.
        var isFlexible = false
        /// Whether it is left out when the terminal is narrow.
        var isOptional = false
    }

    /// The columns.
    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; control characters become blanks, so that no value can play with the terminal.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "a row has as many cells as the table has columns")
        rows.append(cells.map(Table.harmless))
    }

    /// Leaves out the columns at these positions where every cell is blank or zero.
    func withoutEmptyColumns(_ positions: some Sequence<Int>) -> Table {
        let dropped = Set(positions).filter { position in
            rows.allSatisfy { $0[position].isEmpty || $0[position] == "0" }
        }
        return without(dropped)
    }

    private func without(_ dropped: Set<Int>) -> Table {
        var table = Table(columns.indices.filter { !dropped.contains($0) }.map { columns[$0] })
        table.rows = rows.map { row in row.indices.filter { !dropped.contains($0) }.map { row[$0] } }
        return table
    }

    /// The lines, heading first; where the columns do not fit beside each other, each row's cells below each other.
    /// - Parameters:
    ///   - width: The columns of the terminal; nil for as wide as it gets.
    ///   - heading: How the heading is shown.
    /// - Returns: The lines.
    func lines(width: Int?, heading: (String) -> String = { $0 }) -> [String] {
        let table = fittedColumns(to: width)
        guard width.map({ table.fits($0, least: Self.leastWidth) }) ?? true else { return stacked(heading) }
        let widths = table.fitted(to: width)
        let titles = table.line(table.columns.map { Table.harmless($0.title) }, widths)
        return [heading(titles)] + table.rows.map { table.line($0, widths) }
    }

    /// The headings of the columns that a terminal of this width has no room for.
    func hiddenTitles(width: Int?) -> [String] {
        let shown = fittedColumns(to: width)
        guard let width, shown.fits(width, least: Self.leastWidth) else { return [] }
        let titles = Set(shown.columns.map(\.title))
        return columns.map(\.title).filter { !titles.contains($0) }
    }

    /// A column that may be cut keeps this width where others can be left out for it.
    private static let goodWidth = 24
    /// A column that may be cut keeps this width.
    private static let leastWidth = 12

    /// The table without the optional columns that would leave the flexible ones too little room, the last first.
    private func fittedColumns(to width: Int?) -> Table {
        guard let width else { return self }
        var table = self
        while !table.fits(width, least: Self.goodWidth), let last = table.columns.lastIndex(where: \.isOptional) {
            table = table.without([last])
        }
        return table
    }

    private func fits(_ width: Int, least: Int) -> Bool {
        let widths = columns.indices.map { columns[$0].isFlexible ? min(natural($0), least) : natural($0) }
        return widths.reduce(0, +) + 2 * max(0, widths.count - 1) <= width
    }

    private func natural(_ position: Int) -> Int {
        rows.reduce(DisplayWidth.of(columns[position].title)) { max($0, DisplayWidth.of($1[position])) }
    }

    /// Each row's cells below each other, with their headings; nothing is cut.
    private func stacked(_ heading: (String) -> String) -> [String] {
        let titles = columns.map { Table.harmless($0.title) }
        let width = titles.reduce(0) { max($0, DisplayWidth.of($1)) }
        let blocks = rows.map { row in
            zip(titles, row).filter { !$0.1.isEmpty }.map { title, cell in
                heading(title) + String(repeating: " ", count: width - DisplayWidth.of(title) + 2) + cell
            }
        }
        return Array(blocks.joined(separator: [""]))
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (position, cell) in cells.enumerated() {
            let shown = DisplayWidth.cut(cell, to: widths[position])
            let blanks = String(repeating: " ", count: widths[position] - DisplayWidth.of(shown))
            if position > 0 { text += "  " }
            text += columns[position].isNumeric ? blanks + shown : shown + blanks
        }
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    /// Flexible columns give up width, the widest first, until the table fits.
    private func fitted(to width: Int?) -> [Int] {
        var widths = columns.indices.map(natural)
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - width
        while excess > 0 {
            let shrinkable = columns.indices.filter { columns[$0].isFlexible && widths[$0] > Self.leastWidth }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
            )
        )
    }
}
