import CoupletCore
import CoupletTestSupport
import Testing

@Suite("Suggestions")
struct SuggestionFinderTests {
    /// Records among many others: an ERP record, the CRM's records, and what is suggested.
    private func suggest(
        _ erp: [[String]],
        _ crm: [[String]],
        isFree: Bool = true
    ) throws -> [Matcher.Ambiguity] {
        let fields = CompanyRecord.fields
        let layout = RowLayout(number: 1, fields: fields)
        var finder = SuggestionFinder(
            fields: fields.map { ComparedField(erp: $0, crm: $0) },
            layouts: BySide(erp: layout, crm: layout)
        )
        func add(_ side: Side, _ number: Int, _ values: [String], isFree: Bool) {
            let row = EncodedRow(values.map { $0.isEmpty ? .null : .text($0) })
            finder.add(
                side: side,
                id: RecordID(high: side == .erp ? 1 : 2, low: UInt64(number)),
                row: ObservedRow(row: row, layout: layout, version: ""),
                isFree: isFree
            )
        }
        for (number, values) in erp.enumerated() { add(.erp, number, values, isFree: true) }
        for (number, values) in crm.enumerated() { add(.crm, number, values, isFree: isFree) }
        let others = CompanySample(seed: 7, count: 150, keeping: 0.7)
        for record in others.erp { add(.erp, 1_000 + record.truth, record.values, isFree: true) }
        for record in others.crm { add(.crm, 1_000 + record.truth, record.values, isFree: true) }
        return finder.suggestions(from: 0.5).filter { $0.erp.low < 1_000 }
    }

    static let company = [
        "Åkerlunda Plåt & Svets AB", "Fabriksvägen 12", "216 11", "Malmö", "040-612 345", "info@akerlundaplat.se", "",
        "556677-8899",
    ]

    @Test(
        "what people write differently does not keep records apart",
        arguments: [
            (0, "AKERLUNDA PLAT OCH SVETS AKTIEBOLAG"), (0, "AB Åkerlunda Plåt & Svets"), (0, "Åkerlunda Plåt o Svets"),
            (0, "Svets & Plåt, Åkerlunda"), (0, "Åkerlnda Plåt & Svets AB"), (0, "Åkerlunda Pl. & Svets"),
            (1, "Fabriksv. 12"), (1, "FABRIKSVAGEN 12 B"), (2, "SE-21611"), (4, "+46 (0)40 61 23 45"),
            (4, "004640612345"), (7, "SE556677889901"), (7, "165566778899"), (5, "INFO@Akerlundaplat.se"),
            (3, "Malmo"), (7, ""), (4, ""),
        ]
    )
    func written(field: Int, value: String) throws {
        var other = Self.company
        other[field] = value
        let found = try suggest([Self.company], [other])
        let best = try #require(found.first?.candidates.first)
        #expect(best.id.low == 0)
        #expect(best.score >= 0.95)
        #expect(best.score < 1)
    }

    @Test(
        "look-alikes are not the same",
        arguments: [
            // A company of the same group at the same address.
            [
                "Åkerlunda Fastigheter AB", "Fabriksvägen 12", "216 11", "Malmö", "040-612 300",
                "hyra@akerlundaplat.se", "", "556611-2233",
            ],
            // A shop of the same chain in another city.
            [
                "Åkerlunda Plåt & Svets AB", "Storgatan 2", "352 30", "Växjö", "0470-77 11 22",
                "vaxjo@akerlundaplat.se", "", "556677-8899",
            ],
            // Next door.
            [
                "Bageri Kanel AB", "Fabriksvägen 14", "216 11", "Malmö", "040-98 76 54", "info@kanel.se", "",
                "559912-3456",
            ],
        ]
    )
    func lookAlikes(other: [String]) throws {
        let found = try suggest([Self.company], [other])
        #expect(found.isEmpty || (found[0].candidates.first?.score ?? 0) < 0.9)
    }

    @Test func `father and son are two persons`() throws {
        let father = ["Gunnar Hedmark", "Björkvägen 3", "903 30", "Umeå", "090-12 34 56", "", "", ""]
        let son = ["Tobias Hedmark", "Björkvägen 3", "903 30", "Umeå", "090-12 34 56", "", "", ""]
        #expect(try suggest([father], [son]).isEmpty)
        let both = try suggest([father, son], [son, father])
        #expect(both.map { $0.candidates.first?.id.low } == [1, 0])
    }

    @Test func `two candidates that are equally good share the probability`() throws {
        let found = try suggest([Self.company], [Self.company, Self.company])
        #expect(found.isEmpty || found[0].candidates.allSatisfy { $0.score <= 0.51 })
    }

    @Test func `a record that has a counterpart is no candidate`() throws {
        #expect(try suggest([Self.company], [Self.company], isFree: false).isEmpty)
    }

    @Test func `reasons tell what agrees, what is spelled otherwise and what differs`() throws {
        var other = Self.company
        other[0] = "Åkerlnda Plåt & Svets HB"
        other[1] = "Fabriksvägen 21"
        let found = try suggest([Self.company], [other])
        let reasons = try #require(found.first?.candidates.first?.reasons)
        func reason(_ code: String, _ field: String) -> Message {
            Message(code, ["erpField": field, "crmField": field])
        }
        #expect(reasons.contains(reason("match.nearWords", "name")))
        #expect(reasons.contains(reason("match.otherLegalForm", "name")))
        #expect(reasons.contains(reason("match.otherNumbers", "street")))
        #expect(reasons.contains(reason("match.sameAndRare", "registration")))
    }

    @Test func `the same records give the same suggestions`() {
        let one = CompanySample(seed: 3, count: 120, keeping: 0.6).trial
        let two = CompanySample(seed: 3, count: 120, keeping: 0.6).trial
        #expect(one.suggestions.map(\.score) == two.suggestions.map(\.score))
    }

    @Test(arguments: [0, 1, 2, 5])
    func `few records are no trouble`(count: Int) {
        let sample = CompanySample(seed: 4, count: count)
        #expect(sample.trial.suggestions.allSatisfy { $0.score <= 1 })
    }

    @Test func `a mapping's plain fields and match rules are compared, references are not`() {
        let fields = ComparedField.all(
            of: Sample.mapping(
                "THING",
                [Sample.field("a")],
                matchRules: [MatchRule(pairs: [MatchRule.Pair(erp: "e_number", crm: "c_number")])]
            )
        )
        #expect(fields.contains(ComparedField(erp: "e_number", crm: "c_number")))
    }
}
