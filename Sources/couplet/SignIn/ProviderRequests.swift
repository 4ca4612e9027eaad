import CoupletCore
import CoupletEngine
import CoupletNetwork
import CoupletPorts
import Foundation

/// The requests to a provider: each takes so long and no longer, and its answer is of a moderate size.
struct ProviderRequests: Sendable {
    /// How many seconds a request may take.
    static let patience = 15
    /// The largest answer, in bytes.
    static let largestAnswer = 1 << 20
    /// More keys than any provider has.
    private static let mostKeys = 100

    /// Sends requests within the limits of `settings`.
    let transport: any HTTPTransport

    /// A transport for these requests, with what is trusted besides the system's certificates.
    ///
    /// Plain http leads to this machine only.
    static func settings(trustedCertificates: String?) -> TransportSettings {
        TransportSettings(
            connectSeconds: 5,
            readSeconds: patience,
            largestBody: largestAnswer,
            trustedCertificatesFile: trustedCertificates,
            plainHosts: []
        )
    }

    /// What a provider says of itself.
    /// - Throws: `ProviderFailure` where it does not answer, is another one, or names addresses that are not safe.
    func description(of issuer: String) async throws(ProviderFailure) -> ProviderDescription {
        guard let place = SafeAddress(issuer) else { throw ProviderFailure("signIn.badIssuer", ["issuer": issuer]) }
        let root = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let answer = try await send(Self.get(root + "/.well-known/openid-configuration"))
        guard answer.status == 200,
            let found = try? OutsideJSON.decode(ProviderDescription.self, from: answer.body)
        else { throw ProviderFailure("signIn.noDescription", ["issuer": issuer], isPassing: answer.status >= 500) }
        guard found.issuer == issuer else {
            let arguments = ["issuer": issuer, "said": Self.harmless(found.issuer)]
            throw ProviderFailure("signIn.saysOther", arguments)
        }
        for address in [found.signInAddress, found.tokenAddress, found.keysAddress] {
            // What the browser is sent to may have a query of its own.
            let bare = String(address.prefix { $0 != "?" })
            guard let safe = SafeAddress(bare), !safe.isPlain || place.isPlain, !address.contains("#"),
                address.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw ProviderFailure("signIn.noDescription", ["issuer": issuer]) }
        }
        return found
    }

    /// The provider's keys.
    func keys(_ found: ProviderDescription) async throws(ProviderFailure) -> [ProviderKeys.Key] {
        let answer = try await send(Self.get(found.keysAddress))
        guard answer.status == 200, let read = try? OutsideJSON.decode(ProviderKeys.self, from: answer.body),
            read.keys.count <= Self.mostKeys
        else { throw ProviderFailure("signIn.badKeys", ["issuer": found.issuer], isPassing: answer.status >= 500) }
        return read.keys
    }

    /// The ID token that the provider gives for a code.
    func idToken(
        _ found: ProviderDescription,
        _ access: ProviderAccess,
        code: String,
        verifier: String
    ) async throws(ProviderFailure) -> String {
        var values = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", access.returnAddress),
            ("client_id", access.clientID), ("code_verifier", verifier),
        ]
        var headers = [
            HTTPHeader("Content-Type", "application/x-www-form-urlencoded"), HTTPHeader("Accept", "application/json"),
        ]
        // Without a word about it, a provider takes the secret in the header.
        if found.secretWays?.contains("client_secret_post") == true {
            values.append(("client_secret", access.clientSecret))
        } else {
            let pair = Self.encoded(access.clientID) + ":" + Self.encoded(access.clientSecret)
            headers.append(HTTPHeader("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
        }
        let answer = try await send(
            HTTPRequestMessage(
                method: "POST",
                url: found.tokenAddress,
                headers: headers,
                body: Array(Self.form(values).utf8)
            )
        )
        let said = try? OutsideJSON.decode(TokenAnswer.self, from: answer.body)
        if answer.status == 200, let token = said?.idToken { return token }
        switch said?.error {
        case "invalid_client", "unauthorized_client": throw ProviderFailure("signIn.secretRefused")
        case "invalid_grant": throw ProviderFailure("signIn.codeRefused")
        default:
            let host = SafeAddress(access.issuer)?.origin ?? ""
            let arguments = ["provider": host, "status": String(answer.status)]
            throw ProviderFailure("signIn.noToken", arguments, isPassing: answer.status >= 500)
        }
    }

    private static func get(_ url: String) -> HTTPRequestMessage {
        HTTPRequestMessage(method: "GET", url: url, headers: [HTTPHeader("Accept", "application/json")])
    }

    private func send(_ request: HTTPRequestMessage) async throws(ProviderFailure) -> HTTPResponseMessage {
        let host = SafeAddress(String(request.url.prefix { $0 != "?" }))?.origin ?? ""
        let transport = transport
        let result = await withTaskGroup(of: Result<HTTPResponseMessage, ProviderFailure>.self) { group in
            group.addTask {
                do throws(TransportError) {
                    return .success(try await transport.send(request))
                } catch {
                    let arguments = ["provider": host, "detail": error.reason]
                    return .failure(ProviderFailure("signIn.notReached", arguments, isPassing: true))
                }
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(Self.patience))
                let arguments = ["provider": host, "detail": "network.noAnswerInTime(\(host))"]
                return .failure(ProviderFailure("signIn.notReached", arguments, isPassing: true))
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(ProviderFailure("signIn.notReached", ["provider": host], isPassing: true))
        }
        return try result.get()
    }

    /// Text of somebody else's that may be shown: an address, or nothing.
    private static func harmless(_ text: String) -> String {
        text.utf8.count <= 200 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : "?"
    }

    /// Names and values as a form sends them.
    static func form(_ values: [(String, String)]) -> String {
        values.map { "\($0)=\(encoded($1))" }.joined(separator: "&")
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}
