import CoupletTexts

/// The argument parser's help in the language of the person: what it says by itself it says in English.
enum HelpText {
    /// The help with its headings and notes translated.
    /// - Parameters:
    ///   - text: The parser's help.
    ///   - language: The language.
    /// - Returns: The help.
    static func translated(_ text: String, _ language: Language) -> String {
        guard language != .english else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            var line = String(line)
            for (english, code) in headings where line.hasPrefix(english) {
                line = Texts.text(code, [:], language) + line.dropFirst(english.count)
            }
            for (english, code) in notes { line = line.replacing(english, with: Texts.text(code, [:], language)) }
            return line
        }
        return lines.joined(separator: "\n")
    }

    private static let headings = [
        ("OVERVIEW:", "manual.overview"), ("USAGE:", "manual.usage"), ("ARGUMENTS:", "manual.arguments"),
        ("OPTIONS:", "manual.options"), ("SUBCOMMANDS:", "manual.subcommands"),
    ]

    private static let notes = [
        ("(values:", "manual.values"), ("default:", "manual.default"),
        ("Show help information.", "manual.showHelp"), ("for detailed help.", "manual.forDetails"),
        ("See '", "manual.see"),
    ]
}
