/// Rows of comma-separated values (RFC 4180), each with the line it begins on.
struct CSVRows {
    /// One row.
    struct Row: Sendable, Hashable {
        /// The line it begins on, the first being 1.
        var line: Int
        /// Its cells.
        var cells: [String]
    }

    /// The rows that are not blank.
    private(set) var rows: [Row] = []
    /// The lines of quotes that are never closed; what follows such a line is read as if the line ended the quote.
    private(set) var openQuotes: [Int] = []

    /// Reads a text; `separator` stands between cells.
    init(_ text: String, separator: Character = ",") {
        var rest = text[...]
        var line = 1
        while let quote = read(rest, line, separator) {
            openQuotes.append(quote)
            while line <= quote, let end = rest.firstIndex(where: \.isNewline) {
                rest = rest[rest.index(after: end)...]
                line += 1
            }
            if line <= quote { break }
        }
    }

    /// Reads on from a line.
    /// - Returns: The line of a quote that is never closed: nothing from its row on is taken; nil where all are closed.
    private mutating func read(_ text: Substring, _ first: Int, _ separator: Character) -> Int? {
        var line = first
        var row = Row(line: first, cells: [])
        var cell = ""
        var quotedSince: Int?
        var lastQuote = first
        var wasQuoted = false
        var rest = text
        func end() -> Bool { row.cells.isEmpty && cell.isEmpty && !wasQuoted }
        while let character = rest.popFirst() {
            if character.isNewline { line += 1 }
            if quotedSince != nil {
                if character != "\"" {
                    cell.append(character)
                } else if rest.first == "\"" {
                    cell.append(rest.removeFirst())
                } else {
                    quotedSince = nil
                }
            } else if character == "\"", cell.isEmpty, !wasQuoted {
                (quotedSince, lastQuote) = (line, line)
                wasQuoted = true
            } else if character == separator {
                row.cells.append(cell)
                cell = ""
                wasQuoted = false
            } else if character.isNewline {
                if !end() { rows.append(Row(line: row.line, cells: row.cells + [cell])) }
                row = Row(line: line, cells: [])
                cell = ""
                wasQuoted = false
            } else if wasQuoted {
                // A quote ends its cell: this one belongs to another line's, and its own is open.
                return lastQuote
            } else {
                cell.append(character)
            }
        }
        guard quotedSince == nil else { return quotedSince }
        if !end() { rows.append(Row(line: row.line, cells: row.cells + [cell])) }
        return nil
    }

    /// A row as text, without its line end.
    static func text(_ cells: [String]) -> String {
        cells.map { cell in
            let isPlain = !cell.contains { $0 == "," || $0 == "\"" || $0.isNewline } && cell.first != " "
            return isPlain ? cell : "\"\(cell.replacing("\"", with: "\"\""))\""
        }
        .joined(separator: ",")
    }
}
