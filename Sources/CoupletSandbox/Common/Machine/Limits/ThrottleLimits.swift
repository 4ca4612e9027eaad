/// The limits that a service sets to the requests of one user.
package struct ThrottleLimits: Sendable, Equatable {
    /// The most requests in a window.
    package var requests: Int
    /// How long the sliding window is, in milliseconds.
    package var windowMilliseconds: Int
    /// The most execution time in a window, in milliseconds; without limit where nil.
    package var executionMilliseconds: Int?
    /// The most requests that are handled at a time.
    package var concurrent: Int
    /// The most requests that wait for others; 0 refuses what cannot be handled at once.
    package var queue: Int
    /// How long a request waits at most, in milliseconds.
    package var queueMilliseconds: Int
    /// After so many milliseconds a gateway answers in the service's place, while the request is done; never where nil.
    package var gatewayMilliseconds: Int?
    /// Whether a refusal for the number of requests says when to come again.
    package var saysWhen: Bool
    /// What a request takes, in milliseconds.
    package var costMilliseconds = 0
    /// What each record that is written takes, in milliseconds.
    package var costPerWriteMilliseconds = 0

    /// Business Central online: 5 requests at a time, 95 wait, for at most 8 minutes; the gateway waits 10 minutes.
    package static let businessCentral = ThrottleLimits(
        requests: 6_000,
        windowMilliseconds: 300_000,
        executionMilliseconds: nil,
        concurrent: 5,
        queue: 95,
        queueMilliseconds: 480_000,
        gatewayMilliseconds: 600_000,
        saysWhen: false
    )

    /// Dataverse's service protection: what goes beyond is refused at once, and every refusal says when to come again.
    package static let dataverse = ThrottleLimits(
        requests: 6_000,
        windowMilliseconds: 300_000,
        executionMilliseconds: 1_200_000,
        concurrent: 52,
        queue: 0,
        queueMilliseconds: 0,
        gatewayMilliseconds: nil,
        saysWhen: true
    )

    /// These limits with those that a JSON object names instead: `requests`, `seconds` (of the window),
    /// `executionSeconds`, `concurrent`, `queue`, `queueSeconds`, `gatewaySeconds`, and what requests take:
    /// `milliseconds` each, `millisecondsPerWrite` for each record written.
    /// - Throws: `QueryError` for a name or a value that is none of these.
    package func changed(by json: SandboxJSON) throws(QueryError) -> ThrottleLimits {
        guard let members = json.object else { throw QueryError(.syntax, "'throttle' is true, false or an object.") }
        var limits = self
        for member in members {
            guard let number = member.value.number.flatMap({ Double($0) }), number >= 0, number < 1e9 else {
                throw QueryError(.syntax, "'\(member.name)' of 'throttle' has to be a number, not below 0.")
            }
            let (count, milliseconds) = (Int(number), Int(number * 1_000))
            switch member.name {
            case "requests": limits.requests = count
            case "seconds": limits.windowMilliseconds = max(1, milliseconds)
            case "executionSeconds": limits.executionMilliseconds = milliseconds
            case "concurrent": limits.concurrent = max(1, count)
            case "queue": limits.queue = count
            case "queueSeconds": limits.queueMilliseconds = milliseconds
            case "gatewaySeconds": limits.gatewayMilliseconds = milliseconds
            case "milliseconds": limits.costMilliseconds = count
            case "millisecondsPerWrite": limits.costPerWriteMilliseconds = count
            default: throw QueryError(.syntax, "'throttle' has no '\(member.name)'.")
            }
        }
        return limits
    }
}
