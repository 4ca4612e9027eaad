/// How uncoupled records of two tables find each other: all its pairs must be equal.
public struct MatchRule: Codable, Sendable, Hashable {
    /// Two fields whose values must be equal.
    public struct Pair: Codable, Sendable, Hashable {
        /// The ERP's field.
        public var erp: String
        /// The CRM's field.
        public var crm: String

        /// Creates a pair.
        public init(erp: String, crm: String) {
            self.erp = erp
            self.crm = crm
        }
    }

    /// The fields to compare; values are compared without surrounding blanks, and a record with a blank one of them is
    /// not matched by this rule.
    public var pairs: [Pair]
    /// Whether upper and lower case differ.
    public var caseSensitive: Bool
    /// Rules are tried from the lowest priority number on, each by itself.
    public var priority: Int

    /// Creates a rule.
    public init(pairs: [Pair], caseSensitive: Bool = false, priority: Int = 0) {
        self.pairs = pairs
        self.caseSensitive = caseSensitive
        self.priority = priority
    }
}
