import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird

/// What is done with one record or several: synchronizing, uncoupling, matching.
extension Desk {
    /// Synchronize Now: the directions that there are, and what each would write.
    func synchronization(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        let keys = visit.query.all("key")
        let base = "/records/" + FormValues.encoded(mapping.name)
        if keys.isEmpty { return try await synchronizationOfAll(mapping, base, visit) }
        let offer = try await ask(
            OfferSynchronization(mapping: mapping.name, keys: keys),
            visit
        )
        let choices = offer.choices.map { choice -> [String: Any] in
            [
                "direction": choice.direction.rawValue,
                "name": visit.words.text("desk.direction.\(choice.direction.rawValue)"),
                "isRecommended": choice.direction == offer.recommended,
                "isChosen": choice.direction == (offer.recommended ?? offer.choices.first?.direction),
                "steps": choice.steps.prefix(40).map { Steps.row($0, visit) },
                "isEmpty": choice.steps.isEmpty,
                "open": choice.open.isEmpty
                    ? nil as String? as Any
                    : visit.words.text("offer.open", ["count": String(choice.open.count)]),
            ]
        }
        let content: [String: Any] = [
            "mapping": mapping.name, "base": base, "keys": keys.map { ["key": $0] },
            "question": offer.question.map { visit.words.text($0) } as Any, "choices": choices,
            "hasChoices": !choices.isEmpty,
            "leftOut": offer.leftOut.map { left -> [String: Any] in
                ["name": left.name.isEmpty ? left.key : left.name, "reason": visit.words.text(left.reason)]
            },
            "back": back(visit, mapping.name, keys),
        ]
        let title = visit.words.text("desk.synchronizeNow")
        return try await response(
            Page(title: title, section: "records", template: "synchronize", content: content),
            visit
        )
    }

    private func synchronizationOfAll(_ mapping: TableMapping, _ base: String, _ visit: Visit) async throws -> Response
    {
        let content: [String: Any] = [
            "mapping": mapping.name, "base": base, "back": base,
            "directions": Self.directions(mapping.direction, visit),
        ]
        let title = visit.words.text("desk.synchronizeModified")
        return try await response(
            Page(title: title, section: "records", template: "synchronizeAll", content: content),
            visit
        )
    }

    /// The directions that a mapping allows.
    static func directions(_ allowed: Direction, _ visit: Visit) -> [[String: Any]] {
        Direction.allCases.filter { allowed.intersection($0) == $0 }.map { direction in
            [
                "direction": direction.rawValue, "name": visit.words.text("desk.direction.\(direction.rawValue)"),
                "isChosen": direction == allowed,
            ]
        }
    }

    private func back(_ visit: Visit, _ mapping: String, _ keys: [String]) -> String {
        keys.count == 1 ? Self.path(keys[0], in: mapping) : "/records/" + FormValues.encoded(mapping)
    }

    func synchronize(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        let keys = visit.form.all("key")
        let direction = visit.form["direction"].flatMap(Direction.init(rawValue:)) ?? mapping.direction
        let action = Synchronize(
            mapping: mapping.name,
            keys: keys,
            direction: direction,
            isFull: visit.form["full"] != nil,
            creates: visit.form["creates"] != nil,
            putsBack: mapping.putsBack(direction, isAlone: keys.count == 1),
            isPreview: visit.form["preview"] != nil
        )
        lists.forget(nil)
        return try await change(
            action,
            visit,
            back: back(visit, mapping.name, keys)
        )
    }

    /// Delete Coupling, asked once more.
    func uncoupling(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        let keys = visit.query.all("key")
        guard !keys.isEmpty else { return try await nothingPicked(visit, mapping.name) }
        let content: [String: Any] = [
            "mapping": mapping.name, "base": "/records/" + FormValues.encoded(mapping.name),
            "keys": keys.map { ["key": $0] }, "back": back(visit, mapping.name, keys),
            "question": visit.words.text("uncouple.confirm", ["count": String(keys.count)]),
        ]
        let title = visit.words.text("desk.deleteCoupling")
        return try await response(
            Page(title: title, section: "records", template: "uncouple", content: content),
            visit
        )
    }

    func nothingPicked(_ visit: Visit, _ mapping: String) async throws -> Response {
        try await nothingPicked(visit, how: "desk.pickFirstHow", back: "/records/" + FormValues.encoded(mapping))
    }

    /// Says that records must be picked first, and how, with the way back.
    func nothingPicked(_ visit: Visit, how: String, back: String) async throws -> Response {
        let content: [String: Any] = [
            "title": visit.words.text("desk.pickFirst"), "text": visit.words.text(how), "back": back,
        ]
        let page = Page(
            title: visit.words.text("desk.pickFirst"),
            section: "records",
            template: "problem",
            content: content,
            status: .badRequest
        )
        return try await response(page, visit)
    }

