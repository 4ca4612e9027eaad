import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Hummingbird

/// From the records that somebody picked in one system's own pages to what is done with them at the desk.
extension Desk {
    /// Goes on to the page of what was asked for, or asks which mapping is meant; nothing is done here.
    func openSeveral(_ visit: Visit) async throws -> Response {
        let link = try OpenLink(visit)
        let ids = Array(visit.query.all("id").filter { !$0.isEmpty }.prefix(OpenLink.most))
        guard let first = ids.first else {
            return try await nothingPicked(visit, how: "desk.opening.noneNamed", back: "/")
        }
        let wanted = visit.query["do"] ?? OpenLink.Deed.open.rawValue
        guard let deed = OpenLink.Deed(rawValue: wanted) else {
            throw Problem(.notFound, "request.notFound", ["path": visit.path])
        }
        if deed == .open, ids.count == 1 {
            let query = visit.query.encoded(changing: ["id": nil, "do": nil])
            return Self.redirect(link.path(first) + (query.isEmpty ? "" : "?" + query))
        }
        // Records of one table are looked at by way of the first: each look asks both systems what has changed.
        let opened = try await look(link, first, visit)
        let ways = Self.fitting(opened.ways, isAlone: ids.count == 1)
        guard let way = ways.first, ways.count == 1 else {
            return try await openWhich(ways, ids.count, visit)
        }
        let keys = try ids.map { $0 == first ? way.record.typedKey : try link.key($0) }
        if deed == .open { return try await openList(way, link, ids, keys, visit) }
        return Self.redirect(Self.path(of: deed, way.mapping, keys))
    }

    /// The mappings that can be meant: of a single record those that have it coupled, else those that it fits.
    private static func fitting(_ ways: [OpenedRecord.Way], isAlone: Bool) -> [OpenedRecord.Way] {
        guard isAlone else { return ways }
        let coupled = ways.filter { $0.action == .open }
        if !coupled.isEmpty { return coupled }
        let inScope = ways.filter { $0.obstacle?.message.code != "couple.outOfScope" }
        return inScope.isEmpty ? ways : inScope
    }

    /// The page of the desk on which something is done with records.
    static func path(of deed: OpenLink.Deed, _ mapping: String, _ keys: [String]) -> String {
        let name = FormValues.encoded(mapping)
        let base = "/records/" + name
        let query = keys.map { "key=" + FormValues.encoded($0) }.joined(separator: "&")
        return switch deed {
        case .open: path(keys[0], in: mapping)
        case .log: keys.count == 1 ? path(keys[0], in: mapping) + "?log=1#log" : "/jobs?mapping=" + name
        case .coupling: base + "/coupling?key=" + FormValues.encoded(keys[0])
        case .synchronize, .matching, .uncouple: base + "/\(deed.rawValue)?" + query
        }
    }

    /// Asks which mapping is meant; each choice is the same address with the mapping named.
    private func openWhich(_ ways: [OpenedRecord.Way], _ count: Int, _ visit: Visit) async throws -> Response {
        let content: [String: Any] = [
            "text": visit.words.text("desk.opening.which", ["count": visit.format.number(count)]),
            "ways": ways.map { way -> [String: Any] in
                [
                    "mapping": way.mapping,
                    "path": "?" + visit.query.encoded(changing: ["mapping": way.mapping, "stay": nil]),
                ]
            },
        ]
        let title = visit.words.text("desk.opening.whichMapping")
        return try await response(
            Page(title: title, section: "records", template: "openWhich", content: content),
            visit
        )
    }

    /// The records that were picked, each with its counterpart and the way there.
    private func openList(
        _ way: OpenedRecord.Way,
        _ link: OpenLink,
        _ ids: [String],
        _ keys: [String],
        _ visit: Visit
    ) async throws -> Response {
        var rows: [[String: Any]] = []
        for (id, key) in zip(ids, keys) {
            // The look at the first one has read what is new.
            let sheet = try? await ask(ShowRecord(mapping: way.mapping, key: key, refreshes: false), visit)
            rows.append([
                "name": sheet.map { Self.name(of: $0.record) } ?? id,
                "counterpart": sheet?.counterpart.map(Self.name) as Any,
                "state": sheet.map { visit.words.text("state.\($0.record.state.rawValue)") } as Any,
                "tone": sheet.map { Self.tone($0.record.state) } ?? "",
                "path": link.path(id) + "?mapping=" + FormValues.encoded(way.mapping),
            ])
        }
        let deeds = [OpenLink.Deed.synchronize, .matching, .uncouple].map { deed -> [String: Any] in
            ["path": Self.path(of: deed, way.mapping, keys), "name": visit.words.text(Self.names[deed] ?? "")]
        }
        let content: [String: Any] = ["mapping": way.mapping, "rows": rows, "deeds": deeds]
        let title = visit.words.text("desk.opening")
        return try await response(
            Page(title: title, section: "records", template: "openList", content: content),
            visit
        )
    }

    private static let names: [OpenLink.Deed: String] = [
        .synchronize: "desk.synchronizeNow", .matching: "desk.matchBased", .uncouple: "desk.deleteCoupling",
    ]
}
