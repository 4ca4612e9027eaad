import ArgumentParser
import CoupletTexts
import Testing

@testable import couplet

@Suite("Commands that texts suggest")
struct SuggestedCommandTests {
    /// A command line in a text, as a person would type it.
    struct Suggestion: CustomTestStringConvertible, Sendable {
        let code: String
        let language: String
        let arguments: [String]
        /// Whether the text leaves arguments out.
        let isShortened: Bool

        /// Whether the help only names a command.
        var isOnlyNamed: Bool { code.hasPrefix("command.") && arguments.allSatisfy { $0 == $0.lowercased() } }

        var testDescription: String { "\(language) \(code): \(arguments.joined(separator: " "))" }
    }

    private static let samples = [
        "mapping": "CUSTOMER", "key": "10000", "connection": "north", "conflict": "2", "question": "3", "plan": "4",
        "run": "5", "erp": "north", "crm": "crm", "side": "ERP", "cause": "8dc673fa", "id": "2", "job": "6",
        "home": "/tmp/home", "recipient": "office",
    ]
    private static let numbers: Set<String> = ["ID", "PLAN", "RUN", "KÖRNING", "JOB", "ENTRY"]
    private static let flags: Set<String> = [
        "--full", "--create", "--preview", "--all", "--yes", "--json", "--none", "--create-unmatched", "--suggest",
    ]
    private static let ends: Set<Character> = [";", ":", ",", ".", ")", "!", "?", "\""]

    @Test("are taken by the parser as they are printed", arguments: suggestions)
    func parse(suggestion: Suggestion) throws {
        let ordered = ArgumentOrder(suggestion.arguments).arguments
        do {
            _ = try Couplet.parseAsRoot(ordered)
        } catch {
            let message = Couplet.message(for: error)
            if suggestion.isShortened || suggestion.isOnlyNamed, message.hasPrefix("Missing expected argument") {
                return
            }
            if Couplet.exitCode(for: error).isSuccess { return }
            Issue.record("\(message)")
        }
    }

    @Test("there are many of them, in both languages")
    func many() {
        for language in ["en", "sv"] { #expect(Self.suggestions.count { $0.language == language } > 100) }
    }

    private static let suggestions: [Suggestion] = Catalogue.all.flatMap { catalogue in
        catalogue.texts.sorted { $0.key < $1.key }.flatMap { code, text in
            // With everything that may be left out, and without.
            Set([filled(text), filled(text.replacing(/\[\[.*?\]\]/, with: ""))]).sorted().flatMap { variant in
                commands(in: variant).map { words, isShortened in
                    Suggestion(
                        code: code,
                        language: catalogue.language.code,
                        arguments: words,
                        isShortened: isShortened
                    )
                }
            }
        }
    }

    private static func filled(_ text: String) -> String {
        text.replacing("[[", with: "").replacing("]]", with: "").replacing(/\{([a-zA-Z]+)\}/) { match in
            samples[String(match.1)] ?? "SOMETHING"
        }
    }

    private static func commands(in text: String) -> [(words: [String], isShortened: Bool)] {
        text.ranges(of: "couplet ").compactMap { range in
            let isWord = range.lowerBound == text.startIndex || text[text.index(before: range.lowerBound)] == " "
            return isWord ? command(String(text[range.upperBound...])) : nil
        }
    }

    private static func command(_ text: String) -> (words: [String], isShortened: Bool)? {
        var words: [String] = []
        var commands = Couplet.configuration.subcommands
        var takesValue = false
        for piece in text.split(whereSeparator: \.isWhitespace) {
            if piece == "…" { return (words, true) }
            let word = bare(piece)
            if let command = commands.first(where: { $0.configuration.commandName == word }) {
                commands = command.configuration.subcommands
                words.append(word)
            } else if takesValue || isArgument(word), !words.isEmpty, !piece.hasPrefix("(") {
                words.append(numbers.contains(word) ? "7" : String(word.prefix { $0 != "|" }))
                takesValue = !takesValue && word.hasPrefix("--") && !flags.contains(word) && !word.contains("=")
            } else {
                break
            }
            if piece.last.map(ends.contains) ?? false { break }
        }
        return words.isEmpty ? nil : (words, false)
    }

    private static func bare(_ piece: Substring) -> String {
        var word = String(piece.drop { $0 == "[" })
        while let last = word.last, ends.contains(last) || last == "]" { word.removeLast() }
        return word
    }

    /// Options, names in capitals, numbers and paths; what else follows is prose.
    private static func isArgument(_ word: String) -> Bool {
        guard let first = word.first else { return false }
        if word.hasPrefix("--") || first.isNumber || word.contains("/") || word == samples["cause"] { return true }
        return word == "north" || word == word.uppercased() && first.isLetter && word.count > 1
    }
}
