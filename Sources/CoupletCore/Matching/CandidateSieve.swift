/// Keeps, of many records, those that have most in common with one record, and now and then another one, so that its
/// counterparts can be suggested at once instead of with everybody's.
///
/// Records have in common what three letters or digits in a row their compared fields share; what few share counts more.
public struct CandidateSieve: Sendable {
    /// The most records of a side that are kept because they are alike.
    static let alike = 200
    /// About how many of a side's records are kept besides: from them is learned what is common.
    static let learnedFrom = 1_000
    /// The most groups of letters of the record that are looked for.
    static let groups = 256

    private struct Seen {
        var id: RecordID
        var shared: SIMD4<UInt64>
    }

    private let layouts: BySide<RowLayout>
    private let fields: [ComparedField]
    private let positions: BySide<[Int]>
    private var numbers: [UInt32: Int] = [:]
    private var counts: [Int] = []
    private let step: BySide<Int>
    private var count = BySide(erp: 0, crm: 0)
    private var seen = BySide<[Seen]>(erp: [], crm: [])
    private var others = BySide<Set<RecordID>>(erp: [], crm: [])

    /// Creates a sieve.
    /// - Parameters:
    ///   - program: The mapping, which says what is compared.
    ///   - side: The side of the record.
    ///   - row: The record's values.
    ///   - totals: About how many records will come, by side.
    public init(program: MappingProgram, side: Side, row: ObservedRow, totals: BySide<Int>) {
        let fields = ComparedField.all(of: program.mapping)
        let layouts = program.layouts
        self.fields = fields
        self.layouts = layouts
        positions = BySide(
            erp: fields.map { layouts.erp.position(of: $0.erp) ?? -1 },
            crm: fields.map { layouts.crm.position(of: $0.crm) ?? -1 }
        )
        step = BySide(
            erp: max(1, totals.erp / Self.learnedFrom),
            crm: max(1, totals.crm / Self.learnedFrom)
        )
        var numbers: [UInt32: Int] = [:]
        forEachGroup(of: row, side) { group in
            if numbers[group] == nil, numbers.count < Self.groups { numbers[group] = numbers.count }
        }
        self.numbers = numbers
        counts = Array(repeating: 0, count: numbers.count)
    }

    /// Looks at a record.
    public mutating func add(side: Side, id: RecordID, row: ObservedRow) {
        if count[side].isMultiple(of: step[side]) { others[side].insert(id) }
        count[side] += 1
        var shared = SIMD4<UInt64>()
        let numbers = numbers
        forEachGroup(of: row, side) { group in
            if let number = numbers[group] { shared[number >> 6] |= 1 << UInt64(number & 63) }
        }
        guard shared != SIMD4() else { return }
        seen[side].append(Seen(id: id, shared: shared))
        for number in counts.indices where Self.has(shared, number) { counts[number] += 1 }
    }

    /// The records of a side that are kept.
    public func kept(_ side: Side) -> Set<RecordID> {
        let weights = counts.map { 1 / Double($0 + 1) }
        let scored = seen[side].map { record in
            let score = weights.indices.reduce(0.0) { $0 + (Self.has(record.shared, $1) ? weights[$1] : 0) }
            return (score: score, id: record.id)
        }
        let best = scored.sorted { ($0.score, $1.id) > ($1.score, $0.id) }.prefix(Self.alike)
        return others[side].union(best.map(\.id))
    }

    private static func has(_ shared: SIMD4<UInt64>, _ number: Int) -> Bool {
        shared[number >> 6] >> UInt64(number & 63) & 1 == 1
    }

    /// Calls with every three letters or digits in a row, those of a shorter word with blanks.
    private func forEachGroup(of row: ObservedRow, _ side: Side, _ body: (UInt32) -> Void) {
        let places =
            row.layout == layouts[side]
            ? positions[side] : fields.map { row.layout.position(of: $0.name(side)) ?? -1 }
        row.row.withView(fieldCount: row.layout.fields.count) { view in
            for place in places where place >= 0 {
                let field = view.field(at: place)
                guard field.tag == .text || field.tag == .number else { continue }
                for token in TextFolding.tokens(field.bytes) {
                    if token.count < 3 {
                        body(token.reduce(0) { $0 << 8 | UInt32($1) })
                        continue
                    }
                    for start in 0...(token.count - 3) {
                        body(token[start..<start + 3].reduce(0) { $0 << 8 | UInt32($1) })
                    }
                }
            }
        }
    }
}
