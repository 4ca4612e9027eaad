import CoupletCore
import Testing

@Suite("Trying a value")
struct ValueTrialTests {
    private func field(_ rules: FieldRules?, direction: Direction = .bidirectional) -> FieldMapping {
        var field = Sample.field("a", .code(maximum: 10), .text(maximum: 12), direction: direction)
        field.rules = rules
        return field
    }

    private static let countries = TranslationTable(rows: [TranslationTable.Row(erp: "SE", crm: "Sweden")])

    @Test func `each rule shows what it leaves, then what is written and what comes back`() {
        let rules = FieldRules(fromERP: [.trim, .translate(Self.countries), .addPrefix("in ")])
        let trial = ValueTrial(of: "se ", in: field(rules), from: .erp)
        #expect(trial.stages.map(\.value) == ["se", "Sweden", "in Sweden"])
        #expect(trial.stages.first?.rule == "trim")
        #expect(trial.result == "in Sweden")
        #expect(trial.back == "SE")
        #expect(trial.problem == nil)
    }

    @Test func `the other side's rules lead back`() {
        let trial = ValueTrial(of: "Sweden", in: field(FieldRules(fromERP: [.translate(Self.countries)])), from: .crm)
        #expect(trial.stages.map(\.value) == ["SE"])
        #expect(trial.result == "SE")
        #expect(trial.back == "Sweden")
    }

    @Test func `a value without result says why, after the rules that had one`() {
        let rules = FieldRules(fromERP: [.trim, .translate(Self.countries), .uppercase])
        let trial = ValueTrial(of: "NO ", in: field(rules), from: .erp)
        #expect(trial.stages.map(\.value) == ["NO"])
        #expect(trial.result == nil && trial.back == nil)
        #expect(trial.problem?.code == "rule.unlisted")
    }

    @Test func `what would not come back is not written, and one way it is`() {
        let rules = FieldRules(fromERP: [.alphanumeric], fromCRM: [.uppercase])
        let both = ValueTrial(of: "A-1", in: field(rules), from: .erp)
        #expect(both.problem?.code == "field.noRoundTrip")
        #expect(both.result == nil && both.back == "A1")
        let oneWay = ValueTrial(of: "A-1", in: field(rules, direction: .toIntegrationTable), from: .erp)
        #expect(oneWay.result == "A1" && oneWay.back == nil && oneWay.problem == nil)
    }

    @Test func `numbers and truth values are read as such, and what is shortened says so`() {
        var number = Sample.field("n", .decimal, .integer)
        #expect(ValueTrial(of: "2.0", in: number, from: .erp).result == .number("2"))
        #expect(ValueTrial(of: "2.5", in: number, from: .erp).problem?.code == "field.notWhole")
        number = Sample.field("b", .boolean, .boolean)
        #expect(ValueTrial(of: "true", in: number, from: .erp).result == .boolean(true))
        let cut = Sample.field(
            "t",
            .text(maximum: 20),
            .text(maximum: 3),
            direction: .toIntegrationTable,
            allowTruncation: true
        )
        let trial = ValueTrial(of: "longer", in: cut, from: .erp)
        #expect(trial.result == "lon")
        #expect(trial.notice?.code == "field.truncated")
    }

    @Test func `a reference is translated by couplings, and says by whose`() {
        let lookup = Sample.field(
            "r",
            .code(maximum: 10),
            .reference(table: "users", property: "owner"),
            reference: FieldMapping.Reference(mapping: "PEOPLE", erpHoldsKey: true, required: true)
        )
        let trial = ValueTrial(of: "JO", in: lookup, from: .erp)
        #expect(trial.result == nil)
        #expect(trial.problem == Message("try.reference", ["field": "e_r", "mapping": "PEOPLE"]))
    }
}
