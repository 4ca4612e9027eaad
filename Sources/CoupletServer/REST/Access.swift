import CoupletCore
import CoupletEngine

extension Identity {
    /// Whether they may do something that concerns all mappings.
    func may(everywhere right: Right) -> Bool { may(right) && user.mappings == nil }
}

/// Whether somebody may do what they ask for; the same for programs and pages.
struct Access {
    let engine: Engine
    let needsSecondPerson: Bool

    /// Lets an action pass or refuses it.
    /// - Parameters:
    ///   - action: What is asked for.
    ///   - right: What is needed for every action of its kind.
    ///   - identity: Who asks.
    /// - Throws: `CoupletError` that says what is missing.
    func check(_ action: any PreparedAction, needs right: Right, by identity: Identity) async throws {
        for right in [right] + Right.allCases.filter({ $0 != right && action.needs.contains($0) }) {
            try check(right, of: identity)
        }
        if identity.user.mappings != nil {
            switch try await action.concern(engine) {
            case .nothing: break
            case .mappings(let mappings):
                for mapping in mappings where !identity.may(use: mapping) {
                    throw CoupletError("access.otherMapping", ["mapping": mapping], status: .notAllowed)
                }
            case .everything where action.canRestrict: break
            case .everything: throw CoupletError("access.someMappings", status: .notAllowed)
            }
        }
        if let id = action.approvedPlan { try await checkApproval(of: id, by: identity) }
    }

    /// A plan is approved by whoever may do all that it does, and where it is asked for by another than who made it.
    private func checkApproval(of id: Int64, by identity: Identity) async throws {
        let plan = try await ShowPlan(plan: id, limit: 1).perform(
            in: ActionContext(engine: engine, startedBy: identity.user.name)
        )
        if plan.standing != nil { try check(.setUp, of: identity) }
        if needsSecondPerson, plan.madeBy == identity.user.name {
            throw CoupletError("access.ownPlan", ["plan": String(id)], status: .notAllowed)
        }
    }

    /// Refuses whoever lacks a right.
    func check(_ right: Right, of identity: Identity) throws {
        guard !identity.may(right) else { return }
        throw CoupletError("access.right.\(right.rawValue)", ["name": identity.user.name], status: .notAllowed)
    }
}
