/// The couplings of referenced records that a batch needs, looked up by the value a field holds.
public struct ReferenceTable: Sendable {
    /// One reference value of one side.
    public struct Question: Hashable, Sendable {
        /// The table mapping that couples the referenced records.
        public var mapping: String
        /// The side that holds the value.
        public var source: Side
        /// A key or an id as that side holds it.
        public var value: String
        /// How the reference reaches its record, where it does not simply name one.
        public var path: ReferencePath?

        /// Creates a question.
        public init(mapping: String, source: Side, value: String, path: ReferencePath? = nil) {
            self.mapping = mapping
            self.source = source
            self.value = value
            self.path = path
        }
    }

    /// One text that a rule looks up in a table.
    public struct RowQuestion: Hashable, Sendable {
        /// The table.
        public var lookup: FieldLookup
        /// The text, without surrounding blanks; an id in lower case.
        public var text: String

        /// Creates a question.
        public init(lookup: FieldLookup, text: String) {
            self.lookup = lookup
            self.text = text
        }
    }

    /// What deciding a batch may need to know of other records.
    public struct Questions: Sendable, Hashable {
        /// The couplings of referenced records.
        public var couplings: Set<Question> = []
        /// Rows of tables that rules look texts up in.
        public var rows: Set<RowQuestion> = []

        /// Creates no questions.
        public init() {}

        /// Whether nothing is asked.
        public var isEmpty: Bool { couplings.isEmpty && rows.isEmpty }
    }

    private var answers: [Question: String] = [:]
    private var couplers: [Question: String] = [:]
    private var rows: [RowQuestion: FieldLookup.Answer] = [:]

    /// Creates an empty table.
    public init() {}

    /// Adds what the other side calls the referenced record.
    /// - Parameters:
    ///   - question: The question.
    ///   - answer: The other side's key or id.
    ///   - mapping: The mapping that couples the record, where it may not be the question's own.
    public mutating func set(_ question: Question, _ answer: String, by mapping: String? = nil) {
        answers[question] = answer
        couplers[question] = mapping
    }

    /// The mapping that couples the referenced record; nil when it is not coupled or nobody said.
    public func coupler(_ question: Question) -> String? { couplers[question] }

    /// Adds what was found in a rule's table.
    public mutating func set(_ question: RowQuestion, _ answer: FieldLookup.Answer) { rows[question] = answer }

    /// What a rule's table says; nil when no row has the text.
    public func answer(_ question: RowQuestion) -> FieldLookup.Answer? { rows[question] }

    /// What the other side calls the referenced record; nil when it is not coupled.
    public func answer(_ question: Question) -> String? { answers[question] }
}
