import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import Hummingbird

/// Who did what: the audit log.
extension Desk {
    private static let entriesOfAPage = 100

    func audit(_ visit: Visit) async throws -> Response {
        var content: [String: Any] = [:]
        for name in ["from", "until", "who", "event", "subject"] { content[name] = visit.query[name] ?? "" }
        content["events"] = Self.topics(visit)
        var refusal: CoupletError?
        do {
            content.merge(try await entries(visit)) { $1 }
        } catch let error as CoupletError where error.status == .wrongUse {
            refusal = error
            content["problems"] = [Self.problem(error.message, visit)]
        }
        if visit.query["check"] != nil {
            content["check"] = Self.content(of: try await ask(VerifyAudit(), visit), visit)
        }
        let page = Page(
            title: visit.words.text("nav.audit"),
            section: "audit",
            template: "audit",
            content: content,
            status: refusal == nil ? .ok : .badRequest
        )
        return try await response(page, visit)
    }

    /// A page of entries: the newest, or those after a number.
    private func entries(_ visit: Visit) async throws -> [String: Any] {
        let request = AuditRequest(
            from: try Self.moment("from", visit),
            until: try Self.moment("until", visit),
            who: visit.query["who"],
            event: visit.query["event"],
            subject: visit.query["subject"],
            after: visit.query["after"].flatMap { Int64($0) },
            limit: Self.entriesOfAPage + 1
        )
        let found = try await ask(try request.action(), visit).entries
        let entries = found.prefix(Self.entriesOfAPage)
        let rows = entries.map { entry -> [String: Any] in
            [
                "number": visit.format.number(entry.number), "at": visit.format.time(entry.at), "who": entry.who,
                "event": visit.words.text("audit.event.\(entry.event.rawValue)"),
                "subject": visit.words.text("audit.subject.\(entry.subject.kind.rawValue)"),
                "name": entry.subject.name, "run": entry.run.map { visit.format.number($0) } ?? "",
                "details": entry.details.sorted { $0.key < $1.key }.map { ["name": $0.key, "value": $0.value] },
                "hasDetails": !entry.details.isEmpty,
            ]
        }
        var content: [String: Any] = ["rows": rows, "isEmpty": rows.isEmpty]
        let isFromOldest = request.after != nil
        if isFromOldest, found.count > entries.count, let last = entries.last {
            content["next"] = "/audit?" + visit.query.encoded(changing: ["after": String(last.number), "check": nil])
        }
        let other = isFromOldest ? nil : "0"
        content["otherOrder"] = "/audit?" + visit.query.encoded(changing: ["after": other, "check": nil])
        content["isFromOldest"] = isFromOldest
        return content
    }

    /// A time of the form, which is a day or a moment in UTC.
    private static func moment(_ name: String, _ visit: Visit) throws -> String? {
        guard let text = visit.query[name] else { return nil }
        let whole = text.count == 10 ? text + "T00:00:00Z" : text
        guard Instant(iso8601: whole) != nil else {
            throw CoupletError("audit.badTime", ["time": text], status: .wrongUse)
        }
        return whole
    }

    /// What can be asked for: everything about connections, about mappings and so on.
    private static func topics(_ visit: Visit) -> [[String: Any]] {
        let topics = Set(AuditEntry.Event.allCases.map { String($0.rawValue.prefix { $0 != "." }) })
        let names = topics.map { (value: $0, name: visit.words.text("audit.topic.\($0)")) }.sorted { $0.name < $1.name }
        return Choice.list([("", visit.words.text("audit.topic.any"))] + names, chosen: visit.query["event"] ?? "")
    }

    private static func content(of check: AuditCheck, _ visit: Visit) -> [String: Any] {
        guard let broken = check.broken, let fault = check.fault else {
            let arguments = ["count": String(check.whole)]
            return ["tone": "good", "text": visit.words.text("audit.whole", arguments)]
        }
        let arguments = ["number": String(broken), "whole": String(check.whole)]
        return ["tone": "bad", "text": visit.words.text("audit.broken.\(fault.rawValue)", arguments)]
    }
}
