import CoupletCore
import CoupletEngine
import CoupletPorts
import HTTPTypes

/// Which entries of the audit log are shown.
struct AuditRequest: Codable, Sendable {
    /// Not earlier than this time, as ISO 8601 in UTC.
    var from: String?
    /// Earlier than this time.
    var until: String?
    /// Whose.
    var who: String?
    /// What was done: an event, or the part of its name before the dot.
    var event: String?
    /// The name or number of what it was done to.
    var subject: String?
    /// Only entries after this number, oldest first; the newest first without it.
    var after: Int64?
    /// The most entries, from 1 to 10,000.
    var limit: Int

    func action() throws -> ListAudit {
        ListAudit(
            AuditSelection(
                from: try Self.instant("from", from),
                until: try Self.instant("until", until),
                who: who,
                event: event,
                subject: subject
            ),
            after: after,
            limit: limit
        )
    }

    private static func instant(_ name: String, _ text: String?) throws -> Instant? {
        guard let text else { return nil }
        guard let instant = Instant(iso8601: text) else {
            throw CoupletError(
                "request.wrongValue",
                ["name": name, "value": text, "known": "2026-01-31T09:05:07Z"],
                status: .wrongUse
            )
        }
        return instant
    }
}

/// For how long history is kept.
struct RetentionRequest: Codable, Sendable {
    /// So many days, at least 1; nil for as long as nobody removes it.
    var days: Int?
}

extension Routes {
    /// Who did what, what is kept for how long, and whether anything is written at all.
    static let trust: [ActionRoute] = [
        ActionRoute(
            .get,
            "/audit",
            request: AuditRequest.self,
            .audit,
            defaults: ["limit": .integer(100)],
            concern: { (_: ListAudit, _) in .everything },
            translate: { try $0.action() }
        ),
        ActionRoute(.get, "/audit/check", VerifyAudit.self, .audit),
        ActionRoute(.get, "/writing", ShowWriting.self, .read, concern: { _, _ in .nothing }),
        ActionRoute(.post, "/writing/confirm", ConfirmWriting.self, .setUp),
        ActionRoute(.get, "/retention", ShowRetention.self, .read, concern: { _, _ in .nothing }),
        ActionRoute(
            .put,
            "/retention",
            request: RetentionRequest.self,
            .setUp,
            concern: { (_: SetRetention, _) in .everything },
            translate: { SetRetention($0.days.map(RetentionPeriod.days) ?? .forever) }
        ),
        ActionRoute(.post, "/retention/apply", ApplyRetention.self, .setUp),
        ActionRoute(
            .post,
            "/mappings/{mapping}/records/{key}/erase",
            EraseRecord.self,
            .setUp,
            concern: { action, _ in .mappings([action.mapping]) }
        ),
    ]
}
