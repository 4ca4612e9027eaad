/// The subscriptions, and the calls to subscribers.
struct SubscriptionDesk: Sendable {
    /// What is being told to one address.
    struct Delivery: Sendable {
        /// The call under way.
        var call: Int?
        /// What it tells, by subscription.
        var told:
            [String: (entries: [SandboxGUID: BusinessCentralSubscription.Entry]?, firstChangeAt: SandboxInstant)] =
                [:]
        /// How often in a row the address could not be told.
        var failures = 0
        /// Since when.
        var failingSince: SandboxInstant?
        /// Not before this time.
        var notBefore: SandboxInstant?
    }

    /// A request that waits for its subscriber to answer.
    struct Handshake: Sendable {
        /// The subscription as it will be.
        let subscription: BusinessCentralSubscription
        /// What the subscriber has to answer.
        let token: String
        let isNew: Bool
        let root: String
    }

    /// The most subscriptions of an environment.
    static let most = 200
    /// How long a subscriber may take to answer, in milliseconds.
    static let patience = 5_000
    /// For how long somebody is tried who cannot be told, in milliseconds: 36 hours.
    private static let longestFailing: Int64 = 129_600_000
    private static let firstPause: Int64 = 30_000
    private static let longestPause: Int64 = 3_600_000

    var all: [BusinessCentralSubscription] = []
    var handshakes: [Int: Handshake] = [:]
    /// By address.
    var deliveries: [String: Delivery] = [:]
    /// Writes up to this one have been looked at.
    var seenVersion: Int64 = -1
    private var calls = 0

    /// The number of a new call.
    mutating func nextCall() -> Int {
        calls += 1
        return calls
    }

    func index(_ id: String) -> Int? { all.firstIndex { $0.id == id } }

    /// Ends what was not renewed in time.
    mutating func expire(at now: SandboxInstant) { all.removeAll { $0.expiresAt <= now } }

    /// When each address with news is to be told next.
    func due(delay: Int64) -> [(address: String, at: SandboxInstant)] {
        var due: [String: SandboxInstant] = [:]
        for subscription in all {
            guard let first = subscription.firstChangeAt, deliveries[subscription.address]?.call == nil else {
                continue
            }
            var time = first.advanced(byMilliseconds: delay)
            if let notBefore = deliveries[subscription.address]?.notBefore { time = max(time, notBefore) }
            due[subscription.address] = min(due[subscription.address] ?? time, time)
        }
        return due.map { ($0.key, $0.value) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    }

    /// Takes what an address is to be told: one call for all of its subscriptions.
    mutating func take(_ address: String) -> OutboundCall {
        var delivery = deliveries[address] ?? Delivery()
        var notices: [(at: SandboxInstant, json: SandboxJSON)] = []
        for index in all.indices where all[index].address == address {
            guard let first = all[index].firstChangeAt else { continue }
            notices += all[index].notices()
            delivery.told[all[index].id] = (all[index].entries, first)
            all[index].entries = [:]
            all[index].firstChangeAt = nil
        }
        let ordered = notices.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        let body = SandboxJSON.members(["value": .array(ordered.map(\.element.json))])
        let call = nextCall()
        delivery.call = call
        deliveries[address] = delivery
        return OutboundCall(id: call, url: address, body: body.bytes, timeoutMilliseconds: Self.patience)
    }

    /// Takes the outcome of a call that told something.
    mutating func settle(_ call: OutboundCall, _ outcome: OutboundOutcome, at now: SandboxInstant) {
        guard let (address, delivery) = deliveries.first(where: { $0.value.call == call.id }) else { return }
        switch outcome {
        case .answered(200...299, _): deliveries[address] = nil
        case .answered(408, _), .answered(429, _), .answered(500..., _), .failed: retry(address, delivery, at: now)
        case .answered:
            all.removeAll { delivery.told[$0.id] != nil }
            deliveries[address] = nil
        }
    }

    private mutating func retry(_ address: String, _ delivery: Delivery, at now: SandboxInstant) {
        let since = delivery.failingSince ?? now
        guard now.milliseconds - since.milliseconds < Self.longestFailing else {
            deliveries[address] = nil
            return
        }
        for (id, told) in delivery.told {
            guard let index = index(id) else { continue }
            all[index].putBack(told.entries, firstChangeAt: told.firstChangeAt)
        }
        let pause = min(Self.longestPause, Self.firstPause << min(Int64(delivery.failures), 10))
        deliveries[address] = Delivery(
            failures: delivery.failures + 1,
            failingSince: since,
            notBefore: now.advanced(byMilliseconds: pause)
        )
    }
}
