extension TransformationRule {
    /// Applies a rule with a regular expression.
    func matched(_ text: String) throws(TransformationFailure) -> String {
        switch self {
        case .replaceMatches(let pattern, let template):
            let characters = Array(text)
            var result = ""
            var place = 0
            for match in try TransformationRule.matches(of: pattern, in: characters) {
                guard let whole = match[0] else { continue }
                result += String(characters[place..<whole.lowerBound])
                result += TransformationRule.filled(template, match, characters)
                place = whole.upperBound
            }
            return result + String(characters[place...])
        case .extractMatches(let pattern):
            let characters = Array(text)
            let matches = try TransformationRule.matches(of: pattern, in: characters)
            guard !matches.isEmpty else { throw TransformationFailure("rule.noMatch", text, ["pattern": pattern]) }
            return matches.map { match in
                let taken = match.count > 1 ? match.dropFirst() : match[...]
                return taken.map { $0.map { String(characters[$0]) } ?? "" }.joined()
            }.joined()
        default: return text
        }
    }

    /// Why a text is no regular expression; nil when it is one.
    static func expressionProblem(_ pattern: String) -> Message? {
        TextExpression(pattern) == nil ? Message("rule.badExpression", ["value": pattern]) : nil
    }

    private static func matches(
        of pattern: String,
        in text: [Character]
    ) throws(TransformationFailure) -> [[Range<Int>?]] {
        guard let expression = TextExpression(pattern) else {
            throw TransformationFailure("rule.badExpression", pattern)
        }
        guard let matches = expression.matches(in: text) else {
            throw TransformationFailure("rule.tooCostly", String(text.prefix(40)), ["pattern": pattern])
        }
        return matches
    }

    /// A template with the groups of a match: `$0` to `$9`, and `$$` for a dollar.
    private static func filled(_ template: String, _ match: [Range<Int>?], _ text: [Character]) -> String {
        var result = ""
        var isMarked = false
        for character in template {
            switch (isMarked, character) {
            case (false, "$"): isMarked = true
            case (false, _): result.append(character)
            case (true, "$"):
                result.append("$")
                isMarked = false
            case (true, _):
                isMarked = false
                if let group = Int(String(character)), group < match.count {
                    result += match[group].map { String(text[$0]) } ?? ""
                } else {
                    result += "$" + String(character)
                }
            }
        }
        return isMarked ? result + "$" : result
    }
}
