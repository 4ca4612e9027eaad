/// Code that may stand only in certain places.
enum PlacementRules {
    /// A rule about a piece of code.
    struct Rule: Sendable {
        /// What is looked for, as words and signs with nothing but blanks between them.
        var patterns: [[String]]
        /// The folders the rule is about.
        var folders: [String]
        /// The folders within them where the code may stand.
        var allowed: [String]
        /// A word on the same line that makes it harmless.
        var harmlessWith: String?
        /// Why, and what to do instead.
        var message: String

        init(
            _ patterns: [String],
            in folders: [String],
            but allowed: [String],
            unless: String? = nil,
            _ message: String
        ) {
            self.patterns = patterns.map { Token.tokens(of: Array($0.utf8)).map(\.text) }
            self.folders = folders
            self.allowed = allowed
            harmlessWith = unless
            self.message = message
        }
    }

    private static let compositionRoots = ["Sources/couplet", "Sources/couplet-sim", "Sources/CoupletNetwork"]

    /// The rules.
    static let rules: [Rule] = [
        Rule(
            ["Task {", "Task(", "Task.detached", "Task.immediate", "Task.init"],
            in: ["Sources", "Tests"],
            but: ["Sources/couplet"],
            "a task outside the structure escapes a simulation: use a task group or async let"
        ),
        Rule(
            ["Date()", "Date.now", "UUID()", "SystemRandomNumberGenerator", "ContinuousClock", "SuspendingClock"],
            in: ["Sources"],
            but: compositionRoots,
            "time, ids and randomness come in as parameters"
        ),
        Rule(
            ["DispatchTime.now", "clock_gettime", "gettimeofday", "arc4random", "time(nil)", "Task.sleep"],
            in: ["Sources"],
            but: compositionRoots,
            "time and randomness come in as parameters"
        ),
        Rule(
            [".random(", ".randomElement(", ".shuffled(", ".shuffle("],
            in: ["Sources"],
            but: compositionRoots,
            unless: "using",
            "give a seeded generator with using:"
        ),
        Rule(
            ["print(", "debugPrint(", "NSLog("],
            in: ["Sources", "Tests"],
            but: ["Sources/couplet", "Sources/couplet-sim"],
            "only the command line prints"
        ),
        Rule(
            ["JSONDecoder("],
            in: ["Sources/CoupletConnectors", "Sources/CoupletServer"],
            but: [],
            "what comes from outside is read by OutsideJSON"
        ),
        Rule(
            ["Task.sleep", "Thread.sleep", "usleep(", "sleep(for"],
            in: ["Tests"],
            but: [],
            "tests never sleep: wait for the event, or use the test clock"
        ),
    ]

    /// Code that stands where it may not.
    static func findings(in file: SourceFile) -> [Finding] {
        guard file.isSwift else { return [] }
        let rules = Self.rules.filter { rule in
            rule.folders.contains { file.isIn($0) } && !rule.allowed.contains { file.isIn($0) }
        }
        let tokens = file.tokens
        let firstWords = Set(rules.flatMap { $0.patterns.compactMap(\.first) })
        return tokens.indices.filter { firstWords.contains(tokens[$0].text) }.flatMap { index in
            rules.compactMap { rule in
                guard rule.patterns.contains(where: { matches($0, at: index, in: tokens) }) else { return nil }
                let line = tokens[index].line
                if let word = rule.harmlessWith, stands(word, near: index, in: tokens) { return nil }
                let code = tokens[index...].prefix(3).map(\.text).joined()
                return Finding(path: file.path, line: line, message: "\(code): \(rule.message)")
            }
        }
    }

    /// Whether a pattern begins at a token; a name that belongs to something else, or is being declared, does not count.
    private static func matches(_ pattern: [String], at index: Int, in tokens: [Token]) -> Bool {
        guard index + pattern.count <= tokens.count else { return false }
        guard pattern.indices.allSatisfy({ tokens[index + $0].text == pattern[$0] }) else { return false }
        let previous = index > 0 ? tokens[index - 1].text : ""
        return pattern[0] == "." || previous != "." && previous != "func"
    }

    /// Whether a word stands on the line or the two lines after it.
    private static func stands(_ word: String, near index: Int, in tokens: [Token]) -> Bool {
        let line = tokens[index].line
        return tokens[index...].prefix { $0.line <= line + 2 }.contains { $0.text == word }
    }
}
