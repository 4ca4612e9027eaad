import CoupletCore
import CoupletPorts
import Foundation
import JWTKit

/// An ID token as it was sent: its head is read, and nothing of it is believed yet.
struct IDToken: Sendable {
    /// The signatures that are believed.
    ///
    /// What needs no key, or one that both sides know, is none of them.
    enum Algorithm: String {
        case rs256 = "RS256"
        case rs384 = "RS384"
        case rs512 = "RS512"
        case es256 = "ES256"
        case es384 = "ES384"
    }

    /// How far the provider's clock may be from ours, in seconds.
    static let leeway = 120.0
    private static let largest = 65_536

    private struct Head: Decodable {
        var alg: String
        var kid: String?
        var crit: [String]?
    }

    /// Nothing: the claims are read once the signature is known to be right, by what reads everything from outside.
    private struct Unread: JWTPayload {
        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    private let text: String
    private let body: [UInt8]
    /// How it is signed.
    let algorithm: Algorithm
    /// The key that it is signed with, if it says so.
    let keyID: String?

    /// Reads the head of a token.
    /// - Throws: `ProviderFailure` where it is none, or signed in a way that is not believed.
    init(_ text: String) throws(ProviderFailure) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.largest, parts.count == 3, let head = Self.bytes(parts[0]),
            let body = Self.bytes(parts[1]), parts[2].isEmpty || Self.bytes(parts[2]) != nil,
            let read = try? OutsideJSON.decode(Head.self, from: head)
        else { throw ProviderFailure("signIn.badToken") }
        guard let algorithm = Algorithm(rawValue: read.alg), read.crit == nil else {
            throw ProviderFailure("signIn.badAlgorithm")
        }
        self.text = text
        self.body = body
        self.algorithm = algorithm
        keyID = read.kid
    }

    /// Whether a key may be the one that it is signed with.
    func fits(_ key: ProviderKeys.Key) -> Bool {
        if let keyID, key.id != keyID { return false }
        if let use = key.use, use != "sig" { return false }
        if let only = key.algorithm, only != algorithm.rawValue { return false }
        return switch algorithm {
        case .rs256, .rs384, .rs512: key.kind == "RSA"
        case .es256: key.kind == "EC" && key.curve == "P-256"
        case .es384: key.kind == "EC" && key.curve == "P-384"
        }
    }

    /// What it says, once it is known that this key has signed it, for Couplet, now, and in answer to this sign-in.
    /// - Throws: `ProviderFailure` with the first thing that is wrong.
    func identity(
        signedWith key: ProviderKeys.Key,
        _ access: ProviderAccess,
        nonce: String,
        at now: Instant
    ) async throws(ProviderFailure) -> ProvenIdentity {
        guard await isSigned(with: key) else { throw ProviderFailure("signIn.badSignature") }
        guard let claims = try? OutsideJSON.decode([String: ClaimValue].self, from: body) else {
            throw ProviderFailure("signIn.badToken")
        }
        guard claims["iss"]?.text == access.issuer else {
            throw ProviderFailure("signIn.otherIssuer", ["issuer": access.issuer])
        }
        let audience = claims["aud"]?.texts ?? []
        let party = claims["azp"]
        let isForUs = audience.contains(access.clientID) && (party == nil || party?.text == access.clientID)
        guard isForUs, audience.count == 1 || party != nil else {
            throw ProviderFailure("signIn.otherAudience", ["client": access.clientID])
        }
        try Self.checkTime(claims, at: now)
        guard claims["nonce"]?.text == nonce else { throw ProviderFailure("signIn.otherNonce") }
        guard let subject = claims["sub"]?.text, (1...255).contains(subject.utf8.count) else {
            throw ProviderFailure("signIn.badToken")
        }
        return ProvenIdentity(issuer: access.issuer, subject: subject, claims: claims.compactMapValues(\.texts))
    }

    private static func checkTime(_ claims: [String: ClaimValue], at now: Instant) throws(ProviderFailure) {
        let seconds = Double(now.milliseconds) / 1000
        guard let expires = claims["exp"]?.number, let issued = claims["iat"]?.number else {
            throw ProviderFailure("signIn.badToken")
        }
        guard seconds < expires + leeway else { throw ProviderFailure("signIn.expired") }
        guard issued <= seconds + leeway else { throw ProviderFailure("signIn.notYet") }
        guard let from = claims["nbf"] else { return }
        guard let begins = from.number else { throw ProviderFailure("signIn.badToken") }
        guard begins <= seconds + leeway else { throw ProviderFailure("signIn.notYet") }
    }

    /// Whether the signature is right under one key, in the way that the head says and that the key is for.
    private func isSigned(with key: ProviderKeys.Key) async -> Bool {
        do {
            // The collection has this one key with this one algorithm, so that a token cannot choose another.
            let keys = JWTKeyCollection()
            switch algorithm {
            case .rs256: try await keys.add(rsa: rsa(key), digestAlgorithm: .sha256)
            case .rs384: try await keys.add(rsa: rsa(key), digestAlgorithm: .sha384)
            case .rs512: try await keys.add(rsa: rsa(key), digestAlgorithm: .sha512)
            case .es256: try await keys.add(ecdsa: ES256PublicKey(parameters: (key.x ?? "", key.y ?? "")))
            case .es384: try await keys.add(ecdsa: ES384PublicKey(parameters: (key.x ?? "", key.y ?? "")))
            }
            _ = try await keys.verify(text, as: Unread.self)
            return true
        } catch {
            return false
        }
    }

    private func rsa(_ key: ProviderKeys.Key) throws -> Insecure.RSA.PublicKey {
        try Insecure.RSA.PublicKey(modulus: key.modulus ?? "", exponent: key.exponent ?? "")
    }

    /// The bytes of text in base64url without padding.
    private static func bytes(_ text: Substring) -> [UInt8]? {
        guard !text.isEmpty, text.utf8.allSatisfy({ !"+/=".utf8.contains($0) }) else { return nil }
        var usual = text.replacing("-", with: "+").replacing("_", with: "/")
        usual += String(repeating: "=", count: (4 - usual.utf8.count % 4) % 4)
        return Data(base64Encoded: String(usual)).map { Array($0) }
    }
}
