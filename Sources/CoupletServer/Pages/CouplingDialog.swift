import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Hummingbird

/// Set Up Coupling: the counterparts to choose from, or a new one.
extension Desk {
    private static let mostCandidates = 20

    func coupling(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        guard let key = visit.query["key"] else { return try await nothingPicked(visit, mapping.name) }
        let concern = ActionRoute.Concern.mappings([mapping.name])
        let sheet = try await ask(
            ShowRecord(mapping: mapping.name, key: key, refreshes: false),
            visit,
            concern: concern
        )
        let record = sheet.record
        let context = ActionContext(engine: engine, startedBy: visit.identity.user.name)
        let others = try await lists.records(mapping.name, record.side.other, refreshes: false, context).records
        let found = Self.candidates(for: record, among: others, containing: visit.query["q"])
        let target = record.side.other
        let content: [String: Any] = [
            "mapping": mapping.name, "base": "/records/" + FormValues.encoded(mapping.name), "key": key,
            "name": record.name.isEmpty ? record.typedKey : record.name, "number": record.key ?? "",
            "side": visit.words.text("side.\(record.side.rawValue)"),
            "other": visit.words.text("side.\(target.rawValue)"), "q": visit.query["q"] ?? "",
            "counterparts": found.enumerated().map { index, candidate -> [String: Any] in
                [
                    "value": candidate.typedKey, "number": candidate.key ?? "", "isFirst": index == 0,
                    "name": candidate.name.isEmpty ? candidate.typedKey : candidate.name,
                    "path": Self.path(candidate.typedKey, in: mapping.name),
                ]
            },
            "hasCounterparts": !found.isEmpty, "isCoupled": record.coupledTo != nil,
            "canCouple": record.coupledTo == nil,
            "canCreate": record.coupledTo == nil && mapping.direction.writes(to: target),
            "choices": Self.sides(mapping.direction, visit), "fields": sheet.fields.map { Fields.row($0, visit) },
            "back": Self.path(key, in: mapping.name),
        ]
        let title = visit.words.text("desk.setUpCoupling")
        return try await response(
            Page(title: title, section: "records", template: "coupling", content: content),
            visit
        )
    }

    /// Free records of the other side: what was searched for, else those that share a word or the number.
    private static func candidates(
        for record: RecordView,
        among others: [RecordView],
        containing text: String?
    ) -> [RecordView] {
        let free = others.filter { $0.coupledTo == nil }
        if let wanted = text?.lowercased() {
            return Array(
                free.filter { $0.name.lowercased().contains(wanted) || $0.key?.lowercased().contains(wanted) == true }
                    .prefix(mostCandidates)
            )
        }
        func words(_ name: String) -> Set<String> {
            Set(name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { $0.count > 2 })
        }
        let wanted = words(record.name)
        let ranked = free.map { other -> (RecordView, Double) in
            if let key = record.key, !key.isEmpty, other.key?.lowercased() == key.lowercased() { return (other, 2) }
            let theirs = words(other.name)
            let all = wanted.union(theirs).count
            return (other, all == 0 ? 0 : Double(wanted.intersection(theirs).count) / Double(all))
        }
        return ranked.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.prefix(mostCandidates).map(\.0)
    }

    /// The sides whose values may stand after coupling.
    private static func sides(_ direction: Direction, _ visit: Visit) -> [[String: Any]] {
        let sides: [(Side?, String)] = [(nil, "none"), (.erp, "erp"), (.crm, "crm")]
        return sides.filter { side, _ in side.map { direction.writes(to: $0.other) } ?? true }.map { side, name in
            ["value": side?.rawValue ?? "", "name": visit.words.text("desk.after.\(name)"), "isChosen": side == nil]
        }
    }

    func couple(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        guard let key = visit.form["key"] else { return try await nothingPicked(visit, mapping.name) }
        let with = visit.form["with"]
        lists.forget(nil)
        return try await change(
            CoupleRecords(
                mapping: mapping.name,
                key: key,
                with: with == "create" ? nil : with,
                choice: visit.form["choice"].flatMap(Side.init(rawValue:)),
                isPreview: visit.form["preview"] != nil
            ),
            visit,
            concern: .mappings([mapping.name]),
            back: Self.path(key, in: mapping.name)
        )
    }
}
