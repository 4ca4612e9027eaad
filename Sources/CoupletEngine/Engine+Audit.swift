import CoupletCore
import CoupletPorts

extension Engine {
    /// Entries of the audit log; see `ListAudit`.
    func audit(_ action: ListAudit) async throws -> AuditView {
        guard (1...ListAudit.mostEntries).contains(action.limit) else {
            let arguments = ["limit": String(action.limit), "most": String(ListAudit.mostEntries)]
            throw CoupletError("audit.badLimit", arguments, status: .wrongUse)
        }
        if let event = action.selection.event, !AuditEntry.Event.allCases.contains(where: { $0.isNamed(event) }) {
            let known = AuditEntry.Event.allCases.map(\.rawValue).joined(separator: ", ")
            throw CoupletError("audit.unknownEvent", ["event": event, "known": known], status: .wrongUse)
        }
        let entries = try await store.read { transaction in
            if let after = action.after {
                return try transaction.auditEntries(action.selection, after: after, limit: action.limit)
            }
            return try transaction.auditEntries(action.selection, before: nil, limit: action.limit)
        }
        return AuditView(entries: entries)
    }
}

extension AuditEntry.Event {
    /// Whether a name means this event: its own, or that of its kind.
    fileprivate func isNamed(_ name: String) -> Bool { rawValue == name || rawValue.hasPrefix(name + ".") }
}
