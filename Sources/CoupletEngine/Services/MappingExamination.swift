import CoupletCore
import CoupletPorts

/// Compares a mapping with what the systems say of its tables.
struct MappingExamination {
    let mapping: TableMapping
    let tables: [String: [String: TableDescription]]

    var findings: [FindingsView.Finding] {
        var findings: [FindingsView.Finding] = []
        var isKnown = true
        for side in Side.allCases {
            let table = mapping.table(side)
            guard let description = tables[table.connection]?[table.table] else {
                isKnown = false
                continue
            }
            findings += missing(side, description)
            findings += unmet(side, description)
            // Fields that are not there are told once, with those that templates and match rules name.
            findings += FilterExamination.problems(of: mapping, side, description)
                .filter { $0.code != "filter.unknownField" }.map { finding(.bad, $0.code, $0.arguments) }
            // A constant stands for a field that has no name.
            for field in mapping.enabledFields where !field.field(side).name.isEmpty {
                findings += wrong(field, side, description)
            }
        }
        if mapping.conflictRules.deletion == .uncouple, !mapping.onlyCoupled, !mapping.createTargets.isEmpty {
            findings.append(finding(.warning, "doctor.uncoupleRecreates", [:]))
        }
        if mapping.pausedAt != nil {
            findings.append(finding(.warning, "doctor.paused", [:]))
        }
        if findings.isEmpty, isKnown {
            findings.append(finding(.good, "doctor.fieldsGood", ["count": String(mapping.enabledFields.count)]))
        }
        return findings
    }

    /// Fields that filters, templates and match rules name and the table lacks; mapped ones are looked at by themselves.
    private func missing(_ side: Side, _ description: TableDescription) -> [FindingsView.Finding] {
        let table = mapping.table(side)
        var names = [table.idField, table.nameField] + [table.keyField, table.modifiedField].compactMap(\.self)
        let templates = (table.templates ?? []).flatMap(\.values) + table.template
        names += mapping.scope(side).fields + templates.map(\.field.name)
        for rule in mapping.matchRules { names += rule.pairs.map { side == .erp ? $0.erp : $0.crm } }
        let mapped = mapping.enabledFields.map { $0.field(side).name }
        let unknown = Set(names).subtracting(mapped).filter { description.field($0) == nil }
        return unknown.sorted().map { finding(.bad, "doctor.noField", arguments(side, $0)) }
    }

    /// Fields that the table wants of every new record and that the mapping does not give.
    private func unmet(_ side: Side, _ description: TableDescription) -> [FindingsView.Finding] {
        guard mapping.createTargets.contains(side) else { return [] }
        let table = mapping.table(side)
        var given = Set(table.template.map(\.field.name))
        if table.keyPattern != nil, let key = table.keyField { given.insert(key) }
        for field in mapping.enabledFields where mapping.direction(of: field)?.writes(to: side) == true {
            given.insert(field.field(side).name)
            if case .personName(let first, let last, _) = field.field(side).type { given.formUnion([first, last]) }
        }
        return description.fields.filter { $0.isRequired == true && $0.isWritable && !given.contains($0.name) }
            .map { finding(.warning, "doctor.required", arguments(side, $0.name)) }
    }

    private func wrong(
        _ field: FieldMapping,
        _ side: Side,
        _ description: TableDescription
    ) -> [FindingsView.Finding] {
        let mapped = field.field(side)
        guard let found = description.field(mapped.name) else {
            return [finding(.bad, "doctor.noField", arguments(side, mapped.name))]
        }
        var all = arguments(side, mapped.name)
        all["type"] = found.remoteType
        guard let type = found.type, type.fits(mapped.type) else { return [finding(.bad, "doctor.otherType", all)] }
        if case .personName(let first, let last, _) = mapped.type {
            // The whole name is read; its parts are written.
            let missing = [first, last].filter { description.field($0) == nil }
            return missing.map { finding(.bad, "doctor.noField", arguments(side, $0)) }
        }
        if mapping.direction(of: field)?.writes(to: side) == true {
            // What is only coupled and never created, as choices are, is not written either.
            if !found.isWritable, mapping.table(side).admitsCreates {
                return [finding(.warning, "doctor.readOnly", all)]
            }
            if let limit = type.maximumLength, let held = mapped.type.maximumLength, held > limit {
                all["length"] = String(held)
                all["maximum"] = String(limit)
                return [finding(.warning, "doctor.tooLong", all)]
            }
        }
        return []
    }

    private func arguments(_ side: Side, _ field: String) -> [String: String] {
        ["side": side.rawValue, "field": field, "table": mapping.table(side).table]
    }

    private func finding(
        _ level: FindingsView.Level,
        _ code: String,
        _ arguments: [String: String]
    ) -> FindingsView.Finding {
        let all = arguments.merging(["mapping": mapping.name]) { given, _ in given }
        return FindingsView.Finding(.mapping, mapping.name, level, Message(code, all))
    }
}
