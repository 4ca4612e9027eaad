/// Plain pages in the place of a system's own ones, with the actions that lead to the desk: a list, or a record's form.
struct FormPage<Source: FormSource> {
    /// The desk's address.
    let desk: String
    /// What is shown.
    let wanted: FormRequest
    /// Whether the reader reads Swedish; else English.
    let isSwedish: Bool

    /// What can be done with records at the desk, in the order of the buttons.
    private static var deeds: [(name: String, label: FormWord)] {
        [
            ("coupling", FormWord("Set Up Coupling", "Konfigurera koppling")),
            ("synchronize", FormWord("Synchronize Now", "Synkronisera nu")),
            ("matching", FormWord("Match-Based Coupling", "Matchningsbaserad koppling")),
            ("uncouple", FormWord("Delete Coupling", "Ta bort koppling")),
            ("log", FormWord("Synchronization Log", "Synkroniseringslogg")),
        ]
    }

    /// Answers a request; nil where it asks for no page.
    static func response(to request: SandboxRequest, from source: Source, desk: String) -> SandboxResponse? {
        guard request.method == "GET", let wanted = source.formRequest(request) else { return nil }
        let language = request.headers["accept-language"]?.lowercased() ?? ""
        return FormPage(desk: desk, wanted: wanted, isSwedish: language.hasPrefix("sv")).response
    }

    /// The page as an answer.
    private var response: SandboxResponse {
        let isFound = wanted.count != nil || !wanted.records.isEmpty
        return SandboxResponse(
            status: isFound ? 200 : 404,
            headers: ["Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"],
            body: Array(page.utf8)
        )
    }

    private var page: String {
        let title = wanted.count == nil ? word(wanted.table.one) : word(wanted.table.all)
        let tables = Source.formTables.map { table in
            "<a href=\"\(address(Source.listAddress(of: table)))\">\(Self.escaped(word(table.all)))</a>"
        }
        return """
            <!doctype html>
            <html lang="\(isSwedish ? "sv" : "en")">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title))</title>
            <style>body{font:15px/1.5 sans-serif;margin:1.5rem;max-width:60rem}nav a,nav button{margin-right:.75rem}
            dt{color:#555}dd{margin:0 0 .5rem}td,th{text-align:left;padding:.2rem .75rem .2rem 0}</style></head>
            <body>
            <p>\(Self.escaped(say("A stand-in for demonstrations and tests.", "En ersättare för demonstrationer och test.")))</p>
            <nav>\(tables.joined(separator: " "))</nav>
            <main>\(wanted.count.map(list) ?? wanted.records.first.map(form) ?? nothing)</main>
            </body>
            </html>

            """
    }

    private var nothing: String {
        "<h1>\(Self.escaped(say("There is no such record.", "Posten finns inte.")))</h1>"
    }

    private func form(_ record: SandboxJSON) -> String {
        let table = wanted.table
        let id = Self.text(record[table.id])
        let name = FormDecoding.encode(id)
        let links = Self.deeds.map { link($0.name, "\(tableAddress)?do=\($0.name)&id=\(name)", $0.label) }
        let first = link("open", "\(tableAddress)/\(name)", openLabel)
        let fields = table.fields.map { field in
            "<dt>\(Self.escaped(word(field.label)))</dt><dd data-field=\"\(field.property)\">"
                + "\(Self.escaped(Self.text(record[field.property])))</dd>"
        }
        return """
            <h1>\(Self.escaped(word(table.one))): \(Self.escaped(Self.text(record[table.heading])))</h1>
            <nav aria-label="Couplet">\(([first] + links).joined(separator: " "))</nav>
            <dl>\(fields.joined())</dl>
            """
    }

    private func link(_ deed: String, _ address: String, _ label: FormWord) -> String {
        "<a data-do=\"\(deed)\" href=\"\(Self.escaped(address))\">\(Self.escaped(word(label)))</a>"
    }

    private func list(_ count: Int) -> String {
        let table = wanted.table
        let rows = wanted.records.map { record in
            let name = Self.escaped(Self.text(record[table.heading]))
            let number = table.number.map { Self.text(record[$0]) } ?? ""
            return "<tr><td><input type=\"checkbox\" name=\"id\" aria-label=\"\(name)\" "
                + "value=\"\(Self.escaped(Self.text(record[table.id])))\"></td><td>\(Self.escaped(number))</td>"
                + "<td><a href=\"\(address(Source.address(of: record, in: table)))\">\(name)</a></td></tr>"
        }
        let buttons = ([("open", openLabel)] + Self.deeds).map { name, label in
            "<button name=\"do\" value=\"\(name)\">\(Self.escaped(word(label)))</button>"
        }
        let shown = say("shown: \(rows.count) of \(count)", "visas: \(rows.count) av \(count)")
        return """
            <h1>\(Self.escaped(word(table.all)))</h1>
            <form method="get" action="\(Self.escaped(tableAddress))">
            <nav aria-label="Couplet">\(buttons.joined(separator: " "))</nav>
            <table><tbody>\(rows.joined())</tbody></table>
            </form>
            <p>\(shown)</p>
            """
    }

    /// An address of another page, in the same context.
    private func address(_ path: String) -> String { Self.escaped(path + wanted.context) }

    /// The desk's address of the table.
    private var tableAddress: String { "\(desk)/open/\(Source.formSystem)/\(FormDecoding.encode(wanted.table.name))" }

    private var openLabel: FormWord { FormWord("Open in the other system", "Öppna i det andra systemet") }

    private func word(_ word: FormWord) -> String { word.text(isSwedish: isSwedish) }

    private func say(_ english: String, _ swedish: String) -> String { isSwedish ? swedish : english }

    /// A value as people read it.
    private static func text(_ value: SandboxJSON?) -> String {
        switch value {
        case .string(let text): text == "_x0020_" ? "" : text
        case .number(let digits): digits
        case .boolean(let isSet): isSet ? "✓" : ""
        case nil, .null, .array, .object: ""
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}
