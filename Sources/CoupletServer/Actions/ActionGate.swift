import CoupletCore
import CoupletEngine

/// Who may ask for which actions.
protocol ActionGate: Sendable {
    /// Refuses a kind of action that its asker may not ask for at all, before anything of it is read.
    func check<A: Action>(_ type: A.Type) throws
    /// Lets an action in or refuses it.
    func admit<A: Action>(_ action: A) async throws -> AdmittedAction<A>
}

/// An action that was let in.
struct AdmittedAction<A: Action>: Sendable {
    /// Who asks.
    let startedBy: String
    /// Whether what a store recognizes unkept values by stays here.
    let concealsUnkept: Bool
    /// Does it.
    let perform: @Sendable (ActionContext) async throws -> A.Result
}

/// Lets in whoever may open the socket: they own the home.
struct SocketGate: ActionGate {
    /// Who asks, as they say themselves.
    let startedBy: String

    func check<A: Action>(_ type: A.Type) {}

    func admit<A: Action>(_ action: A) -> AdmittedAction<A> {
        AdmittedAction(startedBy: startedBy, concealsUnkept: false) { try await action.perform(in: $0) }
    }
}

/// Lets a token's user do what they may do by the REST API, by the same table of routes.
struct TokenGate: ActionGate {
    let identity: Identity
    let access: Access
    let routes: Routes

    func check<A: Action>(_ type: A.Type) throws {
        guard let right = routes.right(for: A.name), !ActionRegistry.onTheMachineOnly.contains(A.name) else {
            throw Self.onTheMachine(A.name)
        }
        try access.check(right, of: identity)
    }

    func admit<A: Action>(_ action: A) async throws -> AdmittedAction<A> {
        try Self.checkValues(of: action)
        guard let (routed, right) = routes.routed(action) else { throw Self.onTheMachine(A.name) }
        try await access.check(routed, needs: right, by: identity)
        let identity = identity
        return AdmittedAction(startedBy: identity.user.name, concealsUnkept: true) {
            try await routed.result($0, for: identity)
        }
    }

    /// What the store writes in the place of a value is nothing that anybody gives, here as in a request's own JSON.
    private static func checkValues(of action: some Action) throws {
        guard let resolve = action as? ResolveConflict, case .value(.unkept) = resolve.resolution else { return }
        throw CoupletError("conflict.oneResolution", status: .wrongUse)
    }

    private static func onTheMachine(_ name: String) -> CoupletError {
        CoupletError("access.onTheMachine", ["action": name], status: .notAllowed)
    }
}
