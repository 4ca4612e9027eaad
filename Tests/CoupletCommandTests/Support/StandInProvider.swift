import Crypto
import CryptoExtras
import Dispatch
import Foundation
import Glibc
import Synchronization

/// An OpenID Connect provider of the tests' own: it answers over HTTP on this machine, one request at a time, and signs with
/// keys that it makes.
final class StandInProvider: Sendable {
    /// A key that it signs with.
    enum Key: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case curve(P256.Signing.PrivateKey)

        static func newRSA() throws -> Key { .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)) }
        static func newCurve() -> Key { .curve(P256.Signing.PrivateKey()) }

        var algorithm: String {
            switch self {
            case .rsa: "RS256"
            case .curve: "ES256"
            }
        }

        func signature(of text: String) throws -> Data {
            switch self {
            case .rsa(let key):
                try key.signature(for: SHA256.hash(data: Data(text.utf8)), padding: .insecurePKCS1v1_5)
                    .rawRepresentation
            case .curve(let key): try key.signature(for: Data(text.utf8)).rawRepresentation
            }
        }

        /// The public key as the provider publishes it; like Entra ID it says no algorithm.
        func published(_ id: String) throws -> [String: String] {
            switch self {
            case .rsa(let key):
                let numbers = try key.publicKey.getKeyPrimitives()
                return [
                    "kty": "RSA", "use": "sig", "kid": id, "n": StandInProvider.encoded(numbers.modulus),
                    "e": StandInProvider.encoded(numbers.publicExponent),
                ]
            case .curve(let key):
                let point = key.publicKey.rawRepresentation
                return [
                    "kty": "EC", "use": "sig", "kid": id, "crv": "P-256",
                    "x": StandInProvider.encoded(point.prefix(32)), "y": StandInProvider.encoded(point.suffix(32)),
                ]
            }
        }
    }

    /// What it gives for a code, once.
    private struct Grant {
        var token: String
        var challenge: String
    }

    private struct State {
        var keys: [(id: String, key: Key)] = []
        var grants: [String: Grant] = [:]
        var counts: [String: Int] = [:]
        var said: String?
        var status = 200
        var padding = 0
        var isOver = false
    }

    static let client = "couplet-at-the-provider"
    static let secret = "PLANTED-provider-secret-4711"

    /// The port that it listens on.
    let port: Int
    /// What it calls itself.
    var issuer: String { "http://127.0.0.1:\(port)/tenant/v2.0" }
    private let listener: Int32
    private let state: Mutex<State>

    init(_ key: Key) throws {
        state = Mutex(State(keys: [("first", key)]))
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) != 0 || listen(listener, 16) != 0 || getsockname(listener, $0, &length) != 0
            }
        }
        guard !failed else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        port = Int(UInt16(bigEndian: address.sin_port))
        DispatchQueue(label: "couplet.test.provider").async { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { break }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                self.answer(connection)
                close(connection)
            }
            close(listener)
        }
    }

    deinit { end() }

    /// Goes down: nobody answers at its address any more.
    func end() {
        let wasOver = state.withLock { state in
            defer { state.isOver = true }
            return state.isOver
        }
        if !wasOver { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    /// Answers everything with a status from now on.
    func answer(with status: Int) { state.withLock { $0.status = status } }

    /// Calls itself something else from now on.
    func say(_ issuer: String) { state.withLock { $0.said = issuer } }

    /// Sends so many more bytes with what it says of itself.
    func pad(_ count: Int) { state.withLock { $0.padding = count } }

    /// Signs with another key from now on, and publishes no other.
    func rotate(to key: Key, _ id: String) { state.withLock { $0.keys = [(id, key)] } }

    /// How often a path was asked that ends so.
    func count(_ ending: String) -> Int {
        state.withLock { $0.counts.filter { $0.key.hasSuffix(ending) }.reduce(0) { $0 + $1.value } }
    }

    /// The key that it signs with.
    var signing: (id: String, key: Key) { state.withLock { $0.keys[0] } }

    /// What an ID token says.
    func claims(_ nonce: String, at seconds: Int, _ changes: [String: Any?] = [:]) -> [String: Any] {
        var claims: [String: Any] = [
            "iss": issuer, "aud": Self.client, "sub": "AAA-anna", "nonce": nonce, "iat": seconds, "nbf": seconds,
            "exp": seconds + 3600, "preferred_username": "Anna@Example.org", "name": "Anna Ek",
            "roles": ["Couplet.Operator", "Something.Else"],
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    /// A token signed with the present key, or with another one that calls itself so.
    func token(_ claims: [String: Any], head changes: [String: Any?] = [:], with other: Key? = nil) throws -> String {
        let (id, key) = signing
        var head: [String: Any] = ["typ": "JWT", "alg": (other ?? key).algorithm, "kid": id]
        for (name, value) in changes { head[name] = value }
        let text = try Self.encoded(head) + "." + Self.encoded(claims)
        return text + "." + Self.encoded(try (other ?? key).signature(of: text))
    }

    /// Gives a token for a code from now on, to whoever has the text with this digest.
    func grant(_ token: String, for code: String, challenge: String) {
        state.withLock { $0.grants[code] = Grant(token: token, challenge: challenge) }
    }

    static func encoded(_ members: [String: Any]) throws -> String {
        encoded(try JSONSerialization.data(withJSONObject: members, options: [.sortedKeys]))
    }

    static func encoded(_ data: some DataProtocol) -> String {
        Data(data).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func digest(_ text: String) -> String { encoded(Data(SHA256.hash(data: Data(text.utf8)))) }

    private func answer(_ connection: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var request: (line: String, body: String)?
        while request == nil {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            bytes += buffer.prefix(count)
            request = Self.request(bytes)
        }
        guard let request else { return }
        let path = request.line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let (status, body) = state.withLock { Self.respond(path, request.body, issuer, &$0) }
        let head =
            "HTTP/1.1 \(status) Said\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n"
        let answer = Array((head + body).utf8)
        var sent = 0
        while sent < answer.count {
            let count = answer[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private static func request(_ bytes: [UInt8]) -> (line: String, body: String)? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) }
        let body = bytes[end.upperBound...]
        guard body.count >= length ?? 0 else { return nil }
        return (String(lines.first ?? ""), String(decoding: body, as: UTF8.self))
    }

    private static func respond(
        _ path: String,
        _ body: String,
        _ issuer: String,
        _ state: inout State
    ) -> (Int, String) {
        state.counts[path, default: 0] += 1
        guard state.status == 200 else { return (state.status, "{}") }
        switch path {
        case let path where path.hasSuffix("/.well-known/openid-configuration"):
            let said: [String: Any] = [
                "issuer": state.said ?? issuer, "authorization_endpoint": issuer + "/authorize",
                "token_endpoint": issuer + "/token", "jwks_uri": issuer + "/keys",
                "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_post"],
                "padding": String(repeating: "x", count: state.padding),
            ]
            return (200, text(said))
        case let path where path.hasSuffix("/keys"):
            return (200, text(["keys": state.keys.compactMap { try? $0.key.published($0.id) }]))
        case let path where path.hasSuffix("/token"): return token(form(body), &state)
        default: return (404, "{}")
        }
    }

    private static func token(_ form: [String: String], _ state: inout State) -> (Int, String) {
        guard form["client_id"] == client, form["client_secret"] == secret else {
            return (401, text(["error": "invalid_client"]))
        }
        guard form["grant_type"] == "authorization_code", let code = form["code"],
            let grant = state.grants.removeValue(forKey: code), let verifier = form["code_verifier"],
            digest(verifier) == grant.challenge
        else { return (400, text(["error": "invalid_grant"])) }
        return (200, text(["id_token": grant.token, "access_token": "unused", "token_type": "Bearer"]))
    }

    private static func text(_ members: [String: Any]) -> String {
        let data = (try? JSONSerialization.data(withJSONObject: members)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    /// What a form or the query of an address says.
    static func form(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return (parts[0], (parts.count == 2 ? parts[1] : "").removingPercentEncoding ?? "")
        }
        return Dictionary(pairs) { $1 }
    }
}
