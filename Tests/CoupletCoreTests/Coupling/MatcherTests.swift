import CoupletCore
import CoupletTestSupport
import Testing

@Suite("Matching by rules")
struct MatcherTests {
    static let number = MatchRule(pairs: [MatchRule.Pair(erp: "e_number", crm: "c_number")])
    static let nameAndCity = MatchRule(pairs: [
        MatchRule.Pair(erp: "e_name", crm: "c_name"), MatchRule.Pair(erp: "e_city", crm: "c_city"),
    ])

    /// Adds records, numbered from 1 on each side, given as number, name and city; a star marks a coupled one.
    private func match(
        _ rules: [MatchRule] = [number, nameAndCity],
        erp: [String],
        crm: [String]
    ) throws -> (couples: [Matcher.Couple], questions: [Matcher.Ambiguity], unmatched: [RecordID]) {
        let program = try Sample.program(Sample.mapping("THING", [Sample.field("a")], matchRules: rules))
        var matcher = Matcher(program: program)
        for (side, records) in [(Side.erp, erp), (.crm, crm)] {
            for (index, record) in records.enumerated() {
                let parts = record.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
                let names = ["number", "name", "city"].map { (side == .erp ? "e_" : "c_") + $0 }
                let texts = Dictionary(uniqueKeysWithValues: zip(names, parts))
                let row = Sample.row(texts: texts, program.layouts[side])
                matcher.add(
                    side: side,
                    id: Sample.id(index + 1, side),
                    row: row,
                    isCoupled: parts.count > 3 && parts[3] == "*"
                )
            }
        }
        return matcher.results()
    }

    private func pairs(_ couples: [Matcher.Couple]) -> [[UInt64]] {
        couples.map { [$0.erp.low, $0.crm.low, UInt64($0.rule ?? 99)] }
    }

    @Test func `one free candidate claimed once makes a couple`() throws {
        let found = try match(erp: ["10/Adatum/Atlanta", "20/Relecloud/Oslo"], crm: ["20/x/y", "10/x/y", "30/x/y"])
        #expect(pairs(found.couples) == [[1, 2, 0], [2, 1, 0]])
        #expect(found.questions.isEmpty && found.unmatched.isEmpty)
        #expect(found.couples.allSatisfy { $0.score == 1 })
        #expect(found.couples[0].reasons == [Message("match.equal", ["erpField": "e_number", "crmField": "c_number"])])
    }

    @Test func `later rules get what earlier ones left, each rule by itself`() throws {
        let found = try match(
            erp: ["10/Adatum/Atlanta", "20/Relecloud/Oslo"],
            crm: ["99/Adatum/Atlanta", "20/Other/Rome"]
        )
        #expect(pairs(found.couples) == [[1, 1, 1], [2, 2, 0]])
        #expect(found.couples[0].score < found.couples[1].score)
    }

    @Test func `the priority number orders the rules, not their place`() throws {
        var first = Self.nameAndCity
        first.priority = 0
        var second = Self.number
        second.priority = 5
        let found = try match([second, first], erp: ["10/Adatum/Atlanta"], crm: ["10/x/y", "77/Adatum/Atlanta"])
        #expect(pairs(found.couples) == [[1, 2, 1]])
    }

    @Test(
        arguments: [
            ("  adatum ", "ADATUM"), ("ADATUM\t", "Adatum"), ("Åkeri", "åkeri"), ("Caf\u{E9}", "CAFE\u{301}"),
            ("Straße", "STRASSE"), ("\u{A0}Adatum", "Adatum"), ("東京", "東京"),
        ]
    )
    func `case, surrounding white space and spelling of accents do not matter`(one: String, two: String) throws {
        let found = try match(erp: ["/\(one)/Oslo"], crm: ["/\(two)/oslo "])
        #expect(pairs(found.couples) == [[1, 1, 1]])
    }

    @Test func `a rule may heed case`() throws {
        var rule = Self.nameAndCity
        rule.caseSensitive = true
        let found = try match(
            [rule],
            erp: ["/Adatum/Oslo", "/Relecloud/Rome"],
            crm: ["/ADATUM/Oslo", "/Relecloud/Rome "]
        )
        #expect(pairs(found.couples) == [[2, 2, 0]])
        #expect(found.unmatched == [Sample.id(1)])
    }

    @Test(arguments: ["", " ", "\t"])
    func `a blank value matches nothing, not even another blank`(blank: String) throws {
        let found = try match(erp: ["\(blank)/Adatum/\(blank)"], crm: ["\(blank)/Adatum/\(blank)"])
        #expect(found.couples.isEmpty && found.questions.isEmpty)
        #expect(found.unmatched == [Sample.id(1)])
    }

    @Test func `values of neighbouring fields do not run together`() throws {
        let found = try match(erp: ["/ab/c"], crm: ["/a/bc"])
        #expect(found.unmatched == [Sample.id(1)])
    }

