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
    /// The line of a quote that is never closed; nil where all are.
    private(set) var openQuote: Int?

    /// Reads a text; `separator` stands between cells.
    init(_ text: String, separator: Character = ",") {
        var line = 1
        var row = Row(line: 1, cells: [])
        var cell = ""
        var quotedSince: Int?
        var wasQuoted = false
        var rest = text[...]
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
                quotedSince = line
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
            } else {
                cell.append(character)
            }
        }
        if !end() { rows.append(Row(line: row.line, cells: row.cells + [cell])) }
        openQuote = quotedSince
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
