import CoupletCore
import CoupletEngine

/// Shows integration table mappings.
enum MappingReport {
    /// Shows mappings, one a line.
    static func show(_ view: MappingsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["mappings": .array(view.mappings.map { document($0, isWhole: false) })]))
            return .done
        }
        guard !view.mappings.isEmpty else {
            console.say("mappings.none")
            return .done
        }
        var table = Table([
            .init(title: console.text("column.mapping")),
            .init(title: console.text("side.erp"), isFlexible: true),
            .init(title: console.text("column.direction")),
            .init(title: console.text("side.crm"), isFlexible: true),
            .init(title: console.text("column.fields"), isNumeric: true),
            .init(title: console.text("column.couplings"), isNumeric: true),
            .init(title: console.text("column.onlyCoupled"), isOptional: true),
            .init(title: console.text("column.status")),
        ])
        for item in view.mappings {
            let mapping = item.mapping
            table.add([
                mapping.name, "\(mapping.erp.connection):\(mapping.erp.table)", mapping.direction.arrow,
                "\(mapping.crm.connection):\(mapping.crm.table)", String(mapping.enabledFields.count),
                String(item.couplings), console.text(mapping.onlyCoupled ? "yes" : "no"),
                console.text(mapping.pausedAt == nil ? "mapping.runs" : "mapping.paused"),
            ])
        }
        console.show(table)
        return .done
    }

    /// Shows each mapping with its fields, filters and match rules.
    static func showDetails(_ view: MappingsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            guard let item = view.mappings.first else { return .wrongUse }
            console.print(.object(["mapping": document(item, isWhole: true)]))
            return .done
        }
        for item in view.mappings { details(item, console) }
        return .done
    }

    private static func details(_ item: MappingsView.Item, _ console: Console) {
        let mapping = item.mapping
        console.line(console.bold(mapping.name))
        if let since = mapping.pausedAt { console.say("mapping.pausedSince", ["time": since.description]) }
        console.say("direction.\(mapping.direction.rawValue)")
        console.say(mapping.onlyCoupled ? "mapping.onlyCoupled" : "mapping.createsToo")
        for line in MappingSettingText.lines(mapping, console) { console.line(line) }
        for side in Side.allCases {
            let table = mapping.table(side)
            console.say(
                "mapping.table",
                [
                    "side": console.text("side.\(side.rawValue)"), "connection": table.connection,
                    "table": table.table, "filter": FilterText(console).text(table.filter),
                ]
            )
        }
        console.line()
        var table = Table([
            .init(title: console.text("side.erp"), isFlexible: true),
            .init(title: console.text("column.direction")),
            .init(title: console.text("side.crm"), isFlexible: true),
            .init(title: console.text("column.enabled")),
            .init(title: console.text("column.reference")),
            .init(title: console.text("column.types"), isFlexible: true),
            .init(title: console.text("column.settings"), isFlexible: true),
        ])
        for field in mapping.fields {
            table.add([
                field.erp.name, (mapping.direction(of: field) ?? field.direction).arrow, field.crm.name,
                console.text(field.enabled ? "yes" : "no"), field.reference?.mapping ?? "",
                types(field, console), FieldSettingText.parts(field, console).joined(separator: "; "),
            ])
        }
        console.show(table)
        console.line()
        for rule in mapping.matchRules {
            let pairs = rule.pairs.map { "\($0.erp) = \($0.crm)" }.joined(separator: ", ")
            let code = rule.caseSensitive ? "mapping.matchRuleCase" : "mapping.matchRule"
            console.say(code, ["priority": String(rule.priority), "pairs": pairs])
        }
    }

    /// The types of a field on both sides, once where they are the same; a constant has none.
    private static func types(_ field: FieldMapping, _ console: Console) -> String {
        let texts = Side.allCases.filter { !field.field($0).name.isEmpty }.map {
            FieldTypeText.words(field.field($0).type, console)
        }
        return texts.first == texts.last ? texts.first ?? "" : texts.joined(separator: " / ")
    }

    private static func document(_ item: MappingsView.Item, isWhole: Bool) -> JSONDocument {
        let mapping = item.mapping
        var members: [JSONDocument.Member] = [
            .init(name: "name", value: .string(mapping.name)),
            .init(name: "direction", value: .string(mapping.direction.rawValue)),
            .init(name: "onlyCoupled", value: .boolean(mapping.onlyCoupled)),
            .init(name: "couplings", value: .integer(item.couplings)),
            .init(name: "pausedAt", value: .optional(mapping.pausedAt?.description)),
        ]
        for side in Side.allCases { members.append(.init(name: side.rawValue, value: table(mapping.table(side)))) }
        guard isWhole else { return .object(members) }
        members += MappingSettingText.members(mapping)
        members.append(.init(name: "fields", value: .array(mapping.fields.map(field))))
        members.append(.init(name: "matchRules", value: .array(mapping.matchRules.map(rule))))
        return .object(members)
    }

    private static func table(_ table: TableMapping.Table) -> JSONDocument {
        .object([
            "connection": .string(table.connection),
            "table": .string(table.table),
            "keyField": .optional(table.keyField),
            "nameField": .string(table.nameField),
            "filter": .string(table.filter.formula),
        ])
    }

    private static func field(_ field: FieldMapping) -> JSONDocument {
        let members: [JSONDocument.Member] = [
            .init(name: "erp", value: .string(field.erp.name)),
            .init(name: "crm", value: .string(field.crm.name)),
            .init(name: "direction", value: .string(field.direction.rawValue)),
            .init(name: "enabled", value: .boolean(field.enabled)),
            .init(name: "reference", value: .optional(field.reference?.mapping)),
            .init(name: "erpType", value: .string(FieldTypeText.text(field.erp.type))),
            .init(name: "crmType", value: .string(FieldTypeText.text(field.crm.type))),
        ]
        return .object(members + FieldSettingText.members(field))
    }

    private static func rule(_ rule: MatchRule) -> JSONDocument {
        .object([
            "priority": .integer(rule.priority),
            "caseSensitive": .boolean(rule.caseSensitive),
            "pairs": .array(rule.pairs.map { .object(["erp": .string($0.erp), "crm": .string($0.crm)]) }),
        ])
    }
}
