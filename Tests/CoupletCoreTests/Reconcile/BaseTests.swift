import CoupletCore
import CoupletTestSupport
import Testing

@Suite("Bases as a store keeps them")
struct BaseTests {
    static let layout = RowLayout(number: 300, fields: ["a", "b", "c", "d", "e"])
    static let values: [BySide<Value>?] = [
        .both("same on both"), BySide(erp: "", crm: .null), nil, BySide(erp: .number("1.50"), crm: .number("1.5")),
        BySide(erp: .boolean(true), crm: "yes é 😀"),
    ]

    @Test func `values come back as they were settled`() throws {
        let base = Base(layout: Self.layout, values: Self.values)
        let read = try #require(Base(blob: base.blob, layout: Self.layout))
        #expect(read == base)
        #expect(Self.layout.fields.indices.map { read.values(at: $0) } == Self.values)
        #expect(read.values(of: "d") == BySide(erp: .number("1.50"), crm: .number("1.5")))
        #expect(read.values(of: "c") == nil)
        #expect(read.values(of: "unknown") == nil)
        #expect(Base.layoutNumber(ofBlob: base.blob) == 300)
    }

    @Test func `a CRM value equal to the ERP's takes no bytes of its own`() {
        let one = Base(layout: Self.layout, values: [.both("a long value that both sides have"), nil, nil, nil, nil])
        #expect(one.crm.bytes.count == Self.layout.fields.count * 4)
    }

    @Test func `an empty base has no values`() throws {
        let base = Base.empty(layout: Self.layout)
        #expect(Self.layout.fields.allSatisfy { base.values(of: $0) == nil })
        #expect(Base(blob: base.blob, layout: Self.layout) == base)
    }

    @Test func `a blob of another layout is not read as this one`() {
        let blob = Base(layout: Self.layout, values: Self.values).blob
        #expect(Base(blob: blob, layout: RowLayout(number: 301, fields: Self.layout.fields)) == nil)
        #expect(Base.layoutNumber(ofBlob: blob) == 300)
    }

