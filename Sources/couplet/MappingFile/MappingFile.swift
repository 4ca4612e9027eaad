import CoupletCore

/// Mappings as a file that people read, keep under version control and change.
enum MappingFile {
    /// The whole file.
    /// - Parameters:
    ///   - mappings: The mappings, in the order they shall stand.
    ///   - comments: What the file says at its head, a line each.
    /// - Returns: The file's text.
    static func text(_ mappings: [TableMapping], comments: [String] = []) -> String {
        let head = comments.map { $0.isEmpty ? "#" : "# \($0)" }
        return (head + ["mappings:"] + mappings.flatMap { lines($0) }).joined(separator: "\n") + "\n"
    }

    /// The lines of one mapping.
    /// - Parameters:
    ///   - mapping: The mapping.
    ///   - notes: What is said behind field mappings, by their ids.
    /// - Returns: The lines.
    static func lines(_ mapping: TableMapping, notes: [String: String] = [:]) -> [String] {
        var lines = [
            "  - name: \(scalar(mapping.name))", "    direction: \(direction(mapping.direction))",
            "    onlyCoupled: \(mapping.onlyCoupled)",
        ]
        if mapping.isShared { lines.append("    shared: true") }
        lines += conflicts(mapping.conflictRules).map { "    " + $0 }
        if !mapping.dependsOn.isEmpty {
            lines.append("    dependsOn: [ " + mapping.dependsOn.map(scalar).joined(separator: ", ") + " ]")
        }
        if let stamp = mapping.companyStamp { lines.append("    companyStamp: " + flow(self.stamp(stamp))) }
        if let schedule = mapping.schedule { lines.append("    schedule: " + scalar(schedule.text)) }
        for side in Side.allCases {
            lines.append("    \(side.rawValue):")
            lines += table(mapping.table(side)).map { "      " + $0 }
        }
        lines.append("    fields:" + emptyMark(mapping.fields))
        lines += mapping.fields.map { entry in
            "      - " + flow(field(entry, in: mapping)) + (notes[entry.id].map { "  # " + $0 } ?? "")
        }
        if !mapping.matchRules.isEmpty { lines.append("    match:") }
        for rule in mapping.matchRules {
            lines.append("      - priority: \(rule.priority)")
            if rule.caseSensitive { lines.append("        caseSensitive: true") }
            lines.append("        pairs:" + emptyMark(rule.pairs))
            lines += rule.pairs.map { "          - " + flow([("erp", scalar($0.erp)), ("crm", scalar($0.crm))]) }
        }
        return lines
    }

    /// What stands behind the key of a list that has no elements: a key with nothing behind it is no list.
    private static func emptyMark<Element>(_ list: [Element]) -> String { list.isEmpty ? " []" : "" }

    /// The lines of conflict rules that do not leave everything to a person.
    private static func conflicts(_ rules: ConflictRules) -> [String] {
        var lines: [String] = []
        if rules.update != .ask { lines.append("updateConflicts: \(rules.update.rawValue)") }
        if rules.scope != .field { lines.append("conflictScope: \(rules.scope.rawValue)") }
        if rules.deletion != .ask { lines.append("deletionConflicts: \(rules.deletion.rawValue)") }
        return lines
    }

    private static func table(_ table: TableMapping.Table) -> [String] {
        var members = [
            ("connection", table.connection), ("table", table.table), ("id", table.idField), ("name", table.nameField),
        ]
        if let key = table.keyField { members.append(("key", key)) }
        if let field = table.absorbedBy { members.append(("absorbedBy", field)) }
        if let modified = table.modifiedField { members.append(("modified", modified)) }
        if table.filter != .everything { members.append(("filter", table.filter.formula)) }
        var lines = members.map { "\($0): \(scalar($1))" }
        if let pattern = table.keyPattern {
            let series = [("prefix", scalar(pattern.prefix)), ("digits", String(pattern.digits))]
            lines.append("numberSeries: " + flow(series))
        }
        if !table.admitsCreates { lines.append("creates: false") }
        if !table.template.isEmpty { lines.append("create:") }
        lines += table.template.map { "  - " + self.template($0) }
        if let templates = table.templates { lines.append("templates:" + emptyMark(templates)) }
        for template in table.templates ?? [] {
            lines.append("  - priority: \(template.priority)")
            if template.filter != .everything {
                lines.append("    filter: " + scalar(template.filter.formula))
            }
            lines.append("    values: [" + template.values.map(self.template).joined(separator: ", ") + "]")
        }
        return lines
    }

