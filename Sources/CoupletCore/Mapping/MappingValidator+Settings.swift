extension MappingValidator {
    /// Fields without a name that are no constants, and constants that have no single way to flow.
    static func settingProblems(of mapping: TableMapping) -> [CoupletError] {
        var problems: [CoupletError] = []
        for field in mapping.enabledFields {
            problems += exclusionProblems(of: field, mapping)
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
            let target = field.field(field.erp.name.isEmpty ? .crm : .erp)
            if case .reference = target.type, let constant = field.constant, RecordID(constant.text.trimmed) == nil {
                let arguments = ["field": target.name, "value": constant.text]
                problems.append(problem("mapping.constantNoID", mapping, arguments))
            }
        }
        return problems
    }

    /// Settings of a field that contradict each other or mean nothing.
    private static func exclusionProblems(of field: FieldMapping, _ mapping: TableMapping) -> [CoupletError] {
        func excluded(_ one: String, _ other: String) -> CoupletError {
            problem("mapping.settingsExclude", mapping, ["field": field.id, "one": one, "other": other])
        }
        let clears = field.clearsWhenUncoupled == true
        var problems: [CoupletError] = []
        if clears, field.reference == nil {
            problems.append(problem("mapping.clearsWithoutReference", mapping, ["field": field.id]))
        }
        if clears, field.keepTargetWhenBlank { problems.append(excluded("clearWhenUncoupled", "keepTargetWhenBlank")) }
        if clears, field.needsValue == true { problems.append(excluded("clearWhenUncoupled", "needsValue")) }
        // Where a blank of the ERP stands for a key, there is no empty reference to write or to return from.
        if clears, field.reference?.path?.blankKey != nil {
            problems.append(excluded("clearWhenUncoupled", "blankKey"))
        }
        if field.needsValue == true, field.keepTargetWhenBlank {
            problems.append(excluded("needsValue", "keepTargetWhenBlank"))
        }
        return problems
    }
}
