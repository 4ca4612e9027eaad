import CoupletCore
import Testing

@Suite("Scenarios: lookups")
struct LookupScenarioTests {
    private static let id = "0f8fad5b-d9cb-469f-a165-70867728950e"
    private static let other = "7c9e6679-7425-40de-944b-e07fc1f90ae7"

    private static func field(required: Bool, keeps: Bool = false) -> FieldMapping {
        Sample.field(
            "ref",
            .code(maximum: 20),
            .reference(table: "people", property: "person"),
            reference: FieldMapping.Reference(mapping: "PEOPLE", erpHoldsKey: true, required: required),
            keepTargetWhenBlank: keeps
        )
    }

    /// The couplings of one record: code X and its id.
    private static var known: ReferenceTable {
        var table = ReferenceTable()
        table.set(ReferenceTable.Question(mapping: "PEOPLE", source: .erp, value: "X"), id)
        table.set(ReferenceTable.Question(mapping: "PEOPLE", source: .crm, value: id), "X")
        return table
    }

    private static let blank = BySide<Value>(erp: "", crm: .null)
    private static let settled = BySide<Value>(erp: "X", crm: .text(id))

    private static func one(required: Bool = true, keeps: Bool = false) -> OneField {
        OneField(field: field(required: required, keeps: keeps), references: known)
    }

    private static func create(
        _ fields: [FieldMapping],
        from source: Side,
        _ values: [String: Value?]
    ) throws -> CreatePlanner.Decision {
        let program = try Sample.program(fields)
        return CreatePlanner(program: program, target: source.other).decide(
            source: Sample.row(values, program.layouts[source]),
            id: Sample.id(1, source),
            references: known,
            newID: nil,
            naturalKey: nil,
            label: "new"
        )
    }

    @Test("S0091 A blank reference stays blank")
    func staysBlank() throws {
        let decision = try Self.create(
            [Sample.field("name"), Self.field(required: true)],
            from: .erp,
            ["e_name": "a", "e_ref": ""]
        )
        guard case .step(let step) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(step.fields.map(\.target.name) == ["c_name"])
    }

    @Test("S0106 A reference to a record that is not coupled waits, saying for whom, and changes nothing")
    func waits() throws {
        let found = try Self.one().decide(base: Self.settled, erp: "Y", crm: .text(Self.id))
        #expect(found.writes.crm.isEmpty)
        #expect(found.waits.map(\.value) == ["Y"])
        #expect(found.waits.map(\.mapping) == ["PEOPLE"])
    }

    @Test("S0107 A reference of the CRM to a record that is not coupled waits, and the ERP stays as it is")
    func waitsFromCRM() throws {
        let found = try Self.one().decide(base: Self.settled, erp: "X", crm: .text(Self.other))
        #expect(found.writes.erp.isEmpty)
        #expect(found.waits.map(\.value) == [Self.other])
        #expect(found.waits.map(\.source) == [.crm])
    }

    @Test("S0260 A new record waits for its parent")
    func parent() throws {
        let values: [String: Value?] = ["c_name": "a", "c_ref": .text(Self.other)]
        let decision = try Self.create([Sample.field("name"), Self.field(required: true)], from: .crm, values)
        guard case .waits(let waits) = decision else { return #expect(Bool(false), "\(decision)") }
        #expect(waits.map(\.value) == [Self.other])
    }

    @Test("S0309 A reference emptied in the CRM is emptied in the ERP")
    func emptied() throws {
        let found = try Self.one().decide(base: Self.settled, erp: "X", crm: .null)
        #expect(found.writes.erp.map(\.value) == [""])
    }

    @Test("S0314 A line waits when its parent is not coupled")
    func line() throws {
        let found = try Self.one().decide(base: nil, erp: "GROUP", crm: .null)
        #expect(found.writes.crm.isEmpty)
        #expect(found.waits.map(\.value) == ["GROUP"])
    }

    @Test("S0318 A line of a record that is not coupled waits alone")
    func lineAlone() throws {
        #expect(try Self.one().decide(base: Self.blank, erp: "X", crm: .null).writes.crm.count == 1)
        #expect(try Self.one().decide(base: Self.blank, erp: "Y", crm: .null).waits.count == 1)
    }

    @Test("S0381 The CRM's id becomes the ERP's code")
    func idToCode() throws {
        let found = try Self.one().decide(base: Self.blank, erp: "", crm: .text(Self.id))
        #expect(found.writes.erp.map(\.value) == ["X"])
    }

    @Test("S0384 The ERP's code becomes the CRM's id")
    func codeToID() throws {
        let found = try Self.one().decide(base: Self.blank, erp: "X", crm: .null)
        #expect(found.writes.crm.map(\.value) == [.text(Self.id)])
    }

    @Test("S0386 A blank salesperson keeps the CRM's owner")
    func keepsOwner() throws {
        let found = try Self.one(keeps: true).decide(base: Self.settled, erp: "", crm: .text(Self.id))
        #expect(found.writes.crm.isEmpty)
        #expect(found.problems.isEmpty)
    }

    @Test("S0656 A blank source keeps the target's reference")
    func keepsReference() throws {
        let found = try Self.one(keeps: true).decide(base: nil, erp: "", crm: .text(Self.id))
        #expect(found.writes.crm.isEmpty)
    }

    @Test("S0415 An owner that is no coupled user does not become a salesperson")
    func teamOwner() throws {
        let found = try Self.one().decide(base: Self.blank, erp: "", crm: .text(Self.other))
        #expect(found.writes.erp.isEmpty)
        #expect(found.waits.count == 1)
    }

    @Test("S0417 A salesperson that is not coupled does not become owner")
    func uncoupledSalesperson() throws {
        let found = try Self.one().decide(base: Self.settled, erp: "Z", crm: .text(Self.id))
        #expect(found.writes.crm.isEmpty)
        #expect(found.waits.map(\.value) == ["Z"])
    }

    @Test("S0589 An owner that already matches is not written")
    func ownerMatches() throws {
        let found = try Self.one().decide(base: nil, erp: "X", crm: .text(Self.id))
        #expect(found.writes.crm.isEmpty)
        #expect(found.agreements.count == 1)
    }
}
