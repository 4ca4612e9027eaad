import CoupletCore
import Testing

@Suite("Settings of field mappings")
struct FieldSettingTests {
    private static func constant(_ value: Value, _ direction: Direction = .toIntegrationTable) -> FieldMapping {
        FieldMapping(
            erp: FieldMapping.Field(direction == .toIntegrationTable ? "" : "e_kind", .option),
            crm: FieldMapping.Field(direction == .toIntegrationTable ? "c_kind" : "", .option),
            direction: direction,
            constant: value
        )
    }

    @Test func `A constant is written where the target differs, and stays out of what is read of the source`() throws {
        let field = Self.constant(.number("3"))
        let program = try Sample.program([Sample.field("a"), field])
        #expect(!program.layouts.erp.fields.contains(""))
        var one = OneField(field: field)
        #expect(try one.decide(base: nil, erp: .null, crm: .number("3")).agreements.count == 1)
        #expect(try one.decide(base: nil, erp: .null, crm: .null).writes.crm.map(\.value) == [.number("3")])
        #expect(try one.decide(base: nil, erp: .null, crm: .number("1")).writes.crm.map(\.value) == [.number("3")])
        let settled = BySide<Value>(erp: .number("3"), crm: .number("3"))
        #expect(try one.decide(base: settled, erp: .null, crm: .number("3")).isUnchanged)
        #expect(try one.decide(base: settled, erp: .null, crm: .number("1")).drift.count == 1)
        one.isFull = true
        #expect(try one.decide(base: settled, erp: .null, crm: .number("1")).writes.crm.map(\.value) == [.number("3")])
    }

    @Test func `A new record gets the constant`() throws {
        let program = try Sample.program([Sample.field("a"), Self.constant("Person", .fromIntegrationTable)])
        let decision = CreatePlanner(program: program, target: .erp).decide(
            source: Sample.row(["c_a": "x"], program.layouts.crm),
            id: Sample.id(1, .crm),
            references: ReferenceTable(),
            newID: nil,
            naturalKey: nil,
            label: "x"
        )
        guard case .step(let step) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(step.fields.map(\.target.name) == ["e_a", "e_kind"])
        #expect(step.fields.last?.write.value == "Person")
    }

    @Test func `Another constant is another field, so that it is written where the old one was`() throws {
        #expect(Self.constant(.number("3")).id != Self.constant(.number("4")).id)
    }

    @Test func `A constant that flows both ways, or a field without a name, is refused`() {
        var both = Self.constant(.number("3"))
        both.direction = .bidirectional
        var nameless = Sample.field("a")
        nameless.crm.name = ""
        var ruled = Self.constant("x")
        ruled.rules = FieldRules(fromERP: [.uppercase])
        let found = [both, ruled, nameless].map { field in
            MappingValidator.problems(in: [Sample.mapping("THING", [field])]).map(\.message.code)
        }
        #expect(found == [["mapping.badConstant"], ["mapping.badConstant"], ["mapping.fieldWithoutName"]])
        #expect(MappingValidator.problems(in: [Sample.mapping("THING", [Self.constant("x")])]) == [])
    }

    @Test(
        "A day meets a point in time in the zone that is named",
        arguments: [
            ("Europe/Stockholm", "2026-01-31", "2026-01-30T23:00:00.000Z", "2026-01-31T22:59:59Z"),
            ("Europe/Stockholm", "2026-07-01", "2026-06-30T22:00:00.000Z", "2026-07-01T21:59:59Z"),
            ("America/New_York", "2026-01-31", "2026-01-31T05:00:00.000Z", "2026-02-01T04:59:59Z"),
            ("+05:30", "2026-01-31", "2026-01-30T18:30:00.000Z", "2026-01-31T18:29:59Z"),
        ]
    )
    func zones(_ name: String, _ day: Value, _ start: Value, _ last: Value) throws {
        var field = Sample.field("a", .date, .dateTime, direction: .toIntegrationTable)
        field.zone = TimeZoneRule(name)
        let there = try OneField(field: field, direction: .toIntegrationTable).decide(base: nil, erp: day, crm: .null)
        #expect(there.writes.crm.map(\.value) == [start])
        field.direction = .fromIntegrationTable
        let back = try OneField(field: field, direction: .fromIntegrationTable).decide(base: nil, erp: .null, crm: last)
        #expect(back.writes.erp.map(\.value) == [day])
    }

    @Test func `Clocks show every day's midnight once, whatever the zone`() throws {
        for zone in TimeZoneRule.names.compactMap({ TimeZoneRule($0) }) {
            for number in stride(from: Int64(9000), to: 24_000, by: 1) {
                let day = try #require(CalendarDay(number: number))
                let start = try #require(zone.instant(day: day, milliseconds: 0))
                let local = try #require(zone.local(start))
                guard local.day != day || local.milliseconds != 0 else { continue }
                Issue.record("\(zone.name) \(day)")
            }
        }
    }
}
