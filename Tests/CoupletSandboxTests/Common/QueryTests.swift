import CoupletSandbox
import Testing

@Suite("Stand-ins: queries")
struct QueryTests {
    private static let schema = TableSchema(
        entitySet: "things",
        entityName: "thing",
        columns: [
            SandboxColumn("id", .guid, source: .id, blank: "null"), SandboxColumn("name", .text, blank: "null"),
            SandboxColumn("size", .integer, blank: "null"), SandboxColumn("born", .date, blank: "null"),
            SandboxColumn("owner", .guid, blank: "null"), SandboxColumn("big", .boolean, blank: "null"),
            SandboxColumn("changed", .dateTime, source: .modifiedAt, blank: "null"),
            SandboxColumn("version", .integer, source: .version, blank: "null"),
        ]
    )

    private static let owner = "2b00a947-d5bf-5f5e-9ffb-a7d53d0b076d"

    private static let table: SandboxTable = {
        var table = SandboxTable(schema: schema)
        let rows = [
            ["Ånga", "5", "2020-01-02", owner, "true"], ["it's", "12", "", "", "false"], ["", "", "", "", ""],
        ]
        for (index, row) in rows.enumerated() {
            table.insert(
                id: SandboxGUID(high: 0, low: UInt64(index + 1)),
                texts: [""] + row + ["", ""],
                version: Int64(10 + index),
                createdAt: SandboxInstant(milliseconds: Int64(index) * 1_000)
            )
        }
        return table
    }()

    @Test(arguments: [
        ("name eq 'ÅNGA'", [1]), ("name ne 'ånga'", [2, 3]), ("name eq null", [3]), ("null ne name", [1, 2]),
        ("name eq 'it''s'", [2]), ("size gt 5", [2]), ("5 le size", [1, 2]), ("size eq 5.0", [1]),
        ("size eq null", [3]),
        ("born ge 2020-01-01", [1]), ("owner eq \(owner)", [1]), ("owner ne \(owner)", [2, 3]), ("big eq true", [1]),
        ("big ne true", [2, 3]), ("changed ge 1970-01-01T00:00:01Z", [2, 3]), ("version gt 11", [3]),
        ("contains(name,'NG') or size eq 12", [1, 2]), ("startswith(name,'it') and not (size lt 3)", [2]),
        ("not contains(name,'n') and name ne null", [2]), ("endswith(tolower(name),'GA')", [1]),
        ("size eq 5 or size eq 12 and name eq 'x'", [1]), ("(size eq 5 or size eq 12) and name eq 'it''s'", [2]),
        ("id eq 00000000-0000-0000-0000-000000000002 or id eq 00000000-0000-0000-0000-000000000003", [2, 3]),
        ("id eq 00000000-0000-0000-0000-000000000002 and size eq 5", []), ("1 eq 1", [1, 2, 3]), ("name lt name", []),
    ])
    func `a filter chooses rows`(_ text: String, _ expected: [UInt64]) throws {
        let filter = try CompiledFilter(FilterExpression(parsing: text), schema: Self.schema, rule: .caseless)
        var query = TableQuery(limit: 10)
        query.filter = filter
        var table = Self.table
        #expect(try table.run(query).rows.map(\.id.low) == expected)
        #expect(table.total(filter) == expected.count)
    }

    @Test(arguments: [
        ("name eq", QueryError.Kind.syntax), ("eq 'a'", .syntax), ("name eq 'a' and", .syntax),
        ("(name eq 'a'", .syntax),
        ("name eq 'a", .syntax), ("name 'a'", .syntax), ("contains(name)", .syntax), ("", .syntax),
        ("year(born) eq 2020", .unsupported), ("nome eq 'a'", .unknownProperty("nome")),
        ("name eq 5", .incompatibleTypes), ("size eq 'a'", .incompatibleTypes), ("owner eq 'a'", .incompatibleTypes),
        ("contains(size,'a')", .incompatibleTypes),
    ])
    func `a filter with a mistake is refused`(_ text: String, _ kind: QueryError.Kind) {
        let error = #expect(throws: QueryError.self) {
            try CompiledFilter(FilterExpression(parsing: text), schema: Self.schema, rule: .exact)
        }
        #expect(error?.kind == kind)
    }

    @Test func `very deep filters are refused, not run`() {
        let text = String(repeating: "(", count: 5_000) + "size eq 1" + String(repeating: ")", count: 5_000)
        #expect(throws: QueryError.self) { try FilterExpression(parsing: text) }
    }

    @Test func `only rows that can match are tested`() throws {
        func candidates(_ text: String) throws -> CompiledFilter.Candidates {
            try CompiledFilter(FilterExpression(parsing: text), schema: Self.schema, rule: .exact).candidates
        }
        let (one, two) = (SandboxGUID(high: 0, low: 1), SandboxGUID(high: 0, low: 2))
        #expect(try candidates("id eq \(one) or \(two) eq id") == .ids([one, two]))
        #expect(try candidates("id eq \(one) or size eq 1") == .all)
        #expect(try candidates("id eq \(one) and size eq 1") == .ids([one]))
        let since = SandboxInstant(milliseconds: 5_000)
        #expect(try candidates("size eq 1 and changed gt \(since.text)") == .modifiedSince(since))
        #expect(try candidates("not (id eq \(one))") == .all)
    }

    @Test func `options are read from forms`() throws {
        let query =
            "%24select=a,+b&$filter=name+eq+%27a%26b%27&$orderby=a+desc,b&$top=5&$skip=2&$count=true&company=x%20y"
        let options = try QueryOptions(query: query)
        #expect(options.select == ["a", "b"])
        #expect(options.filter == .compare(.property("name"), .eq, .literal(.string("a&b"))))
        #expect(options.orderBy.map(\.name) == ["a", "b"])
        #expect(options.orderBy.map(\.isDescending) == [true, false])
        #expect(options.top == 5 && options.skip == 2 && options.count)
        #expect(options.others == ["company": "x y"])
        #expect(
            options.rawQuery(without: ["$select", "$filter", "$orderby", "$top"]) == "$skip=2&$count=true&company=x%20y"
        )
        #expect(throws: QueryError.self) { try QueryOptions(query: "$top=-1") }
        #expect(throws: QueryError.self) { try QueryOptions(query: "$orderby=a upwards") }
    }
}
