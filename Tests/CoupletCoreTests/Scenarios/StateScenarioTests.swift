import CoupletCore
import Testing

@Suite("Scenarios: states and blocks")
struct StateScenarioTests {
    /// Whether a record of the ERP is blocked, against the state of its counterpart.
    private static func blocked(_ direction: Direction) -> OneField {
        var field = Sample.field("state", .boolean, .option, direction: direction)
        field.rules = FieldRules(fromERP: [
            .translate(
                TranslationTable(rows: [
                    TranslationTable.Row(erp: "true", crm: "1"), TranslationTable.Row(erp: "false", crm: "0"),
                ])
            )
        ])
        return OneField(field: field)
    }

    private static func settled(_ blocked: Bool) -> BySide<Value> {
        BySide(erp: .boolean(blocked), crm: .number(blocked ? "1" : "0"))
    }

    @Test(
        "A block becomes a state by a table, and an unblocking the other state",
        arguments: [("S0467", true, "1"), ("S0469", false, "0"), ("S0470", false, "0"), ("S0585", false, "0")]
    )
    func toState(scenario: String, isBlocked: Bool, state: String) throws {
        let one = Self.blocked(.bidirectional)
        let found = try one.decide(
            base: Self.settled(!isBlocked),
            erp: .boolean(isBlocked),
            crm: .number(isBlocked ? "0" : "1")
        )
        #expect(found.writes.crm.map(\.value) == [.number(state)], "\(scenario)")
        #expect(found.problems.isEmpty)
    }

    @Test("A state becomes a block by the same table", arguments: [("S0471", "1", true), ("S0474", "0", false)])
    func toBlock(scenario: String, state: String, isBlocked: Bool) throws {
        let one = Self.blocked(.bidirectional)
        let found = try one.decide(
            base: Self.settled(!isBlocked),
            erp: .boolean(!isBlocked),
            crm: .number(state)
        )
        #expect(found.writes.erp.map(\.value) == [.boolean(isBlocked)], "\(scenario)")
    }

    @Test(
        "S0410 An inactive account blocks the customer, and an active one never unblocks it",
        arguments: [("1", "", "All"), ("1", "All", nil), ("0", "All", nil), ("0", "", nil)]
            as [(String, String, String?)]
    )
    func inactive(state: String, block: String, written: String?) throws {
        var field = Sample.field("state", .option, .option, direction: .fromIntegrationTable, keepTargetWhenBlank: true)
        field.rules = FieldRules(fromCRM: [
            .translateBack(
                TranslationTable(rows: [
                    TranslationTable.Row(erp: "All", crm: "1"), TranslationTable.Row(erp: "", crm: "0"),
                ])
            )
        ])
        let one = OneField(field: field)
        let before = BySide<Value>(erp: .text(block), crm: .number(state == "1" ? "0" : "1"))
        let found = try one.decide(base: before, erp: .text(block), crm: .number(state))
        #expect(found.writes.erp.map(\.value) == (written.map { [.text($0)] } ?? []))
        #expect(found.problems.isEmpty)
        #expect(MappingValidator.problems(in: [Sample.mapping("THING", [field])]) == [])
    }

    @Test(
        "S0563 Amounts are rounded as the step of a rule says",
        arguments: [("1", "2"), ("0.1", "1.6"), ("0.01", "1.56"), ("0.0000000001", "1.5555555556")]
    )
    func precision(step: String, rounded: String) throws {
        #expect(try [TransformationRule.round(to: step, .nearest)].applied(to: "1.55555555555") == rounded)
    }

    @Test(
        "A rate of exchange is inverted and rounded to ten decimals",
        arguments: [("S0565", "1", "1"), ("S0572", "12", "0.0833333333"), ("S0572", "0.0833333333", "12.0000000048")]
    )
    func rate(scenario: String, given: String, inverted: String) throws {
        let field = Sample.field("rate", .decimal, .decimal, direction: .toIntegrationTable)
        var inverting = field
        inverting.rules = FieldRules(fromERP: [.invert(decimals: 10)])
        let found = try OneField(field: inverting).decide(base: nil, erp: .number(given), crm: .null)
        #expect(found.writes.crm.map(\.value) == [.number(inverted)], "\(scenario)")
        let none = try OneField(field: inverting).decide(base: nil, erp: .number("0"), crm: .null)
        #expect(none.problems.map(\.message.code) == ["rule.notInverted"])
        #expect(none.writes.crm.isEmpty)
    }
}
