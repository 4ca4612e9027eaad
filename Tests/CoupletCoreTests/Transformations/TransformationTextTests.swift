import CoupletCore
import Testing

@Suite("Transformation rules as text")
struct TransformationTextTests {
    static let chains: [(String, [TransformationRule])] = [
        ("", []), ("trim | addPrefix 'SE-'", [.trim, .addPrefix("SE-")]),
        ("substring from 4 length 3", [.substring(.position(4), .length(3))]),
        ("substring after '''' before ':'", [.substring(.after("'"), .before(":"))]),
        ("substring from 2 rest", [.substring(.position(2), .rest)]),
        ("replace 'a|b' with ''", [.replace("a|b", with: "")]),
        ("replaceMatches '(\\d)' with '$1'", [.replaceMatches("(\\d)", with: "$1")]),
        (
            "readDate 'yyyyMMdd' | writeDate 'd/M yyyy'",
            [
                .readDate(DatePattern("yyyyMMdd")), .writeDate(DatePattern("d/M yyyy")),
            ]
        ),
        (
            "readTime 'yyyy-MM-dd HH:mm' in 'Europe/Stockholm'",
            [
                .readTime(DatePattern("yyyy-MM-dd HH:mm"), TransformationRuleTests.stockholm)
            ]
        ),
        ("readDecimal swedish | round to '0.05' nearest", [.readDecimal(.swedish), .round(to: "0.05", .nearest)]),
        ("datePart year", [.datePart(.year)]),
        ("translate 'SE' = 'Sweden', 'NO' = 'Norway' else refuse", [.translate(TransformationRuleTests.countries)]),
        (
            "trim | lookup erp 'countriesRegions' id 'id' by 'code' take 'displayName' else keep",
            [
                .trim,
                .lookup(
                    FieldLookup(
                        side: .erp,
                        table: "countriesRegions",
                        idField: "id",
                        keyField: "code",
                        valueField: "displayName",
                        missing: .keep
                    )
                ),
            ]
        ),
        ("translateBack keep", [.translateBack(TranslationTable(rows: [], unlisted: .keep))]),
    ]

    @Test("A chain is written as it is read", arguments: chains)
    func chain(_ text: String, _ chain: [TransformationRule]) throws {
        #expect(try [TransformationRule](parsing: text) == chain)
        #expect(chain.text == text)
    }

    @Test func `The names of the original's rules stand for them`() throws {
        for (name, chain) in TransformationRule.presets {
            #expect(try [TransformationRule](parsing: " \(name)|trim ") == chain + [.trim])
        }
        #expect(
            try [TransformationRule](parsing: "translate 'a'='b'") == [
                .translate(TranslationTable(rows: [TranslationTable.Row(erp: "a", crm: "b")]))
            ]
        )
    }

    @Test(
        "What cannot be read is refused, saying where",
        arguments: [
            ("shout", "1"), ("trim |", "7"), ("trim trim", "6"), ("addPrefix SE", "11"), ("addPrefix 'SE", "11"),
            ("substring from x rest", "16"), ("replace 'a' by 'b'", "13"), ("readDecimal klingon", "13"),
            ("readTime 'yyyy' in 'Mars'", "20"), ("translate 'a' 'b'", "11"), ("round 5 nearest", "7"), ("| trim", "1"),
        ]
    )
    func refusals(_ text: String, _ position: String) {
        let error = #expect(throws: CoupletError.self) { try [TransformationRule](parsing: text) }
        #expect(error?.message.code == "rule.wrongText")
        #expect(error?.message.arguments["position"] == position)
    }
}
