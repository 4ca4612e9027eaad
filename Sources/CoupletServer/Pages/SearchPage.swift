import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Hummingbird

/// Tell Me: pages by their names, old ones too, and records by number or name.
extension Desk {
    func search(_ visit: Visit) async throws -> Response {
        let query = visit.query["q"] ?? ""
        let pages = Self.pages(containing: query, visit)
        let records = query.isEmpty ? [] : try await records(containing: query, visit)
        if records.count == 1, pages.isEmpty, let path = records[0]["path"] as? String { return Self.redirect(path) }
        let content: [String: Any] = [
            "query": query, "pages": pages, "hasPages": !pages.isEmpty, "records": records,
            "hasRecords": !records.isEmpty, "isEmpty": pages.isEmpty && records.isEmpty,
        ]
        let title = visit.words.text("desk.search")
        return try await response(Page(title: title, section: "", template: "search", content: content), visit)
    }

    private static func pages(containing query: String, _ visit: Visit) -> [[String: Any]] {
        let pages: [(path: String, name: String)] = [
            ("/", "nav.home"), ("/records", "nav.records"), ("/match", "nav.match"), ("/conflicts", "nav.conflicts"),
            ("/errors", "desk.errorsTitle"), ("/plans", "nav.plans"), ("/jobs", "desk.jobsTitle"),
            ("/mappings", "nav.mappings"), ("/review", "desk.fullReview"), ("/connections", "nav.connections"),
            ("/users", "nav.users"), ("/alerts", "nav.alerts"), ("/audit", "nav.audit"), ("/settings", "nav.settings"),
            ("/account", "desk.account"),
        ]
        let wanted = query.lowercased()
        return pages.filter { page in
            guard Navigation.leads(to: page.path, visit.identity), !wanted.isEmpty else { return false }
            // Every page is also found by what it was called elsewhere.
            let names = visit.words.text(page.name) + " " + visit.words.text(page.name + ".also")
            return names.lowercased().contains(wanted)
        }
        .map { ["path": $0.path, "name": visit.words.text($0.name)] }
    }

    private func records(containing query: String, _ visit: Visit) async throws -> [[String: Any]] {
        let wanted = query.lowercased()
        let context = ActionContext(engine: engine, startedBy: visit.identity.user.name)
        var found: [[String: Any]] = []
        for item in try await visibleMappings(visit) {
            let name = item.mapping.name
            for side in Side.allCases {
                let records = try await lists.records(name, side, refreshes: false, context).records
                for record in records where found.count < 50 {
                    // A coupled record is shown once, with the ERP's side.
                    if side == .crm, record.coupledTo != nil { continue }
                    guard record.name.lowercased().contains(wanted) || record.key?.lowercased() == wanted else {
                        continue
                    }
                    found.append([
                        "path": Self.path(record.typedKey, in: name),
                        "name": record.name.isEmpty ? record.typedKey : record.name,
                        "key": record.key ?? "", "mapping": name, "side": visit.words.text("side.\(side.rawValue)"),
                    ])
                }
            }
        }
        return found
    }
}
