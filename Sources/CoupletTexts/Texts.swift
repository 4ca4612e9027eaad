/// Every text that a person reads, in every language that Couplet speaks.
///
/// Other parts hand out codes and arguments; only whoever shows something to a person turns them into text.
package enum Texts {
    /// The text of a code.
    ///
    /// A language without the code speaks English; a code that nobody knows comes back readable, with its arguments.
    /// - Parameters:
    ///   - code: The catalogue's code.
    ///   - arguments: The values for the placeholders.
    ///   - language: The language.
    /// - Returns: The text; never empty.
    package static func text(
        _ code: String,
        _ arguments: [String: String] = [:],
        _ language: Language
    ) -> String {
        guard let template = template(code, language) else { return unknown(code, arguments) }
        return Template(template).filled(with: arguments)
    }

    /// What a person can do about something.
    /// - Parameters:
    ///   - code: The code of the message, without `.remedy`.
    ///   - arguments: The message's arguments.
    ///   - language: The language.
    /// - Returns: The advice; nil where the catalogues have none.
    package static func remedy(
        _ code: String,
        _ arguments: [String: String] = [:],
        _ language: Language
    ) -> String? {
        template(code + ".remedy", language).map { Template($0).filled(with: arguments) }
    }

    private static func template(_ code: String, _ language: Language) -> String? {
        Catalogue.of(language).texts[code] ?? Catalogue.english.texts[code]
    }

    private static func unknown(_ code: String, _ arguments: [String: String]) -> String {
        guard !arguments.isEmpty else { return code }
        let listed = arguments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return "\(code) (\(listed.joined(separator: ", ")))"
    }
}
