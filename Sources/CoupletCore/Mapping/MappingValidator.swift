/// Says what is wrong with mappings before they are saved.
public enum MappingValidator {
    /// All problems of a set of mappings that shall be used together, each with the status `wrongConfiguration`.
    /// - Parameter mappings: Every mapping there will be.
    /// - Returns: The problems in the mappings' order; empty when there are none.
    public static func problems(in mappings: [TableMapping]) -> [CoupletError] {
        var problems: [CoupletError] = []
        var names: Set<String> = []
        for mapping in mappings {
            if !names.insert(mapping.name).inserted { problems.append(problem("mapping.duplicateName", mapping)) }
        }
        for mapping in mappings {
            problems += nameProblems(of: mapping)
            problems += fieldProblems(of: mapping)
            problems += targetProblems(of: mapping)
            problems += referenceProblems(of: mapping, known: names)
            problems += ruleProblems(of: mapping)
            problems += transformationProblems(of: mapping)
            problems += settingProblems(of: mapping)
            problems += conflictProblems(of: mapping, known: names)
            problems += unkeptProblems(of: mapping, among: mappings)
        }
        let cycle = StepOrdering.cycle(in: mappings)
        if !cycle.isEmpty {
            let arguments = ["mappings": cycle.joined(separator: ", ")]
            problems.append(CoupletError("mapping.requiredCycle", arguments, status: .wrongConfiguration))
        }
        return problems
    }

    static func problem(
        _ code: String,
        _ mapping: TableMapping,
        _ arguments: [String: String] = [:]
    ) -> CoupletError {
        let all = arguments.merging(["mapping": mapping.name]) { given, _ in given }
        return CoupletError(code, all, status: .wrongConfiguration)
    }

    private static func nameProblems(of mapping: TableMapping) -> [CoupletError] {
        var problems: [CoupletError] = []
        if mapping.name.trimmed.isEmpty { problems.append(problem("mapping.withoutName", mapping)) }
        for side in Side.allCases where mapping.table(side).table.trimmed.isEmpty {
            problems.append(problem("mapping.withoutTable", mapping, ["side": side.rawValue]))
        }
        return problems
    }

    private static func fieldProblems(of mapping: TableMapping) -> [CoupletError] {
        let fields = mapping.enabledFields
        if fields.isEmpty { return [problem("mapping.noFields", mapping)] }
        var problems: [CoupletError] = []
        if fields.count > FieldMask.capacity {
            let arguments = ["count": String(fields.count), "maximum": String(FieldMask.capacity)]
            problems.append(problem("mapping.tooManyFields", mapping, arguments))
        }
        for field in fields {
            if mapping.direction(of: field) == nil {
                problems.append(problem("mapping.fieldDirection", mapping, ["field": field.id]))
            }
            for side in Side.allCases where field.field(side).name == mapping.table(side).idField {
                problems.append(problem("mapping.mapsID", mapping, ["field": field.field(side).name]))
            }
            if isReference(field), field.reference == nil, field.constant == nil {
                problems.append(problem("mapping.referenceWithoutMapping", mapping, ["field": field.id]))
            }
            if field.allowTruncation, mapping.direction(of: field) == .bidirectional, cuts(field) {
                problems.append(problem("mapping.truncationBothWays", mapping, ["field": field.id]))
            }
        }
        return problems
    }

    private static func isReference(_ field: FieldMapping) -> Bool {
        if case .reference = field.erp.type { return true }
        if case .reference = field.crm.type { return true }
        return false
    }

    /// Whether a value of one side can be too long for the other.
    private static func cuts(_ field: FieldMapping) -> Bool {
        func maximum(_ type: FieldType) -> Int? {
            switch type {
            case .text(let maximum), .code(let maximum): maximum == 0 ? Int.max : maximum
            case .decimal, .integer, .boolean, .date, .dateTime, .guid, .option, .reference, .personName: nil
            }
        }
        guard let erp = maximum(field.erp.type), let crm = maximum(field.crm.type) else { return false }
        return erp != crm
    }

    /// Fields that more than one field mapping would write.
    private static func targetProblems(of mapping: TableMapping) -> [CoupletError] {
        var problems: [CoupletError] = []
        for side in Side.allCases {
            var written: Set<String> = []
            for field in mapping.enabledFields where mapping.direction(of: field)?.writes(to: side) == true {
                let name = field.field(side).name
                if !written.insert(name).inserted {
                    problems.append(problem("mapping.duplicateTarget", mapping, ["field": name]))
                }
            }
        }
        return problems
    }

    private static func referenceProblems(of mapping: TableMapping, known: Set<String>) -> [CoupletError] {
        mapping.enabledFields.flatMap { field -> [CoupletError] in
            guard let reference = field.reference else { return [] }
            let unknown = reference.mappings.filter { !known.contains($0) }.map {
                problem("mapping.unknownReference", mapping, ["field": field.id, "reference": $0])
            }
            let unasked = (reference.path?.targets ?? []).filter { !reference.mappings.contains($0.mapping) }.map {
                problem("mapping.unaskedTarget", mapping, ["field": field.id, "reference": $0.mapping])
            }
            return unknown + unasked
        }
    }

    private static func ruleProblems(of mapping: TableMapping) -> [CoupletError] {
        mapping.matchRules.contains { $0.pairs.isEmpty } ? [problem("mapping.emptyMatchRule", mapping)] : []
    }
}
