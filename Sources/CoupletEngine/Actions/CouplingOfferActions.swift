package import CoupletCore

/// Says which counterparts there are to choose from for one record, with both sides' values side by side, and what each
/// choice would write: what a person looks at before coupling.
package struct OfferCoupling: Action {
    package static let name = "couple.offer"
    /// The mapping.
    package var mapping: String
    /// The record: an ERP number or id, or `crm:` and a CRM id.
    package var key: String
    /// Only this counterpart, a key of the other side; nil for all that may be it.
    package var with: String?
    /// Records of the other side whose number or name has this in it; nil for those that resemble the record.
    package var containing: String?

    /// Creates the action.
    package init(mapping: String, key: String, with: String? = nil, containing: String? = nil) {
        self.mapping = mapping
        self.key = key
        self.with = with
        self.containing = containing
    }

    package func perform(in context: ActionContext) async throws -> CouplingOffer {
        try await context.engine.records.offer(self, progress: context.progress)
    }
}

/// The counterparts to choose from.
package struct CouplingOffer: Codable, Sendable {
    /// A mapped field on both sides.
    package struct Field: Codable, Sendable, Hashable {
        /// The field mapping's id.
        package var field: String
        /// Where its values flow.
        package var direction: Direction
        /// What each side holds.
        package var values: BySide<Value>
        /// Whether both mean the same.
        package var isSame: Bool
    }

    /// What one choice comes to.
    package struct Way: Codable, Sendable {
        /// The side whose values stand where the records differ; nil leaves them uncompared.
        package var values: Side?
        /// Why it cannot be chosen; nil where it can.
        package var obstacle: CoupletError?
        /// What it would write.
        package var steps: [PlanView.StepView] = []
        /// The fields that it would leave to a person.
        package var open: [FieldDifference] = []
        /// What keeps fields, or the whole record, from going through.
        package var problems: [Message] = []

        /// Creates a way that would do nothing.
        package init(values: Side?) { self.values = values }
    }

    /// A record that may be the counterpart.
    package struct Counterpart: Codable, Sendable {
        /// What a person types to name it.
        package var key: String
        /// Its number or code; nil where it has none.
        package var number: String?
        /// Its id.
        package var id: RecordID
        /// Its name.
        package var name: String
        /// How sure, from 0 to 1; nil where nobody has compared it.
        package var score: Double?
        /// Why it may be the counterpart.
        package var reasons: [Message]
        /// Whether the record is coupled with it now.
        package var isPresent: Bool
        /// Why it cannot be chosen; nil where it can.
        package var obstacle: CoupletError?
        /// What else would come of choosing it: couplings that end, and couplings of other mappings that stay.
        package var notices: [Message]
        /// The mapped fields of both records.
        package var fields: [Field]
        /// What the choices come to: without synchronizing, with the ERP's values, with the CRM's.
        package var ways: [Way]
    }

    /// The mapping.
    package var mapping: String
    /// The record.
    package var record: RecordView
    /// Why it cannot be coupled with anything; nil where it can.
    package var obstacle: CoupletError?
    /// The choices, the present counterpart first, then the best.
    package var counterparts: [Counterpart]
    /// What creating a counterpart would write.
    package var creation: Way
    /// The side whose values are proposed to stand when it is coupled with one of them; nil to propose none.
    package var recommended: Side?
}
