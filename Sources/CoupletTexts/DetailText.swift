extension Texts {
    /// The details of failures in words.
    ///
    /// What connectors say is a code with values, `detail.code(VALUE|VALUE)`, and what happened in the network is
    /// `network.word(HOST)`. Anything else stays as it is.
    /// - Parameters:
    ///   - detail: The detail as a message has it.
    ///   - language: The language.
    /// - Returns: The text.
    package static func detail(_ detail: String, _ language: Language) -> String {
        if let match = detail.wholeMatch(of: /(detail\.[A-Za-z]+)(?:\((.*)\))?/) {
            let values = match.2.map { $0.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false) } ?? []
            var arguments: [String: String] = [:]
            for (name, value) in zip(["a", "b"], values) { arguments[name] = Texts.detail(String(value), language) }
            return text(String(match.1), arguments, language)
        }
        guard detail.contains("network.") else { return detail }
        return detail.replacing(/network\.([A-Za-z]+)\(([^)]*)\)/) { match in
            text("network.\(match.1)", ["host": String(match.2)], language)
        }
    }
}
