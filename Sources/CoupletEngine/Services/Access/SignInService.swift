import CoupletCore
import CoupletPorts

/// Signing in with a provider that says who somebody is.
package struct SignInService: Sendable {
    /// How many seconds somebody may take at the provider.
    package static let attemptLimit = 600.0
    /// Where the desk takes browsers back.
    package static let returnPath = "/oidc/return"

    let access: AccessService
    let sealer: any SecretSealer
    let provider: (any IdentityProvider)?
    let attempts = SignInAttempts()

    private var store: any StateStore { access.store }
    private var clock: any EngineClock { access.clock }

    /// Where to send a browser, and what it must bring back.
    package struct Beginning: Sendable {
        /// The provider's page.
        package var address: String
        /// What only this browser may hold; it shows that it began the sign-in.
        package var browser: String
    }

    /// What came back with a browser.
    package struct Returned: Sendable {
        var state: String?
        var code: String?
        var error: String?
        var issuer: String?
        var browser: String?

        /// Creates it; nil for what did not come.
        package init(state: String?, code: String?, error: String?, issuer: String?, browser: String?) {
            self.state = state
            self.code = code
            self.error = error
            self.issuer = issuer
            self.browser = browser
        }
    }

    /// Whether anybody can sign in with a provider.
    package var isOffered: Bool {
        get async throws {
            guard provider != nil else { return false }
            return try await store.read { try SignInProvider.read($0) } != nil
        }
    }

    /// Begins a sign-in.
    /// - Parameter back: The page of the desk that is shown afterwards.
    /// - Returns: Where the browser goes, and what it must hold.
    /// - Throws: `CoupletError` where no provider is set or it does not answer.
    package func begin(back: String) async throws -> Beginning {
        let (provider, stored) = try await configured()
        let challenge = ProviderChallenge(state: access.secret(), nonce: access.secret(), verifier: access.secret())
        let browser = access.secret()
        let address: String
        do throws(ProviderFailure) {
            address = try await provider.signInAddress(try opened(stored), challenge)
        } catch {
            throw Self.error(error)
        }
        let attempt = SignInAttempts.Attempt(
            challenge: challenge,
            browser: try access.usableHasher().digest(browser),
            issuer: stored.issuer,
            clientID: stored.clientID,
            back: back,
            endsAt: clock.now.advanced(bySeconds: Self.attemptLimit)
        )
        attempts.add(attempt, at: clock.now)
        return Beginning(address: address, browser: browser)
    }

    /// Ends a sign-in.
    /// - Parameter returned: What came back from the provider with the browser.
    /// - Returns: The session's token, for the browser alone, and the page that was asked for.
    /// - Throws: `CoupletError` that says why nobody is signed in.
    package func finish(_ returned: Returned) async throws -> (token: String, back: String) {
        let (provider, stored) = try await configured()
        guard let state = returned.state, let browser = returned.browser,
            let attempt = attempts.take(state, browser: try access.usableHasher().digest(browser), at: clock.now),
            attempt.issuer == stored.issuer, attempt.clientID == stored.clientID
        else { throw CoupletError("signIn.notBegun", ["address": stored.address], status: .notAllowed) }
        if let issuer = returned.issuer, issuer != stored.issuer {
            throw CoupletError("signIn.otherIssuer", ["issuer": stored.issuer], status: .notAllowed)
        }
        if let error = returned.error {
            if error == "access_denied" { throw CoupletError("signIn.denied", status: .notAllowed) }
            throw CoupletError("signIn.providerRefused", ["error": Self.word(error)], status: .notAllowed)
        }
        guard let code = returned.code else { throw CoupletError("signIn.noCode", status: .notAllowed) }
        let identity: ProvenIdentity
        do throws(ProviderFailure) {
            identity = try await provider.identity(try opened(stored), attempt.challenge, code: code)
        } catch {
            throw Self.error(error)
        }
        return (try await access.signIn(identity, by: stored), attempt.back)
    }

    private func configured() async throws -> (any IdentityProvider, SignInProvider) {
        guard let provider, let stored = try await store.read({ try SignInProvider.read($0) }) else {
            throw CoupletError("signIn.notSet", status: .wrongUse)
        }
        return (provider, stored)
    }

    private func opened(_ stored: SignInProvider) throws(ProviderFailure) -> ProviderAccess {
        let secret: String
        do {
            secret = try sealer.open(stored.sealedSecret)
        } catch {
            throw ProviderFailure("signIn.secretLost")
        }
        return ProviderAccess(
            issuer: stored.issuer,
            clientID: stored.clientID,
            clientSecret: secret,
            returnAddress: stored.returnAddress
        )
    }

    private static func error(_ failure: ProviderFailure) -> CoupletError {
        let status: ExitStatus = failure.isPassing ? .remoteDown : .notAllowed
        return CoupletError(failure.reason.code, failure.reason.arguments, status: status)
    }

    /// What a provider calls an error, without anything that could be text of somebody else's.
    private static func word(_ error: String) -> String {
        let isWord = error.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "_")
        }
        return isWord && error.utf8.count <= 64 ? error : "?"
    }
}

