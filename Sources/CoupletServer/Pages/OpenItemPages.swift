import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird

/// Conflicts and questions: what only a person can choose.
extension Desk {
    func openItems(_ visit: Visit) async throws -> Response {
        let wanted = visit.query["mapping"]
        func isSeen(_ mapping: String) -> Bool { wanted == nil || wanted?.lowercased() == mapping.lowercased() }
        let conflicts = try await ask(ListConflicts(), visit).conflicts.filter { isSeen($0.mapping) }
        let questions = try await ask(ListQuestions(), visit).questions.filter { isSeen($0.mapping) }
        let kinds = Dictionary(grouping: conflicts, by: \.mapping).filter { $0.value.count > 1 }.sorted {
            $0.key < $1.key
        }
        let content: [String: Any] = [
            "conflicts": conflicts.prefix(200).map { conflict -> [String: Any] in
                [
                    "path": "/conflicts/\(conflict.id)", "name": conflict.label, "mapping": conflict.mapping,
                    "fields": conflict.fields.map { Fields.label(erpName($0.field)) }.joined(separator: ", "),
                    "found": visit.format.element(conflict.foundAt),
                ]
            },
            "hasConflicts": !conflicts.isEmpty,
            "questions": questions.prefix(200).map { OpenItems.row($0, visit) }, "hasQuestions": !questions.isEmpty,
            "isEmpty": conflicts.isEmpty && questions.isEmpty,
            "kinds": kinds.map { mapping, conflicts -> [String: Any] in
                [
                    "mapping": mapping, "count": visit.format.number(conflicts.count), "first": String(conflicts[0].id),
                ]
            },
        ]
        let page = Page(
            title: visit.words.text("nav.conflicts"),
            section: "conflicts",
            template: "openItems",
            content: content
        )
        return try await response(page, visit)
    }

    private func erpName(_ field: String) -> String {
        let names = field.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        return names.first { !$0.isEmpty } ?? field
    }

    private func knownConflict(_ visit: Visit) async throws -> ConflictRecord {
        let id = visit.name("id")
        let conflicts = try await ask(ListConflicts(), visit).conflicts
        guard let conflict = conflicts.first(where: { String($0.id) == id }) else {
            throw CoupletError("conflict.unknown", ["conflict": id], status: .wrongUse)
        }
        return conflict
    }

    /// A conflict in three columns: the ERP, what was agreed last, the CRM.
    func conflict(_ visit: Visit) async throws -> Response {
        let conflict = try await knownConflict(visit)
        let all = try await ask(ListConflicts(), visit).conflicts
        let position = all.firstIndex { $0.id == conflict.id } ?? 0
        let following = all.dropFirst(position + 1).first
        let content: [String: Any] = [
            "id": String(conflict.id), "name": conflict.label, "mapping": conflict.mapping,
            "seen": try Self.stamp(of: conflict.fields), "found": visit.format.element(conflict.foundAt),
            "fields": conflict.fields.map { field -> [String: Any] in
                [
                    "id": field.field, "label": Fields.label(erpName(field.field)),
                    "names": field.field.replacing("|", with: " ↔ "),
                    "erp": Fields.text(field.present.erp, visit), "crm": Fields.text(field.present.crm, visit),
                    "base": Fields.text(field.base?.erp, visit),
                ]
            },
            "next": following.map { "/conflicts/\($0.id)" } as Any,
            "position": visit.words.text(
                "desk.position",
                ["number": String(position + 1), "count": String(all.count)]
            ),
            "record": await recordPath(of: conflict) as Any,
            "othersAlike": all.contains { $0.id != conflict.id && $0.mapping == conflict.mapping },
        ]
        let page = Page(title: conflict.label, section: "conflicts", template: "conflict", content: content)
        return try await response(page, visit)
    }

    /// What tells whether something is still as a page shows it.
    static func stamp(of shown: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return RESTHandler.entityTag(try encoder.encode(shown))
    }

    /// Refuses a form whose page has shown something else.
    static func require(
        _ present: some Encodable,
        seenBy visit: Visit,
        or moved: () -> CoupletError
    ) throws {
        guard let seen = visit.form["seen"], try seen != stamp(of: present) else { return }
        throw moved()
    }

    private func recordPath(of conflict: ConflictRecord) async -> String? {
        let coupling = try? await engine.store.read { try $0.coupling(conflict.coupling) }
        return (coupling ?? nil).map { Self.path($0.ids.erp.description, in: conflict.mapping) }
    }

