/// The words that the glossary asks nobody to use.
struct BannedWords {
    /// A word with the one to use.
    struct Entry: Hashable {
        /// The words in lower case, one after another.
        var words: [String]
        /// What to say instead.
        var instead: String
    }

    /// The glossary's path.
    static let glossary = "docs/GLOSSARY.md"
    /// The heading of the section with the list, which is itself not checked.
    static let heading = "## Words we do not use"

    /// What is not said.
    private(set) var entries: [Entry] = []
    /// Texts of others in which such a word may stand.
    private(set) var allowances: [String] = []

    /// The entries by their last word with each ending.
    private var byLastWord: [String: [Entry]] = [:]

    /// Reads the list from the glossary: rows `| word, word | instead |`, and lines `* allowed: text`, with the words and
    /// the text between backticks.
    init(glossary text: String) {
        for line in Self.section(of: text) {
            let quoted = Self.quoted(in: line)
            if line.hasPrefix("|") {
                let cells = line.split(separator: "|").map { $0.trimmingPrefix { $0 == " " } }
                guard cells.count >= 2 else { continue }
                for word in Self.quoted(in: String(cells[0])) {
                    entries.append(Entry(words: Self.words(of: word), instead: String(cells[1])))
                }
            } else if line.hasPrefix("* allowed:"), let first = quoted.first {
                allowances.append(first)
            }
        }
        for entry in entries {
            for ending in ["", "s", "d", "ed", "es", "ing"] {
                byLastWord[(entry.words.last ?? "") + ending, default: []].append(entry)
            }
        }
    }

    /// The banned words in a file.
    func findings(in file: SourceFile) -> [Finding] {
        var found: [Finding] = []
        var isList = false
        for (index, original) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if file.path == Self.glossary, original.hasPrefix("## ") { isList = original == Self.heading }
            if isList || !occurs(in: Self.words(of: original)) { continue }
            var line = String(original)
            for allowance in allowances { line.replace(allowance, with: " ") }
            for entry in self.entries(in: Self.words(of: line)) {
                let message = "\"\(entry.words.joined(separator: " "))\": say \(entry.instead)"
                found.append(Finding(path: file.path, line: index + 1, message: message))
            }
        }
        return found
    }

    private func occurs(in words: [String]) -> Bool { words.contains { byLastWord[$0] != nil } }

    /// The entries whose words stand one after another; the last one may have an ending.
    private func entries(in words: [String]) -> [Entry] {
        words.indices.flatMap { index in
            (byLastWord[words[index]] ?? []).filter { entry in
                let start = index - entry.words.count + 1
                return start >= 0 && words[start..<index].elementsEqual(entry.words.dropLast())
            }
        }
    }

    private static func section(of text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: heading) else { return [] }
        return Array(lines[(start + 1)...].prefix { !$0.hasPrefix("## ") })
    }

    private static func quoted(in line: String) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// Cuts text into words in lower case: at signs, and in names like `fieldName` at the humps.
    static func words(of text: some StringProtocol) -> [String] {
        var words: [String] = []
        var current: [UInt8] = []
        var previousIsLower = false
        for byte in text.utf8 {
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= 0x80
            if !current.isEmpty, !isUpper && !isLower || isUpper && previousIsLower {
                words.append(String(decoding: current, as: UTF8.self))
                current.removeAll(keepingCapacity: true)
            }
            if isUpper || isLower { current.append(isUpper ? byte | 0x20 : byte) }
            previousIsLower = isLower
        }
        if !current.isEmpty { words.append(String(decoding: current, as: UTF8.self)) }
        return words
    }
}
