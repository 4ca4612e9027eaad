import CoupletCore

/// Lists who may sign in.
package struct ListUsers: Action {
    package static let name = "user.list"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> UsersView {
        UsersView(users: try await context.engine.access.users().map(UserView.init))
    }
}

/// Users by name.
package struct UsersView: Codable, Sendable {
    /// The users.
    package var users: [UserView]
}

/// Adds somebody who may sign in, with a password for one sign-in.
package struct AddUser: Action {
    package static let name = "user.add"
    /// The name by which they sign in; lowercase letters, digits, `.`, `-`, `_` and `@`.
    package var user: String
    /// How others call them; blank for the name.
    package var fullName: String
    /// What they are here for.
    package var role: Role
    /// The only mappings that they may use; nil for all.
    package var mappings: [String]?

    /// Creates the action.
    package init(user: String, fullName: String = "", role: Role, mappings: [String]? = nil) {
        self.user = user
        self.fullName = fullName
        self.role = role
        self.mappings = mappings
    }

    package func perform(in context: ActionContext) async throws -> UserSecretView {
        try await context.engine.access.add(self, by: context.author)
    }
}

/// A result with a secret: it is shown to the one who asked for it, once, and kept nowhere.
package protocol ShownOnce: Codable, Sendable {}

/// A user with what is shown once.
package struct UserSecretView: ShownOnce {
    /// The user.
    package var user: UserView
    /// The password for one sign-in; nil where a link was made.
    package var password: String?
    /// The token of a link that signs in once; nil where a password was made.
    package var link: String?
}

/// Changes what a user may do, or lets them in again.
package struct ChangeUser: Action {
    package static let name = "user.set"
    /// The user's name.
    package var user: String
    /// How others call them; nil leaves it.
    package var fullName: String?
    /// What they are here for; nil leaves it.
    package var role: Role?
    /// The only mappings that they may use; empty for all, nil leaves them.
    package var mappings: [String]?
    /// Whether they may not sign in; false also unlocks the name, nil leaves it.
    package var isDisabled: Bool?
    /// What the provider calls them, who sign in with it then and have no password; empty takes that back, nil leaves it.
    package var subject: String?

    /// Creates the action.
    package init(
        user: String,
        fullName: String? = nil,
        role: Role? = nil,
        mappings: [String]? = nil,
        isDisabled: Bool? = nil,
        subject: String? = nil
    ) {
        self.user = user
        self.fullName = fullName
        self.role = role
        self.mappings = mappings
        self.isDisabled = isDisabled
        self.subject = subject
    }

    package func perform(in context: ActionContext) async throws -> UsersView {
        try await context.engine.access.change(self, by: context.author)
    }
}

/// Removes a user with their sessions and tokens.
package struct RemoveUser: Action {
    package static let name = "user.remove"
    /// The user's name.
    package var user: String

    /// Creates the action.
    package init(user: String) { self.user = user }

    package func perform(in context: ActionContext) async throws -> UsersView {
        try await context.engine.access.remove(self, by: context.author)
    }
}

/// Gives a user a new password for one sign-in; their sessions end, and their tokens are removed.
package struct ResetPassword: Action {
    package static let name = "user.reset"
    /// The user's name.
    package var user: String

    /// Creates the action.
    package init(user: String) { self.user = user }

    package func perform(in context: ActionContext) async throws -> UserSecretView {
        try await context.engine.access.reset(self, by: context.author)
    }
}

/// Makes a link that signs a user in once, within a quarter of an hour.
package struct LinkUser: Action {
    package static let name = "user.link"
    /// The user's name.
    package var user: String

    /// Creates the action.
    package init(user: String) { self.user = user }

    package func perform(in context: ActionContext) async throws -> UserSecretView {
        try await context.engine.access.link(self, by: context.author)
    }
}

/// Lists personal tokens, without their texts.
package struct ListTokens: Action {
    package static let name = "token.list"
    /// Whose; nil for everybody's.
    package var user: String?

    /// Creates the action.
    package init(user: String? = nil) { self.user = user }

    package func perform(in context: ActionContext) async throws -> TokensView {
        TokensView(tokens: try await context.engine.access.tokens(of: user))
    }
}

/// Personal tokens by user and time.
package struct TokensView: Codable, Sendable {
    /// The tokens.
    package var tokens: [TokenView]
}

/// Makes a personal token, with which a program may do what its user may do.
package struct AddToken: Action {
    package static let name = "token.add"
    /// Whose it is.
    package var user: String
    /// What it is for.
    package var label: String
    /// For how many days, 1 to 730.
    package var days: Int

    /// Creates the action.
    package init(user: String, label: String, days: Int = 90) {
        self.user = user
        self.label = label
        self.days = days
    }

    package func perform(in context: ActionContext) async throws -> TokenSecretView {
        try await context.engine.access.addToken(self, by: context.author)
    }
}

/// A token with its text, which is shown once.
package struct TokenSecretView: ShownOnce {
    /// The token.
    package var token: TokenView
    /// Its text, to be sent as `Authorization: Bearer TEXT`.
    package var text: String
}

/// Removes a personal token.
package struct RemoveToken: Action {
    package static let name = "token.remove"
    /// Whose it is.
    package var user: String
    /// Its number.
    package var number: String

    /// Creates the action.
    package init(user: String, number: String) {
        self.user = user
        self.number = number
    }

    package func perform(in context: ActionContext) async throws -> TokensView {
        try await context.engine.access.removeToken(self, by: context.author)
    }
}
