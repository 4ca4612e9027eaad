import CoupletSandbox
import Testing

@Suite("Stand-ins: tables")
struct SandboxTableTests {
    private static let schema = TableSchema(
        entitySet: "things",
        entityName: "thing",
        columns: [
            SandboxColumn("id", .guid, source: .id, blank: "null"), SandboxColumn("code", .code, blank: "\"\""),
            SandboxColumn("note", .text, blank: "null"),
            SandboxColumn("changed", .dateTime, source: .modifiedAt, blank: "null"),
        ],
        naturalKey: "code",
        resolution: .seconds
    )

    private func time(_ seconds: Int64) -> SandboxInstant { SandboxInstant(milliseconds: seconds * 1_000 + 999) }

    private func id(_ number: UInt64) -> SandboxGUID { SandboxGUID(high: 0, low: number) }

    @Test func `rows are found by the record they belong to, wherever they move`() throws {
        let columns = [
            SandboxColumn("id", .guid, source: .id, blank: "null"), SandboxColumn("parent", .guid, blank: "null"),
        ]
        let schema = TableSchema(entitySet: "parts", entityName: "part", columns: columns, parentKey: "parent")
        var table = SandboxTable(schema: schema)
        let (one, two) = (id(101), id(102))
        for number: UInt64 in 1...4 {
            let parent = number < 4 ? one : two
            table.insert(id: id(number), texts: ["", "\(parent)"], version: Int64(number), createdAt: time(1))
        }
        table.update(id: id(2), texts: ["", "\(two)"], version: 5, modifiedAt: time(2))
        table.delete(id: id(3), version: 6, deletedAt: time(2))
        func parts(of parent: SandboxGUID) throws -> [SandboxGUID] {
            var query = TableQuery(limit: 9)
            let filter = try FilterExpression(parsing: "parent eq \(parent)")
            query.filter = try CompiledFilter(filter, schema: schema, rule: .exact)
            #expect(query.filter?.candidates == .parent(parent.description))
            return try table.run(query).rows.map(\.id)
        }
        #expect(try parts(of: one) == [id(1)])
        #expect(try parts(of: two) == [id(2), id(4)])
        #expect(try parts(of: id(103)).isEmpty)
    }

    @Test func `changes and deletions since a version are told once`() {
        var table = SandboxTable(schema: Self.schema)
        for number: UInt64 in 1...3 {
            table.insert(id: id(number), texts: ["", "C\(number)", "", ""], version: Int64(number), createdAt: time(1))
        }
        table.update(id: id(1), texts: ["", "C1", "new", ""], version: 4, modifiedAt: time(2))
        table.update(id: id(1), texts: ["", "C1", "newer", ""], version: 5, modifiedAt: time(3))
        table.delete(id: id(2), version: 6, deletedAt: time(4))
        #expect(table.rows(writtenAfter: 0).map(\.id) == [id(3), id(1)])
        #expect(table.rows(writtenAfter: 3).map(\.version) == [5])
        #expect(table.rows(writtenAfter: 5).isEmpty)
        #expect(table.deletions(after: 5).map(\.id) == [id(2)])
        #expect(table.deletions(after: 6).isEmpty)
        table.insert(id: id(2), texts: ["", "C2", "", ""], version: 7, createdAt: time(5))
        #expect(table.deletions(after: 0).isEmpty)
        let isUpdated = table.update(id: id(9), texts: ["", "", "", ""], version: 8, modifiedAt: time(6))
        let isDeleted = table.delete(id: id(9), version: 8, deletedAt: time(6))
        #expect(!isUpdated && !isDeleted)
    }

    @Test func `values of any length come back, and times lose what the schema does not keep`() throws {
        var table = SandboxTable(schema: Self.schema)
        let notes = [
            "", "x", String(repeating: "å", count: 63), String(repeating: "y", count: 128),
            String(repeating: "z", count: 70_000),
        ]
        for (number, note) in notes.enumerated() {
            table.insert(
                id: id(UInt64(number)),
                texts: ["", "C", note, ""],
                version: Int64(number),
                createdAt: time(1)
            )
            let row = try #require(table[id(UInt64(number))])
            #expect(row.fields.texts == ["", "C", note, ""])
            #expect(row.fields.text(at: 2) == note)
            #expect(row.modifiedAt.milliseconds == 1_000)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a generated history reads like a plain list`(_ seed: UInt64) throws {
        var random = SandboxGenerator(seed: seed)
        var table = SandboxTable(schema: Self.schema)
        var plain: [SandboxGUID: (code: String, version: Int64)] = [:]
        for version in 1...600 as ClosedRange<Int64> {
            let target = id(random.next() % 60)
            let code = "K\(random.next() % 1_000_000)"
            switch random.next() % 10 {
            case 0:
                let isDeleted = table.delete(id: target, version: version, deletedAt: time(version))
                #expect(isDeleted == (plain[target] != nil))
                plain[target] = nil
            case 1...5 where plain[target] == nil:
                table.insert(id: target, texts: ["", code, "", ""], version: version, createdAt: time(version))
                plain[target] = (code, version)
            default:
                let isThere = table.update(
                    id: target,
                    texts: ["", code, "", ""],
                    version: version,
                    modifiedAt: time(version)
                )
                #expect(isThere == (plain[target] != nil))
                if isThere { plain[target] = (code, version) }
            }
            guard version.isMultiple(of: 50) else { continue }
            try compare(&table, plain, since: version - 20)
        }
    }

    private func compare(
        _ table: inout SandboxTable,
        _ plain: [SandboxGUID: (code: String, version: Int64)],
        since: Int64
    ) throws {
        let ordered = plain.sorted { ($0.value.code, $0.key) < ($1.value.code, $1.key) }
        #expect(table.count == plain.count)
        #expect(table.rows().map(\.id) == ordered.map(\.key))
        var (query, paged): (TableQuery, [SandboxGUID]) = (TableQuery(limit: 7), [])
        repeat {
            let result = try table.run(query)
            paged += result.rows.map(\.id)
            query.continuation = result.continuation
        } while query.continuation != nil
        #expect(paged == ordered.map(\.key))
        let recent = plain.filter { $0.value.version >= since }.map(\.key)
        #expect(Set(table.rows(writtenAfter: since - 1).map(\.id)) == Set(recent))
        let filter = try FilterExpression(parsing: "changed ge \(SandboxInstant(milliseconds: since * 1_000).text)")
        var incremental = TableQuery(limit: 1_000)
        incremental.filter = try CompiledFilter(filter, schema: Self.schema, rule: .exact)
        #expect(Set(try table.run(incremental).rows.map(\.id)) == Set(recent))
        for (key, value) in plain { #expect(table.row(naturalKey: value.code)?.id == key) }
    }

    @Test func `a continuation of another query is refused`() throws {
        var table = SandboxTable(schema: Self.schema)
        var query = TableQuery(limit: 1)
        for token in ["", "zz", "00", "abc"] {
            query.continuation = token
            #expect(throws: QueryError.self) { try table.run(query) }
        }
    }
}
