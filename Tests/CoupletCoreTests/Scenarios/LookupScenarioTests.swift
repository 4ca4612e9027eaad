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
        var one = Self.one(keeps: true)
        one.field.direction = .toIntegrationTable
        for base in [nil, Self.settled] {
            let found = try one.decide(base: base, erp: "", crm: .text(Self.id))
            #expect(found.writes.crm.isEmpty)
            #expect(found.agreements.count == 1)
        }
        one.field.keepTargetWhenBlank = false
        let emptied = try one.decide(base: Self.settled, erp: "", crm: .text(Self.id))
        #expect(emptied.writes.crm.map(\.value) == [.null])
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

    @Test("S0105 A reference whose record is not coupled may empty the target, and follows when it is")
    func clears() throws {
        var field = Self.field(required: true)
        field.clearsWhenUncoupled = true
        let one = OneField(field: field, references: Self.known)
        let before = BySide<Value>(erp: "X", crm: .text(Self.id))
        let found = try one.decide(base: before, erp: "Y", crm: .text(Self.id))
        #expect(found.writes.crm.map(\.value) == [.null])
        #expect(found.problems.isEmpty)
        let source = try #require(found.writes.crm.first?.source)
        let cleared = BySide<Value>(erp: source, crm: .null)
        let quiet = try one.decide(base: cleared, erp: "Y", crm: .null)
        #expect(quiet.writes.crm.isEmpty)
        #expect(quiet.waits.map(\.required) == [false])
        let back = try one.decide(base: cleared, erp: "X", crm: .null)
        #expect(back.writes.crm.map(\.value) == [.text(Self.id)])
        let emptied = try one.decide(base: cleared, erp: "", crm: .null)
        #expect(emptied.isUnchanged)
        var later = one
        later.references.set(ReferenceTable.Question(mapping: "PEOPLE", source: .erp, value: "Y"), Self.other)
        #expect(try later.decide(base: cleared, erp: "Y", crm: .null).writes.crm.map(\.value) == [.text(Self.other)])
        let both = try later.decide(base: cleared, erp: "Y", crm: .text(Self.id))
        #expect(both.conflicts.count == 1)
        #expect(both.writes.crm.isEmpty && both.writes.erp.isEmpty)
    }

    @Test("S0105 What was emptied in the ERP for a record that is not coupled comes back when the CRM sets it back")
    func clearsERP() throws {
        var field = Self.field(required: true)
        field.clearsWhenUncoupled = true
        let one = OneField(field: field, references: Self.known)
        let found = try one.decide(base: Self.settled, erp: "X", crm: .text(Self.other))
        #expect(found.writes.erp.map(\.value) == [""])
        let source = try #require(found.writes.erp.first?.source)
        let cleared = BySide<Value>(erp: "", crm: source)
        let quiet = try one.decide(base: cleared, erp: "", crm: .text(Self.other))
        #expect(quiet.writes.erp.isEmpty)
        #expect(quiet.waits.map(\.value) == [Self.other])
        let back = try one.decide(base: cleared, erp: "", crm: .text(Self.id))
        #expect(back.writes.erp.map(\.value) == ["X"])
        #expect(try one.decide(base: cleared, erp: "", crm: .null).isUnchanged)
        var later = one
        later.references.set(ReferenceTable.Question(mapping: "PEOPLE", source: .crm, value: Self.other), "Y")
        #expect(try later.decide(base: cleared, erp: "", crm: .text(Self.other)).writes.erp.map(\.value) == ["Y"])
    }

    @Test("S0344 To empty a target and to keep it exclude each other")
    func excluded() {
        var field = Self.field(required: false, keeps: true)
        field.clearsWhenUncoupled = true
        let people = Sample.mapping("PEOPLE", [Sample.field("name")])
        let problems = MappingValidator.problems(in: [people, Sample.mapping("THING", [field])])
        #expect(problems.map(\.message.code) == ["mapping.settingsExclude"])
        #expect(problems[0].message.arguments["other"] == "keepTargetWhenBlank")
        var own = Self.field(required: false)
        own.clearsWhenUncoupled = true
        own.reference?.path = ReferencePath(blankKey: "sek")
        let key = MappingValidator.problems(in: [people, Sample.mapping("THING", [own])])
        #expect(key.map(\.message.arguments["other"]) == ["blankKey"])
        var plain = Sample.field("a")
        plain.clearsWhenUncoupled = true
        let alone = MappingValidator.problems(in: [Sample.mapping("THING", [plain])])
        #expect(alone.map(\.message.code) == ["mapping.clearsWithoutReference"])
    }

    private static var currency: OneField {
        var field = Sample.field(
            "currency",
            .code(maximum: 10),
            .reference(table: "currencies", property: "currency"),
            reference: FieldMapping.Reference(
                mapping: "CURRENCY",
                erpHoldsKey: true,
                required: true,
                path: ReferencePath(blankKey: "sek")
            )
        )
        field.direction = .bidirectional
        var table = ReferenceTable()
        for (code, id) in [("sek", id), ("USD", other)] {
            let path = field.reference?.path
            table.set(ReferenceTable.Question(mapping: "CURRENCY", source: .erp, value: code, path: path), id)
            table.set(
                ReferenceTable.Question(mapping: "CURRENCY", source: .crm, value: id, path: path),
                code.uppercased()
            )
        }
        return OneField(field: field, references: table)
    }

    @Test("S0383 The currency that the ERP calls by a blank comes back as a blank")
    func ownCurrency() throws {
        let found = try Self.currency.decide(
            base: BySide<Value>(erp: "USD", crm: .text(Self.other)),
            erp: "USD",
            crm: .text(Self.id)
        )
        #expect(found.writes.erp.map(\.value) == [""])
        let back = try Self.currency.decide(
            base: BySide<Value>(erp: "USD", crm: .text(Self.other)),
            erp: "",
            crm: .text(Self.other)
        )
        #expect(back.writes.crm.map(\.value) == [.text(Self.id)])
        let first = try Self.currency.decide(base: nil, erp: "", crm: .text(Self.other))
        #expect(first.undecided.count == 1)
        #expect(try Self.currency.decide(base: nil, erp: "", crm: .text(Self.id)).agreements.count == 1)
    }

    @Test("the question for a blank key is asked under the key")
    func ownCurrencyQuestion() throws {
        let one = Self.currency
        let program = try Sample.program([one.field])
        let input = one.input(program, base: nil, erp: "", crm: .null)
        let questions = program.referenceQuestions([input])
        #expect(questions.couplings.map(\.value) == ["sek"])
    }

    @Test("S0418 Without a mapping of salespeople the owner is left, and a field that needs it is refused")
    func noSalespeople() throws {
        let problems = MappingValidator.problems(in: [Sample.mapping("THING", [Self.field(required: true)])])
        #expect(problems.map(\.message.code) == ["mapping.unknownReference"])
        var disabled = Self.field(required: true)
        disabled.enabled = false
        let mapping = Sample.mapping("THING", [Sample.field("name"), disabled])
        #expect(MappingValidator.problems(in: [mapping]) == [])
        let program = try Sample.program(mapping)
        #expect(program.fields.map(\.erp.name) == ["e_name"])
    }

    @Test("S0086 A blank that a record cannot do without is reported, and nothing is created")
    func needed() throws {
        var field = Self.field(required: true)
        field.needsValue = true
        let decision = try Self.create([Sample.field("name"), field], from: .erp, ["e_name": "a", "e_ref": ""])
        guard case .problems(let problems) = decision else { return #expect(Bool(false)) }
        #expect(problems.map(\.message.code) == ["field.needsValue"])
        let one = OneField(field: field, references: Self.known)
        let emptied = try one.decide(base: Self.settled, erp: "", crm: .text(Self.id))
        #expect(emptied.writes.crm.isEmpty)
        #expect(emptied.problems.map(\.message.code) == ["field.needsValue"])
        #expect(try one.decide(base: nil, erp: "", crm: .null).problems.isEmpty)
    }
}
