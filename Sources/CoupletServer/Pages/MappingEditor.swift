import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Hummingbird

/// The settings of a mapping, and of one of its fields, as forms; what has no control stays as it is.
extension Desk {
    /// Checks what a form says of a mapping, or saves it.
    func changeMappingSettings(_ visit: Visit) async throws -> Response {
        let item = try await visibleMapping(visit)
        var content = try Self.content(of: item, files, visit)
        do {
            try requireUnmoved(item.mapping, visit)
            let changed = try MappingForm.mapping(item.mapping, from: visit.form)
            let action = ApplyMappings(
                mappings: [changed],
                isPreview: visit.form["do"] != "apply",
                expected: [item.mapping]
            )
            let view = try await ask(action, visit)
            content.merge(Self.outcome(view, visit)) { $1 }
            if view.isApplied {
                lists.forget(nil)
                content.merge(try Self.content(of: try await visibleMapping(visit), files, visit)) { $1 }
            } else {
                content["general"] = try MappingForm.content(of: item.mapping, visit, typed: visit.form)
            }
        } catch let error as CoupletError where error.status == .wrongUse {
            content["problems"] = [Self.problem(error.message, visit)]
            // Over what somebody else has changed since nothing is kept that was typed.
            if error.message.code != "request.changedSince" {
                content["general"] = try MappingForm.content(of: item.mapping, visit, typed: visit.form)
            }
        }
        return try await response(
            Page(title: item.mapping.name, section: "mappings", template: "mapping", content: content),
            visit
        )
    }

    /// Where a form of a mapping was sent, the mapping is shown.
    func mappingSettings(_ visit: Visit) -> Response {
        Self.redirect("/mappings/" + FormValues.encoded(visit.name("mapping")))
    }

    /// Refuses what was typed over something that has changed since, after whoever may type nothing.
    private func requireUnmoved(_ mapping: TableMapping, _ visit: Visit) throws {
        try access.check(.setUp, of: visit.identity)
        try Self.require(mapping, seenBy: visit) { CoupletError("request.changedSince", status: .wrongUse) }
    }

    func fieldMapping(_ visit: Visit) async throws -> Response {
        let item = try await visibleMapping(visit)
        let field = try Self.field(visit.query["field"], of: item.mapping)
        let content = try FieldForm.content(of: field, in: item.mapping, visit)
        return try await fieldPage(field, of: item.mapping, content, visit)
    }

    /// Checks what a form says of a field, or saves it.
    func changeFieldMapping(_ visit: Visit) async throws -> Response {
        let item = try await visibleMapping(visit)
        let field = try Self.field(visit.form["field"], of: item.mapping)
        var content: [String: Any]
        do {
            try requireUnmoved(item.mapping, visit)
            let changed = try FieldForm.field(field, from: visit.form)
            let (mappings, expected) = Self.mappings(
                with: changed,
                in: item.mapping,
                among: try await visibleMappings(visit).map(\.mapping)
            )
            let action = ApplyMappings(
                mappings: mappings,
                isPreview: visit.form["do"] != "apply",
                expected: expected
            )
            let view = try await ask(action, visit)
            if view.isApplied {
                lists.forget(nil)
                let saved = try await visibleMapping(visit).mapping
                content = try FieldForm.content(of: Self.field(visit.form["field"], of: saved), in: saved, visit)
            } else {
                content = try FieldForm.content(of: field, in: item.mapping, visit, typed: visit.form)
            }
            content.merge(Self.outcome(view, visit)) { $1 }
        } catch let error as CoupletError where error.status == .wrongUse {
            // Over what somebody else has changed since nothing is kept that was typed.
            let typed = error.message.code == "request.changedSince" ? nil : visit.form
            content = try FieldForm.content(of: field, in: item.mapping, visit, typed: typed)
            content["problems"] = [Self.problem(error.message, visit)]
        }
        return try await fieldPage(field, of: item.mapping, content, visit)
    }

    private func fieldPage(
        _ field: FieldMapping,
        of mapping: TableMapping,
        _ shown: [String: Any],
        _ visit: Visit
    ) async throws -> Response {
        let path = "/mappings/" + FormValues.encoded(mapping.name)
        var content = shown
        content["mapping"] = mapping.name
        content["mappingPath"] = path
        content["formPath"] = path + "/field?field=" + FormValues.encoded(field.id)
        let page = Page(
            title: mapping.name + ": " + Self.name(of: field),
            section: "mappings",
            template: "fieldMapping",
            content: content
        )
        return try await response(page, visit)
    }

    /// A field of a mapping as people read it.
    static func name(of field: FieldMapping) -> String {
        let constant = field.constant.map { "'\($0.text)'" } ?? ""
        return [field.erp.name, field.crm.name].map { $0.isEmpty ? constant : $0 }.joined(separator: " ↔ ")
    }

