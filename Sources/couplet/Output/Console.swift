import CoupletCore
import CoupletTexts

/// Speaks to the person or the program that started the command.
struct Console: Sendable {
    /// The language of every text.
    let language: Language
    /// Whether standard output is one JSON document and nothing else.
    let isJSON: Bool
    /// Whether questions are answered with yes.
    let saysYes: Bool
    /// Whether colours are shown, by stream.
    private let colours: (output: Bool, errors: Bool)

    init(language: Language, isJSON: Bool, saysYes: Bool, environment: [String: String]) {
        self.language = language
        self.isJSON = isJSON
        self.saysYes = saysYes
        let allowed = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        colours = (allowed && Terminal.showsOutput, allowed && Terminal.showsErrors)
    }

    /// A text of the catalogues.
    func text(_ code: String, _ arguments: [String: String] = [:]) -> String {
        Texts.text(code, arguments, language)
    }

    /// A value as people read it.
    func text(_ value: Value) -> String {
        if value.isUnkept { return text("value.unkept") }
        return value.isBlank ? text("value.blank") : value.text
    }

    /// A message as text.
    func text(_ message: Message) -> String {
        Texts.text(message.code, Texts.spoken(message.arguments, language), language)
    }

    /// What a run or a plan is called, by the name of its action.
    func action(_ name: String) -> String { text("run.action.\(name)") }

    /// What to do about a message.
    func remedy(_ message: Message) -> String? {
        var arguments = Texts.spoken(message.arguments, language)
        // Advice is typed at a shell, where a name with blanks needs quotes.
        for name in ["mapping", "key"] {
            if let value = arguments[name] { arguments[name] = typed(value) }
        }
        return Texts.remedy(message.code, arguments, language)
    }

    /// A name as it is typed at a shell: one with blanks in quotes.
    func typed(_ name: String) -> String { name.contains(" ") ? "'\(name)'" : name }

    /// Prints the command's document.
    func print(_ document: JSONDocument) { Terminal.write(document.text + "\n", to: 1) }

    /// Prints a line for a person; nothing where a program reads.
    func line(_ text: String = "") {
        guard !isJSON else { return }
        Terminal.write(text + "\n", to: 1)
    }

    /// Prints a text of the catalogues for a person.
    func say(_ code: String, _ arguments: [String: String] = [:]) { line(text(code, arguments)) }

    /// Prints a table for a person.
    func show(_ table: Table) {
        let width = Terminal.width(of: 1)
        for text in table.lines(width: width, heading: { bold($0) }) { line(text) }
        let hidden = table.hiddenTitles(width: width)
        if !hidden.isEmpty { line(dim(text("columns.hidden", ["columns": hidden.joined(separator: ", ")]))) }
    }

    /// Prints a line about the work to standard error, in the place of a progress bar that stands there.
    func note(_ text: String) { Terminal.write((Terminal.showsErrors ? "\r\u{1B}[K" : "") + text + "\n", to: 2) }

    /// Shows a failure: as the document where a program reads, else as message and advice.
    func fail(_ error: CoupletError) {
        if isJSON {
            print(Document.error(error, self))
            return
        }
        let mark = colours.errors ? "\u{1B}[31m" + text("label.error") + "\u{1B}[0m" : text("label.error")
        let lines = text(error.message).split(separator: "\n").map { Table.harmless(String($0)) }
        note("\(mark) \(lines.joined(separator: "\n  "))")
        if let remedy = remedy(error.message) { note(Table.harmless(remedy)) }
    }

    /// Asks a question that yes or no answers; `--yes` answers it, and without a terminal the answer is yes as well.
    func confirms(_ code: String, _ arguments: [String: String] = [:]) -> Bool {
        guard !saysYes, Terminal.canAsk else { return true }
        Terminal.write("\(text(code, arguments)) \(text("confirm.choices")) ", to: 2)
        let line = Interruption.ending(whileAsking: { readLine(strippingNewline: true) })
        guard let answer = line?.lowercased() else { return false }
        return text("confirm.yes").split(separator: " ").contains { $0 == answer }
    }

    /// Asks a question that a word answers; the word in lower case, nil where nobody can be asked.
    func answer(_ code: String, _ arguments: [String: String]) -> String? {
        guard asks else { return nil }
        Terminal.write(text(code, arguments) + " ", to: 2)
        guard let line = Interruption.ending(whileAsking: { readLine(strippingNewline: true) }) else { return nil }
        return line.lowercased().split(separator: " ").first.map(String.init) ?? ""
    }

    /// Whether a person can be asked, and has not answered already.
    var asks: Bool { !saysYes && !isJSON && Terminal.canAsk }

    /// Bold on a terminal.
    func bold(_ text: String) -> String { colours.output ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// A line that comes or goes, in colour on a terminal.
    func coloured(_ text: String, isAdded: Bool) -> String {
        colours.output ? "\u{1B}[\(isAdded ? 32 : 31)m\(text)\u{1B}[0m" : text
    }

    /// Dimmed on a terminal.
    func dim(_ text: String) -> String { colours.output ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
