import CoupletCore

/// A table of customers as a feed reads it, with the bases that belong to it: the same for every run.
struct Workload {
    static let recordCount = 100_000

    let program: MappingProgram
    /// Every record as the ERP's feed gives it.
    let page: RowPage
    /// The base of every record.
    let bases: BasePage
    /// The records that differ from their base.
    let changed: Int

    /// Makes a page of which one record in so many has changed in one field; 0 for none.
    init(side: Side, oneChangedIn: Int) throws {
        program = try Workload.makeProgram()
        var page = RowPage(layout: program.layouts[side])
        var bases = BasePage(layout: program.baseLayout)
        page.reserve(rows: Workload.recordCount, bytes: Workload.recordCount * 256)
        bases.reserve(bases: Workload.recordCount, bytes: Workload.recordCount * 256)
        var changed = 0
        for number in 0..<Workload.recordCount {
            let pairs = Workload.values(number)
            var values: [Value?] = pairs.map { $0[side] }
            if oneChangedIn > 0, number % oneChangedIn == oneChangedIn / 2 {
                values[number % Workload.fields.count] = .text("changed \(number)")
                changed += 1
            }
            values += Array(repeating: Value.null, count: page.layout.fields.count - values.count)
            page.append(
                id: RecordID(high: 1, low: UInt64(number)),
                version: "W/\"\(number)\"".utf8,
                kind: .present,
                row: EncodedRow(values).bytes
            )
            bases.append(Base(layout: program.baseLayout, values: pairs))
        }
        self.page = page
        self.bases = bases
        self.changed = changed
    }

    /// The mapping of all workloads, compiled.
    static func makeProgram() throws -> MappingProgram {
        let mapping = Workload.mapping(Workload.fields)
        return try MappingProgram(
            mapping: mapping,
            layouts: BySide(
                erp: RowLayout(number: 1, fields: MappingProgram.feedFields(of: [mapping], side: .erp)),
                crm: RowLayout(number: 2, fields: MappingProgram.feedFields(of: [mapping], side: .crm))
            ),
            baseLayout: RowLayout(number: 3, fields: MappingProgram.baseFields(of: mapping))
        )
    }

    /// Twelve text fields, two of them usually blank.
    private static let fields = (0..<12).map { index in
        FieldMapping(
            erp: FieldMapping.Field("erpField\(index)", .text(maximum: 100)),
            crm: FieldMapping.Field("crmfield\(index)", .text(maximum: 160)),
            direction: .bidirectional
        )
    }

    static func values(_ number: Int) -> [BySide<Value>] {
        let texts = [
            "C\(100_000 + number)", "Trading Company No. \(number)", "\(number % 400) Harbour Street", "",
            "\(10_000 + number % 80_000)", "Gothenburg", "Västra Götaland", "SE", "office\(number)@example.com",
            "https://www.example.com/\(number)", "+46 31 \(100_000 + number)", "",
        ]
        return texts.map { BySide(erp: .text($0), crm: $0.isEmpty ? .null : .text($0)) }
    }

    private static func mapping(_ fields: [FieldMapping]) -> TableMapping {
        TableMapping(
            name: "CUSTOMER",
            erp: TableMapping.Table(
                connection: "erp",
                table: "customers",
                idField: "id",
                keyField: "erpField0",
                nameField: "erpField1",
                modifiedField: "modified"
            ),
            crm: TableMapping.Table(
                connection: "crm",
                table: "accounts",
                idField: "id",
                keyField: "crmfield0",
                nameField: "crmfield1"
            ),
            direction: .bidirectional,
            fields: fields,
            matchRules: [
                MatchRule(pairs: [MatchRule.Pair(erp: "erpField0", crm: "crmfield0")], priority: 0),
                MatchRule(
                    pairs: [
                        MatchRule.Pair(erp: "erpField1", crm: "crmfield1"),
                        MatchRule.Pair(erp: "erpField5", crm: "crmfield5"),
                    ],
                    priority: 1
                ),
            ]
        )
    }
}
