package import CoupletCore

/// A sign-in that goes on, as it is stored under the digest of its token.
struct StoredSession: Codable {
    var user: String
    var formToken: String
    var signedInAt: Instant
    var usedAt: Instant
    /// Whether a link opened it: whoever came so knows no password to change.
    var isByLink: Bool
}

/// A personal token for programs, as it is stored under the digest of its text.
struct StoredToken: Codable {
    var number: String
    var user: String
    var label: String
    var madeAt: Instant
    var endsAt: Instant
}

/// A link that signs in once, as it is stored under the digest of its token.
struct StoredLink: Codable {
    var user: String
    var endsAt: Instant
}

/// A personal token as people see it; its text is shown once, when it is made.
package struct TokenView: Codable, Sendable, Hashable {
    /// The number by which it is removed.
    package var number: String
    /// Whose it is.
    package var user: String
    /// What it is for.
    package var label: String
    /// When it was made.
    package var madeAt: Instant
    /// From when on it is worth nothing.
    package var endsAt: Instant
}

/// A user as people see them, without secrets.
package struct UserView: Codable, Sendable, Hashable {
    /// The name by which they sign in.
    package var name: String
    /// How others call them.
    package var fullName: String
    /// What they are here for.
    package var role: Role
    /// The only mappings that they may use; nil for all.
    package var mappings: [String]?
    /// Whether they may not sign in for now.
    package var isDisabled: Bool
    /// Whether they have a password of their own.
    package var hasPassword: Bool
    /// Until when nobody may sign in under the name, because of wrong passwords.
    package var lockedUntil: Instant?
    /// When they last signed in.
    package var lastSignInAt: Instant?
    /// Who they are to the provider that they sign in with; nil where they have a password.
    package var provided: ProvidedIdentity?

    /// Whether they can sign in and how, as the catalogues know it.
    package var state: String {
        if isDisabled { return "disabled" }
        return provided != nil ? "provided" : hasPassword ? "active" : "oneTime"
    }

    /// Shows a user.
    package init(_ user: User) {
        name = user.name
        fullName = user.fullName
        role = user.role
        mappings = user.mappings
        isDisabled = user.isDisabled
        hasPassword = user.password != nil && !user.mustChangePassword
        lockedUntil = user.lockedUntil
        lastSignInAt = user.lastSignInAt
        provided = user.provided
    }
}
