import CoupletCore

/// What a table mapping says of conflicts and of other mappings.
enum MappingSettingText {
    /// The settings in words, a line each.
    static func lines(_ mapping: TableMapping, _ console: Console) -> [String] {
        let rules = mapping.conflictRules
        var lines: [String] = []
        // Where values flow one way, the source's stand and there are no conflicts.
        if mapping.direction == .bidirectional {
            lines.append(console.text("mapping.updateConflicts.\(rules.update.rawValue)"))
            if rules.scope == .record { lines.append(console.text("mapping.conflictScope.record")) }
        }
        lines.append(console.text("mapping.deletionConflicts.\(rules.deletion.rawValue)"))
        if !mapping.dependsOn.isEmpty {
            let names = mapping.dependsOn.joined(separator: ", ")
            lines.append(console.text("mapping.dependsOn", ["mappings": names]))
        }
        if let stamp = mapping.companyStamp {
            let arguments = ["field": stamp.field.name, "value": stamp.value?.text ?? ""]
            lines.append(console.text("mapping.companyStamp.\(stamp.admits.rawValue)", arguments))
        }
        lines.append(console.text("mapping.schedule", ["schedule": (mapping.schedule ?? .usual).text]))
        return lines
    }

    /// The settings as members of a JSON object.
    static func members(_ mapping: TableMapping) -> [JSONDocument.Member] {
        let rules = mapping.conflictRules
        return [
            .init(name: "updateConflicts", value: .string(rules.update.rawValue)),
            .init(name: "conflictScope", value: .string(rules.scope.rawValue)),
            .init(name: "deletionConflicts", value: .string(rules.deletion.rawValue)),
            .init(name: "dependsOn", value: .array(mapping.dependsOn.map(JSONDocument.string))),
            .init(name: "companyStamp", value: mapping.companyStamp.map(stamp) ?? .null),
            .init(name: "schedule", value: .string((mapping.schedule ?? .usual).text)),
        ]
    }

    private static func stamp(_ stamp: CompanyStamp) -> JSONDocument {
        .object([
            "field": .string(stamp.field.name),
            "type": .string(FieldTypeText.text(stamp.field.type)),
            "value": .optional(stamp.value?.text),
            "admits": .string(stamp.admits.rawValue),
        ])
    }
}
