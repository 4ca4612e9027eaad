import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import Hummingbird

/// What needs a person, and who is told.
extension Desk {
    func alerts(_ visit: Visit) async throws -> Response { try await alertsPage(visit, nil) }

    private func alertsPage(_ visit: Visit, _ refusal: CoupletError?) async throws -> Response {
        let view = try await ask(ListAlerts(), visit)
        let alerts = view.alerts.map { alert -> [String: Any] in
            [
                "text": visit.words.text(alert.message), "remedy": visit.words.remedy(alert.message) as Any,
                "cause": alert.cause.map { visit.words.text($0) } as Any,
                "since": visit.format.time(alert.since), "tone": alert.isUrgent ? "bad" : "warn",
                "level": visit.words.text(alert.isUrgent ? "alert.urgent" : "alert.open"),
            ]
        }
        let recipients = view.recipients.map { recipient -> [String: Any] in
            [
                "name": recipient.name, "way": visit.words.text("alert.way.\(recipient.way.rawValue)"),
                "address": recipient.address, "terms": Self.terms(recipient, visit),
                "delivered": recipient.deliveredAt.map { visit.format.time($0) } ?? "",
                "problem": recipient.problem.map { visit.words.text($0) } as Any,
            ]
        }
        let content: [String: Any] = [
            "alerts": alerts, "isCalm": alerts.isEmpty, "recipients": recipients, "isUntold": recipients.isEmpty,
            "lag": visit.format.number(view.lagSeconds),
            "refusal": refusal.map { visit.words.text($0.message) } as Any,
            "refusalRemedy": refusal.flatMap { visit.words.remedy($0.message) } as Any,
        ]
        let page = Page(
            title: visit.words.text("nav.alerts"),
            section: "alerts",
            template: "alerts",
            content: content,
            status: refusal == nil ? .ok : .badRequest
        )
        return try await response(page, visit)
    }

    private static func terms(_ recipient: AlertsView.Recipient, _ visit: Visit) -> String {
        var words = [visit.words.text(recipient.urgentOnly ? "alert.tells.urgent" : "alert.tells.all")]
        if let quiet = recipient.quiet {
            let code = recipient.urgentWaits ? "alert.quiet.all" : "alert.quiet.open"
            words.append(visit.words.text(code, ["quiet": quiet]))
        }
        return words.joined(separator: ", ")
    }

    func changeAlerts(_ visit: Visit) async throws -> Response {
        let name = visit.form["recipient"] ?? ""
        switch visit.form["do"] {
        case "test": return try await change(TestAlertRecipient(recipient: name), visit, back: "/alerts")
        case "remove": _ = try await ask(RemoveAlertRecipient(recipient: name), visit)
        default:
            let grouping = visit.form["grouping"]
            let way = visit.form["way"].flatMap(AlertWay.init(rawValue:)) ?? .mail
            let action = SetAlertRecipient(
                recipient: name,
                way: way,
                address: visit.form["address"],
                secret: way == .webhook ? visit.form["secret"] : nil,
                sender: way == .mail ? visit.form["sender"] : nil,
                quiet: visit.form["quiet"],
                urgentWaits: visit.form["urgentWaits"] != nil,
                urgentOnly: visit.form["urgentOnly"] != nil,
                groupingSeconds: grouping.flatMap { Int($0) }
            )
            do {
                if let grouping, Int(grouping) == nil {
                    throw CoupletError("alert.badGrouping", ["seconds": grouping], status: .wrongUse)
                }
                _ = try await ask(action, visit)
            } catch let error as CoupletError where error.status == .wrongUse {
                return try await alertsPage(visit, error)
            }
        }
        return Self.redirect("/alerts")
    }
}