    @Test func `several candidates are a question with all of them scored and explained`() throws {
        let found = try match(erp: ["/Adatum/Oslo"], crm: ["/Adatum/Oslo", "/ADATUM/oslo"])
        #expect(found.couples.isEmpty && found.unmatched.isEmpty)
        let question = try #require(found.questions.first)
        #expect(question.erp == Sample.id(1))
        #expect(question.candidates.map(\.id) == [Sample.id(1, .crm), Sample.id(2, .crm)])
        #expect(question.candidates.allSatisfy { $0.score > 0 && $0.score < 1 && !$0.isCoupled })
        #expect(question.candidates[0].reasons.contains(Message("match.severalCandidates", ["count": "2"])))
        #expect(question.candidates[0].reasons.filter { $0.code == "match.equal" }.count == 2)
    }

    @Test func `several claimants of one record are a question each`() throws {
        let found = try match(erp: ["/Adatum/Oslo", "/Adatum/Oslo"], crm: ["/Adatum/Oslo"])
        #expect(found.couples.isEmpty && found.unmatched.isEmpty)
        #expect(found.questions.map(\.erp) == [Sample.id(1), Sample.id(2)])
        #expect(found.questions.allSatisfy { $0.candidates.map(\.id) == [Sample.id(1, .crm)] })
        #expect(found.questions[0].candidates[0].reasons.contains(Message("match.severalClaimants", ["count": "2"])))
    }

    @Test func `a question of one rule is not answered by the next`() throws {
        let found = try match(
            erp: ["10/Adatum/Oslo"],
            crm: ["10/x/y", "10/z/w", "55/Adatum/Oslo"]
        )
        #expect(found.couples.isEmpty)
        #expect(found.questions.map { $0.candidates.count } == [2])
    }

    @Test func `a record whose only match is coupled becomes a question, never new`() throws {
        let found = try match(erp: ["10/Adatum/Oslo"], crm: ["10/Adatum/Oslo/*"])
        #expect(found.unmatched.isEmpty && found.couples.isEmpty)
        let candidate = try #require(found.questions.first?.candidates.first)
        #expect(candidate.isCoupled)
        #expect(candidate.reasons.contains(Message("match.taken")))
    }

    @Test func `a record whose only match an earlier rule used becomes a question too`() throws {
        let found = try match(erp: ["10/Adatum/Oslo", "20/Adatum/Oslo"], crm: ["10/Adatum/Oslo"])
        #expect(pairs(found.couples) == [[1, 1, 0]])
        #expect(found.questions.map(\.erp) == [Sample.id(2)])
        #expect(found.questions[0].candidates[0].reasons.contains(Message("match.usedByEarlierRule")))
    }

    @Test func `a coupled candidate does not stand in the way of a free one`() throws {
        let found = try match(erp: ["/Adatum/Oslo"], crm: ["/Adatum/Oslo/*", "/Adatum/Oslo"])
        #expect(pairs(found.couples) == [[1, 2, 1]])
    }

    @Test func `coupled ERP records claim nothing and are not listed`() throws {
        let found = try match(erp: ["10/Adatum/Oslo/*", "/Adatum/Oslo"], crm: ["/Adatum/Oslo"])
        #expect(pairs(found.couples) == [[2, 1, 1]])
        #expect(found.unmatched.isEmpty)
    }

    @Test func `numbers match by value`() throws {
        let program = try Sample.program(Sample.mapping("THING", [Sample.field("a")], matchRules: [Self.number]))
        var matcher = Matcher(program: program)
        let erp = Sample.row(["e_number": .number("1.50")], program.layouts.erp)
        let crm = Sample.row(["c_number": .number("1.5")], program.layouts.crm)
        matcher.add(side: .erp, id: Sample.id(1), row: erp, isCoupled: false)
        matcher.add(side: .crm, id: Sample.id(1, .crm), row: crm, isCoupled: false)
        #expect(matcher.results().couples.count == 1)
    }

    @Test func `without rules nothing matches`() throws {
        let found = try match([], erp: ["10/Adatum/Oslo"], crm: ["10/Adatum/Oslo"])
        #expect(found.unmatched == [Sample.id(1)])
    }

    @Test func `the order in which records come does not change the result`() throws {
        var random = SeededGenerator(seed: 21)
        let names = ["Adatum", "Relecloud", "Trey", " trey", ""]
        let records = (0..<60).map { index in
            let number = random.oneIn(3) ? "" : String(random.below(25))
            let mark = index >= 30 && random.oneIn(6) ? "/*" : ""
            return "\(number)/\(random.pick(names))/\(random.pick(["Oslo", "Rome"]))\(mark)"
        }
        func run(_ order: [Int]) throws -> [AnyHashable] {
            let program = try Sample.program(
                Sample.mapping("THING", [Sample.field("a")], matchRules: [Self.number, Self.nameAndCity])
            )
            var matcher = Matcher(program: program)
            for index in order {
                let side: Side = index < 30 ? .erp : .crm
                let parts = records[index].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
                let names = ["number", "name", "city"].map { (side == .erp ? "e_" : "c_") + $0 }
                let row = Sample.row(
                    texts: Dictionary(uniqueKeysWithValues: zip(names, parts)),
                    program.layouts[side]
                )
                matcher.add(side: side, id: Sample.id(index, side), row: row, isCoupled: parts.count > 3)
            }
            let found = matcher.results()
            return [found.couples, found.questions, found.unmatched]
        }
        let expected = try run(Array(0..<60))
        for _ in 0..<5 { #expect(try run(Array(0..<60).shuffled(using: &random)) == expected) }
    }
}
