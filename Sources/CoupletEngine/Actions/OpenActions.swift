package import CoupletCore

/// Leads from a record of one system to its counterpart in the other, as a link in the one system's pages asks for it;
/// where there is none, it says what could be done, and does it when asked to.
package struct OpenRecord: Action {
    package static let name = "open"
    /// What the link calls the record's table, or a mapping's name.
    package var table: String
    /// The record: an ERP number or id, or `crm:` and a CRM id.
    package var key: String
    /// The mapping, where the record fits several.
    package var mapping: String?
    /// Whether a record without a counterpart is coupled with its match, or gets a new one, where that is allowed.
    package var creates: Bool
    /// What is to be done and nothing else, as it was shown: `create`, or the id of the record to couple with; nil for
    /// whatever fits.
    package var expects: String?
    /// The only mappings that are asked, for whoever may use some; nil for all.
    package var among: [String]?

    /// Creates the action.
    package init(
        table: String,
        key: String,
        mapping: String? = nil,
        creates: Bool = false,
        expects: String? = nil,
        among: [String]? = nil
    ) {
        self.table = table
        self.key = key
        self.mapping = mapping
        self.creates = creates
        self.expects = expects
        self.among = among
    }

    package var needs: Set<Right> { creates ? [.operate] : [] }

    package func perform(in context: ActionContext) async throws -> OpenedRecord {
        try await context.engine.open(self, context)
    }
}

/// Where a record leads.
package struct OpenedRecord: Codable, Sendable {
    /// What one mapping has to say about the record.
    package struct Way: Codable, Sendable {
        /// What would be done.
        package enum Action: String, Codable, Sendable, Hashable, CaseIterable {
            /// Nothing: it is coupled.
            case open
            /// It would be coupled with a record that matches.
            case couple
            /// A counterpart would be created.
            case create
        }

        /// The mapping.
        package var mapping: String
        /// The record in this mapping.
        package var record: RecordView
        /// What would be done.
        package var action: Action
        /// The counterpart; nil for one that would be created.
        package var counterpart: RecordView?
        /// Where people see the counterpart; nil where there is none, or the system shows none.
        package var address: String?
        /// Why it is not done; nil where it can be.
        package var obstacle: CoupletError?

        /// What `OpenRecord.expects` calls that which would be done.
        package var expectation: String { counterpart?.id.description ?? "create" }
    }

    /// Where to go; nil where nothing is coupled, or where the record has counterparts in several mappings.
    package var address: String?
    /// What a person must answer first; nil where there is nothing to ask.
    package var question: Message?
    /// What each mapping has to say, those that can be taken first.
    package var ways: [Way]
    /// What was done; nil where nothing was.
    package var run: RunOrPlan?
}
