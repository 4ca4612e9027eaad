extension MappingValidator {
    /// Fields without a name that are no constants, and constants that have no single way to flow.
    static func settingProblems(of mapping: TableMapping) -> [CoupletError] {
        var problems: [CoupletError] = []
        for field in mapping.enabledFields {
            let unnamed = Side.allCases.filter { field.field($0).name.isEmpty }
            guard field.constant != nil else {
                if !unnamed.isEmpty {
                    problems.append(problem("mapping.fieldWithoutName", mapping, ["field": field.id]))
                }
                continue
            }
            let isRight =
                switch field.direction {
                case .toIntegrationTable: unnamed == [.erp]
                case .fromIntegrationTable: unnamed == [.crm]
                case .bidirectional: false
                }
            if !isRight || field.reference != nil || field.rules != nil {
                problems.append(problem("mapping.badConstant", mapping, ["field": field.id]))
            }
        }
        return problems
    }
}
