import CoupletCore
import Yams

/// Reads what a field mapping or a table says beyond names and types: rules, constants, zones and templates.
enum FieldSettingReader {
    /// Transformation rules, a chain as text for each side that values come from.
    static func rules(_ object: FileObject, _ problems: inout [FileProblem]) -> FieldRules? {
        guard let node = object.node("rules") else { return nil }
        let keys = ["fromERP", "fromCRM"]
        guard let chains = FileObject(node, path: object.path + ".rules", keys: keys, &problems) else { return nil }
        return FieldRules(fromERP: chain("fromERP", chains, &problems), fromCRM: chain("fromCRM", chains, &problems))
    }

    private static func chain(
        _ key: String,
        _ object: FileObject,
        _ problems: inout [FileProblem]
    ) -> [TransformationRule]? {
        guard let text = object.text(key, &problems) else { return nil }
        do {
            return try [TransformationRule](parsing: text)
        } catch {
            problems.append(FileProblem(object.line(of: key), error.message))
            return nil
        }
    }

    /// The value that the target always holds.
    static func constant(_ object: FileObject, _ problems: inout [FileProblem]) -> Value? {
        value("constant", object, &problems)
    }

    /// A value that may be missing.
    static func value(_ key: String, _ object: FileObject, _ problems: inout [FileProblem]) -> Value? {
        guard let node = object.node(key) else { return nil }
        guard let scalar = node.scalar else {
            problems.append(FileProblem(object.line, "file.notAText", ["path": object.path, "key": key]))
            return nil
        }
        return value(scalar)
    }

    /// A yes or no that need not be said.
    static func choice(_ key: String, _ object: FileObject, _ problems: inout [FileProblem]) -> Bool? {
        object.node(key) == nil ? nil : object.boolean(key, otherwise: false, &problems)
    }

    /// What becomes of conflicts without a person being asked.
    static func conflictRules(_ object: FileObject, _ problems: inout [FileProblem]) -> ConflictRules {
        ConflictRules(
            update: object.word("updateConflicts", ConflictRules.Update.self, &problems) ?? .ask,
            scope: object.word("conflictScope", ConflictRules.Scope.self, &problems) ?? .field,
            deletion: object.word("deletionConflicts", ConflictRules.Deletion.self, &problems) ?? .ask
        )
    }

    /// When a mapping is synchronized by itself.
    static func schedule(_ object: FileObject, _ problems: inout [FileProblem]) -> Schedule? {
        guard let text = object.text("schedule", &problems) else { return nil }
        do {
            return try Schedule(parsing: text)
        } catch {
            problems.append(FileProblem(object.line(of: "schedule"), error.message))
            return nil
        }
    }

    /// Where a day begins.
    static func zone(_ object: FileObject, _ problems: inout [FileProblem]) -> TimeZoneRule? {
        guard let name = object.text("zone", &problems) else { return nil }
        if let zone = TimeZoneRule(name) { return zone }
        problems.append(object.wrong("zone", name, "Europe/Stockholm, UTC, UTC+02:00 …"))
        return nil
    }

    /// Values for new records by what they are created from.
    static func templates(_ table: FileObject, _ problems: inout [FileProblem]) -> [RecordTemplate]? {
        guard table.node("templates") != nil else { return nil }
        var templates: [RecordTemplate] = []
        for (index, node) in table.list("templates", &problems).enumerated() {
            let path = "\(table.path).templates[\(index + 1)]"
            let keys = ["priority", "filter", "values"]
            guard let object = FileObject(node, path: path, keys: keys, &problems) else { continue }
            let template = RecordTemplate(
                filter: filter(object, &problems),
                priority: object.number("priority", otherwise: 0, &problems),
                values: values("values", object, &problems)
            )
            templates.append(template)
        }
        return templates
    }

    /// Fields with the values that a new record gets.
    static func values(
        _ key: String,
        _ object: FileObject,
        _ problems: inout [FileProblem]
    ) -> [TableMapping.TemplateValue] {
        var values: [TableMapping.TemplateValue] = []
        for (index, node) in object.list(key, &problems).enumerated() {
            let path = "\(object.path).\(key)[\(index + 1)]"
            let keys = ["field", "type", "value"]
            guard let entry = FileObject(node, path: path, keys: keys, &problems) else { continue }
            let name = entry.requiredText("field", &problems)
            let field = FieldMapping.Field(name, type("type", entry, &problems))
            guard let scalar = entry.node("value")?.scalar else {
                problems.append(FileProblem(entry.line, "file.missingKey", ["path": path, "key": "value"]))
                continue
            }
            values.append(TableMapping.TemplateValue(field: field, value: value(scalar)))
        }
        return values
    }

    /// A field's type.
    static func type(_ key: String, _ object: FileObject, _ problems: inout [FileProblem]) -> FieldType {
        let text = object.requiredText(key, &problems)
        if let type = FieldTypeText.type(text) { return type }
        if !text.isEmpty { problems.append(object.wrong(key, text, FieldTypeText.forms)) }
        return .text(maximum: 0)
    }

    /// A filter; every record where there is none.
    static func filter(_ object: FileObject, _ problems: inout [FileProblem]) -> RecordFilter {
        guard let text = object.text("filter", &problems) else { return .everything }
        do {
            return try RecordFilter(parsing: text, in: FilterContext(side: .erp))
        } catch {
            problems.append(FileProblem(object.line(of: "filter"), error.message))
            return .everything
        }
    }

    /// What stands in quotes is text; what does not is what it looks like.
    private static func value(_ scalar: Node.Scalar) -> Value {
        let text = scalar.string
        if scalar.style == .singleQuoted || scalar.style == .doubleQuoted { return .text(text) }
        switch text {
        case "null", "~", "": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default: return DecimalNumber(text) == nil ? .text(text) : .number(text)
        }
    }
}