    private static func template(_ template: TableMapping.TemplateValue) -> String {
        flow([
            ("field", scalar(template.field.name)), ("type", scalar(FieldTypeText.text(template.field.type))),
            ("value", value(template.value)),
        ])
    }

    private static func field(_ field: FieldMapping, in mapping: TableMapping) -> [(String, String)] {
        var members = [
            ("erp", scalar(field.erp.name)), ("erpType", scalar(FieldTypeText.text(field.erp.type))),
            ("crm", scalar(field.crm.name)), ("crmType", scalar(FieldTypeText.text(field.crm.type))),
            ("direction", direction(field.direction)),
        ]
        if !field.enabled { members.append(("enabled", "false")) }
        if let reference = field.reference {
            members.append(("reference", scalar(reference.mapping)))
            if reference.erpHoldsKey { members.append(("erpHoldsKey", "true")) }
            members.append(("required", String(reference.required)))
            if reference.isParent == true { members.append(("parent", "true")) }
            if let path = reference.path { members.append(("path", flow(self.path(path)))) }
        }
        if field.keepTargetWhenBlank { members.append(("keepTargetWhenBlank", "true")) }
        if field.allowTruncation { members.append(("allowTruncation", "true")) }
        if let rules = field.rules {
            let chains = [("fromERP", rules.fromERP), ("fromCRM", rules.fromCRM)]
            members.append(("rules", flow(chains.compactMap { name, chain in chain.map { (name, quoted($0.text)) } })))
        }
        if let constant = field.constant { members.append(("constant", value(constant))) }
        if let zone = field.zone { members.append(("zone", scalar(zone.name))) }
        if let clears = field.clearsWhenUncoupled { members.append(("clearWhenUncoupled", String(clears))) }
        if let needs = field.needsValue { members.append(("needsValue", String(needs))) }
        if let unkept = field.isUnkept { members.append(("unkept", String(unkept))) }
        if let rule = field.updateConflicts { members.append(("updateConflicts", rule.rawValue)) }
        return members
    }

    private static func path(_ path: ReferencePath) -> [(String, String)] {
        var members: [(String, String)] = []
        if !path.others.isEmpty {
            members.append(("others", "[ " + path.others.map(scalar).joined(separator: ", ") + " ]"))
        }
        let tables = [("erpKeys", path.erpKeys), ("crmKeys", path.crmKeys), ("sharedKeys", path.sharedKeys)]
        for (name, table) in tables {
            if let table { members.append((name, keyTable(table))) }
        }
        if let key = path.blankKey { members.append(("blankKey", scalar(key))) }
        if let targets = path.targets {
            let lines = targets.map { target in
                flow([
                    ("mapping", scalar(target.mapping)), ("table", scalar(target.table)),
                    ("property", scalar(target.property)),
                ])
            }
            members.append(("targets", "[ " + lines.joined(separator: ", ") + " ]"))
        }
        return members
    }

    private static func keyTable(_ table: ReferencePath.KeyTable) -> String {
        var keys = [("table", scalar(table.table)), ("id", scalar(table.idField)), ("key", scalar(table.keyField))]
        if table.filter != .everything { keys.append(("filter", scalar(table.filter.formula))) }
        return flow(keys)
    }

    private static func stamp(_ stamp: CompanyStamp) -> [(String, String)] {
        var members = [
            ("field", scalar(stamp.field.name)), ("type", scalar(FieldTypeText.text(stamp.field.type))),
        ]
        if let value = stamp.value { members.append(("value", self.value(value))) }
        if stamp.admits != .ownOrBlank { members.append(("admits", stamp.admits.rawValue)) }
        if let companies = stamp.companies { members.append(("companies", keyTable(companies))) }
        return members
    }

    /// The word of a direction, as the command line has it.
    static func direction(_ direction: Direction) -> String {
        switch direction {
        case .bidirectional: "both"
        case .toIntegrationTable: "to"
        case .fromIntegrationTable: "from"
        }
    }

    private static func value(_ value: Value) -> String {
        switch value {
        case .null, .unkept: "null"
        case .boolean(let boolean): String(boolean)
        case .number(let digits): digits
        case .text(let text): quoted(text)
        }
    }

    private static func flow(_ members: [(String, String)]) -> String {
        "{ " + members.map { "\($0): \($1)" }.joined(separator: ", ") + " }"
    }

    /// A text as YAML takes it back: plain where nothing in it means anything, else in quotes.
    static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: " "), UInt8(ascii: "/"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let beginsWell = text.first.map { $0.isLetter || $0 == "_" } ?? false
        let isText = !words.contains(text.lowercased()) && beginsWell && !text.hasSuffix(" ")
        return isPlain && isText ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String { JSONDocument.string(text).text }
}
