import CoupletTexts

/// What the argument parser says is wrong with the arguments, in the language of the person.
struct UsageMessage {
    /// The message.
    let text: String

    /// The parser speaks English; what it says most often is told from its form, the rest is passed on.
    init(_ message: String, language: Language) {
        guard language != .english else {
            text = message
            return
        }
        for (prefix, code) in UsageMessage.forms where message.hasPrefix(prefix) {
            text = Texts.text(code, ["name": UsageMessage.quoted(message)], language)
            return
        }
        text = message
    }

    private static let forms = [
        ("Missing expected argument", "usage.missingArgument"), ("Unknown option", "usage.unknownOption"),
        ("Missing value for", "usage.missingValue"), ("Unexpected argument", "usage.unexpectedArgument"),
        ("The value", "usage.invalidValue"),
    ]

    /// The first name or value that the message has in quotes.
    private static func quoted(_ message: String) -> String {
        let pieces = message.split(separator: "'", omittingEmptySubsequences: false)
        return pieces.count > 2 ? String(pieces[1]) : message
    }
}
