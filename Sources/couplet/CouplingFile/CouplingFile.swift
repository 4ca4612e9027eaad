import CoupletEngine

/// Couplings as a file of comma-separated values: mapping, ERP number or id, CRM id.
struct CouplingFile {
    /// The columns, in the order they are written.
    static let columns = ["mapping", "erp", "crm"]

    /// The rows that could be read.
    private(set) var rows: [CouplingRow] = []
    /// What is wrong, each with its line.
    private(set) var problems: [FileProblem] = []

    /// Reads a file's text: a line with the columns' names, in any order, then a line for each coupling.
    ///
    /// Spreadsheets of some countries write semicolons; a head with one is taken so.
    init(_ text: String) {
        let head = text.prefix { !$0.isNewline }
        let table = CSVRows(text, separator: head.contains(";") ? ";" : ",")
        for line in table.openQuotes { problems.append(FileProblem(line, "coupling.openQuote")) }
        guard let first = table.rows.first else {
            problems.append(FileProblem(nil, "coupling.emptyFile"))
            return
        }
        let names = first.cells.map(Self.trimmed).map { $0.lowercased() }
        guard names.sorted() == Self.columns.sorted() else {
            let arguments = ["found": names.joined(separator: ","), "columns": Self.columns.joined(separator: ",")]
            problems.append(FileProblem(first.line, "coupling.wrongHead", arguments))
            return
        }
        for row in table.rows.dropFirst() { read(row, names) }
    }

    private mutating func read(_ row: CSVRows.Row, _ names: [String]) {
        guard row.cells.count == names.count else {
            let arguments = ["count": String(row.cells.count), "wanted": String(names.count)]
            problems.append(FileProblem(row.line, "coupling.wrongCells", arguments))
            return
        }
        let cells = Dictionary(zip(names, row.cells.map(Self.trimmed))) { first, _ in first }
        if let blank = Self.columns.first(where: { cells[$0]?.isEmpty ?? true }) {
            problems.append(FileProblem(row.line, "coupling.blankCell", ["column": blank]))
            return
        }
        rows.append(
            CouplingRow(
                mapping: cells["mapping"] ?? "",
                erp: cells["erp"] ?? "",
                crm: cells["crm"] ?? "",
                line: row.line
            )
        )
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// The file's text.
    static func text(_ rows: [CouplingRow]) -> String {
        let lines = rows.map { CSVRows.text([$0.mapping, $0.erp, $0.crm]) }
        return ([CSVRows.text(columns)] + lines).joined(separator: "\n") + "\n"
    }
}
