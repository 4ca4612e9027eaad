import CoupletCore
package import CoupletPorts

/// Shows entries of the audit log, newest first, or from the oldest on.
package struct ListAudit: Action {
    package static let name = "audit.list"
    /// The most entries of one answer.
    package static let mostEntries = 10_000
    /// Which entries.
    package var selection: AuditSelection
    /// Only entries after this number, oldest first; nil for the newest first.
    package var after: Int64?
    /// The most entries, from 1 to 10,000.
    package var limit: Int

    /// Creates the action.
    package init(_ selection: AuditSelection = AuditSelection(), after: Int64? = nil, limit: Int = 100) {
        self.selection = selection
        self.after = after
        self.limit = limit
    }

    package func perform(in context: ActionContext) async throws -> AuditView {
        try await context.engine.audit(self)
    }
}

/// Entries of the audit log.
package struct AuditView: Codable, Sendable {
    /// The entries.
    package var entries: [AuditEntry]
}

/// Goes through the audit log and names the first entry that is not as it was written.
package struct VerifyAudit: Action {
    package static let name = "audit.verify"

    /// Creates the action.
    package init() {}

    package func perform(in context: ActionContext) async throws -> AuditCheck {
        try await context.engine.store.read { try $0.checkAudit() }
    }
}
