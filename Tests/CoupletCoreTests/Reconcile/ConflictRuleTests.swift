import CoupletCore
import Testing

@Suite("Reconciler: rules for conflicts")
struct ConflictRuleTests {
    /// Two-way fields a and b, a field to the CRM and one to the ERP.
    static let fields = [
        Sample.field("a"), Sample.field("b"), Sample.field("to", direction: .toIntegrationTable),
        Sample.field("from", direction: .fromIntegrationTable),
    ]
    static let base: [BySide<Value>?] = [.both("A"), .both("B"), .both("T"), .both("F")]

    private func decide(
        _ rules: ConflictRules,
        fields: [FieldMapping] = fields,
        erp: [String: Value?],
        crm: [String: Value?],
        job: Direction = .bidirectional,
        change: (inout PairInput) -> Void = { _ in }
    ) throws -> PairDecision {
        let program = try Sample.program(Sample.mapping("THING", fields) { $0.conflictRules = rules })
        let settled: [String: Value?] = ["a": "A", "b": "B", "to": "T", "from": "F"]
        func row(_ side: Side, _ values: [String: Value?]) -> ObservedRow {
            let all = settled.merging(values) { _, new in new }
            let prefix = side == .erp ? "e_" : "c_"
            let named = Dictionary(uniqueKeysWithValues: all.map { (prefix + $0.key, $0.value) })
            return Sample.row(named, program.layouts[side])
        }
        var input = PairInput(
            coupling: 7,
            ids: BySide(erp: Sample.id(1), crm: Sample.id(1, .crm)),
            base: Base(layout: program.baseLayout, values: Self.base),
            observed: BySide(erp: row(.erp, erp), crm: row(.crm, crm)),
            versions: BySide(erp: "e9", crm: "c9")
        )
        change(&input)
        return Reconciler(program: program, direction: job, isFull: false)
            .decide(input, references: ReferenceTable())
    }

    private static func names(_ fields: [FieldDifference]) -> [String] { fields.map(\.field) }

    @Test(arguments: Side.allCases)
    func `the side that the mapping names wins a conflict, and the other fields merge`(winner: Side) throws {
        let rules = ConflictRules(update: winner == .erp ? .erp : .crm)
        let found = try decide(rules, erp: ["a": "A1", "b": "B1"], crm: ["a": "A2"])
        #expect(found.conflicts.isEmpty)
        let write = try #require(found.writes[winner.other].first { $0.field == "e_a|c_a" })
        #expect(write.value == (winner == .erp ? "A1" : "A2"))
        #expect(write.before == (winner == .erp ? "A2" : "A1"))
        #expect(write.cause == .rule)
        #expect(found.writes.crm.map(\.value).contains("B1"))
    }

    @Test func `a rule decides conflicts only: an edit of the losing side alone still goes its way`() throws {
        let found = try decide(ConflictRules(update: .erp), erp: [:], crm: ["a": "A2"])
        #expect(found.writes.erp.map(\.value) == ["A2"])
        #expect(found.writes.erp.map(\.cause) == [.edit])
        #expect(found.writes.crm.isEmpty)
    }

    @Test func `a rule never decides a first comparison`() throws {
        let found = try decide(ConflictRules(update: .erp), erp: ["a": "X"], crm: ["a": "Y"]) { $0.base = nil }
        #expect(Self.names(found.undecided) == ["e_a|c_a"])
        #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty)
    }

    @Test func `a job that may not write the losing side leaves the conflict to another`() throws {
        let found = try decide(
            ConflictRules(update: .erp),
            erp: ["a": "A1"],
            crm: ["a": "A2"],
            job: .fromIntegrationTable
        )
        #expect(found.conflicts.isEmpty && found.writes.erp.isEmpty && found.writes.crm.isEmpty)
        #expect(Self.names(found.left.erp) == ["e_a|c_a"])
    }

    @Test func `a person who names a direction for the record stands above the rule`() throws {
        let found = try decide(ConflictRules(update: .erp), erp: ["a": "A1"], crm: ["a": "A2"]) { $0.choice = .crm }
        #expect(found.writes.erp.map(\.value) == ["A2"])
        #expect(found.writes.erp.map(\.cause) == [.resolution])
    }

    @Test func `a field's own rule stands above the mapping's, and may leave it to a person`() throws {
        var fields = Self.fields
        fields[0].updateConflicts = .crm
        fields[1].updateConflicts = .ask
        let found = try decide(
            ConflictRules(update: .erp),
            fields: fields,
            erp: ["a": "A1", "b": "B1"],
            crm: ["a": "A2", "b": "B2"]
        )
        #expect(found.writes.erp.map(\.value) == ["A2"])
        #expect(found.writes.crm.isEmpty)
        #expect(Self.names(found.conflicts) == ["e_b|c_b"])
    }

    @Test func `a value that cannot be written is reported, though a rule says that it stands`() throws {
        let fields = [Sample.field("a", .text(maximum: 20), .text(maximum: 3))] + Self.fields[1...]
        let found = try decide(ConflictRules(update: .erp), fields: fields, erp: ["a": "longer"], crm: ["a": "A2"])
        #expect(found.problems.map(\.message.code) == ["field.tooLong"])
        #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty)
    }

    // MARK: Whole records

    static let record = ConflictRules(scope: .record)

