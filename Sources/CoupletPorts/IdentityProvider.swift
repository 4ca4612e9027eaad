public import CoupletCore

/// An OpenID Connect provider as requests to it need it.
public struct ProviderAccess: Sendable, Hashable {
    /// Who says who somebody is: the address that every ID token names.
    public var issuer: String
    /// What the provider calls Couplet.
    public var clientID: String
    /// What proves to the provider that it is Couplet who asks.
    public var clientSecret: String
    /// The desk's address that the provider sends browsers back to.
    public var returnAddress: String

    /// Creates it.
    public init(issuer: String, clientID: String, clientSecret: String, returnAddress: String) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.returnAddress = returnAddress
    }
}

/// What ties a provider's answer to the browser that was sent there: three random texts.
public struct ProviderChallenge: Sendable, Hashable {
    /// Comes back with the browser.
    public var state: String
    /// Comes back in the ID token.
    public var nonce: String
    /// Goes with the code; the browser carries only its digest.
    ///
    /// 43 to 128 letters, digits, `-`, `.`, `_` and `~`.
    public var verifier: String

    /// Creates it.
    public init(state: String, nonce: String, verifier: String) {
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
    }
}

/// Who somebody is, as a provider has said and proved.
public struct ProvenIdentity: Sendable, Hashable {
    /// Who says so.
    public var issuer: String
    /// What the provider calls this person, for ever and alone.
    public var subject: String
    /// The claims that are a text or a list of texts, by name.
    public var claims: [String: [String]]

    /// Creates it.
    public init(issuer: String, subject: String, claims: [String: [String]]) {
        self.issuer = issuer
        self.subject = subject
        self.claims = claims
    }
}

/// Why a provider did not say who somebody is, or is not believed.
public struct ProviderFailure: Error, Sendable, Hashable {
    /// The reason, without secrets.
    public var reason: Message
    /// Whether it may go better in a while without anybody doing anything.
    public var isPassing: Bool

    /// Creates an error.
    public init(_ code: String, _ arguments: [String: String] = [:], isPassing: Bool = false) {
        reason = Message(code, arguments)
        self.isPassing = isPassing
    }
}

/// Asks an OpenID Connect provider who somebody is.
public protocol IdentityProvider: Sendable {
    /// What is wrong with an issuer that nobody needs to ask for; nil where nothing is.
    func objection(toIssuer issuer: String) -> Message?
    /// Reads what the provider says of itself, and its keys.
    /// - Parameter issuer: The provider's address.
    /// - Throws: Why nobody could be signed in.
    func examine(_ issuer: String) async throws(ProviderFailure)
    /// The address to send a browser to.
    /// - Parameters:
    ///   - access: The provider.
    ///   - challenge: What its answer must prove to belong to.
    /// - Returns: The address.
    /// - Throws: Why there is none.
    func signInAddress(
        _ access: ProviderAccess,
        _ challenge: ProviderChallenge
    ) async throws(ProviderFailure) -> String
    /// Who the browser's person is; a code is worth something once.
    /// - Parameters:
    ///   - access: The provider.
    ///   - challenge: What was sent with the browser.
    ///   - code: What came back with it.
    /// - Returns: The identity, with everything verified that the protocol asks for.
    /// - Throws: Why it is not known.
    func identity(
        _ access: ProviderAccess,
        _ challenge: ProviderChallenge,
        code: String
    ) async throws(ProviderFailure) -> ProvenIdentity
}
