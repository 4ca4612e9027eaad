/// Finds couples among uncoupled records by a mapping's match rules, and says where a person must choose.
///
/// Records are streamed in; only their ids and, for each rule, a number standing for the values compared are kept.
/// Values are compared without surrounding white space and, unless the rule says so, without regard to case;
/// canonically equivalent Unicode text is equal. A record with a blank value in a rule is not matched by it.
public struct Matcher: Sendable {
    /// Two records that belong together.
    public struct Couple: Sendable, Hashable {
        /// The ERP's record.
        public var erp: RecordID
        /// The CRM's record.
        public var crm: RecordID
        /// The position of the rule in the mapping; nil for a suggestion.
        public var rule: Int?
        /// How sure, from 0 to 1: 1 for the first rule, a tenth less for each later one; a suggestion's probability.
        public var score: Double
        /// Why.
        public var reasons: [Message]

        /// Creates a couple.
        public init(erp: RecordID, crm: RecordID, rule: Int?, score: Double, reasons: [Message]) {
            self.erp = erp
            self.crm = crm
            self.rule = rule
            self.score = score
            self.reasons = reasons
        }
    }

    /// A possible counterpart.
    public struct Candidate: Sendable, Hashable {
        /// The CRM's record.
        public var id: RecordID
        /// How sure, from 0 to 1; the scores of one record's candidates add up to at most 1.
        public var score: Double
        /// Why, and what speaks against it.
        public var reasons: [Message]
        /// Whether the record has a counterpart already.
        public var isCoupled: Bool

        /// Creates a candidate.
        public init(id: RecordID, score: Double, reasons: [Message], isCoupled: Bool) {
            self.id = id
            self.score = score
            self.reasons = reasons
            self.isCoupled = isCoupled
        }
    }

    /// An ERP record whose counterpart a person must choose.
    public struct Ambiguity: Sendable, Hashable {
        /// The ERP's record.
        public var erp: RecordID
        /// The candidates, best first.
        public var candidates: [Candidate]

        /// Creates an ambiguity.
        public init(erp: RecordID, candidates: [Candidate]) {
            self.erp = erp
            self.candidates = candidates
        }
    }

    struct Rule: Sendable {
        let index: Int
        let rule: MatchRule
        let positions: BySide<[Int]>
    }

    /// What is kept of the records of one side.
    struct Records: Sendable {
        var ids: [RecordID] = []
        var isCoupled: [Bool] = []
        /// For each rule the number of each record's key; -1 where the rule does not apply.
        var keys: [[Int32]]
    }

    let rules: [Rule]
    private let layouts: BySide<RowLayout>
    private var numbers: [[String: Int32]]
    var records: BySide<Records>

    /// Creates a matcher for the rules of a mapping, lowest priority number first, else in their order.
    public init(program: MappingProgram) {
        layouts = program.layouts
        rules = program.mapping.matchRules.enumerated()
            .filter { !$0.element.pairs.isEmpty }
            .sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
            .map { index, rule in
                Rule(
                    index: index,
                    rule: rule,
                    positions: BySide(
                        erp: rule.pairs.map { program.layouts.erp.position(of: $0.erp) ?? -1 },
                        crm: rule.pairs.map { program.layouts.crm.position(of: $0.crm) ?? -1 }
                    )
                )
            }
        numbers = Array(repeating: [:], count: rules.count)
        let none = Records(keys: Array(repeating: [], count: rules.count))
        records = BySide(erp: none, crm: none)
    }

    /// Adds a record that lies within the mapping's filter.
    /// - Parameters:
    ///   - side: Its side.
    ///   - id: Its id.
    ///   - row: Its values.
    ///   - isCoupled: Whether it has a counterpart; such an ERP record is passed over, such a CRM record is no free
    ///     candidate, but keeps an ERP record that matches only it from being taken for new.
    public mutating func add(side: Side, id: RecordID, row: ObservedRow, isCoupled: Bool) {
        if side == .erp && isCoupled { return }
        records[side].ids.append(id)
        records[side].isCoupled.append(isCoupled)
        let count = row.layout.fields.count
        for slot in rules.indices {
            let rule = rules[slot]
            let positions =
                row.layout == layouts[side]
                ? rule.positions[side]
                : rule.rule.pairs.map { row.layout.position(of: side == .erp ? $0.erp : $0.crm) ?? -1 }
            let key = row.row.withView(fieldCount: count) { view in
                Matcher.key(of: view, at: positions, caseSensitive: rule.rule.caseSensitive)
            }
            records[side].keys[slot].append(key.map { number(of: $0, slot: slot) } ?? -1)
        }
    }

    private mutating func number(of key: String, slot: Int) -> Int32 {
        if let number = numbers[slot][key] { return number }
        let number = Int32(numbers[slot].count)
        numbers[slot][key] = number
        return number
    }

    /// The values of a rule in one text; nil when one of them is blank.
    private static func key(of row: RowView, at positions: [Int], caseSensitive: Bool) -> String? {
        var key: [UInt8] = []
        for position in positions {
            guard position >= 0 else { return nil }
            if !key.isEmpty { key.append(0x1F) }
            let length = key.count
            append(row.field(at: position), caseSensitive: caseSensitive, to: &key)
            guard key.count > length else { return nil }
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// Appends a value as it is compared: without surrounding white space, and in one case if case does not matter.
    private static func append(_ field: RawField, caseSensitive: Bool, to key: inout [UInt8]) {
        guard field.tag == .text, field.bytes.allSatisfy({ $0 < 0x80 }) else {
            guard let value = field.value else { return }
            var text = value.text.trimmed
            if case .number(let digits) = value { text = DecimalNumber(digits)?.description ?? digits }
            // Upper case first, so that the sharp s and its like meet their spelled-out form.
            key += caseSensitive ? Array(text.utf8) : Array(text.uppercased().lowercased().utf8)
            return
        }
        func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let start = field.bytes.firstIndex(where: { !isWhite($0) }),
            let end = field.bytes.lastIndex(where: { !isWhite($0) })
        else { return }
        for byte in field.bytes[start...end] {
            key.append(!caseSensitive && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
    }
}
