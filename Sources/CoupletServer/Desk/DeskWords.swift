import CoupletCore
import CoupletTexts

/// The catalogues' texts for readers of a language.
struct DeskWords: Sendable {
    /// The language.
    let language: Language

    /// Whether it is read on a page, where advice to type a command helps nobody: the page has what to press.
    let isForPages: Bool

    /// Speaks a language.
    init(_ language: Language, isForPages: Bool = false) {
        self.language = language
        self.isForPages = isForPages
    }

    /// A text of the catalogues.
    func text(_ code: String, _ arguments: [String: String] = [:]) -> String {
        Texts.text(code, arguments, language)
    }

    /// A message in words.
    func text(_ message: Message) -> String { Texts.text(message.code, spoken(message), language) }

    /// What to do about a message; nil where nothing is known.
    func remedy(_ message: Message) -> String? {
        let remedy = Texts.remedy(message.code, spoken(message), language)
        return isForPages && remedy?.contains("couplet ") == true ? nil : remedy
    }

    /// A message's arguments in words: sides and directions by name, both names of a field, details translated.
    private func spoken(_ message: Message) -> [String: String] {
        var arguments = message.arguments
        if let side = arguments["side"] { arguments["side"] = text("side.\(side)") }
        for name in ["direction", "allowed"] {
            if let direction = arguments[name] { arguments[name] = text("direction.short.\(direction)") }
        }
        if let expected = arguments["expected"] { arguments["expected"] = text(expected) }
        if let field = arguments["field"] { arguments["field"] = field.replacing("|", with: " / ") }
        for name in ["detail", "message"] {
            if let detail = arguments[name] { arguments[name] = Texts.detail(detail, language) }
        }
        for name in ["before", "after", "erp", "crm"] where arguments[name] == "" {
            arguments[name] = text("value.blank")
        }
        return arguments
    }
}
