import CoupletCore

/// What a field mapping says beyond names, types and direction.
enum FieldSettingText {
    /// The settings in words, one a part; none for a field that just takes over what is there.
    static func parts(_ field: FieldMapping, _ console: Console) -> [String] {
        var parts: [String] = []
        if let chain = field.rules?.fromERP { parts.append("→ " + chain.text) }
        if let chain = field.rules?.fromCRM { parts.append("← " + chain.text) }
        if let constant = field.constant { parts.append(console.text("setting.constant", ["value": constant.text])) }
        if let zone = field.zone { parts.append(console.text("setting.zone", ["zone": zone.name])) }
        if field.keepTargetWhenBlank { parts.append(console.text("setting.keepTargetWhenBlank")) }
        if field.allowTruncation { parts.append(console.text("setting.allowTruncation")) }
        if field.clearsWhenUncoupled == true { parts.append(console.text("setting.clearWhenUncoupled")) }
        if field.needsValue == true { parts.append(console.text("setting.needsValue")) }
        if field.isUnkept == true { parts.append(console.text("setting.unkept")) }
        if let rule = field.updateConflicts { parts.append(console.text("setting.updateConflicts.\(rule.rawValue)")) }
        return parts
    }

    /// The settings as members of a JSON object.
    static func members(_ field: FieldMapping) -> [JSONDocument.Member] {
        [
            .init(name: "rulesFromERP", value: .optional(field.rules?.fromERP?.text)),
            .init(name: "rulesFromCRM", value: .optional(field.rules?.fromCRM?.text)),
            .init(name: "constant", value: .optional(field.constant?.text)),
            .init(name: "zone", value: .optional(field.zone?.name)),
            .init(name: "keepTargetWhenBlank", value: .boolean(field.keepTargetWhenBlank)),
            .init(name: "allowTruncation", value: .boolean(field.allowTruncation)),
            .init(name: "clearWhenUncoupled", value: .boolean(field.clearsWhenUncoupled == true)),
            .init(name: "needsValue", value: .boolean(field.needsValue == true)),
            .init(name: "updateConflicts", value: .optional(field.updateConflicts?.rawValue)),
            .init(name: "unkept", value: .boolean(field.isUnkept == true)),
        ]
    }
}
