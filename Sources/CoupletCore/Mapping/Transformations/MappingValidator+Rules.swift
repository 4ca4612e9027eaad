extension MappingValidator {
    /// Rules that cannot work, and two-way fields whose values would not come back as they were.
    static func transformationProblems(of mapping: TableMapping) -> [CoupletError] {
        mapping.enabledFields.flatMap { field -> [CoupletError] in
            guard let rules = field.rules else { return [] }
            if field.reference != nil { return [problem("mapping.ruleOnReference", mapping, ["field": field.id])] }
            let wrong = [rules.fromERP, rules.fromCRM].compactMap(\.self).joined().compactMap(\.problem)
            if !wrong.isEmpty {
                return wrong.map {
                    problem($0.code, mapping, $0.arguments.merging(["field": field.id]) { given, _ in given })
                }
            }
            if rules.hasSeveralLookups { return [problem("mapping.severalLookups", mapping, ["field": field.id])] }
            guard mapping.direction(of: field) == .bidirectional else {
                return oneWayProblems(of: field, rules, mapping)
            }
            return roundTripProblem(of: field, rules, mapping).map { [$0] } ?? []
        }
    }

    /// A one-way field whose values come from the side that has no rules.
    private static func oneWayProblems(
        of field: FieldMapping,
        _ rules: FieldRules,
        _ mapping: TableMapping
    ) -> [CoupletError] {
        let source: Side = mapping.direction(of: field) == .fromIntegrationTable ? .crm : .erp
        guard rules.chain(from: source) == nil else { return [] }
        return [problem("mapping.ruleWithoutInverse", mapping, ["field": field.id])]
    }

    /// The first sample of either side that goes to the other side and comes back as something else.
    private static func roundTripProblem(
        of field: FieldMapping,
        _ rules: FieldRules,
        _ mapping: TableMapping
    ) -> CoupletError? {
        if Side.allCases.contains(where: { rules.chain(from: $0)?.lookup != nil }) {
            return problem("mapping.lookupBothWays", mapping, ["field": field.id])
        }
        let converter = FieldConverter(field: SharedField(field), references: ReferenceTable())
        guard Side.allCases.allSatisfy({ rules.chain(from: $0) != nil }) else {
            return problem("mapping.ruleWithoutInverse", mapping, ["field": field.id])
        }
        for side in Side.allCases {
            for sample in samples(of: field, rules, side) {
                // What has no form on the other side is reported when it occurs; it cannot come back wrongly.
                guard case .value(let converted, notice: nil) = converter.convert(sample, from: side) else { continue }
                let back = converter.convert(converted, from: side.other)
                if let value = back.value {
                    if converter.pairType(side).isSame(sample, value) { continue }
                    // 1234.5 for 1234,5: another spelling of what is read, which is reported when it occurs.
                    let again = converter.convert(value, from: side).value
                    if rules.reads(from: side), let again, again == converted { continue }
                }
                let arguments = [
                    "field": field.id, "value": sample.text, "converted": converted.text,
                    "back": back.value?.text ?? "",
                ]
                return problem("mapping.ruleRoundTrip", mapping, arguments)
            }
        }
        return nil
    }

    /// Values that a field of a side may well hold, with those that its rules speak of.
    private static func samples(of field: FieldMapping, _ rules: FieldRules, _ side: Side) -> [Value] {
        let tables = [rules.fromERP, rules.fromCRM].compactMap(\.self).joined().compactMap(\.table)
        let listed = tables.flatMap(\.rows).map { Value.text(side == .erp ? $0.erp : $0.crm) }
        let own: [Value] =
            switch field.field(side).type {
            case .text: texts.map(Value.text)
            case .code: texts.map { .text($0.codeForm) }
            case .decimal: ["1234.567", "-0.5", "10", "0.01"].map(Value.number)
            case .integer: ["1", "20240229", "1700000000", "-7"].map(Value.number)
            case .boolean: [.boolean(true), .boolean(false)]
            case .date: ["2024-02-29", "1999-12-31"].map(Value.text)
            case .dateTime: ["2024-02-29T13:45:10Z", "1999-12-31T23:59:59.123Z"].map(Value.text)
            case .guid: [.text("0f8fad5b-d9cb-469f-a165-70867728950e")]
            case .option: [.number("1"), .text("Ready")]
            case .reference: []
            case .personName: ["Maria Anders", "Madonna"].map(Value.text)
            }
        return listed + own.filter { listed.isEmpty || !$0.text.isEmpty }
    }

    private static let texts = [
        "Åre Ski AB", " a ", "abc", "ABC", "A-1", "10000", "1234.5", "1234,5", "-7", "2024-02-29", "20240229",
        "29.02.2024", "02/29/2024", "2024-02-29T13:45:10Z", "20240229134510", "1700000000",
    ]
}

extension FieldRules {
    /// Whether values of a side are read as a number, a day or a time, so that one may be spelled in several ways.
    fileprivate func reads(from side: Side) -> Bool {
        switch chain(from: side)?.first {
        case .readDate, .readTime, .readDecimal: true
        default: false
        }
    }
}

extension TransformationRule {
    fileprivate var table: TranslationTable? {
        switch self {
        case .translate(let table), .translateBack(let table): table
        default: nil
        }
    }
}