    @Test func `edits of different fields on both sides are a conflict of the record, and nothing is written`() throws {
        let found = try decide(Self.record, erp: ["a": "A1", "to": "T1"], crm: ["b": "B2", "from": "F2"])
        #expect(Self.names(found.conflicts) == ["e_a|c_a", "e_b|c_b"])
        #expect(found.conflicts.last?.present == BySide(erp: "B", crm: "B2"))
        #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty)
        // Field by field, the same edits merge.
        let merged = try decide(ConflictRules(), erp: ["a": "A1"], crm: ["b": "B2"])
        #expect(merged.conflicts.isEmpty)
    }

    @Test func `an edit of a one-way field counts as an edit of its source`() throws {
        let found = try decide(Self.record, erp: ["to": "T1"], crm: ["b": "B2"])
        #expect(Self.names(found.conflicts) == ["e_b|c_b"])
        #expect(found.writes.erp.isEmpty && found.writes.crm.isEmpty)
    }

    @Test(arguments: [
        (["a": "A1", "b": "B1"], [:]), ([:], ["a": "A2", "from": "F2"]), (["to": "T1"], ["from": "F2"]),
        (["a": "N"], ["a": "N"]), (["a": "A1"], ["to": "T2"]),
    ])
    func `edits of one side, of one-way fields only, equal ones and drift are no conflict of the record`(
        erp: [String: Value?],
        crm: [String: Value?]
    ) throws {
        let found = try decide(Self.record, erp: erp, crm: crm)
        #expect(found.conflicts.isEmpty)
        #expect(!found.isUnchanged)
    }

    @Test(arguments: Side.allCases)
    func `the winner of a record takes every two-way field that differs`(winner: Side) throws {
        let rules = ConflictRules(update: winner == .erp ? .erp : .crm, scope: .record)
        let found = try decide(rules, erp: ["a": "A1", "to": "T1"], crm: ["b": "B2", "from": "F2"])
        #expect(found.conflicts.isEmpty)
        let expected = winner == .erp ? [["A1", "B", "T1"], ["F2"]] : [["T1"], ["A", "B2", "F2"]]
        #expect(found.writes.crm.map(\.value.text) == expected[0])
        #expect(found.writes.erp.map(\.value.text) == expected[1])
    }

    @Test func `a conflict of the record is settled as a whole`() throws {
        let (erp, crm): ([String: Value?], [String: Value?]) = (["a": "A1"], ["b": "B2", "from": "F2"])
        let half = try decide(Self.record, erp: erp, crm: crm) { $0.resolutions = ["e_a|c_a": .take(.crm)] }
        #expect(Self.names(half.conflicts) == ["e_b|c_b"])
        #expect(half.writes.erp.isEmpty && half.writes.crm.isEmpty)
        let whole = try decide(Self.record, erp: erp, crm: crm) {
            $0.resolutions = ["e_a|c_a": .take(.crm), "e_b|c_b": .take(.erp)]
        }
        #expect(whole.conflicts.isEmpty)
        #expect(whole.writes.erp.map(\.value.text) == ["A", "F2"])
        #expect(whole.writes.crm.map(\.value.text) == ["B"])
    }

    // MARK: What is refused

    private func codes(_ mapping: TableMapping, beside others: [TableMapping] = []) -> [String] {
        MappingValidator.problems(in: [mapping] + others).map(\.message.code)
    }

    @Test func `rules that nothing can follow are refused`() {
        let oneWay = Sample.mapping("THING", [Self.fields[2]], direction: .toIntegrationTable) {
            $0.conflictRules = ConflictRules(update: .crm)
        }
        #expect(codes(oneWay) == ["mapping.conflictsOneWay"])
        let scope = Sample.mapping("THING", [Self.fields[2]], direction: .toIntegrationTable) {
            $0.conflictRules = ConflictRules(scope: .record)
        }
        #expect(codes(scope) == ["mapping.conflictsOneWay"])
        var field = Self.fields[2]
        field.updateConflicts = .erp
        let problems = MappingValidator.problems(in: [Sample.mapping("THING", [Self.fields[0], field])])
        #expect(problems.map(\.message.code) == ["mapping.conflictsOneWay"])
        #expect(problems.first?.message.arguments["field"] == "e_to|c_to")
        let restoring = Sample.mapping("THING", [Self.fields[0]]) {
            $0.conflictRules = ConflictRules(deletion: .restore)
            $0.erp.admitsCreates = false
        }
        #expect(codes(restoring) == [])
        var closed = restoring
        closed.crm.admitsCreates = false
        #expect(codes(closed) == ["mapping.restoreWithoutCreates"])
    }

    @Test func `a mapping is worked after those that it depends on, which must be there and make no circle`() throws {
        let first = Sample.mapping("FIRST", [Self.fields[0]])
        var second = Sample.mapping("SECOND", [Self.fields[0]]) { $0.dependsOn = ["THIRD", "FIRST"] }
        let third = Sample.mapping("THIRD", [Self.fields[0]])
        #expect(codes(second, beside: [first, third]) == [])
        #expect(try StepOrdering.ordered([second, first, third]).map(\.name) == ["FIRST", "THIRD", "SECOND"])
        #expect(codes(second, beside: [first]) == ["mapping.unknownDependency"])
        var back = first
        back.dependsOn = ["SECOND"]
        #expect(codes(second, beside: [back, third]) == ["mapping.requiredCycle"])
        second = second.renamed { $0 + "@NORTH" }
        #expect(second.dependsOn == ["THIRD@NORTH", "FIRST@NORTH"])
    }
}
