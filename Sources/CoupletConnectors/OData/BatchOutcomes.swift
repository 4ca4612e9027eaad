import CoupletCore
package import CoupletPorts

/// What the answer to a whole batch says, where it is not the answers to its parts.
package enum BatchOutcomes {
    /// The result of a batch that was answered as a whole; nil when its parts are to be looked at.
    /// - Parameters:
    ///   - answer: The answer.
    ///   - count: How many parts were sent.
    ///   - seconds: How long the answer took.
    ///   - client: The client that sent it.
    ///   - table: The table.
    /// - Returns: The result, or nil.
    /// - Throws: `forbidden` or `notFound`: nothing was done.
    package static func whole(
        _ answer: HTTPResponseMessage,
        count: Int,
        seconds: Double,
        client: ODataClient,
        table: String
    ) throws(ConnectorError) -> BatchResult? {
        func all(_ outcome: Outcome, tooLarge: Bool = false) -> BatchResult {
            BatchResult(
                outcomes: Array(repeating: outcome, count: count),
                seconds: seconds,
                wasTooLarge: tooLarge
            )
        }
        switch answer.status {
        case 200..<300: return nil
        case 400:
            let type = answer.header("Content-Type")?.lowercased() ?? ""
            if type.hasPrefix("multipart/") { return nil }
            let error = client.odataError(in: answer)
            if error?.message.contains("too many parts") == true {
                return all(.retryable(afterSeconds: nil), tooLarge: true)
            }
            let code = error?.code ?? ""
            return all(
                .rejected(
                    RemoteProblem(
                        kind: .other,
                        code: code.isEmpty ? "HTTP 400" : code,
                        message: error?.message ?? Detail.text("detail.batchRefused")
                    )
                )
            )
        case 413: return all(.retryable(afterSeconds: nil), tooLarge: true)
        case 429: return all(.retryable(afterSeconds: wait(answer, client)))
        case 503: return all(.unclear(afterSeconds: wait(answer, client)))
        case 408, 500..<600: return all(.unknown)
        default: throw client.failure(answer, table: table)
        }
    }

    private static func wait(_ answer: HTTPResponseMessage, _ client: ODataClient) -> Double? {
        RetryAfter.seconds(answer.header("Retry-After"), now: client.clock.now)
    }
}
