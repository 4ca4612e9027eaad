/// A pattern of text in lower case: `%` stands for any text and `_` for any one character.
struct DataversePattern: Sendable {
    private let pattern: [Unicode.Scalar]

    /// A test of a filter.
    init(_ test: FilterExpression.TextTest, _ text: String) {
        switch test {
        case .contains: self.init("%\(text)%")
        case .startswith: self.init("\(text)%")
        case .endswith: self.init("%\(text)")
        }
    }

    /// A pattern as it is.
    init(_ pattern: String) { self.pattern = Array(pattern.lowercased().unicodeScalars) }

    /// Whether a text in lower case has the pattern.
    func matches(_ text: String) -> Bool {
        let text = Array(text.unicodeScalars)
        var (inText, inPattern) = (0, 0)
        var lastPercent: (pattern: Int, text: Int)?
        while inText < text.count {
            if inPattern < pattern.count, pattern[inPattern] == "%" {
                lastPercent = (inPattern, inText)
                inPattern += 1
            } else if inPattern < pattern.count, pattern[inPattern] == "_" || pattern[inPattern] == text[inText] {
                inText += 1
                inPattern += 1
            } else if let last = lastPercent {
                lastPercent = (last.pattern, last.text + 1)
                (inText, inPattern) = (last.text + 1, last.pattern + 1)
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == "%" }
    }
}
