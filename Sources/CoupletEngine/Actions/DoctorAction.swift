package import CoupletCore

/// Looks whether everything is in order: connections, the store, and mappings against what the systems have.
package struct ExamineSetup: Action {
    package static let name = "doctor"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> FindingsView {
        try await context.engine.examine()
    }
}

/// What was looked at, and what was found.
package struct FindingsView: Codable, Sendable {
    /// How something stands.
    package enum Level: String, Codable, Sendable, Hashable, CaseIterable {
        /// In order.
        case good
        /// Works, and should be looked at.
        case warning
        /// Does not work.
        case bad
    }

    /// What a finding is about.
    package enum Topic: String, Codable, Sendable, Hashable, CaseIterable {
        /// A connection.
        case connection
        /// What Couplet keeps.
        case store
        /// A mapping.
        case mapping
        /// A recipient of alerts.
        case alert
    }

    /// One finding.
    package struct Finding: Codable, Sendable, Hashable {
        /// What it is about.
        package var topic: Topic
        /// The name of the connection, the mapping or the directory.
        package var subject: String
        /// How it stands.
        package var level: Level
        /// What was found; its code has a remedy where something can be done.
        package var message: Message

        /// Creates a finding.
        package init(_ topic: Topic, _ subject: String, _ level: Level, _ message: Message) {
            self.topic = topic
            self.subject = subject
            self.level = level
            self.message = message
        }
    }

    /// The findings, in the order they were made.
    package var findings: [Finding]

    /// Creates a view.
    package init(findings: [Finding]) { self.findings = findings }
}
