extension TransformationRule {
    /// Applies a rule with a regular expression.
    func matched(_ text: String) throws(TransformationFailure) -> String {
        switch self {
        case .replaceMatches(let pattern, let template):
            let regex = try TransformationRule.regex(pattern)
            var result = ""
            var place = text.startIndex
            for match in text.matches(of: regex) {
                result += text[place..<match.range.lowerBound]
                result += TransformationRule.filled(template, match.output)
                place = match.range.upperBound
            }
            return result + text[place...]
        case .extractMatches(let pattern):
            let matches = text.matches(of: try TransformationRule.regex(pattern))
            guard !matches.isEmpty else { throw TransformationFailure("rule.noMatch", text, ["pattern": pattern]) }
            return matches.map { match in
                guard match.output.count > 1 else { return String(text[match.range]) }
                return match.output.dropFirst().map { $0.substring.map(String.init) ?? "" }.joined()
            }.joined()
        default: return text
        }
    }

    /// A regular expression, compiled where it is used: it cannot be shared between tasks.
    static func regex(_ pattern: String) throws(TransformationFailure) -> Regex<AnyRegexOutput> {
        do {
            return try Regex(pattern).ignoresCase()
        } catch {
            throw TransformationFailure("rule.badExpression", pattern)
        }
    }

    /// A template with the groups of a match: `$0` to `$9`, and `$$` for a dollar.
    private static func filled(_ template: String, _ output: AnyRegexOutput) -> String {
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
                if let group = Int(String(character)), group < output.count {
                    result += output[group].substring ?? ""
                } else {
                    result += "$" + String(character)
                }
            }
        }
        return isMarked ? result + "$" : result
    }
}
