import CoupletConnectors
import CoupletCore
import CoupletTexts
import Testing

@testable import couplet

@Suite("Mapping files")
struct MappingFileTests {
    @Test("every default mapping comes back from its file as it was")
    func roundTrip() {
        let mappings = DefaultMappings.all(erp: "erp", crm: "crm")
        let reader = MappingFileReader(MappingFile.text(mappings, comments: ["A head", ""]))
        #expect(reader.problems == [])
        #expect(reader.mappings.map(\.name) == mappings.map(\.name))
        for (read, written) in zip(reader.mappings, mappings) { #expect(read == written, "\(written.name)") }
    }

    private static let table = TableMapping.Table(
        connection: "second-erp",
        table: "myApp/v1.0/things",
        idField: "id",
        keyField: nil,
        nameField: "no",
        filter: .any([
            .all([
                .compare(field: "a", .greaterOrEqual, .number("1.50")), .not(.blank(field: "b")),
                .compare(field: "c", .notEqual, .boolean(true)),
            ]),
            .relative(field: "e", .less, RelativeDay(-3, .month)),
            .compare(field: "d", .equal, .text("it's: \"{x}\"")), .compare(field: "e", .equal, .null),
        ]),
        template: [
            TableMapping.TemplateValue(field: FieldMapping.Field("f", .text(maximum: 0)), value: .text("3")),
            TableMapping.TemplateValue(field: FieldMapping.Field("g", .option), value: .number("3")),
            TableMapping.TemplateValue(field: FieldMapping.Field("h", .boolean), value: .boolean(false)),
            TableMapping.TemplateValue(field: FieldMapping.Field("i", .date), value: .null),
            TableMapping.TemplateValue(field: FieldMapping.Field("j", .code(maximum: 4)), value: .text("")),
        ],
        keyPattern: TableMapping.KeyPattern(prefix: "#å ", digits: 3),
        templates: [
            RecordTemplate(
                filter: .compare(field: "k", .equal, .text("it's")),
                priority: 2,
                values: [TableMapping.TemplateValue(field: FieldMapping.Field("l", .option), value: .number("1"))]
            ),
            RecordTemplate(values: []),
        ],
        admitsCreates: false
    )

    private static func stamp(_ companies: ReferencePath.KeyTable) -> CompanyStamp {
        CompanyStamp(
            field: FieldMapping.Field("_c_value", .reference(table: "t", property: "p")),
            value: .text("12"),
            admits: .own,
            companies: companies
        )
    }

    @Test("everything that a mapping can say comes back")
    func everything() {
        let types: [FieldType] = [
            .text(maximum: 0), .code(maximum: 0), .decimal, .integer, .boolean, .date, .dateTime, .guid, .option,
            .reference(table: "t", property: "p"), .reference(table: "t", property: ""),
            .personName(first: "f", last: "l", maximum: 50),
        ]
        let keys = ReferencePath.KeyTable(table: "k", idField: "owner", keyField: "no", filter: .blank(field: "z"))
        let path = ReferencePath(
            others: ["Y@2", "Z"],
            erpKeys: keys,
            crmKeys: keys,
            sharedKeys: keys,
            blankKey: "12",
            targets: [
                ReferencePath.Target(mapping: "Z", table: "t: 1", property: "p")
            ]
        )
        let fields = types.enumerated().map { index, type in
            FieldMapping(
                erp: FieldMapping.Field("yes\(index)", type),
                crm: FieldMapping.Field("null", .text(maximum: 10)),
                direction: Direction.allCases[index % 3],
                enabled: index % 2 == 0,
                reference: index < 9
                    ? nil
                    : FieldMapping.Reference(
                        mapping: "X",
                        erpHoldsKey: true,
                        required: false,
                        path: index == 9 ? nil : path
                    ),
                keepTargetWhenBlank: index % 4 == 0,
                allowTruncation: index % 5 == 0,
                rules: index % 3 == 0
                    ? FieldRules(fromERP: [
                        .uppercase, .addPrefix("12"), .invert(decimals: 10), .replace("a, {b}: \"c\"", with: "null"),
                    ])
                    : nil,
                zone: index == 5 ? TimeZoneRule("Europe/Stockholm") : nil,
                clearsWhenUncoupled: index == 9 ? true : nil,
                needsValue: index == 3 ? false : nil,
                updateConflicts: index < 3 ? ConflictRules.Update.allCases[index] : nil,
                isUnkept: index == 4 ? true : nil
            )
        }
        let constant = FieldMapping(
            erp: FieldMapping.Field("", .text(maximum: 0)),
            crm: FieldMapping.Field("c", .option),
            direction: .toIntegrationTable,
            constant: .number("7")
        )
        let mapping = TableMapping(
            name: "ITEM-PRODUCT OF US",
            erp: Self.table,
            crm: Self.table,
            direction: .fromIntegrationTable,
            fields: fields + [constant],
            matchRules: [MatchRule(pairs: [MatchRule.Pair(erp: "a", crm: "b")], caseSensitive: true, priority: 7)],
            onlyCoupled: false,
            isShared: true,
            conflictRules: ConflictRules(update: .crm, scope: .record, deletion: .uncouple),
            dependsOn: ["PAYMENT TERMS", "12"],
            companyStamp: Self.stamp(keys)
        )
        let reader = MappingFileReader(MappingFile.text([mapping]))
        #expect(reader.problems == [])
        #expect(reader.mappings == [mapping])
    }

    @Test("S0675 An added table whose fields are all disabled comes back from its file")
    func disabled() {
        let fields = ["a", "b"].map { name in
            FieldMapping(
                erp: FieldMapping.Field(name, .text(maximum: 0)),
                crm: FieldMapping.Field(name, .text(maximum: 0)),
                direction: .bidirectional,
                enabled: false
            )
        }
        var mapping = TableMapping(
            name: "ACTIVITY LOG",
            erp: Self.table,
            crm: Self.table,
            direction: .bidirectional,
            fields: fields,
            matchRules: []
        )
        mapping.onlyCoupled = true
        let reader = MappingFileReader(MappingFile.text([mapping]))
        #expect(reader.problems == [])
        #expect(reader.mappings == [mapping])
        #expect(reader.mappings.first?.enabledFields == [])
    }

    @Test(
        "S0341 A direction is shown by an arrow from the ERP, on the left, to the CRM",
        arguments: [
            (Direction.bidirectional, "↔"), (.toIntegrationTable, "→"), (.fromIntegrationTable, "←"),
        ]
    )
    func arrow(direction: Direction, arrow: String) { #expect(direction.arrow == arrow) }

    @Test("what a field mapping says is told in words", arguments: [Language.english, .swedish])
    func settings(language: Language) {
        let field = FieldMapping(
            erp: FieldMapping.Field("a", .code(maximum: 10)),
            crm: FieldMapping.Field("b", .text(maximum: 0)),
            direction: .toIntegrationTable,
            allowTruncation: true,
            rules: FieldRules(fromERP: [.trim, .addPrefix("SE-")]),
            needsValue: true
        )
        let console = Console(language: language, isJSON: false, saysYes: false, environment: [:])
        let said = language == .english ? ["may be cut", "needs a value"] : ["får kapas", "kräver ett värde"]
        #expect(FieldSettingText.parts(field, console) == ["→ trim | addPrefix 'SE-'"] + said)
        let types = [FieldType.dateTime, .personName(first: "a", last: "b", maximum: 50), .code(maximum: 10)]
        for type in types {
            let words = FieldTypeText.words(type, console)
            #expect(!words.contains(FieldTypeText.text(type)) && !words.hasPrefix("type."), "\(words)")
        }
    }

    private static let good = """
        mappings:
          - name: customer
            direction: both
            erp: { connection: erp, table: customers, id: id, name: displayName }
            crm: { connection: crm, table: accounts, id: accountid, name: name }
            fields:
              - { erp: displayName, erpType: text(100), crm: name, crmType: text(160), direction: both }
        """

    @Test("a small file is enough; names are in upper case")
    func small() throws {
        let reader = MappingFileReader(Self.good)
        #expect(reader.problems == [])
        let mapping = try #require(reader.mappings.first)
        #expect(mapping.name == "CUSTOMER")
        #expect(mapping.onlyCoupled)
        #expect(mapping.matchRules == [])
        #expect(reader.line(ofMapping: "CUSTOMER", field: "displayName|name") == 7)
        #expect(reader.line(ofMapping: "CUSTOMER", field: "name") == 7)
        #expect(reader.line(ofMapping: "CUSTOMER", field: "other") == 2)
    }

    @Test(
        "what is wrong is told with its line",
        arguments: [
            ("direction: both\n", "direction: sideways\n", 3, "file.wrongValue"),
            ("    direction: both\n", "", 2, "file.missingKey"),
            ("direction: both\n", "direction: both\n    colour: red\n", 4, "file.unknownKey"),
            ("text(160)", "text(0)", 7, "file.wrongValue"), ("text(160)", "varchar", 7, "file.wrongValue"),
            ("erp: displayName", "erp: ''", 7, "file.blank"), ("erp: displayName, ", "", 7, "file.missingKey"),
            ("name: displayName }", "name: displayName, filter: \"a = ) 1\" }", 4, "filter.unexpected"),
            ("name: displayName }", "name: displayName, filter: a ~ 1 }", 4, "filter.unexpected"),
            ("name: displayName }", "name: [a, b] }", 4, "file.notAText"),
            ("{ connection: erp, table: customers, id: id, name: displayName }", "erp", 4, "file.notAnObject"),
            ("name: customer\n", "name: customer\n    name: vendor\n", nil, nil),
            ("{ erp: displayName", "{ erp: [displayName", 7, "file.notYAML"),
            ("direction: both }", "direction: both, rules: { fromERP: [shout] } }", 7, nil),
        ] as [(String, String, Int?, String?)]
    )
    func problems(part: String, replacement: String, line: Int?, code: String?) throws {
        let text = Self.good.replacing(part, with: replacement, maxReplacements: 1)
        #expect(text != Self.good)
        let reader = MappingFileReader(text)
        let problem = try #require(reader.problems.first, "\(text)")
        if let line { #expect(problem.line == line, "\(reader.problems)") }
        if let code { #expect(problem.message.code == code, "\(reader.problems)") }
    }

    @Test(
        "a match rule that compares nothing is told with its line and its place",
        arguments: [
            ("[]", "file.emptyList", "pairs"), ("", "file.notAList", "pairs"), ("{}", "file.notAList", "pairs"),
            ("[{}]", "file.missingKey", "erp"), ("[{ erp: a, crm: '' }]", "file.blank", "crm"),
            (nil, "file.missingKey", "pairs"),
        ] as [(String?, String, String)]
    )
    func matchesNothing(pairs: String?, code: String, key: String) throws {
        let rules = "\n    match:\n      - priority: 1\n" + (pairs.map { "        pairs: \($0)\n" } ?? "")
        let problem = try #require(MappingFileReader(Self.good + rules).problems.first)
        #expect(problem.message.code == code)
        #expect(problem.message.arguments["path"]?.hasPrefix("CUSTOMER.match[1]") == true)
        #expect(problem.message.arguments["key"] == key)
        #expect(problem.line == (pairs == nil ? 9 : 10))
    }

    @Test("lists without elements are written as lists")
    func emptyLists() throws {
        var mapping = try #require(MappingFileReader(Self.good).mappings.first)
        mapping.fields = []
        mapping.erp.templates = []
        let reader = MappingFileReader(MappingFile.text([mapping]))
        #expect(reader.problems == [])
        #expect(reader.mappings == [mapping])
        mapping.matchRules = [MatchRule(pairs: [])]
        #expect(MappingFileReader(MappingFile.text([mapping])).problems.map(\.message.code) == ["file.emptyList"])
    }

    @Test("all problems of a file are told together")
    func together() {
        let text = Self.good.replacing("text(100)", with: "text()").replacing("direction: both", with: "direction: x")
        #expect(MappingFileReader(text).problems.count == 3)
    }

    @Test("an empty file is a problem", arguments: ["", "# nothing\n", "mappings: []\n", "mappings:\n"])
    func empty(text: String) { #expect(!MappingFileReader(text).problems.isEmpty) }

    @Test("a difference shows what goes and what comes")
    func difference() throws {
        let before = try #require(MappingFileReader(Self.good).mappings.first)
        var after = before
        after.fields[0].direction = .toIntegrationTable
        after.onlyCoupled = false
        let lines = MappingDiff(before: before, after: after).lines
        let removed = lines.filter { if case .removed = $0 { true } else { false } }
        let added = lines.filter { if case .added = $0 { true } else { false } }
        #expect(removed.count == 2)
        #expect(added.count == 2)
        #expect(lines.count == MappingFile.lines(after).count + 2)
        #expect(MappingDiff(before: nil, after: after).lines.count == MappingFile.lines(after).count)
    }
}

@Suite("Filters in mapping files")
struct FilterInFileTests {
    @Test(
        "a filter is shown as it is read",
        arguments: [
            .everything, .compare(field: "a", .equal, .text("it's")), .blank(field: "a"),
            .compare(field: "a", .equal, .text("10")), .like(field: "a", TextPattern(spelling: "x*")),
            .all([
                .compare(field: "a", .equal, .number("1")),
                .any([.compare(field: "b", .equal, .boolean(true)), .compare(field: "c", .equal, .null)]),
            ]),
        ] as [RecordFilter]
    )
    func shown(filter: RecordFilter) throws {
        let text = filter.formula
        #expect(try RecordFilter(parsing: text, in: FilterContext(side: .erp)) == filter)
    }
}
