package import CoupletCore

/// Shows both records of a coupling side by side, field by field, and how they stand; or a record that is not coupled.
package struct ShowRecord: Action {
    package static let name = "record.show"
    /// The mapping's name.
    package var mapping: String
    /// The record: an ERP number or id, or `crm:` and a CRM id.
    package var key: String
    /// Whether both systems are asked for changes first; otherwise what is known is shown, at once.
    package var refreshes: Bool

    /// Creates the action.
    package init(mapping: String, key: String, refreshes: Bool = true) {
        self.mapping = mapping
        self.key = key
        self.refreshes = refreshes
    }

    package func perform(in context: ActionContext) async throws -> RecordSheet {
        try await context.engine.records.show(self, progress: context.progress)
    }
}

/// A record, its counterpart, and their mapped fields.
package struct RecordSheet: Codable, Sendable {
    /// How a field stands.
    package enum FieldState: String, Codable, Sendable, Hashable, CaseIterable {
        /// Both sides hold the same.
        case inSync
        /// The ERP's value will be written to the CRM.
        case erpChanged
        /// The CRM's value will be written to the ERP.
        case crmChanged
        /// Both were changed, differently.
        case conflict
        /// The values differ, and nobody has said whose stands.
        case different
        /// The target of a one-way field was edited.
        case drift
        /// The value cannot be brought to the other side as it is.
        case problem
        /// It waits for a record that it refers to.
        case waiting
        /// It was mapped after the records were read last: a side's value is not known yet.
        case unread
        /// There is no counterpart to compare it with.
        case alone
    }

    /// A mapped field.
    package struct Field: Codable, Sendable, Hashable {
        /// Both fields' names, joined by `|`.
        package var id: String
        /// The field's name on each side.
        package var names: BySide<String>
        /// Where its values may flow.
        package var direction: Direction
        /// The value on each side, as far as it is known.
        package var values: BySide<Value?>
        /// The settled value on each side; nil where none is.
        package var base: BySide<Value>?
        /// How it stands.
        package var state: FieldState
        /// What keeps it from going through; nil for nothing.
        package var problem: Message?
    }

    /// The mapping's name.
    package var mapping: String
    /// Where the mapping's values may flow.
    package var direction: Direction
    /// The record that was asked for, with how it stands.
    package var record: RecordView
    /// Its counterpart; nil where there is none.
    package var counterpart: RecordView?
    /// The mapped fields, in the mapping's order.
    package var fields: [Field]
    /// Why it stands so.
    package var reasons: [Message]
    /// What the next synchronization would do.
    package var next: [Message]
    /// The last write to either record.
    package var lastWrite: ExplanationView.LastWrite?
}
