import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird

/// Lists of records, and one record with its counterpart.
extension Desk {
    private static let pageSize = 50

    func anyRecords(_ visit: Visit) async throws -> Response {
        let mappings = try await visibleMappings(visit)
        guard let first = mappings.first(where: { $0.couplings > 0 }) ?? mappings.first else {
            let page = Page(
                title: visit.words.text("nav.records"),
                section: "records",
                template: "noRecords",
                content: [:]
            )
            return try await response(page, visit)
        }
        return Self.redirect("/records/" + FormValues.encoded(first.mapping.name))
    }

    /// The mappings that a visitor may look at.
    func visibleMappings(_ visit: Visit) async throws -> [MappingsView.Item] {
        do {
            return try await ask(ListMappings(), visit).mappings
        } catch let error as CoupletError where error.message.code == "mapping.none" {
            return []
        }
    }

    /// A mapping that the visitor may look at.
    func visibleMapping(_ visit: Visit) async throws -> MappingsView.Item {
        let name = visit.name("mapping")
        let view = try await ask(ShowMapping(mapping: name), visit)
        guard let item = view.mappings.first else {
            throw CoupletError("mapping.unknown", ["mapping": name, "known": ""], status: .wrongUse)
        }
        return item
    }

    func records(_ visit: Visit) async throws -> Response {
        let item = try await visibleMapping(visit)
        let mapping = item.mapping
        let side: Side = visit.query["side"] == "crm" ? .crm : .erp
        let context = ActionContext(engine: engine, startedBy: visit.identity.user.name)
        let known = try await lists.records(mapping.name, side, refreshes: visit.query["refresh"] != nil, context)
        let found = Self.filtered(known.records, visit.query)
        let start = max(0, Int(visit.query["from"] ?? "") ?? 0)
        let shown = found.dropFirst(start).prefix(Self.pageSize)
        var content = Self.filters(visit, side, known.records)
        content["mapping"] = mapping.name
        content["base"] = "/records/" + FormValues.encoded(mapping.name)
        content["direction"] = visit.words.text("direction.\(mapping.direction.rawValue)")
        content["side"] = side.rawValue
        content["asOf"] = visit.format.element(known.at)
        content["mappings"] = try await visibleMappings(visit).map { item -> [String: Any] in
            [
                "name": item.mapping.name, "path": "/records/" + FormValues.encoded(item.mapping.name),
                "isCurrent": item.mapping.name == mapping.name,
            ]
        }
        content["rows"] = shown.map { Self.row($0, mapping.name, visit) }
        content["isEmpty"] = found.isEmpty
        content["total"] = visit.words.text("desk.count", ["count": visit.format.number(found.count)])
        content["pages"] = Self.pages(found.count, start, visit) as Any
        let writes = try await canWrite(visit, mapping)
        content["canWrite"] = writes.canWrite
        content["whyNot"] = writes.reason as Any
        let page = Page(title: mapping.name, section: "records", template: "records", content: content)
        return try await response(page, visit)
    }

    /// Whether records of a mapping can be coupled and synchronized now, and why not.
    func canWrite(_ visit: Visit, _ mapping: TableMapping) async throws -> (canWrite: Bool, reason: String?) {
        guard visit.identity.may(.operate) else { return (false, nil) }
        let connections = try await ListConnections().perform(in: ActionContext(engine: engine, startedBy: ""))
            .connections
        let used = Set([mapping.erp.connection, mapping.crm.connection])
        let reading = connections.map(\.connection).filter { used.contains($0.name) && !$0.isEnabled }
        guard let first = reading.first else { return (true, nil) }
        return (false, visit.words.text("desk.onlyReads", ["connection": first.name]))
    }

    private static func filtered(_ records: [RecordView], _ query: FormValues) -> [RecordView] {
        var found = records
        if let state = query["state"].flatMap(RecordState.init(rawValue:)) {
            found = found.filter { $0.state == state }
        }
        switch query["coupled"] {
        case "yes": found = found.filter { $0.coupledTo != nil }
        case "no": found = found.filter { $0.coupledTo == nil }
        default: break
        }
        if let wanted = query["q"]?.lowercased() {
            found = found.filter {
                $0.name.lowercased().contains(wanted) || ($0.key ?? "").lowercased().contains(wanted)
                    || $0.id.description.hasPrefix(wanted)
            }
        }
        return found
    }

    private static func filters(_ visit: Visit, _ side: Side, _ records: [RecordView]) -> [String: Any] {
        let counts = Dictionary(grouping: records, by: \.state).mapValues(\.count)
        let states = RecordState.allCases.filter { counts[$0] != nil }.map { state -> [String: Any] in
            [
                "value": state.rawValue, "isCurrent": visit.query["state"] == state.rawValue,
                "name": "\(visit.words.text("state.\(state.rawValue)")) (\(visit.format.number(counts[state] ?? 0)))",
            ]
        }
        return [
            "states": states, "q": visit.query["q"] ?? "",
            "coupledYes": visit.query["coupled"] == "yes", "coupledNo": visit.query["coupled"] == "no",
            "isERP": side == .erp, "isCRM": side == .crm,
            "refreshPath": "?" + visit.query.encoded(changing: ["refresh": "1", "action": nil]),
        ]
    }