    @Test func `a blob cut off anywhere is refused`() {
        let blob = Base(layout: Self.layout, values: Self.values).blob
        for length in 0..<blob.count { #expect(Base(blob: blob.prefix(length), layout: Self.layout) == nil) }
        #expect(Base(blob: blob + [0], layout: Self.layout) == nil)
        #expect(Base.layoutNumber(ofBlob: [1, 2, 3]) == nil)
    }

    @Test func `a blob with any byte changed is refused or read, never a crash`() {
        let blob = Base(layout: Self.layout, values: Self.values).blob
        var random = SeededGenerator(seed: 5)
        for position in blob.indices {
            for _ in 0..<4 {
                var damaged = blob
                damaged[position] = UInt8.random(in: .min ... .max, using: &random)
                guard let base = Base(blob: damaged, layout: Self.layout) else { continue }
                for field in Self.layout.fields { _ = base.values(of: field) }
            }
        }
    }

    @Test func `random bytes are refused or read, never a crash`() {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<2000 {
            var bytes = (0..<random.below(80)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            if bytes.count > 8 { bytes.replaceSubrange(0..<8, with: [44, 1, 0, 0, UInt8(random.below(60)), 0, 0, 0]) }
            guard let base = Base(blob: bytes, layout: Self.layout) else { continue }
            for field in Self.layout.fields { _ = base.values(of: field) }
        }
    }
}

@Suite("Scanning pages for changes")
struct ChangeScanTests {
    static let fields = [
        Sample.field("a"), Sample.field("n", .decimal, .decimal), Sample.field("k", .code(maximum: 9), Sample.text),
        Sample.field("b"),
    ]

    private static func randomValue(_ random: inout SeededGenerator, _ type: FieldType) -> Value? {
        switch random.below(12) {
        case 0: return nil
        case 1: return .null
        case 2: return ""
        default: break
        }
        return switch type {
        case .decimal: .number(random.pick(["1", "1.0", "2", "2.50", "2.5", "0"]))
        default: .text(random.pick(["x", "X", "x ", "eight 88", "a rather long text", "a rather long texT"]))
        }
    }

    /// What a value means by the field's type, without the code under test; nil for absent.
    private static func meaning(_ value: Value?, _ type: FieldType) -> String? {
        guard let value else { return nil }
        return switch type {
        case .decimal: "\(Double(value.text.isEmpty ? "0" : value.text) ?? .nan)"
        case .code: value.text.uppercased().filter { $0 != " " }
        default: value.text
        }
    }

    @Test(arguments: Side.allCases)
    func `a scan finds exactly the rows and fields that mean something else`(side: Side) throws {
        let program = try Sample.program(Sample.mapping("THING", Self.fields))
        var random = SeededGenerator(seed: 11)
        var page = RowPage(layout: program.layouts[side])
        var bases = BasePage(layout: program.baseLayout)
        var expected: [ChangeScan.Hit] = []
        for index in 0..<4000 {
            let pairs: [BySide<Value>?] = Self.fields.map { field in
                guard let erp = Self.randomValue(&random, field.erp.type) else { return nil }
                let crm = random.oneIn(3) ? Self.randomValue(&random, field.crm.type) ?? .null : erp
                return BySide(erp: erp, crm: crm)
            }
            var values: [Value?] = zip(Self.fields, pairs).map { field, pair in
                if random.oneIn(8) { return Self.randomValue(&random, field.field(side).type) }
                return random.oneIn(8) ? pair?[side.other] : pair?[side]
            }
            let hasBase = !random.oneIn(20)
            var hit = ChangeScan.Hit(index: index, fields: FieldMask(), needsBase: !hasBase)
            for (position, field) in Self.fields.enumerated() where hasBase {
                let type = field.field(side).type
                let before = Self.meaning(pairs[position]?[side], type)
                let now = Self.meaning(values[position], type)
                if before == nil { hit.needsBase = true }
                if let before, let now, before != now { hit.fields.insert(position) }
            }
            if hit.needsBase || !hit.fields.isEmpty { expected.append(hit) }
            values += Array(repeating: .null, count: page.layout.fields.count - values.count)
            let row = EncodedRow(values)
            page.append(id: Sample.id(index, side), version: "v".utf8, kind: .present, row: row.bytes)
            bases.append(hasBase ? Base(layout: program.baseLayout, values: pairs) : nil)
        }
        #expect(ChangeScan(program: program, side: side).scan(page, against: bases) == expected)
        #expect(expected.count > 1000 && expected.count < 3900)
    }

    @Test func `bytes are compared to the last one, whatever their number`() {
        for count in 0..<40 {
            let one = (0..<count).map { UInt8($0 * 7 & 255) }
            one.withUnsafeBytes { one in
                #expect(one.hasSameBytes(as: UnsafeRawBufferPointer(rebasing: one[...])))
                for position in 0..<count {
                    var two = Array(one)
                    two[position] ^= 1
                    #expect(!two.withUnsafeBytes { one.hasSameBytes(as: $0) })
                }
                #expect(!(Array(one) + [0]).withUnsafeBytes { one.hasSameBytes(as: $0) })
            }
        }
    }

    @Test func `changed fields are named, tombstones passed over, missing bases told`() throws {
        let program = try Sample.program([Sample.field("a"), Sample.field("b")])
        let other = RowLayout(number: 77, fields: program.baseLayout.fields)
        let base = Base(layout: program.baseLayout, values: [.both("A"), BySide(erp: "", crm: .null)])
        var page = RowPage(layout: program.layouts.crm)
        var bases = BasePage(layout: program.baseLayout)
        func add(_ kind: RowKind, _ values: [String: Value?], _ place: Base?) {
            let row = Sample.row(values, program.layouts.crm)
            page.append(id: Sample.id(page.count, .crm), version: "".utf8, kind: kind, row: row.row.bytes)
            bases.append(place)
        }
        add(.present, ["c_a": "A", "c_b": .null], base)
        add(.present, ["c_a": "A", "c_b": "B"], base)
        add(.tombstone, [:], base)
        add(.present, ["c_a": "A"], nil)
        add(.present, ["c_a": "A"], Base(layout: other, values: [.both("A"), .both("B")]))
        add(.present, ["c_a": "A", "c_b": .null], Base(layout: program.baseLayout, values: [.both("A"), nil]))
        let hits = ChangeScan(program: program, side: .crm).scan(page, against: bases)
        #expect(hits.map(\.index) == [1, 3, 4, 5])
        #expect(hits.map(\.fields.positions) == [[1], [], [], []])
        #expect(hits.map(\.needsBase) == [false, true, true, true])
    }

    @Test func `a damaged base counts as none`() throws {
        let program = try Sample.program([Sample.field("a")])
        let blob = Base(layout: program.baseLayout, values: [.both("A")]).blob
        var page = RowPage(layout: program.layouts.erp)
        var bases = BasePage(layout: program.baseLayout)
        for place in [blob, Array(blob.dropLast()), [], [9]] {
            let row = Sample.row(["e_a": "A"], program.layouts.erp)
            page.append(id: Sample.id(page.count), version: "".utf8, kind: .present, row: row.row.bytes)
            bases.append(blob: place)
        }
        let hits = ChangeScan(program: program, side: .erp).scan(page, against: bases)
        #expect(hits.map(\.index) == [1, 2, 3])
        #expect(hits.allSatisfy { $0.needsBase })
    }

    @Test func `sets of fields reach over all their words`() {
        var mask = FieldMask()
        #expect(mask.isEmpty)
        for position in [255, 0, 64, 63, 128] { mask.insert(position) }
        #expect(mask.positions == [0, 63, 64, 128, 255])
        #expect(mask.contains(64) && !mask.contains(65))
        var other = FieldMask(first: 2)
        other.formUnion(mask)
        #expect(other.positions == [0, 1, 63, 64, 128, 255])
    }
}