    private static func field(_ id: String?, of mapping: TableMapping) throws -> FieldMapping {
        if let field = mapping.fields.first(where: { $0.id == id }) { return field }
        throw CoupletError(
            "try.unknownField",
            [
                "mapping": mapping.name, "field": id ?? "",
                "known": mapping.fields.map(\.id).joined(separator: ", "),
            ],
            status: .wrongUse
        )
    }

    /// The mappings that change with one of their fields, as they shall be and as they are.
    ///
    /// A field that is not kept must not be kept by another mapping either, so that they all change at once.
    private static func mappings(
        with field: FieldMapping,
        in mapping: TableMapping,
        among all: [TableMapping]
    ) -> (changed: [TableMapping], expected: [TableMapping]) {
        var changed = mapping
        changed.fields = mapping.fields.map { $0.id == field.id ? field : $0 }
        var result = (changed: [changed], expected: [mapping])
        guard field.isUnkept == true else { return result }
        for other in all where other.name != mapping.name {
            var unkept = other
            for index in other.fields.indices where isSame(other.fields[index], other, field, mapping) {
                unkept.fields[index].isUnkept = true
            }
            guard unkept != other else { continue }
            result.changed.append(unkept)
            result.expected.append(other)
        }
        return result
    }

    private static func isSame(
        _ one: FieldMapping,
        _ mapping: TableMapping,
        _ other: FieldMapping,
        _ otherMapping: TableMapping
    ) -> Bool {
        Side.allCases.contains { side in
            let (table, otherTable) = (mapping.table(side), otherMapping.table(side))
            return table.connection == otherTable.connection && table.table == otherTable.table
                && one.field(side).name == other.field(side).name && !one.field(side).name.isEmpty
        }
    }

    /// What checking or saving came to.
    static func outcome(_ view: MappingChangesView, _ visit: Visit) -> [String: Any] {
        guard view.problems.isEmpty else { return ["problems": view.problems.map { problem($0.message, visit) }] }
        return ["changes": changes(view, visit)]
    }

    static func problem(_ message: Message, _ visit: Visit) -> [String: Any] {
        ["text": visit.words.text(message), "remedy": visit.words.remedy(message) as Any]
    }
}

/// One of the choices of a list.
enum Choice {
    /// The choices with the chosen one marked.
    static func list(_ all: [(value: String, name: String)], chosen: String) -> [[String: Any]] {
        all.map { ["value": $0.value, "name": $0.name, "isChosen": $0.value == chosen] }
    }
}

/// A mapping's settings as a form.
enum MappingForm {
    /// What the form shows: a mapping as it is stored, or what somebody has typed and not saved.
    static func content(
        of mapping: TableMapping,
        _ visit: Visit,
        typed: FormValues? = nil
    ) throws -> [String: Any] {
        let rules = mapping.conflictRules
        let words = visit.words
        func text(_ name: String, _ stored: String) -> String { typed.map { $0[name] ?? "" } ?? stored }
        func choices<Word: CaseIterable & RawRepresentable>(
            _ name: String,
            _ stored: Word,
            _ code: String
        ) -> [[String: Any]] where Word.RawValue == String {
            Choice.list(
                Word.allCases.map { ($0.rawValue, words.text("\(code).\($0.rawValue)")) },
                chosen: text(name, stored.rawValue)
            )
        }
        return [
            "seen": try typed?["seen"] ?? Desk.stamp(of: mapping),
            "directions": choices("direction", mapping.direction, "direction"),
            "isOnlyCoupled": typed.map { $0["onlyCoupled"] != nil } ?? mapping.onlyCoupled,
            "erpFilter": text("erpFilter", mapping.erp.filter.text(in: FilterContext(side: .erp))),
            "crmFilter": text("crmFilter", mapping.crm.filter.text(in: FilterContext(side: .erp))),
            "updates": choices("update", rules.update, "editor.update"),
            "scopes": choices("scope", rules.scope, "editor.scope"),
            "deletions": choices("deletion", rules.deletion, "editor.deletion"),
            "schedule": text("schedule", (mapping.schedule ?? .usual).text),
        ]
    }

    /// A mapping with what the form says.
    /// - Throws: `CoupletError` that says which entry is wrong.
    static func mapping(_ mapping: TableMapping, from form: FormValues) throws -> TableMapping {
        var changed = mapping
        changed.direction = try word("direction", form)
        changed.onlyCoupled = form["onlyCoupled"] != nil
        changed.erp.filter = try filter("erpFilter", form)
        changed.crm.filter = try filter("crmFilter", form)
        changed.conflictRules = ConflictRules(
            update: try word("update", form),
            scope: try word("scope", form),
            deletion: try word("deletion", form)
        )
        let schedule = try Schedule(parsing: form["schedule"] ?? Schedule.usual.text)
        changed.schedule = schedule == .usual ? nil : schedule
        return changed
    }

