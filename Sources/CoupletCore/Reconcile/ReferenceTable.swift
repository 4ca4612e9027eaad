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

    private var answers: [Question: String] = [:]
    private var couplers: [Question: String] = [:]

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

    /// What the other side calls the referenced record; nil when it is not coupled.
    public func answer(_ question: Question) -> String? { answers[question] }
}
