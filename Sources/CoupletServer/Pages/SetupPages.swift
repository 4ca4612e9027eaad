import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import Hummingbird

/// Mappings and the review of a full synchronization.
extension Desk {
    func mappings(_ visit: Visit) async throws -> Response {
        let items = try await visibleMappings(visit)
        let rows = items.map { item -> [String: Any] in
            let mapping = item.mapping
            return [
                "name": mapping.name, "path": "/mappings/" + FormValues.encoded(mapping.name),
                "erp": mapping.erp.table, "crm": mapping.crm.table, "arrow": Fields.arrow(mapping.direction),
                "direction": visit.words.text("direction.\(mapping.direction.rawValue)"),
                "fields": visit.format.number(mapping.fields.count),
                "couplings": visit.format.number(item.couplings),
                "onlyCoupled": visit.words.text(mapping.onlyCoupled ? "value.yes" : "value.no"),
                "isPaused": mapping.pausedAt != nil,
            ]
        }
        let page = Page(
            title: visit.words.text("nav.mappings"),
            section: "mappings",
            template: "mappings",
            content: ["rows": rows, "isEmpty": rows.isEmpty]
        )
        return try await response(page, visit)
    }

    func mapping(_ visit: Visit) async throws -> Response {
        let item = try await visibleMapping(visit)
        var content = try Self.content(of: item, files, visit)
        if let field = visit.query["field"] {
            let trial = try await ask(
                TryValue(
                    mapping: item.mapping.name,
                    field: field,
                    value: visit.query["value"] ?? "",
                    source: visit.query["source"].flatMap(Side.init(rawValue:))
                ),
                visit
            )
            content["trial"] = Self.content(of: trial, visit)
        }
        return try await response(
            Page(title: item.mapping.name, section: "mappings", template: "mapping", content: content),
            visit
        )
    }

    private static func content(of trial: ValueTrial, _ visit: Visit) -> [String: Any] {
        [
            "field": trial.field.replacing("|", with: " ↔ "), "value": Fields.text(trial.value, visit),
            "result": trial.result.map { Fields.text($0, visit) } ?? "–", "tone": trial.problem == nil ? "good" : "bad",
            "stages": trial.stages.map { ["rule": $0.rule, "value": $0.value] },
            "problem": (trial.problem ?? trial.notice).map { visit.words.text($0) } as Any,
        ]
    }

    static func content(
        of item: MappingsView.Item,
        _ files: any MappingFiles,
        _ visit: Visit
    ) throws -> [String: Any] {
        let mapping = item.mapping
        let path = "/mappings/" + FormValues.encoded(mapping.name)
        let fields = mapping.fields.map { field -> [String: Any] in
            [
                "id": field.id, "editor": path + "/field?field=" + FormValues.encoded(field.id), "erp": field.erp.name,
                "crm": field.crm.name, "arrow": Fields.arrow(field.direction),
                "direction": visit.words.text("direction.\(field.direction.rawValue)"),
                "reference": field.reference?.mapping ?? "", "isOff": !field.enabled,
                "constant": field.constant.map { Fields.text($0, visit) } ?? "", "isUnkept": field.isUnkept == true,
            ]
        }
        let rules = mapping.matchRules.map { rule -> [String: Any] in
            [
                "priority": String(rule.priority),
                "fields": rule.pairs.map { "\($0.erp) = \($0.crm)" }.joined(separator: ", "),
            ]
        }
        return [
            "name": mapping.name, "mappingPath": path, "general": try MappingForm.content(of: mapping, visit),
            "records": "/records/" + FormValues.encoded(mapping.name),
            "direction": visit.words.text("direction.\(mapping.direction.rawValue)"),
            "isPaused": mapping.pausedAt != nil, "erp": mapping.erp.table, "crm": mapping.crm.table,
            "erpConnection": mapping.erp.connection, "crmConnection": mapping.crm.connection,
            "couplings": visit.format.number(item.couplings), "fieldRows": fields, "rules": rules,
            "hasRules": !rules.isEmpty, "file": files.text([mapping]),
        ]
    }

    func changeMapping(_ visit: Visit) async throws -> Response {
        let name = visit.name("mapping")
        let path = "/mappings/" + FormValues.encoded(name)
        lists.forget(nil)
        switch visit.form["do"] {
        case "pause", "resume":
            let action = PauseMapping(mapping: name, isPaused: visit.form["do"] == "pause")
            return try await change(action, visit, back: path)
        case "reset":
            return try await change(ResetMapping(mapping: name), visit, back: path)
        default: return try await applyFile(name, visit)
        }
    }

