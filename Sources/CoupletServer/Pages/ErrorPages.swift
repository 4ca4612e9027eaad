import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird

/// What keeps records from going through.
extension Desk {
    func errors(_ visit: Visit) async throws -> Response {
        let causes = try await ask(ListErrors(), visit).causes
        let content: [String: Any] = [
            "causes": causes.map { Self.row($0, visit) }, "isEmpty": causes.isEmpty,
            "total": visit.format.number(causes.reduce(0) { $0 + $1.count }),
        ]
        let page = Page(title: visit.words.text("nav.errors"), section: "errors", template: "errors", content: content)
        return try await response(page, visit)
    }

    private static func row(_ cause: ErrorsView.Cause, _ visit: Visit) -> [String: Any] {
        let tone: String =
            switch cause.disposition {
            case .parked: "bad"
            case .waiting, .retrying: "warn"
            }
        return [
            "path": "/errors/\(FormValues.encoded(cause.id))", "id": cause.id, "mapping": cause.mapping,
            "text": visit.words.text(cause.message), "remedy": visit.words.remedy(cause.message) as Any,
            "count": visit.format.number(cause.count), "side": visit.words.text("side.\(cause.target.rawValue)"),
            "state": visit.words.text("error.state.\(cause.disposition.rawValue)"), "tone": tone,
            "first": visit.format.element(cause.firstAt), "last": visit.format.element(cause.lastAt),
            "isDeletion": cause.isDeletion,
        ]
    }

    func error(_ visit: Visit) async throws -> Response {
        let view = try await ask(ShowError(cause: visit.name("cause"), limit: 200), visit)
        var content = Self.row(view.cause, visit)
        content["records"] = view.records.map { record -> [String: Any] in
            [
                "name": record.label, "key": record.key, "path": Self.path(record.key, in: view.cause.mapping),
                "messages": record.messages.dropFirst().map { ["text": visit.words.text($0)] },
                "attempts": visit.format.number(record.attempts), "last": visit.format.element(record.lastAt),
                "next": record.nextAt.map { visit.format.element($0) } ?? "",
            ]
        }
        let page = Page(
            title: visit.words.text(view.cause.message),
            section: "errors",
            template: "errorCause",
            content: content
        )
        return try await response(page, visit)
    }

    func retryAll(_ visit: Visit) async throws -> Response {
        lists.forget(nil)
        return try await change(RetryError(cause: nil), visit, back: "/errors")
    }

    /// Tries records of a cause again, or settles that they were deleted.
    func settle(_ visit: Visit) async throws -> Response {
        let cause = visit.name("cause")
        let keys = visit.form.all("key")
        lists.forget(nil)
        if let way = visit.form["way"].flatMap(SettleDeletions.Way.init(rawValue:)) {
            let action = SettleDeletions(cause: cause, keys: keys, way: way, isPreview: visit.form["now"] == nil)
            return try await change(action, visit, back: "/errors")
        }
        return try await change(RetryError(cause: cause, keys: keys), visit, back: "/errors")
    }
}