    private static func row(_ record: RecordView, _ mapping: String, _ visit: Visit) -> [String: Any] {
        [
            "key": record.typedKey, "number": record.key ?? "",
            "name": record.name.isEmpty ? record.typedKey : record.name,
            "path": path(record.typedKey, in: mapping),
            "isCoupled": record.coupledTo != nil,
            "counterpart": record.typedCounterpart.map { path($0, in: mapping) } as Any,
            "state": visit.words.text("state.\(record.state.rawValue)"), "tone": tone(record.state),
        ]
    }

    /// The address of a record's page.
    static func path(_ key: String, in mapping: String) -> String {
        "/records/\(FormValues.encoded(mapping))/show/\(FormValues.encoded(key))"
    }

    /// The colour of a state.
    static func tone(_ state: RecordState) -> String {
        switch state {
        case .inSync: "good"
        case .conflict, .parked, .erpDeleted, .crmDeleted, .unconfirmed: "bad"
        case .question, .waiting, .held, .drift: "warn"
        case .erpChanged, .crmChanged, .bothChanged: "info"
        case .uncoupled, .uncompared, .outOfScope: ""
        }
    }

    /// The pages before and after.
    static func pages(_ count: Int, _ start: Int, _ visit: Visit) -> [String: Any]? {
        guard count > pageSize else { return nil }
        func path(_ from: Int) -> String { "?" + visit.query.encoded(changing: ["from": String(from), "action": nil]) }
        var pages: [String: Any] = [
            "range": visit.words.text(
                "desk.range",
                [
                    "first": visit.format.number(start + 1), "last": visit.format.number(min(count, start + pageSize)),
                    "count": visit.format.number(count),
                ]
            )
        ]
        if start > 0 { pages["previous"] = path(max(0, start - pageSize)) }
        if start + pageSize < count { pages["next"] = path(start + pageSize) }
        return pages
    }

    func record(_ visit: Visit) async throws -> Response {
        let item = try await visibleMapping(visit)
        let (mapping, key) = (item.mapping, visit.name("key"))
        let sheet = try await ask(
            ShowRecord(mapping: mapping.name, key: key, refreshes: visit.query["refresh"] != nil),
            visit
        )
        let history = try await ask(ShowHistory(mapping: mapping.name, key: key, limit: 30), visit)
        let jobs = try await ask(ListJobs(limit: 10, mapping: mapping.name, key: key), visit).jobs
        let writes = try await canWrite(visit, mapping)
        var content = Self.content(of: sheet, visit)
        content["mapping"] = mapping.name
        content["base"] = "/records/" + FormValues.encoded(mapping.name)
        content["canWrite"] = writes.canWrite
        content["whyNot"] = writes.reason as Any
        content["history"] = history.entries.map { Self.entry($0, visit, canUndo: writes.canWrite) }
        content["hasHistory"] = !history.entries.isEmpty
        content["jobs"] = jobs.map { Self.line($0, visit) }
        content["hasJobs"] = !jobs.isEmpty
        content["isLog"] = visit.query["log"] != nil
        for (name, record) in [("openERP", sheet.side(.crm)), ("openCRM", sheet.side(.erp))] {
            // A link leads to the counterpart of the record that it names.
            content[name] = record.map { OpenLink.path(to: $0, in: mapping.name) } as Any
        }
        content["back"] = Self.path(key, in: mapping.name)
        let title = sheet.record.name.isEmpty ? sheet.record.typedKey : sheet.record.name
        return try await response(Page(title: title, section: "records", template: "record", content: content), visit)
    }

    private static func content(of sheet: RecordSheet, _ visit: Visit) -> [String: Any] {
        let words = visit.words
        func named(_ record: RecordView?) -> [String: Any]? {
            record.map { record in
                [
                    "side": words.text("side.\(record.side.rawValue)"), "name": record.name, "key": record.key ?? "",
                    "id": record.id.description, "typed": record.typedKey,
                    "path": path(record.typedKey, in: sheet.mapping),
                ]
            }
        }
        return [
            "key": sheet.record.typedKey, "address": FormValues.encoded(sheet.record.typedKey),
            "number": sheet.record.key ?? "",
            "name": sheet.record.name.isEmpty ? sheet.record.typedKey : sheet.record.name,
            "side": words.text("side.\(sheet.record.side.rawValue)"),
            "isCoupled": sheet.record.coupledTo != nil,
            "record": named(sheet.record) as Any, "counterpart": named(sheet.counterpart) as Any,
            "state": words.text("state.\(sheet.record.state.rawValue)"), "tone": tone(sheet.record.state),
            "reasons": sheet.reasons.map { reason -> [String: Any] in
                [
                    "text": words.text(reason), "remedy": words.remedy(reason) as Any,
                    "path": link(of: reason) as Any,
                ]
            },
            "next": sheet.next.map { ["text": words.text($0)] },
            "fields": sheet.fields.map { Fields.row($0, visit) }, "hasFields": !sheet.fields.isEmpty,
            "last": sheet.lastWrite.map { visit.format.element($0.at) } as Any,
            "lastJob": sheet.lastWrite?.job.map { "/jobs/\($0)" } as Any,
        ]
    }

