/// Suggests counterparts for records that no match rule settles: records that are alike without being equal.
///
/// What counts as alike is learned from the records themselves, without a word from a person; see `docs/MATCHING.md`.
/// The score of a candidate is the probability that it is the counterpart, given all other candidates of both records,
/// of which at most one can be.
public struct SuggestionFinder: Sendable {
    let fields: [ComparedField]
    private let layouts: BySide<RowLayout>
    private let positions: BySide<[Int]>
    var raw: BySide<RawValues>
    private var isFree = BySide<[Bool]>(erp: [], crm: [])
    /// The most candidates of a record that are compared in full, of those with most in common.
    static let compared = 16
    /// How many records of a side the model is learned from at most.
    static let learned = 4_000

    /// Creates a finder that compares what a mapping lets compare.
    public init(program: MappingProgram) {
        self.init(fields: ComparedField.all(of: program.mapping), layouts: program.layouts)
    }

    /// Creates a finder.
    /// - Parameters:
    ///   - fields: What is compared; a field that a layout lacks is blank.
    ///   - layouts: The layouts of most rows that will come.
    public init(fields: [ComparedField], layouts: BySide<RowLayout>) {
        self.fields = Array(fields.prefix(20))
        self.layouts = layouts
        positions = BySide(
            erp: self.fields.map { layouts.erp.position(of: $0.erp) ?? -1 },
            crm: self.fields.map { layouts.crm.position(of: $0.crm) ?? -1 }
        )
        let none = RawValues(fieldCount: self.fields.count)
        raw = BySide(erp: none, crm: none)
    }

    /// Adds a record that lies within the mapping's filter.
    /// - Parameters:
    ///   - side: Its side.
    ///   - id: Its id.
    ///   - row: Its values.
    ///   - isFree: Whether a counterpart is sought; other records only tell what is common and how records of one side
    ///     resemble each other.
    public mutating func add(side: Side, id: RecordID, row: ObservedRow, isFree: Bool = true) {
        self.isFree[side].append(isFree)
        let places =
            row.layout == layouts[side]
            ? positions[side] : fields.map { row.layout.position(of: $0.name(side)) ?? -1 }
        row.row.withView(fieldCount: row.layout.fields.count) { raw[side].append(id: id, $0, at: places) }
    }

    /// Finds candidates for the ERP's records; what was added is used up by it.
    /// - Parameters:
    ///   - taken: Records that have found their counterpart otherwise; they are neither given nor listed as candidates.
    ///   - minimum: The least score of a record's best candidate for it to be suggested, from 0 to 1.
    ///   - listed: The least score of a candidate to be listed.
    /// - Returns: The ERP's records that have a good candidate, in the order of their ids, each with its candidates.
    public mutating func suggestions(
        excluding taken: BySide<Set<RecordID>> = BySide(erp: [], crm: []),
        from minimum: Double = 0.5,
        listing listed: Double = 0.02
    ) -> [Matcher.Ambiguity] {
        for side in Side.allCases where !taken[side].isEmpty {
            for (record, id) in raw[side].ids.enumerated() where taken[side].contains(id) {
                isFree[side][record] = false
            }
        }
        guard isFree.erp.contains(true), isFree.crm.contains(true) else { return [] }
        let ids = BySide(erp: raw.erp.ids, crm: raw.crm.ids)
        let search = SuggestionSearch(traits: takeTraits(), isFree: isFree)
        let model = search.learn()
        let scored = search.score(model)
        var result: [Matcher.Ambiguity] = []
        for (erp, candidates) in scored.enumerated() {
            guard let best = candidates.first, best.score >= minimum else { continue }
            let listed = candidates.prefix { $0.score >= min(listed, minimum) }
            result.append(
                Matcher.Ambiguity(
                    erp: ids.erp[erp],
                    candidates: listed.map { candidate in
                        Matcher.Candidate(
                            id: ids.crm[candidate.crm],
                            score: candidate.score,
                            reasons: search.reasons(erp, candidate.crm, fields, candidates),
                            isCoupled: false
                        )
                    }
                )
            )
        }
        return result.sorted { $0.erp < $1.erp }
    }

    /// The values taken apart; what was read is let go.
    private mutating func takeTraits() -> [Trait] {
        let reader = TraitReader(fields, raw)
        var traits: [Trait] = []
        for field in fields.indices {
            var own = reader.parts(of: field).map { Trait(field: field, part: $0) }
            for side in Side.allCases {
                for record in raw[side].ids.indices {
                    let pieces = reader.pieces(of: raw[side].value(record, field), field: field)
                    for part in own.indices { own[part].append(pieces[part], side: side) }
                }
            }
            for part in own.indices { own[part].close() }
            traits += own.filter { $0.count > 0 }
        }
        raw.erp.clear()
        raw.crm.clear()
        return traits
    }
}
