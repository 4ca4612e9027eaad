import CoupletCore

extension Exploration {
    /// What users may do in an exploration, beside everything that Couplet, its process and the network can do.
    ///
    /// Fewer kinds of edits let longer orders be explored to their end.
    package enum Slice: String, Sendable, CaseIterable {
        /// Every kind of edit.
        case everything
        /// The same field on both sides.
        case sameField = "same-field"
        /// One field in the ERP and another one in the CRM.
        case otherFields = "other-fields"
        /// An edit in the ERP and a deletion in the CRM.
        case deletionInCRM = "deletion-in-crm"
        /// A deletion in the ERP and an edit in the CRM.
        case deletionInERP = "deletion-in-erp"
        /// A record that is new in the ERP, and an edit of another one in the CRM.
        case creationInERP = "creation-in-erp"
        /// A record that is new in the CRM, and an edit of another one in the ERP.
        case creationInCRM = "creation-in-crm"
        /// A change in the ERP that is committed late, and the same field in the CRM.
        case lateCommit = "late-commit"

        private var edits: Set<ExplorationEvent>? {
            switch self {
            case .everything: nil
            case .sameField: [.edit(.erp, field: 0), .edit(.crm, field: 0)]
            case .otherFields: [.edit(.erp, field: 0), .edit(.crm, field: 1)]
            case .deletionInCRM: [.edit(.erp, field: 0), .delete(.crm)]
            case .deletionInERP: [.delete(.erp), .edit(.crm, field: 0)]
            case .creationInERP: [.create(.erp), .edit(.crm, field: 0)]
            case .creationInCRM: [.create(.crm), .edit(.erp, field: 0)]
            case .lateCommit: [.lateCommit, .edit(.crm, field: 0)]
            }
        }

        /// Whether an event may happen after others.
        func allows(_ event: ExplorationEvent, after path: [ExplorationEvent]) -> Bool {
            // Both fields are alike, so that the first one to be edited may be called the first.
            if self == .everything, case .edit(_, field: 1) = event, !path.contains(where: \.editsFirstField) {
                return false
            }
            switch event {
            case .edit, .lateCommit, .delete, .create: return edits?.contains(event) ?? true
            case .step, .lostAnswer, .crash, .crashAfter, .restart, .resolve: return true
            }
        }
    }
}
