import CoupletCore
import CoupletNetwork
import CoupletPorts

/// The address of a `couplet serve` on another machine: where its desk is.
struct ServerAddress: Sendable, Hashable {
    /// What every address there begins with, without a slash at its end.
    let base: String

    /// Reads an address of http or https, maybe with a path; nil where it is none, or has more than host and path.
    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://"), ["http", "https"].contains(text[..<mark.lowerBound].lowercased()),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains(where: { "?#@\\\"'<>".contains($0) }),
            let first = text[mark.upperBound...].first, !"/:".contains(first)
        else { return nil }
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
    }
}

/// A `couplet serve` on another machine, and the token with which it is asked.
struct DistantServer: Sendable {
    private let address: ServerAddress
    private let token: String
    private let settings: Settings

    /// A connection on which nothing comes for so many seconds leads nowhere any more: the server is never silent as long.
    private static let longestSilence = 300

    /// Finds the token.
    /// - Parameters:
    ///   - address: The server.
    ///   - settings: Where the token is, and whose certificates are trusted.
    /// - Throws: `CoupletError` where there is no token, or it is where others can read it.
    init(_ address: ServerAddress, _ settings: Settings) throws {
        let given = try settings.token ?? settings.tokenFile.map { try SecretFile.ownText(in: $0) }
        guard let given else { throw CoupletError("server.noToken", ["server": address.base], status: .wrongUse) }
        guard given.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw CoupletError("server.badToken", status: .wrongUse)
        }
        self.address = address
        self.settings = settings
        token = given
    }

    /// Does something with the engine of the server.
    func withPerformer<Result: Sendable>(
        _ body: @Sendable (any ActionPerformer) async throws -> Result
    ) async throws -> Result {
        try await settings.withTransport(readSeconds: Self.longestSilence) { transport in
            try await body(CallingPerformer(door: self, transport: transport))
        }
    }
}

extension DistantServer: ActionDoor {
    var headers: [HTTPHeader] { [HTTPHeader("authorization", "Bearer " + token)] }

    func address(of action: String) -> String { "\(address.base)/actions/\(action)" }

    func failure(_ error: TransportError, asking action: String) -> CoupletError {
        let arguments = ["server": address.base, "detail": error.reason]
        return switch error {
        case .addressUnknown: CoupletError("server.wrongAddress", arguments, status: .wrongConfiguration)
        case .notSent(let reason) where reason.hasPrefix("network.certificate") || reason.hasPrefix("network.noTLS"):
            CoupletError("server.untrusted", arguments, status: .remoteDown)
        case .notSent: CoupletError("server.unreachable", arguments, status: .remoteDown)
        case .answerLost, .cancelled: lost(action, error.reason)
        }
    }

    func refusal(_ answer: HTTPResponseMessage, asking action: String) -> CoupletError {
        let status = String(answer.status)
        let isOfLines = answer.header("content-type")?.hasPrefix("application/x-ndjson") == true
        switch answer.status {
        case 200 where isOfLines: return lost(action, "")
        case 300..<400:
            let place = answer.header("location") ?? ""
            return CoupletError(
                "server.elsewhere",
                ["server": address.base, "address": place],
                status: .wrongConfiguration
            )
        case 429:
            let seconds = answer.header("retry-after") ?? ""
            return CoupletError("server.busy", ["server": address.base, "seconds": seconds], status: .tryLater)
        // Something between both says this: nobody knows how far the action got.
        case 500...: return lost(action, "HTTP " + status)
        default:
            return CoupletError(
                "server.notCouplet",
                ["server": address.base, "status": status],
                status: .wrongConfiguration
            )
        }
    }

    private func lost(_ action: String, _ detail: String) -> CoupletError {
        CoupletError(
            "server.answerLost",
            ["server": address.base, "action": action, "detail": detail],
            status: .tryLater
        )
    }
}
