import CoupletCore
import CoupletNetwork
import CoupletPorts
import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import couplet

@Suite("Who somebody is, by a provider's word", .timeLimit(.minutes(5)))
struct OpenIDProviderTests {
    private static let challenge = ProviderChallenge(
        state: "state",
        nonce: "nonce",
        verifier: String(repeating: "v", count: 64)
    )

    private let clock = ManualClock()

    private var seconds: Int { Int(clock.now.milliseconds / 1000) }

    private func access(_ provider: StandInProvider, secret: String = StandInProvider.secret) -> ProviderAccess {
        ProviderAccess(
            issuer: provider.issuer,
            clientID: StandInProvider.client,
            clientSecret: secret,
            returnAddress: "http://127.0.0.1:1/oidc/return"
        )
    }

    private func with<Result>(_ body: (OpenIDProvider) async throws -> Result) async throws -> Result {
        try await withHTTPTransport(ProviderRequests.settings(trustedCertificates: nil)) { transport in
            try await body(OpenIDProvider(transport: transport, clock: clock))
        }
    }

    /// What comes of a token that the provider gives.
    private func identity(
        _ token: String,
        _ provider: StandInProvider,
        _ asking: OpenIDProvider
    ) async throws -> ProvenIdentity {
        provider.grant(token, for: "code", challenge: StandInProvider.digest(Self.challenge.verifier))
        return try await asking.identity(access(provider), Self.challenge, code: "code")
    }

    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? ProviderFailure)?.reason.code ?? "\(error)"
        }
    }

    @Test("a browser is sent there with state, nonce and the digest of what goes with the code")
    func wayThere() async throws {
        let provider = try StandInProvider(.newCurve())
        let address = try await with { try await $0.signInAddress(access(provider), Self.challenge) }
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        #expect(parts[0] == provider.issuer + "/authorize")
        let query = StandInProvider.form(parts[1])
        #expect(query["response_type"] == "code" && query["response_mode"] == "query")
        #expect(query["client_id"] == StandInProvider.client)
        #expect(query["redirect_uri"] == "http://127.0.0.1:1/oidc/return")
        #expect(query["state"] == "state" && query["nonce"] == "nonce")
        #expect(query["scope"]?.split(separator: " ").contains("openid") == true)
        #expect(query["code_challenge"] == StandInProvider.digest(Self.challenge.verifier))
        #expect(query["code_challenge_method"] == "S256")
        #expect(!address.contains(Self.challenge.verifier) && !address.contains(StandInProvider.secret))
    }

    @Test("a token is believed that is signed with RS256 or ES256, and clocks may differ by two minutes")
    func believed() async throws {
        for key in [try StandInProvider.Key.newRSA(), .newCurve()] {
            let provider = try StandInProvider(key)
            try await with { asking in
                for change: [String: Any?] in [
                    [:], ["exp": seconds - 119], ["nbf": seconds + 119, "iat": seconds + 119], ["nbf": nil],
                    ["aud": ["other", StandInProvider.client], "azp": StandInProvider.client],
                ] {
                    let token = try provider.token(provider.claims("nonce", at: seconds, change))
                    let proven = try await identity(token, provider, asking)
                    #expect(proven.issuer == provider.issuer && proven.subject == "AAA-anna")
                    #expect(proven.claims["roles"] == ["Couplet.Operator", "Something.Else"])
                    #expect(proven.claims["preferred_username"] == ["Anna@Example.org"])
                }
            }
        }
    }

    @Test("a token is not believed that is another's, for another, of another time or of another sign-in")
    func claims() async throws {
        let provider = try StandInProvider(.newCurve())
        let cases: [([String: Any?], String)] = [
            (["iss": "https://login.example.org"], "signIn.otherIssuer"),
            (["iss": provider.issuer + "/"], "signIn.otherIssuer"),
            (["aud": "another"], "signIn.otherAudience"), (["aud": nil], "signIn.otherAudience"),
            (["aud": [StandInProvider.client, "another"]], "signIn.otherAudience"),
            (["azp": "another"], "signIn.otherAudience"), (["azp": 7], "signIn.otherAudience"),
            (["nonce": "another"], "signIn.otherNonce"), (["nonce": nil], "signIn.otherNonce"),
            (["exp": seconds - 121], "signIn.expired"), (["exp": nil], "signIn.badToken"),
            (["exp": "never"], "signIn.badToken"), (["nbf": seconds + 121], "signIn.notYet"),
            (["iat": seconds + 121], "signIn.notYet"), (["iat": nil], "signIn.badToken"),
            (["nbf": "now"], "signIn.badToken"), (["sub": nil], "signIn.badToken"), (["sub": ""], "signIn.badToken"),
        ]
        try await with { asking in
            for (change, expected) in cases {
                let token = try provider.token(provider.claims("nonce", at: seconds, change))
                let found = await code { _ = try await identity(token, provider, asking) }
                #expect(found == expected, "\(change)")
            }
        }
    }

    @Test("a token is not believed without the signature of a key that the provider publishes")
    func signatures() async throws {
        let key = try StandInProvider.Key.newRSA()
        let provider = try StandInProvider(key)
        let claims = provider.claims("nonce", at: seconds)
        let good = try provider.token(claims)
        let parts = good.split(separator: ".").map(String.init)
        let body = try StandInProvider.encoded(claims)
        let none = try StandInProvider.encoded(["alg": "none", "kid": "first"]) + "." + body
        let shared = try StandInProvider.encoded(["alg": "HS256", "kid": "first"]) + "." + body
        guard case .rsa(let rsa) = key else { return }
        let codes = [rsa.publicKey.pemRepresentation, rsa.publicKey.pemRepresentation + "\n"].map { pem in
            HMAC<SHA256>.authenticationCode(for: Data(shared.utf8), using: SymmetricKey(data: Data(pem.utf8)))
        }
        let changed = try StandInProvider.encoded(provider.claims("nonce", at: seconds, ["sub": "BBB"]))
        let cases = [
            (none + ".", "signIn.badAlgorithm"), (none + "." + parts[2], "signIn.badAlgorithm"),
            (shared + "." + StandInProvider.encoded(Data(codes[0])), "signIn.badAlgorithm"),
            (shared + "." + StandInProvider.encoded(Data(codes[1])), "signIn.badAlgorithm"),
            (try provider.token(claims, head: ["alg": "nOnE"]), "signIn.badAlgorithm"),
            (try provider.token(claims, head: ["crit": ["b64"], "b64": false]), "signIn.badAlgorithm"),
            ([parts[0], changed, parts[2]].joined(separator: "."), "signIn.badSignature"),
            ([parts[0], parts[1], ""].joined(separator: "."), "signIn.badSignature"),
            (try provider.token(claims, with: .newRSA()), "signIn.badSignature"),
            // The key is no key for this algorithm.
            (try provider.token(claims, with: .newCurve()), "signIn.unknownKey"),
            (good + "=", "signIn.badToken"), ("a.b", "signIn.badToken"), ("", "signIn.badToken"),
            ([parts[0] + "=", parts[1], parts[2]].joined(separator: "."), "signIn.badToken"),
        ]
        try await with { asking in
            for (token, expected) in cases {
                let found = await code { _ = try await identity(token, provider, asking) }
                #expect(found == expected, "\(token.prefix(60))")
            }
            let proven = try await identity(good, provider, asking)
            #expect(proven.subject == "AAA-anna")
        }
    }

    @Test("a new key is believed as soon as the provider publishes it, and missing ones are looked for once a minute")
    func rotation() async throws {
        let provider = try StandInProvider(.newCurve())
        func token(_ other: StandInProvider.Key? = nil, _ head: [String: Any?] = [:]) throws -> String {
            try provider.token(provider.claims("nonce", at: seconds), head: head, with: other)
        }
        try await with { asking in
            let old = try token()
            _ = try await identity(old, provider, asking)
            #expect(provider.count("/keys") == 1)
            provider.rotate(to: .newCurve(), "second")
            _ = try await identity(try token(), provider, asking)
            #expect(provider.count("/keys") == 2, "the new key is looked for at once")
            #expect(await code { _ = try await identity(old, provider, asking) } == "signIn.unknownKey")
            let (forged, stranger) = (StandInProvider.Key.newCurve(), ["kid": "third"] as [String: Any?])
            for _ in 0..<3 {
                let strange = try token(forged, stranger)
                #expect(await code { _ = try await identity(strange, provider, asking) } == "signIn.unknownKey")
            }
            #expect(provider.count("/keys") == 2, "and no other within the minute")
            clock.advance(bySeconds: 60)
            provider.rotate(to: .newCurve(), "third")
            _ = try await identity(try token(), provider, asking)
            #expect(provider.count("/keys") == 3)
            // A key that was withdrawn is not believed for longer than an hour.
            provider.rotate(to: .newCurve(), "fourth")
            clock.advance(bySeconds: OpenIDProvider.keptFor)
            let withdrawn = try provider.token(provider.claims("nonce", at: seconds), head: ["kid": "third"])
            #expect(await code { _ = try await identity(withdrawn, provider, asking) } == "signIn.unknownKey")
            #expect(provider.count("/openid-configuration") == 2)
        }
    }

    @Test("a provider that is down, says too much or calls itself something else signs nobody in")
    func provider() async throws {
        try await with { asking in
            func address(_ provider: StandInProvider) async -> ProviderFailure? {
                do throws(ProviderFailure) {
                    _ = try await asking.signInAddress(access(provider), Self.challenge)
                    return nil
                } catch {
                    return error
                }
            }
            let gone = try StandInProvider(.newCurve())
            gone.end()
            let down = await address(gone)
            #expect(down?.reason.code == "signIn.notReached" && down?.isPassing == true)
            let failing = try StandInProvider(.newCurve())
            failing.answer(with: 503)
            let failed = await address(failing)
            #expect(failed?.reason.code == "signIn.noDescription" && failed?.isPassing == true)
            let long = try StandInProvider(.newCurve())
            long.pad(ProviderRequests.largestAnswer)
            #expect(await address(long)?.reason.code == "signIn.notReached")
            let other = try StandInProvider(.newCurve())
            other.say("https://login.example.org")
            #expect(await address(other)?.reason.code == "signIn.saysOther")
            let plain = ProviderAccess(
                issuer: "http://login.example.org",
                clientID: "c",
                clientSecret: "s",
                returnAddress: "https://desk.example.org"
            )
            #expect(await code { _ = try await asking.signInAddress(plain, Self.challenge) } == "signIn.badIssuer")
        }
    }

    @Test("a code is worth something once, and only with the right secret")
    func codes() async throws {
        let provider = try StandInProvider(.newCurve())
        try await with { asking in
            let token = try provider.token(provider.claims("nonce", at: seconds))
            _ = try await identity(token, provider, asking)
            let again = await code { _ = try await asking.identity(access(provider), Self.challenge, code: "code") }
            #expect(again == "signIn.codeRefused")
            let wrong = access(provider, secret: "wrong")
            #expect(
                await code { _ = try await asking.identity(wrong, Self.challenge, code: "code") }
                    == "signIn.secretRefused"
            )
            provider.grant(token, for: "other", challenge: StandInProvider.digest("another verifier"))
            let other = await code { _ = try await asking.identity(access(provider), Self.challenge, code: "other") }
            #expect(other == "signIn.codeRefused")
        }
    }

    @Test("an issuer that stands for all tenants of Entra ID is refused, one tenant's is not")
    func tenants() async throws {
        try await with { asking in
            for tenant in ["common", "organizations", "consumers", "Common"] {
                let objection = asking.objection(toIssuer: "https://login.microsoftonline.com/\(tenant)/v2.0")
                #expect(objection?.code == "signIn.noTenant", "\(tenant)")
            }
            let tenant = "https://login.microsoftonline.com/9f5c9c33-0000-4000-8000-6ac35ed1f0aa/v2.0"
            #expect(asking.objection(toIssuer: tenant) == nil)
            #expect(asking.objection(toIssuer: "https://login.example.org/common") == nil)
        }
    }
}
