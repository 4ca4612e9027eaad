import CoupletCore
import CoupletTestSupport
import Testing

@Suite("Regular expressions")
struct TextExpressionTests {
    private static func marked(_ pattern: String, _ text: String) throws -> String {
        try [TransformationRule.replaceMatches(pattern, with: "[$0]")].applied(to: text)
    }

    @Test(
        "what people write fits what it should",
        arguments: [
            ("a", "bAb", "b[A]b"), ("^a", "aa", "[a]a"), ("a$", "aa", "a[a]"), ("a|b", "cab", "c[a][b]"),
            ("\\bno\\b", "no nono no", "[no] nono [no]"), ("\\Bo", "no o", "n[o] o"), ("[a-c]+", "xABcx", "x[ABc]x"),
            ("[^a-c]+", "abxyc", "ab[xy]c"), ("[]a]", "]a", "[]][a]"), ("[a-]", "-b", "[-]b"),
            ("a{2}", "aaaaa", "[aa][aa]a"),
            ("a{2,}", "aaaaa", "[aaaaa]"), ("a{1,2}?", "aaa", "[a][a][a]"), ("<.+?>", "<b>x</b>", "[<b>]x[</b>]"),
            ("<.+>", "<b>x</b>", "[<b>x</b>]"), ("colou?r", "Color colour", "[Color] [colour]"),
            ("a.c", "a\nc abc", "a\nc [abc]"),
            ("\\d{3}-\\d{2}", "tel 123-45", "tel [123-45]"), ("\\.", "a.b", "a[.]b"), ("a{x", "a{x", "[a{x]"),
            ("(?:ab)+", "ababa", "[abab]a"), ("(?<year>\\d+)", "in 1999", "in [1999]"),
            ("\\u00e5|\\x61", "åa", "[å][a]"),
            ("Å+", "åÅ!", "[åÅ]!"), ("(a*)*b", "aab", "[aab]"), ("\\s+", "a \t b", "a[ \t ]b"),
        ]
    )
    func fits(pattern: String, text: String, result: String) throws {
        #expect(try Self.marked(pattern, text) == result, "\(pattern)")
    }

    @Test(
        "what is no expression, or would have to go back, is refused",
        arguments: [
            "(", ")", "a)", "[", "[b-a]", "*", "a**", "+", "a{2,1}", "a{2000}", "\\", "\\q", "(?=a)", "(?<!a)",
            "(a)\\1",
            "(?<>a)", "^*", "((((a{1000}){1000}){1000}){1000})", String(repeating: "(", count: 100),
        ]
    )
    func refused(pattern: String) {
        #expect(TransformationRule.extractMatches(pattern).problem?.code == "rule.badExpression", "\(pattern)")
    }

    @Test(
        "expressions that run away elsewhere end here",
        arguments: ["(a+)+$", "(a|a)+$", "(a|aa)+$", "(.*)*x$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"]
    )
    func ends(pattern: String) throws {
        let text = String(repeating: "a", count: 2_000) + "!"
        #expect(try Self.marked(pattern, text) == text)
    }

    @Test("what costs too much is given up and reported")
    func tooCostly() throws {
        let text = String(repeating: "a", count: 30_000)
        let rule = TransformationRule.extractMatches("(a?){900}b")
        let error = #expect(throws: TransformationFailure.self) { try rule.applied(to: text) }
        #expect(error?.message.code == "rule.tooCostly")
    }

    @Test("expressions of chance fit as those of the standard library do", arguments: 0..<8)
    func likeOthers(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<150 {
            let pattern = Self.pattern(depth: 3, &random)
            let text = String(
                (0..<Int.random(in: 0...7, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" }
            )
            let regex = try Regex(pattern)
            let first = try [TransformationRule.replaceMatches("^(?:" + pattern + ")", with: "[$0]")].applied(
                to: text + "!"
            )
            let other = (text + "!").prefixMatch(of: regex)
            let expected =
                other.map { "[\((text + "!")[$0.range])]\((text + "!")[$0.range.upperBound...])" } ?? text + "!"
            #expect(first == expected, "\(pattern) in \(text)")
        }
    }

    private static func pattern(depth: Int, _ random: inout SeededGenerator) -> String {
        func inner() -> String { pattern(depth: depth - 1, &random) }
        guard depth > 0 else {
            return ["a", "b", "c", ".", "[ab]", "[^a]", "\\w"].randomElement(using: &random) ?? "a"
        }
        switch Int.random(in: 0...6, using: &random) {
        case 0: return inner() + inner()
        case 1: return "(" + inner() + "|" + inner() + ")"
        case 2: return "(?:" + pattern(depth: 0, &random) + ")*"
        case 3: return "(" + pattern(depth: 0, &random) + ")+?"
        case 4: return "(?:" + inner() + ")?"
        case 5: return "(" + inner() + "){1,2}"
        default: return inner()
        }
    }
}
