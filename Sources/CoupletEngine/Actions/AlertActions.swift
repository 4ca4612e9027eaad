package import CoupletCore

/// Lists what needs a person now, and who is told.
package struct ListAlerts: Action {
    package static let name = "alert.list"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> AlertsView {
        try await context.engine.alertsView()
    }
}

/// Makes a recipient of alerts, or changes one.
package struct SetAlertRecipient: Action {
    package static let name = "alert.set"
    /// The recipient's name: letters, digits, `-` and `_`.
    package var recipient: String
    /// How they are reached.
    package var way: AlertWay
    /// A web address, or mail addresses with commas between them; nil leaves the known one.
    package var address: String?
    /// What a webhook's messages are signed with; nil leaves the known one.
    package var secret: String?
    /// The mail address that messages come from; nil for the one that the machine gives.
    package var sender: String?
    /// When what can wait waits, in the words of a schedule's times; nil for never.
    package var quiet: String?
    /// Whether what is urgent waits as well.
    package var urgentWaits: Bool
    /// Whether only what is urgent is told.
    package var urgentOnly: Bool
    /// How many seconds the first of several alerts waits for the others, 0 to 3600; nil for 60.
    package var groupingSeconds: Int?

    /// Creates the action.
    package init(
        recipient: String,
        way: AlertWay,
        address: String? = nil,
        secret: String? = nil,
        sender: String? = nil,
        quiet: String? = nil,
        urgentWaits: Bool = false,
        urgentOnly: Bool = false,
        groupingSeconds: Int? = nil
    ) {
        self.recipient = recipient
        self.way = way
        self.address = address
        self.secret = secret
        self.sender = sender
        self.quiet = quiet
        self.urgentWaits = urgentWaits
        self.urgentOnly = urgentOnly
        self.groupingSeconds = groupingSeconds
    }

    package func perform(in context: ActionContext) async throws -> AlertsView {
        try await context.engine.alerting.set(self, by: context.author)
        return try await context.engine.alertsView()
    }
}

/// Sends a recipient a message at once that says nothing but that it arrives.
package struct TestAlertRecipient: Action {
    package static let name = "alert.test"
    /// The recipient's name.
    package var recipient: String

    /// Creates the action.
    package init(recipient: String) { self.recipient = recipient }

    package func perform(in context: ActionContext) async throws -> AlertsView {
        try await context.engine.alerting.test(recipient)
        return try await context.engine.alertsView()
    }
}

/// Removes a recipient of alerts.
package struct RemoveAlertRecipient: Action {
    package static let name = "alert.remove"
    /// The recipient's name.
    package var recipient: String

    /// Creates the action.
    package init(recipient: String) { self.recipient = recipient }

    package func perform(in context: ActionContext) async throws -> AlertsView {
        try await context.engine.alerting.remove(recipient, by: context.author)
        return try await context.engine.alertsView()
    }
}

/// Sets for how long the records of a mapping may wait before somebody is told.
package struct SetAlertLag: Action {
    package static let name = "alert.lag"
    /// So many seconds, from a minute to a week.
    package var seconds: Int

    /// Creates the action.
    package init(seconds: Int) { self.seconds = seconds }

    package func perform(in context: ActionContext) async throws -> AlertsView {
        try await context.engine.alerting.setLag(self, by: context.author)
        return try await context.engine.alertsView()
    }
}

/// What needs a person, and who is told.
package struct AlertsView: Codable, Sendable {
    /// One alert.
    package struct Item: Codable, Sendable {
        /// What it is about.
        package var kind: AlertKind
        /// The name or number of what it is about; empty where it is Couplet as a whole.
        package var subject: String
        /// Of how many things; nil where they are not counted.
        package var count: Int?
        /// The mappings that it concerns; empty where it concerns them all.
        package var mappings: [String]
        /// Since when it is so.
        package var since: Instant
        /// Whether nothing, or nothing of a whole system, gets on until somebody acts.
        package var isUrgent: Bool
        /// Whether it has lasted long enough to be told.
        package var isTold: Bool
        /// What it says; its code has a remedy.
        package var message: Message
        /// Why, where that is known.
        package var cause: Message?
    }

    /// Who is told.
    package struct Recipient: Codable, Sendable {
        /// Their name.
        package var name: String
        /// How they are reached.
        package var way: AlertWay
        /// Where, without what may be a secret.
        package var address: String
        /// The mail address that messages come from; nil for the one that the machine gives.
        package var sender: String?
        /// When what can wait waits; nil for never.
        package var quiet: String?
        /// Whether what is urgent waits as well.
        package var urgentWaits: Bool
        /// Whether only what is urgent is told.
        package var urgentOnly: Bool
        /// How many seconds the first of several alerts waits for the others.
        package var groupingSeconds: Int
        /// When a message arrived last; nil before the first.
        package var deliveredAt: Instant?
        /// How often a message was tried in vain that has not arrived yet; 0 where there is none.
        package var attempts: Int
        /// When it is tried again; nil where there is none.
        package var nextAt: Instant?
        /// Why it has not arrived; nil where there is none.
        package var problem: Message?
    }

    /// What needs a person now, what is urgent first.
    package var alerts: [Item]
    /// Who is told, by name.
    package var recipients: [Recipient]
    /// How many seconds the records of a mapping may wait before somebody is told.
    package var lagSeconds: Int

    /// Creates a view.
    package init(alerts: [Item], recipients: [Recipient], lagSeconds: Int) {
        self.alerts = alerts
        self.recipients = recipients
        self.lagSeconds = lagSeconds
    }

    /// What somebody may see who may use some mappings only.
    package func restricted(to mayUse: (String) -> Bool) -> AlertsView {
        var view = self
        view.alerts = alerts.filter { $0.mappings.isEmpty || $0.mappings.contains(where: mayUse) }.map { alert in
            var seen = alert
            seen.mappings = alert.mappings.filter(mayUse)
            seen.message.arguments["mappings"] = seen.mappings.isEmpty ? nil : seen.mappings.joined(separator: ", ")
            return seen
        }
        return view
    }
}
