extension MappingValidator {
    /// Conflict rules that nothing could follow, and dependencies on mappings that are not there.
    static func conflictProblems(of mapping: TableMapping, known: Set<String>) -> [CoupletError] {
        let rules = mapping.conflictRules
        var problems: [CoupletError] = []
        if rules.update != .ask || rules.scope != .field, mapping.direction != .bidirectional {
            problems.append(problem("mapping.conflictsOneWay", mapping))
        }
        for field in mapping.enabledFields where (field.updateConflicts ?? .ask) != .ask {
            guard mapping.direction(of: field) != .bidirectional else { continue }
            problems.append(problem("mapping.conflictsOneWay", mapping, ["field": field.id]))
        }
        if rules.deletion == .restore, mapping.createTargets.isEmpty {
            problems.append(problem("mapping.restoreWithoutCreates", mapping))
        }
        problems += mapping.dependsOn.filter { !known.contains($0) }.map {
            problem("mapping.unknownDependency", mapping, ["dependency": $0])
        }
        return problems
    }
}
