import CoupletCore
import CoupletEngine
import CoupletPorts
import Crypto
import Foundation

/// Asks an OpenID Connect provider who somebody is, by the authorization code flow with PKCE.
///
/// What the provider says of itself, and its keys, are kept for an hour. A token that names a key which is not among them
/// has them read anew, at most once a minute.
actor OpenIDProvider: IdentityProvider {
    private struct Kept<Value> {
        var issuer: String
        var value: Value
        var at: Instant
    }

    /// How many seconds what was read is kept.
    static let keptFor = 3600.0
    /// How many seconds lie between two readings of the keys because one was missing.
    static let keysPause = 60.0

    private let requests: ProviderRequests
    private let clock: any EngineClock
    private var description: Kept<ProviderDescription>?
    private var keys: Kept<[ProviderKeys.Key]>?
    private var missedAt: Instant?
    private var isReadingKeys = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(transport: any HTTPTransport, clock: any EngineClock) {
        requests = ProviderRequests(transport: transport)
        self.clock = clock
    }

    /// Addresses of Entra ID that stand for all of its tenants, each of which names itself in its tokens.
    nonisolated func objection(toIssuer issuer: String) -> Message? {
        guard let place = SafeAddress(issuer) else { return nil }
        let isEntra = ["https://login.microsoftonline.", "https://login.partner.microsoftonline."]
            .contains { place.origin.lowercased().hasPrefix($0) }
        let tenant = place.path.split(separator: "/").first?.lowercased() ?? ""
        guard isEntra, ["common", "organizations", "consumers", ""].contains(tenant) else { return nil }
        return Message("signIn.noTenant", ["tenant": tenant.isEmpty ? "/" : tenant])
    }

    func examine(_ issuer: String) async throws(ProviderFailure) {
        description = nil
        let found = try await described(issuer)
        let read = try await requests.keys(found)
        keys = Kept(issuer: issuer, value: read, at: clock.now)
        guard !read.isEmpty else { throw ProviderFailure("signIn.badKeys", ["issuer": issuer]) }
    }

    func signInAddress(
        _ access: ProviderAccess,
        _ challenge: ProviderChallenge
    ) async throws(ProviderFailure) -> String {
        let found = try await described(access.issuer)
        let query = ProviderRequests.form([
            ("response_type", "code"), ("response_mode", "query"), ("client_id", access.clientID),
            ("redirect_uri", access.returnAddress), ("scope", "openid profile email"), ("state", challenge.state),
            ("nonce", challenge.nonce), ("code_challenge", Self.digest(challenge.verifier)),
            ("code_challenge_method", "S256"),
        ])
        return found.signInAddress + (found.signInAddress.contains("?") ? "&" : "?") + query
    }

    func identity(
        _ access: ProviderAccess,
        _ challenge: ProviderChallenge,
        code: String
    ) async throws(ProviderFailure) -> ProvenIdentity {
        let found = try await described(access.issuer)
        let token = try IDToken(
            try await requests.idToken(found, access, code: code, verifier: challenge.verifier)
        )
        guard let key = try await self.key(of: token, found, access.issuer) else {
            throw ProviderFailure("signIn.unknownKey", isPassing: true)
        }
        return try await token.identity(signedWith: key, access, nonce: challenge.nonce, at: clock.now)
    }

    /// SHA-256 in base64url without padding.
    private static func digest(_ text: String) -> String {
        Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private func described(_ issuer: String) async throws(ProviderFailure) -> ProviderDescription {
        if let description, description.issuer == issuer, isFresh(description.at) { return description.value }
        let found = try await requests.description(of: issuer)
        description = Kept(issuer: issuer, value: found, at: clock.now)
        return found
    }

    private func isFresh(_ at: Instant) -> Bool { (0..<Self.keptFor).contains(at.seconds(until: clock.now)) }

    /// The key that a token is signed with; nil where the provider has none like it.
    private func key(
        of token: IDToken,
        _ found: ProviderDescription,
        _ issuer: String
    ) async throws(ProviderFailure) -> ProviderKeys.Key? {
        // Whoever comes while keys are being read waits for them instead of reading them again.
        while isReadingKeys { await withCheckedContinuation { waiting.append($0) } }
        if let keys, keys.issuer == issuer, isFresh(keys.at) {
            if let key = Self.key(of: token, keys.value) { return key }
            if let missedAt, (0..<Self.keysPause).contains(missedAt.seconds(until: clock.now)) { return nil }
            missedAt = clock.now
        }
        isReadingKeys = true
        defer {
            isReadingKeys = false
            for waiter in waiting { waiter.resume() }
            waiting = []
        }
        let read = try await requests.keys(found)
        keys = Kept(issuer: issuer, value: read, at: clock.now)
        return Self.key(of: token, read)
    }

    /// Where a token names no key, only a single one that fits is taken for it.
    private static func key(of token: IDToken, _ keys: [ProviderKeys.Key]) -> ProviderKeys.Key? {
        let fitting = keys.filter(token.fits)
        return token.keyID == nil && fitting.count > 1 ? nil : fitting.first
    }
}