    /// Where what a message speaks of is settled.
    private static func link(of message: Message) -> String? {
        if let id = message.arguments["conflict"], !id.isEmpty { return "/conflicts/\(id)" }
        if let id = message.arguments["question"], !id.isEmpty { return "/questions/\(id)" }
        if let id = message.arguments["plan"], !id.isEmpty { return "/plans/\(id)" }
        if let id = message.arguments["cause"], !id.isEmpty { return "/errors/\(FormValues.encoded(id))" }
        return nil
    }

    private static func entry(_ entry: HistoryView.Entry, _ visit: Visit, canUndo: Bool) -> [String: Any] {
        [
            "id": String(entry.id), "at": visit.format.element(entry.at), "who": entry.startedBy,
            "action": visit.words.text("run.action.\(entry.action)"),
            "step": visit.words.text("history.step.\(entry.step.rawValue)") + " "
                + visit.words.text("side.\(entry.side.rawValue)"),
            "fields": entry.fields.map { field -> [String: Any] in
                [
                    "name": Fields.label(field.name), "before": Fields.text(field.before, visit),
                    "after": Fields.text(field.after, visit),
                    "cause": visit.words.text("cause.\(field.cause.rawValue)"),
                ]
            },
            "job": entry.job.map { "/jobs/\($0)" } as Any, "isUndone": entry.isUndone,
            "canUndo": canUndo && !entry.isUndone,
        ]
    }
}

/// Fields as people read them.
enum Fields {
    /// A field's name in words: `phoneNumber` is Phone number, `address1_line1` is Address 1 line 1.
    static func label(_ name: String) -> String {
        var words: [String] = []
        var word = ""
        for character in name {
            let isBreak =
                character == "_" || (character.isUppercase && word.last?.isLowercase == true)
                || (character.isNumber && word.last?.isLetter == true)
            if isBreak, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if character != "_" { word.append(character) }
        }
        if !word.isEmpty { words.append(word) }
        let text = words.map { $0.lowercased() }.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// A value as people read it.
    static func text(_ value: Value?, _ visit: Visit) -> String {
        switch value {
        case nil, .null: ""
        case .boolean(let boolean): visit.words.text(boolean ? "value.yes" : "value.no")
        case .number(let digits):
            visit.words.language.code == "sv" ? digits.replacing(".", with: ",") : digits
        case .text(let text): text == "_x0020_" ? "" : text
        case .unkept: visit.words.text("value.unkept")
        }
    }

    /// A field of a coupling, both sides side by side.
    static func row(_ field: RecordSheet.Field, _ visit: Visit) -> [String: Any] {
        let tone =
            switch field.state {
            case .conflict, .problem: "bad"
            case .different, .drift, .waiting: "warn"
            case .erpChanged, .crmChanged, .unread: "info"
            case .inSync, .alone: ""
            }
        let was = [Side.erp, .crm].compactMap { side -> String? in
            guard let base = field.base?[side], let now = field.values[side], base != now else { return nil }
            // A digest differs from every value: whether the field has changed is in its state.
            if base.isUnkept { return nil }
            let value = text(base, visit)
            return value.isEmpty ? visit.words.text("value.blank") : value
        }
        return [
            "label": label(field.names.erp.isEmpty ? field.names.crm : field.names.erp),
            "names": "\(field.names.erp) ↔ \(field.names.crm)",
            "erp": text(field.values.erp, visit), "crm": text(field.values.crm, visit), "tone": tone,
            "arrow": arrow(field.direction),
            "direction": visit.words.text("direction.short.\(field.direction.rawValue)"),
            "erpChanged": field.state == .erpChanged, "crmChanged": field.state == .crmChanged,
            "state": field.state == .alone ? "" : visit.words.text("field.\(field.state.rawValue)"),
            "was": was.first.map { visit.words.text("field.was", ["value": $0]) } as Any,
            "problem": field.problem.map { visit.words.text($0) } as Any,
        ]
    }

    /// Where values flow, as a sign.
    static func arrow(_ direction: Direction) -> String {
        switch direction {
        case .bidirectional: "↔"
        case .toIntegrationTable: "→"
        case .fromIntegrationTable: "←"
        }
    }
}