    func resolve(_ visit: Visit) async throws -> Response {
        let conflict = try await knownConflict(visit)
        let back = Visit.local(visit.form["next"], or: "/conflicts")
        lists.forget(nil)
        if let side = visit.form["all"].flatMap(Side.init(rawValue:)) {
            // For every conflict of the mapping, shown as a plan first; or always from now on.
            let action = ResolveConflicts(
                mapping: conflict.mapping,
                field: visit.form["field"],
                side: side,
                isStanding: visit.form["always"] != nil,
                isPreview: visit.form["preview"] != nil
            )
            return try await change(action, visit, back: "/conflicts")
        }
        // A page may have been open for long: what is decided is what it shows.
        try Self.require(conflict.fields, seenBy: visit) {
            CoupletError("conflict.moved", ["conflict": String(conflict.id)], status: .doneWithOpenItems)
        }
        let choices = visit.form.beginning("field.")
        let sides = Set(choices.map(\.value))
        if let only = sides.first, sides.count == 1, only != "value", choices.count == conflict.fields.count,
            let side = Side(rawValue: only)
        {
            let action = ResolveConflict(id: conflict.id, field: nil, resolution: .take(side), seen: conflict.fields)
            return try await change(action, visit, back: back)
        }
        let action = ResolveFields(
            id: conflict.id,
            seen: conflict.fields,
            resolutions: choices.compactMap { field, choice in
                if let side = Side(rawValue: choice) { return (field, .take(side)) }
                return choice == "value" ? (field, .value(.text(visit.form["value.\(field)"] ?? ""))) : nil
            }
        )
        let prepared = TypedAction(
            action: action,
            concerning: { _, _ in .mappings([conflict.mapping]) },
            restrict: nil
        )
        return try await begin(prepared, needs: .operate, visit, back: back)
    }

    private func knownQuestion(_ visit: Visit) async throws -> QuestionRecord {
        let id = visit.name("id")
        let questions = try await ask(ListQuestions(), visit).questions
        guard let question = questions.first(where: { String($0.id) == id }) else {
            throw CoupletError("question.unknown", ["question": id], status: .wrongUse)
        }
        return question
    }

    func question(_ visit: Visit) async throws -> Response {
        let question = try await knownQuestion(visit)
        var content = OpenItems.row(question, visit)
        content["id"] = String(question.id)
        content["seen"] = try Self.stamp(of: question.fields)
        content["isComparison"] = question.kind == .firstComparison
        content["isCandidates"] = question.kind == .severalCandidates
        content["isUnconfirmed"] = question.kind == .unconfirmedCreate
        content["record"] = Self.path(question.record.typed(on: question.side), in: question.mapping)
        content["asked"] = visit.format.element(question.askedAt)
        content["candidates"] = question.candidates.enumerated().map { index, candidate -> [String: Any] in
            [
                "value": candidate.id.typed(on: question.side.other), "name": candidate.name,
                "key": candidate.key ?? "",
                "score": visit.format.percent(candidate.score), "isFirst": index == 0,
                "path": Self.path(candidate.id.typed(on: question.side.other), in: question.mapping),
                "reasons": candidate.reasons.map { ["text": visit.words.text($0)] },
            ]
        }
        content["fields"] = question.fields.map { field -> [String: Any] in
            [
                "label": Fields.label(erpName(field.field)), "names": field.field.replacing("|", with: " ↔ "),
                "erp": Fields.text(field.present.erp, visit), "crm": Fields.text(field.present.crm, visit),
                "tone": "warn",
            ]
        }
        content["hasFields"] = !question.fields.isEmpty
        let page = Page(title: question.label, section: "conflicts", template: "question", content: content)
        return try await response(page, visit)
    }

    func answer(_ visit: Visit) async throws -> Response {
        let question = try await knownQuestion(visit)
        try Self.require(question.fields, seenBy: visit) {
            CoupletError("question.moved", ["question": String(question.id)], status: .doneWithOpenItems)
        }
        let choice = visit.form["choice"].flatMap(Side.init(rawValue:))
        let answer: AnswerQuestion.Answer
        switch visit.form["answer"] {
        case "none": answer = .noCandidate
        case "create": answer = .create
        case "erp": answer = .take(.erp)
        case "crm": answer = .take(.crm)
        case let key?: answer = .candidate(key)
        case nil: throw CoupletError("request.oneAnswer", status: .wrongUse)
        }
        lists.forget(nil)
        return try await change(
            AnswerQuestion(id: question.id, answer: answer, choice: choice),
            visit,
            back: "/conflicts"
        )
    }
}

/// Open items in lists.
enum OpenItems {
    static func row(_ question: QuestionRecord, _ visit: Visit) -> [String: Any] {
        [
            "path": "/questions/\(question.id)", "name": question.label, "mapping": question.mapping,
            "kind": visit.words.text("desk.question.\(question.kind.rawValue)"),
            "side": visit.words.text("side.\(question.side.rawValue)"),
            "found": visit.format.element(question.askedAt),
            "best": question.candidates.first.map { visit.format.percent($0.score) } ?? "",
            "count": question.candidates.isEmpty ? "" : visit.format.number(question.candidates.count),
        ]
    }
}

/// Settles fields of a conflict one by one, each in its own way.
private struct ResolveFields: Action {
    static let name = ResolveConflict.name
    var id: Int64
    var fields: [String]
    var resolutions: [Resolution]
    var seen: [FieldDifference]

    init(id: Int64, seen: [FieldDifference], resolutions: [(String, Resolution)]) {
        self.id = id
        self.seen = seen
        fields = resolutions.map(\.0)
        self.resolutions = resolutions.map(\.1)
    }

    func perform(in context: ActionContext) async throws -> RunOrPlan {
        guard let last = fields.indices.last else { throw CoupletError("conflict.oneResolution", status: .wrongUse) }
        for index in fields.indices.dropLast() { _ = try await resolve(index, context) }
        return try await resolve(last, context)
    }

    private func resolve(_ index: Int, _ context: ActionContext) async throws -> RunOrPlan {
        let action = ResolveConflict(id: id, field: fields[index], resolution: resolutions[index], seen: seen)
        return try await action.perform(in: context)
    }
}
