/// What a recipient wants to be told, and when.
public struct AlertTerms: Codable, Sendable, Hashable {
    /// How many seconds the first of several alerts waits for the others, 0 to 3600.
    public var groupingSeconds: Int
    /// When what can wait waits; nil for never.
    public var quiet: QuietHours?
    /// Whether what is urgent waits as well.
    public var urgentWaits: Bool
    /// Whether only what is urgent is told.
    public var urgentOnly: Bool

    /// Creates terms.
    public init(
        groupingSeconds: Int = 60,
        quiet: QuietHours? = nil,
        urgentWaits: Bool = false,
        urgentOnly: Bool = false
    ) {
        self.groupingSeconds = groupingSeconds
        self.quiet = quiet
        self.urgentWaits = urgentWaits
        self.urgentOnly = urgentOnly
    }
}

/// What a recipient has been told, and what is on its way to them.
public struct AlertLedger: Codable, Sendable, Hashable {
    /// After how many seconds an alert that lasts is told again.
    public static let repeatPause = 86_400.0

    /// An alert that was told.
    private struct Told: Codable, Sendable, Hashable {
        var alert: Alert
        var toldAt: Instant
        /// When it ended; nil while it lasts.
        var endedAt: Instant?
    }

    /// A message that has not arrived yet.
    public struct Delivery: Codable, Sendable, Hashable {
        /// The message, the same at every attempt.
        public var message: AlertMessage
        /// How often it was tried.
        public var attempts = 0
        /// When it was tried last; nil before the first time.
        public var triedAt: Instant?
        /// When it is tried next.
        public var nextAt: Instant
        /// What kept it from arriving the last time.
        public var problem: Message?
    }

    private var told: [String: Told] = [:]
    /// What is on its way; one message at a time, so that they arrive in order.
    public private(set) var delivery: Delivery?
    /// When a message arrived last.
    public private(set) var deliveredAt: Instant?
    /// How many messages have arrived.
    public private(set) var deliveredCount = 0
    /// How many attempts have failed.
    public private(set) var failedCount = 0

    /// Nothing was told.
    public init() {}

    /// Takes note of alerts that are over.
    public mutating func note(ended: [String: Instant]) {
        for (id, endedAt) in ended { told[id]?.endedAt = endedAt }
    }

    /// Puts a message together where it is time for one: from then on it counts as told, and is on its way.
    /// - Parameters:
    ///   - watch: What there is.
    ///   - terms: What the recipient wants to be told, and when.
    ///   - id: What the message will be known by.
    ///   - now: The present time.
    public mutating func compose(_ watch: AlertWatch, _ terms: AlertTerms, id: @autoclosure () -> String, now: Instant)
    {
        guard delivery == nil else { return }
        let isQuiet = terms.quiet?.contain(now) ?? false
        let news = news(watch, terms, now).filter { news in
            !isQuiet || news.item.alert.kind.isUrgent && news.item.event != .ended && !terms.urgentWaits
        }
        guard news.contains(where: { $0.since.seconds(until: now) >= Double(terms.groupingSeconds) }) else { return }
        let order = AlertMessage.Event.allCases
        let items = news.map(\.item).sorted { left, right in
            let (first, second) = (order.firstIndex(of: left.event) ?? 0, order.firstIndex(of: right.event) ?? 0)
            if first != second { return first < second }
            if left.alert.kind.isUrgent != right.alert.kind.isUrgent { return left.alert.kind.isUrgent }
            return left.alert.id < right.alert.id
        }
        for item in items {
            told[item.alert.id] = item.event == .ended ? nil : Told(alert: item.alert, toldAt: now)
        }
        delivery = Delivery(message: AlertMessage(id: id(), madeAt: now, items: items), nextAt: now)
    }

    /// What there is to tell, each with the time from which on it waits for others.
    private mutating func news(
        _ watch: AlertWatch,
        _ terms: AlertTerms,
        _ now: Instant
    ) -> [(item: AlertMessage.Item, since: Instant)] {
        let begun = watch.begun.filter { !terms.urgentOnly || $0.value.kind.isUrgent }
        var news: [(item: AlertMessage.Item, since: Instant)] = []
        for (id, alert) in begun {
            guard let before = told[id] else {
                news.append((AlertMessage.Item(.begun, alert), watch.toldFrom(id) ?? now))
                continue
            }
            // Nobody was told that it was over before it came back.
            told[id]?.endedAt = nil
            guard before.toldAt.seconds(until: now) >= Self.repeatPause else { continue }
            news.append((AlertMessage.Item(.lasting, alert), before.toldAt))
        }
        for (id, before) in told where begun[id] == nil {
            // What is not followed any more has ended, whenever that was.
            guard let endedAt = before.endedAt ?? (watch.foundAt(id) == nil ? now : nil) else { continue }
            told[id]?.endedAt = endedAt
            news.append((AlertMessage.Item(.ended, before.alert, endedAt: endedAt), endedAt))
        }
        return news
    }

    /// The delivery that is due.
    /// - Parameters:
    ///   - now: The present time.
    ///   - changedAt: When the recipient was changed last: what failed before is tried again at once.
    /// - Returns: The delivery; nil where none is due.
    public func due(at now: Instant, changedAt: Instant) -> Delivery? {
        guard let delivery else { return nil }
        let isChanged = delivery.triedAt.map { $0 < changedAt } ?? false
        return delivery.nextAt <= now || isChanged ? delivery : nil
    }

    /// Takes note that what was on its way has arrived.
    public mutating func delivered(at now: Instant) {
        delivery = nil
        deliveredAt = now
        deliveredCount += 1
    }

    /// Takes note that what is on its way did not arrive, and is tried again after a pause that grows up to an hour.
    /// - Parameters:
    ///   - now: The present time.
    ///   - problem: What kept it from arriving.
    ///   - jitter: From 0 to 1.
    public mutating func failed(at now: Instant, _ problem: Message, jitter: Double) {
        guard var delivery else { return }
        delivery.attempts += 1
        delivery.triedAt = now
        delivery.problem = problem
        let pause = RetryPolicy.transient.pause(afterAttempts: delivery.attempts, jitter: jitter)
        delivery.nextAt = now.advanced(bySeconds: pause)
        self.delivery = delivery
        failedCount += 1
    }
}
