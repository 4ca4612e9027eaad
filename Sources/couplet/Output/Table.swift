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
        var table = Table(columns.indices.filter { !dropped.contains($0) }.map { columns[$0] })
        table.rows = rows.map { row in row.indices.filter { !dropped.contains($0) }.map { row[$0] } }
        return table
    }

    /// The lines, heading first.
    /// - Parameters:
    ///   - width: The columns of the terminal; nil for as wide as it gets.
    ///   - heading: How the heading is shown.
    /// - Returns: The lines.
    func lines(width: Int?, heading: (String) -> String = { $0 }) -> [String] {
        let widths = fitted(to: width)
        let titles = line(columns.map { Table.harmless($0.title) }, widths)
        return [heading(titles)] + rows.map { line($0, widths) }
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

    /// Flexible columns give up width, the widest first, until the table fits or each has six columns left.
    private func fitted(to width: Int?) -> [Int] {
        var widths = columns.indices.map { position in
            rows.reduce(DisplayWidth.of(columns[position].title)) { max($0, DisplayWidth.of($1[position])) }
        }
        guard let width else { return widths }
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - width
        while excess > 0 {
            let shrinkable = columns.indices.filter { columns[$0].isFlexible && widths[$0] > 6 }
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
