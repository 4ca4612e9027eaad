/// What an alert can be about.
public enum AlertKind: String, Codable, Sendable, Hashable, CaseIterable {
    case writingStopped
    case storeUnusable
    case schedulerStuck
    case connectionRefused
    case connectionUnreachable
    case connectionDisabled
    case tableUnread
    case subscriptionsSilent
    case mappingFails
    case mappingBehind
    case scheduleMissed
    case planHeld
    case recordsParked
    case recordsFail
    case recordsDeleted
    case conflictsOpen
    case questionsOpen

    /// Whether nothing, or nothing of a whole system, gets on until somebody acts.
    public var isUrgent: Bool {
        switch self {
        case .writingStopped, .storeUnusable, .schedulerStuck, .connectionRefused, .connectionUnreachable: true
        case .connectionDisabled, .tableUnread, .subscriptionsSilent, .mappingFails, .mappingBehind, .scheduleMissed,
            .planHeld, .recordsParked, .recordsFail, .recordsDeleted, .conflictsOpen, .questionsOpen:
            false
        }
    }

    /// For how many seconds it must be found before it is told: what may pass by itself is left the time to.
    public var patience: Double {
        switch self {
        case .connectionRefused, .storeUnusable: 120
        case .connectionUnreachable, .tableUnread, .mappingFails: 600
        case .mappingBehind: 900
        case .subscriptionsSilent: 1800
        case .connectionDisabled: 3600
        case .writingStopped, .schedulerStuck, .scheduleMissed, .planHeld, .recordsParked, .recordsFail,
            .recordsDeleted, .conflictsOpen, .questionsOpen:
            0
        }
    }
}

/// Something that needs a person, as long as it does.
public struct Alert: Codable, Sendable, Hashable {
    /// What it is about.
    public var kind: AlertKind
    /// The name or number of what it is about; empty where it is Couplet as a whole.
    public var subject: String
    /// Of how many things; nil where they are not counted.
    public var count: Int?
    /// The mappings that it concerns; empty where it concerns them all.
    public var mappings: [String]
    /// Since when it is so.
    public var since: Instant
    /// Why, where that is known.
    public var cause: Message?

    /// Creates an alert.
    public init(
        _ kind: AlertKind,
        _ subject: String = "",
        count: Int? = nil,
        mappings: [String] = [],
        since: Instant,
        cause: Message? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.count = count
        self.mappings = mappings
        self.since = since
        self.cause = cause
    }

    /// What tells it from all others: of a kind and subject there is one alert at a time.
    public var id: String { subject.isEmpty ? kind.rawValue : "\(kind.rawValue) \(subject)" }

    /// What it says; its code has a remedy.
    public var message: Message {
        var arguments: [String: String] = [:]
        switch kind {
        case .writingStopped, .storeUnusable, .schedulerStuck: break
        case .connectionRefused, .connectionUnreachable, .connectionDisabled, .subscriptionsSilent:
            arguments["connection"] = subject
        case .tableUnread:
            // The names of connections have no blanks.
            let parts = subject.split(separator: " ", maxSplits: 1).map(String.init)
            (arguments["connection"], arguments["table"]) = (parts.first, parts.last)
        case .planHeld: arguments["plan"] = subject
        case .mappingFails, .mappingBehind, .scheduleMissed, .recordsParked, .recordsFail, .recordsDeleted,
            .conflictsOpen, .questionsOpen:
            arguments["mapping"] = subject
        }
        arguments["count"] = count.map { String($0) }
        if !mappings.isEmpty { arguments["mappings"] = mappings.joined(separator: ", ") }
        return Message("alert.kind." + kind.rawValue, arguments)
    }
}

/// What is told at once to whoever wants to know.
public struct AlertMessage: Codable, Sendable, Hashable {
    /// What is told of an alert.
    public enum Event: String, Codable, Sendable, Hashable, CaseIterable {
        /// It began.
        case begun
        /// It was told before, and lasts.
        case lasting
        /// It is over.
        case ended
    }

    /// One alert.
    public struct Item: Codable, Sendable, Hashable {
        /// What is told of it.
        public var event: Event
        /// The alert.
        public var alert: Alert
        /// When it ended; nil while it lasts.
        public var endedAt: Instant?

        /// Creates an item.
        public init(_ event: Event, _ alert: Alert, endedAt: Instant? = nil) {
            self.event = event
            self.alert = alert
            self.endedAt = endedAt
        }
    }

    /// What tells it from all others, also where it comes twice.
    public var id: String
    /// When it was put together.
    public var madeAt: Instant
    /// Whether it only tries whether messages arrive.
    public var isTest: Bool
    /// The alerts: what began, what lasts, what is over.
    public var items: [Item]

    /// Creates a message.
    public init(id: String, madeAt: Instant, isTest: Bool = false, items: [Item]) {
        self.id = id
        self.madeAt = madeAt
        self.isTest = isTest
        self.items = items
    }
}

/// How a recipient is reached.
public enum AlertWay: String, Codable, Sendable, Hashable, CaseIterable {
    /// A signed POST to an address of theirs.
    case webhook
    /// A mail, handed to the machine's own mail program.
    case mail
}
