import CoupletCore

/// A case of the core's decisions, to be seen in simulated histories at least once.
package enum DecisionCase: String, Sendable, Hashable, CaseIterable {
    case unchanged = "nothing to do"
    case editToERP = "edit of the CRM, written to the ERP"
    case editToCRM = "edit of the ERP, written to the CRM"
    case editsBothWays = "edits of different fields, written to both sides"
    case fillERP = "blank in the ERP at first, filled"
    case fillCRM = "blank in the CRM at first, filled"
    case choiceERP = "different at first, the CRM's side chosen"
    case choiceCRM = "different at first, the ERP's side chosen"
    case resolutionERP = "conflict settled, written to the ERP"
    case resolutionCRM = "conflict settled, written to the CRM"
    case typed = "conflict settled with a typed value"
    case driftPutBack = "target edit of a one-way field, put back"
    case drift = "target edit of a one-way field, left"
    case agreementFirst = "equal at first"
    case agreementLater = "the same edit on both sides"
    case conflict = "the same field edited differently on both sides"
    case undecided = "different at first, and nobody has chosen"
    case leftERP = "edit of the ERP, left by the asked direction"
    case leftCRM = "edit of the CRM, left by the asked direction"
    case problemERP = "a value without a form in the ERP"
    case problemCRM = "a value without a form in the CRM"
    case waitRequired = "a required reference that is not coupled"
    case waitOptional = "an optional reference that is not coupled"
    case shortened = "a value shortened as its mapping allows"
    case unread = "a field that must be read first"
    case skipOutOfScope = "out of scope"
    case skipDeletedERP = "deleted in the ERP"
    case skipDeletedCRM = "deleted in the CRM"
    case skipUnread = "a record that must be read first"
    case appliedUpdate = "a change that was applied"
    case appliedCreate = "a create that was applied"
    case changedByTarget = "a write of which the target made something else"
    case confirmedAll = "a lost answer: all fields had arrived"
    case confirmedPart = "a lost answer: some fields hold what was sent"
    case confirmedNone = "a lost answer: no field holds what was sent"
    case held = "a job held for approval"
    case outside = "a record outside its filter"

    /// The cases of one decision about a coupling.
    static func of(_ input: PairInput, _ decision: PairDecision) -> [DecisionCase] {
        if let skip = decision.skip {
            return switch skip {
            case .outOfScope: [.skipOutOfScope]
            case .erpDeleted: [.skipDeletedERP]
            case .crmDeleted: [.skipDeletedCRM]
            case .unread: [.skipUnread]
            case .uncompared: []
            }
        }
        if decision.isUnchanged { return [.unchanged] }
        var cases: [DecisionCase] = []
        for side in Side.allCases { cases += decision.writes[side].compactMap { write(side, $0, input) } }
        if !decision.writes.erp.isEmpty, !decision.writes.crm.isEmpty { cases.append(.editsBothWays) }
        cases += decision.agreements.map { $0.base == nil ? .agreementFirst : .agreementLater }
        cases += decision.conflicts.map { _ in .conflict } + decision.undecided.map { _ in .undecided }
        cases += decision.drift.map { _ in .drift }
        cases += decision.left.erp.map { _ in .leftERP } + decision.left.crm.map { _ in .leftCRM }
        cases += decision.problems.map { $0.target == .erp ? .problemERP : .problemCRM }
        cases += decision.waits.map { $0.required ? .waitRequired : .waitOptional }
        cases += decision.notices.map { _ in .shortened }
        if decision.unread.erp || decision.unread.crm { cases.append(.unread) }
        return cases
    }

    private static func write(_ target: Side, _ write: FieldWrite, _ input: PairInput) -> DecisionCase? {
        let isERP = target == .erp
        switch write.cause {
        case .edit: return isERP ? .editToERP : .editToCRM
        case .fill: return isERP ? .fillERP : .fillCRM
        case .choice: return isERP ? .choiceERP : .choiceCRM
        case .resolution:
            if case .value? = input.resolutions[write.field] { return .typed }
            return isERP ? .resolutionERP : .resolutionCRM
        case .drift: return .driftPutBack
        // Simulated mappings have no rules for conflicts, and empty nothing when records are uncoupled.
        case .create, .undo, .rule, .uncouple, .delete: return nil
        }
    }
}