    func uncouple(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        let keys = visit.form.all("key")
        lists.forget(nil)
        return try await change(
            UncoupleRecords(mapping: mapping.name, keys: keys, isPreview: visit.form["preview"] != nil),
            visit,
            back: back(visit, mapping.name, keys)
        )
    }

    /// Match-Based Coupling: by which rules, and what happens to what is found.
    func matching(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        let keys = visit.query.all("key")
        let rules = mapping.matchRules.map { rule -> [String: Any] in
            [
                "priority": String(rule.priority),
                "fields": rule.pairs.map { "\(Fields.label($0.erp)) = \(Fields.label($0.crm))" }.joined(
                    separator: ", "
                ),
            ]
        }
        let content: [String: Any] = [
            "mapping": mapping.name, "base": "/records/" + FormValues.encoded(mapping.name),
            "keys": keys.map { ["key": $0] }, "rules": rules, "hasRules": !rules.isEmpty,
            "count": keys.isEmpty
                ? visit.words.text("desk.matchAll")
                : visit.words.text("desk.matchSome", ["count": String(keys.count)]),
            "toCRM": mapping.direction != .fromIntegrationTable, "toERP": mapping.direction != .toIntegrationTable,
            "back": "/records/" + FormValues.encoded(mapping.name),
        ]
        let title = visit.words.text("desk.matchBased")
        return try await response(Page(title: title, section: "match", template: "matching", content: content), visit)
    }

    func match(_ visit: Visit) async throws -> Response {
        let mapping = try await visibleMapping(visit).mapping
        let action = MatchRecords(
            mapping: mapping.name,
            keys: visit.form.all("key"),
            suggests: visit.form["suggests"] != nil,
            createUnmatched: visit.form["creates"] != nil,
            synchronization: visit.form["synchronization"].flatMap(MatchSynchronization.init(rawValue:)) ?? .none,
            isPreview: visit.form["now"] == nil
        )
        lists.forget(nil)
        return try await change(
            action,
            visit,
            back: "/records/" + FormValues.encoded(mapping.name)
        )
    }

    /// Match review: what of every mapping is coupled, what is not, and what is in question.
    func matchReview(_ visit: Visit) async throws -> Response {
        let items = try await visibleMappings(visit)
        let questions = try await ask(ListQuestions(), visit).questions
        let plans = try await ask(ListPlans(), visit).plans.filter { $0.action == "match" }
        let rows = items.map { item -> [String: Any] in
            let name = item.mapping.name
            let open = questions.filter { $0.mapping == name && $0.kind == .severalCandidates }
            return [
                "name": name, "path": "/records/" + FormValues.encoded(name),
                "coupled": visit.format.number(item.couplings),
                "ambiguous": visit.format.number(open.count), "hasAmbiguous": !open.isEmpty,
                "uncoupled": "/records/\(FormValues.encoded(name))?coupled=no",
                "matching": "/records/\(FormValues.encoded(name))/matching",
            ]
        }
        let content: [String: Any] = [
            "rows": rows, "isEmpty": rows.isEmpty,
            "questions": questions.filter { $0.kind == .severalCandidates }.map { OpenItems.row($0, visit) },
            "hasQuestions": questions.contains { $0.kind == .severalCandidates },
            "plans": plans.map { Plans.row($0, visit) }, "hasPlans": !plans.isEmpty,
        ]
        let page = Page(
            title: visit.words.text("nav.match"),
            section: "match",
            template: "matchReview",
            content: content
        )
        return try await response(page, visit)
    }
}

/// Steps of plans as people read them.
enum Steps {
    /// A step with its fields.
    static func row(_ step: PlanView.StepView, _ visit: Visit) -> [String: Any] {
        let words = visit.words
        return [
            "action": words.text("history.step.\(step.action.rawValue)") + " "
                + words.text("side.\(step.side.rawValue)"),
            "kind": step.action.rawValue, "mapping": step.mapping,
            "name": step.name.isEmpty ? step.key : step.name, "key": step.key,
            "path": Desk.path(step.key, in: step.mapping), "with": step.with as Any,
            "score": step.score.map { visit.format.percent($0) } as Any,
            "reasons": step.reasons.map { ["text": words.text($0)] },
            "fields": step.changes.map { change -> [String: Any] in
                [
                    "name": Fields.label(change.field), "before": Fields.text(change.before, visit),
                    "after": Fields.text(change.after, visit),
                ]
            },
            "obstacle": step.obstacle.map { words.text($0) } as Any,
        ]
    }
}