/// Setting and removing the provider.
extension SignInService {
    func view() async throws -> SignInView {
        SignInView(try await store.read { try SignInProvider.read($0) })
    }

    /// Sets the provider, or changes how it is used; see `SetSignIn`.
    func set(_ action: SetSignIn, by author: Author) async throws -> SignInView {
        try check(action)
        let sealed = try action.secret.map { try sealer.seal($0) }
        let saved = try await store.write { writing in
            let known = try SignInProvider.read(writing)
            // A secret goes to the provider that it was given for, and to no other.
            let isOther = action.issuer.map { $0 != known?.issuer } ?? false
            guard let issuer = action.issuer ?? known?.issuer, let client = action.clientID ?? known?.clientID,
                let address = action.address.flatMap({ SafeAddress($0)?.origin }) ?? known?.address
            else { throw CoupletError("signIn.incomplete", status: .wrongUse) }
            guard let secret = sealed ?? (isOther ? nil : known?.sealedSecret) else {
                throw CoupletError("signIn.noSecret", status: .wrongUse)
            }
            let roles = action.roles ?? known?.roles ?? []
            guard !roles.isEmpty else { throw CoupletError("signIn.noRoles", status: .wrongUse) }
            let provider = SignInProvider(
                issuer: issuer,
                clientID: client,
                sealedSecret: secret,
                address: address,
                roleClaim: action.roleClaim ?? known?.roleClaim ?? "roles",
                nameClaim: action.nameClaim ?? known?.nameClaim ?? "preferred_username",
                roles: roles,
                addsUsers: action.addsUsers ?? known?.addsUsers ?? false
            )
            try AccessService.write(provider, SignInProvider.kind, SignInProvider.key, writing)
            if known != nil, isOther { try AccessService.endProvidedSessions(writing) }
            var details = provider.settings
            details["secret"] = sealed == nil ? "kept" : "set"
            try writing.audit(.signInSet, AuditEntry.Subject(.provider, issuer), by: author, details)
            return provider
        }
        return SignInView(saved)
    }

    private func check(_ action: SetSignIn) throws {
        if let issuer = action.issuer {
            guard SafeAddress(issuer) != nil else {
                throw CoupletError("signIn.badIssuer", ["issuer": issuer], status: .wrongUse)
            }
            if let objection = provider?.objection(toIssuer: issuer) {
                throw CoupletError(objection.code, objection.arguments, status: .wrongUse)
            }
        }
        if let address = action.address {
            guard let safe = SafeAddress(address), safe.path.isEmpty || safe.path == "/" else {
                throw CoupletError("signIn.badAddress", ["address": address], status: .wrongUse)
            }
        }
        for text in [action.clientID, action.secret, action.roleClaim, action.nameClaim].compactMap(\.self) {
            let isUsable = (1...2048).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
            guard isUsable else { throw CoupletError("signIn.badText", status: .wrongUse) }
        }
        for rule in action.roles ?? [] where rule.value.isEmpty {
            throw CoupletError("signIn.badRole", ["rule": "=" + rule.role.rawValue], status: .wrongUse)
        }
    }

    func remove(by author: Author) async throws -> SignInView {
        try await store.write { writing in
            guard let known = try SignInProvider.read(writing) else {
                throw CoupletError("signIn.notSet", status: .wrongUse)
            }
            try writing.removeDocument(kind: SignInProvider.kind, key: SignInProvider.key)
            try AccessService.endProvidedSessions(writing)
            try writing.audit(.signInRemoved, AuditEntry.Subject(.provider, known.issuer), by: author)
        }
        return SignInView(nil)
    }

    /// Asks the provider for what it says of itself; see `TestSignIn`.
    func test() async throws -> SignInView {
        let (provider, stored) = try await configured()
        do throws(ProviderFailure) {
            _ = try opened(stored)
            try await provider.examine(stored.issuer)
        } catch {
            throw Self.error(error)
        }
        return SignInView(stored)
    }
}
