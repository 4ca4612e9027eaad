/// What becomes of a value on its way to the other side, rule by rule; and what would come back.
public struct ValueTrial: Codable, Sendable, Hashable {
    /// A transformation rule and what it leaves.
    public struct Stage: Codable, Sendable, Hashable {
        /// The rule, as a mapping file writes it.
        public var rule: String
        /// Its result.
        public var value: String

        /// Creates a stage.
        public init(rule: String, value: String) {
            self.rule = rule
            self.value = value
        }
    }

    /// The field mapping's id.
    public var field: String
    /// The side that the value comes from.
    public var source: Side
    /// The value as it is read there.
    public var value: Value
    /// The rules that had a result, in order; none for a field without rules.
    public var stages: [Stage]
    /// What would be written; nil where there is a problem.
    public var result: Value?
    /// What would come back from there; nil where the field flows one way, or nothing would.
    public var back: Value?
    /// Why nothing would be written.
    public var problem: Message?
    /// What a person should know about the result.
    public var notice: Message?

    /// Tries a value.
    /// - Parameters:
    ///   - text: The value as a person types it.
    ///   - field: The field mapping.
    ///   - source: The side that the value comes from.
    ///   - references: What the rules' lookup finds.
    public init(
        of text: String,
        in field: FieldMapping,
        from source: Side,
        _ references: ReferenceTable = ReferenceTable()
    ) {
        self.field = field.id
        self.source = source
        value = field.field(source).type.value(typed: text)
        stages = []
        guard field.reference == nil else {
            let mapping = field.reference?.mapping ?? ""
            problem = Message("try.reference", ["field": field.field(source).name, "mapping": mapping])
            return
        }
        addStages(field, references)
        let converter = FieldConverter(field: SharedField(field), references: references)
        switch converter.convert(value, from: source) {
        case .wait: break
        case .problem(let message): problem = message
        case .value(let converted, let notice):
            self.notice = notice
            if field.direction == .bidirectional { back = converter.convert(converted, from: source.other).value }
            problem = converter.roundTripProblem(of: value, as: converted, notice: notice, from: source)
            if problem == nil { result = converted }
        }
    }

    /// What the rules' lookup is asked for a value that a person types; nil where they have none or nothing reaches it.
    public static func question(
        of text: String,
        in field: FieldMapping,
        from source: Side
    ) -> ReferenceTable.RowQuestion? {
        let type = field.field(source).type
        return field.rules?.chain(from: source)?.rowQuestion(of: type.plainText(of: type.value(typed: text)))
    }

    private mutating func addStages(_ field: FieldMapping, _ references: ReferenceTable) {
        guard let chain = field.rules?.chain(from: source) else { return }
        var text = field.field(source).type.plainText(of: value)
        for rule in chain where !text.isEmpty {
            guard let next = try? rule.applied(to: text, references) else { return }
            text = next
            stages.append(Stage(rule: [rule].text, value: text))
        }
    }
}

extension FieldType {
    /// The value of a field of this type that a person typed: a number or a truth value where it is one, else text.
    func value(typed text: String) -> Value {
        switch self {
        case .decimal, .integer, .option: DecimalNumber(text) == nil ? .text(text) : .number(text)
        case .boolean:
            switch text {
            case "true": .boolean(true)
            case "false": .boolean(false)
            default: .text(text)
            }
        case .text, .code, .date, .dateTime, .guid, .reference, .personName: .text(text)
        }
    }
}