    /// Checks a file of mappings, or applies it, and says what that changes.
    private func applyFile(_ name: String, _ visit: Visit) async throws -> Response {
        let text = visit.form["file"] ?? ""
        let isNew = name == "new"
        var content: [String: Any] = [:]
        if !isNew { content = try Self.content(of: try await visibleMapping(visit), files, visit) }
        content["isEdited"] = true
        content["file"] = text
        do {
            let mappings = try files.mappings(in: text)
            let action = ApplyMappings(mappings: mappings, isPreview: visit.form["do"] != "apply")
            let view = try await ask(action, visit)
            content.merge(Self.outcome(view, visit)) { $1 }
            if isNew, view.isApplied { return Self.redirect("/mappings") }
        } catch let error as CoupletError where error.status != .notAllowed {
            content["problems"] = [Self.problem(error.message, visit)]
        }
        guard !isNew else {
            content["title"] = visit.words.text("desk.importMappings")
            content["name"] = visit.words.text("desk.importMappings")
            content["mappingPath"] = "/mappings/new"
            content["records"] = "/records"
            let page = Page(title: "", section: "mappings", template: "mapping", content: content)
            return try await response(page, visit)
        }
        return try await response(
            Page(title: name, section: "mappings", template: "mapping", content: content),
            visit
        )
    }

    static func changes(_ view: MappingChangesView, _ visit: Visit) -> [[String: Any]] {
        view.changes.map { change in
            let code =
                change.before == nil ? "mapping.isAdded" : change.changes ? "mapping.isChanged" : "mapping.isUnchanged"
            let note = view.isApplied ? "desk.applied" : "desk.onlyChecked"
            return ["text": visit.words.text(code, ["mapping": change.after.name]) + " – " + visit.words.text(note)]
        }
    }

    /// The review of a full synchronization, asked for by a button because it reads everything.
    func review(_ visit: Visit) async throws -> Response {
        var content: [String: Any] = ["hasLines": false, "lines": [[String: Any]]()]
        if let number = visit.query["action"].flatMap({ Int($0) }), let performed = queue.action(number),
            RESTHandler.sees(performed, visit.identity), case .result(let result) = performed.outcome,
            let view = result as? ReviewView
        {
            content["hasLines"] = true
            content["canContinue"] = view.canContinue
            content["lines"] = view.lines.filter { visit.identity.may(use: $0.mapping) }.map { line -> [String: Any] in
                [
                    "mapping": line.mapping, "path": "/records/" + FormValues.encoded(line.mapping),
                    "after": line.after.joined(separator: ", "), "coupled": visit.format.number(line.coupled),
                    "uncoupledERP": visit.format.number(line.uncoupled.erp),
                    "uncoupledCRM": visit.format.number(line.uncoupled.crm),
                    "created": visit.format.number(line.created.erp + line.created.crm),
                    "changed": visit.format.number(line.changed.erp + line.changed.crm),
                    "advice": visit.words.text("advice.\(line.advice.rawValue)"),
                ]
            }
        }
        let title = visit.words.text("desk.fullReview")
        return try await response(Page(title: title, section: "review", template: "review", content: content), visit)
    }

    func runReview(_ visit: Visit) async throws -> Response {
        lists.forget(nil)
        guard visit.form["do"] != "review" else {
            return try await change(ReviewFullSynchronization(), visit, back: "/review")
        }
        let action = Synchronize(isFull: true, continues: visit.form["do"] == "continue")
        return try await change(action, visit, back: "/jobs")
    }

    func settingsPage(_ visit: Visit) async throws -> Response {
        let findings = try await ask(ExamineSetup(), visit).findings
        let content: [String: Any] = [
            "findings": findings.map { finding -> [String: Any] in
                [
                    "subject": finding.subject, "text": visit.words.text(finding.message),
                    "remedy": visit.words.remedy(finding.message) as Any,
                    "level": visit.words.text("doctor.level.\(finding.level.rawValue)"),
                    "tone": finding.level == .good ? "good" : finding.level == .warning ? "warn" : "bad",
                ]
            }
        ]
        let page = Page(
            title: visit.words.text("nav.settings"),
            section: "settings",
            template: "settings",
            content: content
        )
        return try await response(page, visit)
    }
}
