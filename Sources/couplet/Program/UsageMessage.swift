import CoupletTexts

/// What the argument parser says is wrong with the arguments, in the language of the person.
struct UsageMessage {
    /// The message.
    let text: String

    /// The parser speaks English; what it says is told anew from its form, the rest is passed on.
    init(_ message: String, language: Language) {
        guard language != .english else {
            text = message
            return
        }
        let lines = message.split(separator: "\n").map { UsageMessage.line(String($0), language) }
        text = lines.joined(separator: "\n")
    }

    /// How it is used, and what the argument in question means, from the parser's whole message; blank where it says
    /// neither.
    static func hints(_ whole: String) -> (usage: String, help: String) {
        var (usage, help) = ("", "")
        for line in whole.split(separator: "\n") {
            if line.hasPrefix("Usage:") { usage = trimmed(line.dropFirst(6)) }
            if line.hasPrefix("Help:") { help = trimmed(line.dropFirst(5)) }
        }
        return (usage, help)
    }

    /// The beginnings of what the parser says, and the names of what it quotes; what follows the last one is a list.
    private static let forms: [(prefix: String, code: String, names: [String])] = [
        ("Missing expected argument", "usage.missingArgument", ["name"]),
        ("Missing one of", "usage.missingOneOf", []),
        ("Missing required subcommand", "usage.missingSubcommand", []),
        ("Unknown option", "usage.unknownOption", ["name", "suggestion"]),
        ("Missing value for", "usage.missingValue", ["name"]),
        ("   or: Missing value for", "usage.missingValue", ["name"]),
        ("Unexpected argument", "usage.unexpectedArgument", ["name"]),
        ("The value", "usage.invalidValue", ["value", "name"]),
        ("The option", "usage.noValueTaken", ["name", "value"]),
    ]

    private static func line(_ line: String, _ language: Language) -> String {
        let quoted = quoted(line)
        for (prefix, code, names) in forms where line.hasPrefix(prefix) {
            var arguments = ["suggestion": ""]
            for (name, value) in zip(names, quoted) { arguments[name] = value }
            arguments["known"] = quoted.dropFirst(names.count).joined(separator: ", ")
            let isListBelow = line.hasSuffix("one of the following:")
            return Texts.text(code, arguments, language)
                + (isListBelow ? " " + Texts.text("usage.oneOfThese", [:], language) : "")
        }
        if line.wholeMatch(of: /\d+ unexpected arguments: .*/) != nil {
            return Texts.text("usage.unexpectedArgument", ["name": quoted.joined(separator: ", ")], language)
        }
        return line
    }

    /// The names and values that the message has in quotes.
    private static func quoted(_ message: String) -> [String] {
        let pieces = message.split(separator: "'", omittingEmptySubsequences: false)
        return pieces.indices.filter { $0 % 2 == 1 && $0 < pieces.count - 1 }.map { String(pieces[$0]) }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
