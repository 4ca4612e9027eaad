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
    func text(_ message: Message) -> String {
        Texts.text(message.code, Texts.spoken(message.arguments, language), language)
    }

    /// What to do about a message; nil where nothing is known.
    func remedy(_ message: Message) -> String? {
        let remedy = Texts.remedy(message.code, Texts.spoken(message.arguments, language), language)
        return isForPages && remedy?.contains("couplet ") == true ? nil : remedy
    }
}
