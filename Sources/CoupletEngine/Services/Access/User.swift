package import CoupletCore

/// What somebody may do.
package enum Right: String, Codable, Sendable, Hashable, CaseIterable {
    /// Look at records, mappings, jobs and what is open.
    case read
    /// Look at the audit log.
    case audit
    /// Couple, synchronize, approve, and settle what is open.
    case operate
    /// Change connections, mappings and users.
    case setUp
}

/// What a user is here for.
package enum Role: String, Codable, Sendable, Hashable, CaseIterable {
    case viewer
    case auditor
    case `operator`
    case administrator

    /// What the role allows.
    package var rights: Set<Right> {
        switch self {
        case .viewer: [.read]
        case .auditor: [.read, .audit]
        case .operator: [.read, .operate]
        case .administrator: [.read, .audit, .operate, .setUp]
        }
    }
}

/// Somebody who may sign in.
package struct User: Codable, Sendable, Hashable {
    /// The name by which they sign in; lowercase letters, digits, `.`, `-`, `_` and `@`.
    package var name: String
    /// How others call them; blank for the name.
    package var fullName: String
    /// What they are here for.
    package var role: Role
    /// The only mappings that they may look at and work with; nil for all.
    package var mappings: [String]?
    /// Whether they may not sign in for now.
    package var isDisabled: Bool
    /// What is stored in place of the password; nil where they have none.
    package var password: String?
    /// Whether the password must be changed at the next sign-in.
    package var mustChangePassword: Bool
    /// When the user was added.
    package var addedAt: Instant
    /// When they last signed in.
    package var lastSignInAt: Instant?
    /// How often in a row a wrong password was given.
    package var failures: Int
    /// Until when nobody may sign in under the name, because of wrong passwords.
    package var lockedUntil: Instant?
    /// Who they are to the provider that they sign in with, and then they have no password; nil for everybody else.
    package var provided: ProvidedIdentity?

    /// What their role allows.
    package var rights: Set<Right> { isDisabled ? [] : role.rights }
}

/// Somebody who is signed in, or a program with their token.
package struct Identity: Sendable, Hashable {
    /// The user.
    package var user: User
    /// The session's secret against forged forms; nil for a token, which no browser sends by itself.
    package var formToken: String?
    /// Whether they must choose a password of their own before anything else.
    package var mustChangePassword = false

    /// Whether they may do something.
    package func may(_ right: Right) -> Bool { user.rights.contains(right) }

    /// Whether they may look at and work with a mapping.
    package func may(use mapping: String) -> Bool {
        guard let mappings = user.mappings else { return true }
        return mappings.contains { $0.lowercased() == mapping.lowercased() }
    }
}
