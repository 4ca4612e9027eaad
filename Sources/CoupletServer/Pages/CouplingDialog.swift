import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Hummingbird

/// Set Up Coupling: the counterparts to choose from, both sides' values, and what each choice would write.
extension Desk {
    func coupling(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        guard let key = visit.query["key"] else { return try await nothingPicked(visit, mapping.name) }
        let offer = try await ask(
            OfferCoupling(mapping: mapping.name, key: key, containing: visit.query["q"]),
            visit
        )
        let record = offer.record
        let counterparts = offer.counterparts.enumerated().map { index, counterpart in
            Self.content(of: counterpart, isFirst: index == 0, mapping.name, visit)
        }
        let content: [String: Any] = [
            "mapping": mapping.name, "base": "/records/" + FormValues.encoded(mapping.name), "key": key,
            "name": record.name.isEmpty ? record.typedKey : record.name, "number": record.key ?? "",
            "side": visit.words.text("side.\(record.side.rawValue)"),
            "other": visit.words.text("side.\(record.side.other.rawValue)"),
            "q": visit.query["q"] ?? "", "counterparts": counterparts, "hasCounterparts": !counterparts.isEmpty,
            "obstacle": offer.obstacle.map { visit.words.text($0.message) } as Any,
            "remedy": offer.obstacle.flatMap { visit.words.remedy($0.message) } as Any,
            "isCoupled": record.coupledTo != nil, "canCouple": offer.obstacle == nil,
            "canCreate": offer.obstacle == nil && offer.creation.obstacle == nil,
            "whyNoCreate": offer.creation.obstacle.map { visit.words.text($0.message) } as Any,
            "steps": offer.creation.steps.map { Steps.row($0, visit) }, "hasSteps": !offer.creation.steps.isEmpty,
            "problems": offer.creation.problems.map { ["text": visit.words.text($0)] },
            "choices": Self.sides(mapping.direction, recommended: offer.recommended, visit),
            "back": Self.path(key, in: mapping.name),
        ]
        let title = visit.words.text("desk.setUpCoupling")
        return try await response(
            Page(title: title, section: "records", template: "coupling", content: content),
            visit
        )
    }

    private static func sides(_ direction: Direction, recommended: Side?, _ visit: Visit) -> [[String: Any]] {
        let sides: [(Side?, String)] = [(nil, "none"), (.erp, "erp"), (.crm, "crm")]
        return sides.filter { side, _ in side.map { direction.writes(to: $0.other) } ?? true }.map { side, name in
            [
                "value": side?.rawValue ?? "", "name": visit.words.text("desk.after.\(name)"),
                "isChosen": side == recommended,
            ]
        }
    }

    private static func content(
        of counterpart: CouplingOffer.Counterpart,
        isFirst: Bool,
        _ mapping: String,
        _ visit: Visit
    ) -> [String: Any] {
        let different = counterpart.fields.filter { !$0.isSame }.count
        return [
            "value": counterpart.key, "name": counterpart.name.isEmpty ? counterpart.key : counterpart.name,
            "number": counterpart.number ?? "", "path": path(counterpart.key, in: mapping),
            "score": counterpart.score.map { visit.format.percent($0) } as Any,
            "reasons": counterpart.reasons.map { ["text": visit.words.text($0)] },
            "isPresent": counterpart.isPresent, "isFirst": isFirst && counterpart.obstacle == nil,
            "obstacle": counterpart.obstacle.map { visit.words.text($0.message) } as Any,
            "notices": counterpart.notices.map { ["text": visit.words.text($0)] },
            "difference": visit.words.text("desk.differences", ["count": visit.format.number(different)]),
            "fields": counterpart.fields.map { field -> [String: Any] in
                let names = field.field.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                return [
                    "label": Fields.label(names.first { !$0.isEmpty } ?? field.field),
                    "names": field.field.replacingOccurrences(of: "|", with: " ↔ "),
                    "erp": Fields.text(field.values.erp, visit), "crm": Fields.text(field.values.crm, visit),
                    "arrow": Fields.arrow(field.direction), "tone": field.isSame ? "" : "warn",
                    "state": visit.words.text(field.isSame ? "field.inSync" : "field.different"),
                ]
            },
        ]
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
            back: Self.path(key, in: mapping.name)
        )
    }
}