    private static func filter(_ name: String, _ form: FormValues) throws -> RecordFilter {
        guard let text = form[name] else { return .everything }
        return try RecordFilter(parsing: text, in: FilterContext(side: .erp))
    }

    /// One of a list's words.
    static func word<Word: RawRepresentable & CaseIterable>(
        _ name: String,
        _ form: FormValues
    ) throws -> Word where Word.RawValue == String {
        if let word = form[name].flatMap(Word.init(rawValue:)) { return word }
        throw CoupletError(
            "request.wrongValue",
            [
                "name": name, "value": form[name] ?? "",
                "known": Word.allCases.map(\.rawValue).joined(separator: ", "),
            ],
            status: .wrongUse
        )
    }
}

/// A field mapping's settings as a form.
enum FieldForm {
    /// What the form shows: a field as it is stored, or what somebody has typed and not saved.
    static func content(
        of field: FieldMapping,
        in mapping: TableMapping,
        _ visit: Visit,
        typed: FormValues? = nil
    ) throws -> [String: Any] {
        func text(_ name: String, _ stored: String) -> String { typed.map { $0[name] ?? "" } ?? stored }
        func tick(_ name: String, _ stored: Bool?) -> Bool { typed.map { $0[name] != nil } ?? (stored == true) }
        let directions = Direction.allCases.filter { direction in
            let isWithin = Side.allCases.allSatisfy {
                !direction.writes(to: $0) || mapping.direction.writes(to: $0)
            }
            // A constant has no field that it could come back to.
            return isWithin && field.constant == nil || direction == field.direction
        }
        let updates =
            [("", visit.words.text("editor.update.mapping"))]
            + ConflictRules.Update.allCases.map { ($0.rawValue, visit.words.text("editor.update.\($0.rawValue)")) }
        return [
            "seen": try typed?["seen"] ?? Desk.stamp(of: mapping), "field": field.id, "name": Desk.name(of: field),
            "directions": Choice.list(
                directions.map { ($0.rawValue, visit.words.text("direction.\($0.rawValue)")) },
                chosen: text("direction", field.direction.rawValue)
            ),
            "isEnabled": tick("enabled", field.enabled), "isUnkept": tick("unkept", field.isUnkept),
            "keepsTarget": tick("keepsTarget", field.keepTargetWhenBlank),
            "mayTruncate": tick("truncates", field.allowTruncation), "needsValue": tick("needsValue", field.needsValue),
            "rulesFromERP": text("rulesFromERP", field.rules?.fromERP?.text ?? ""),
            "rulesFromCRM": text("rulesFromCRM", field.rules?.fromCRM?.text ?? ""),
            "hasRules": field.constant == nil && field.reference == nil,
            "reference": field.reference?.mapping ?? "", "isRequired": tick("required", field.reference?.required),
            "clears": tick("clears", field.clearsWhenUncoupled),
            "updates": Choice.list(updates, chosen: text("update", field.updateConflicts?.rawValue ?? "")),
        ]
    }

    /// A field with what the form says.
    /// - Throws: `CoupletError` that says which entry is wrong.
    static func field(_ field: FieldMapping, from form: FormValues) throws -> FieldMapping {
        func ticked(_ name: String) -> Bool? { form[name] == nil ? nil : true }
        var changed = field
        changed.direction = try MappingForm.word("direction", form)
        changed.enabled = ticked("enabled") ?? false
        changed.isUnkept = ticked("unkept")
        changed.keepTargetWhenBlank = ticked("keepsTarget") ?? false
        changed.allowTruncation = ticked("truncates") ?? false
        changed.needsValue = ticked("needsValue")
        changed.updateConflicts = form["update"] == nil ? nil : try MappingForm.word("update", form)
        if field.reference == nil, field.constant == nil {
            let rules = FieldRules(fromERP: try chain("rulesFromERP", form), fromCRM: try chain("rulesFromCRM", form))
            changed.rules = rules.fromERP == nil && rules.fromCRM == nil ? nil : rules
        } else if field.reference != nil {
            changed.reference?.required = ticked("required") ?? false
            changed.clearsWhenUncoupled = ticked("clears")
        }
        return changed
    }

    private static func chain(_ name: String, _ form: FormValues) throws -> [TransformationRule]? {
        guard let text = form[name] else { return nil }
        return try [TransformationRule](parsing: text)
    }
}
