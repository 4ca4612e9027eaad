/// Shows the provider that users may sign in with.
package struct ShowSignIn: Action {
    package static let name = "signIn.show"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> SignInView {
        try await context.engine.signIn.view()
    }
}

/// Sets the OpenID Connect provider that users may sign in with, or changes how it is used; what is nil stays as it is.
package struct SetSignIn: Action {
    package static let name = "signIn.set"
    /// The provider's address, as its ID tokens name it.
    package var issuer: String?
    /// What the provider calls Couplet.
    package var clientID: String?
    /// What proves to the provider that it is Couplet who asks; it must be given again with another issuer.
    package var secret: String?
    /// The address by which browsers reach the desk.
    package var address: String?
    /// The claim that tells roles; `roles` where it was never set.
    package var roleClaim: String?
    /// The claim that a new user's name is made of; `preferred_username` where it was never set.
    package var nameClaim: String?
    /// What the claim's values mean.
    package var roles: [RoleRule]?
    /// Whether whoever has a role becomes a user by signing in; false where it was never set.
    package var addsUsers: Bool?

    /// Creates the action.
    package init(
        issuer: String? = nil,
        clientID: String? = nil,
        secret: String? = nil,
        address: String? = nil,
        roleClaim: String? = nil,
        nameClaim: String? = nil,
        roles: [RoleRule]? = nil,
        addsUsers: Bool? = nil
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.secret = secret
        self.address = address
        self.roleClaim = roleClaim
        self.nameClaim = nameClaim
        self.roles = roles
        self.addsUsers = addsUsers
    }

    package func perform(in context: ActionContext) async throws -> SignInView {
        try await context.engine.signIn.set(self, by: context.author)
    }
}

/// Asks the provider for what it says of itself and for its keys, and signs nobody in.
package struct TestSignIn: Action {
    package static let name = "signIn.test"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> SignInView {
        try await context.engine.signIn.test()
    }
}

/// Forgets the provider; the sessions of whoever signed in with it end.
package struct RemoveSignIn: Action {
    package static let name = "signIn.remove"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> SignInView {
        try await context.engine.signIn.remove(by: context.author)
    }
}

/// The provider that users may sign in with.
package struct SignInView: Codable, Sendable, Hashable {
    /// How it is used, without its secret.
    package struct Provider: Codable, Sendable, Hashable {
        /// The provider's address.
        package var issuer: String
        /// What it calls Couplet.
        package var clientID: String
        /// The address by which browsers reach the desk.
        package var address: String
        /// The address that the provider must know as one to send browsers back to.
        package var returnAddress: String
        /// The claim that tells roles.
        package var roleClaim: String
        /// The claim that a new user's name is made of.
        package var nameClaim: String
        /// What the claim's values mean.
        package var roles: [RoleRule]
        /// Whether whoever has a role becomes a user by signing in.
        package var addsUsers: Bool
    }

    /// The provider; nil where there is none.
    package var provider: Provider?

    init(_ stored: SignInProvider?) {
        provider = stored.map { stored in
            Provider(
                issuer: stored.issuer,
                clientID: stored.clientID,
                address: stored.address,
                returnAddress: stored.returnAddress,
                roleClaim: stored.roleClaim,
                nameClaim: stored.nameClaim,
                roles: stored.roles,
                addsUsers: stored.addsUsers
            )
        }
    }
}
