import CoupletCore
import CoupletTestSupport

/// The fields of the generated histories: every direction, and types whose values look different on the two sides.
struct HistoryFields {
    enum Kind { case text, code, number }

    var mapping: FieldMapping
    var kind: Kind
    var erpValues: [Value]
    var crmValues: [Value]

    static let texts: [Value] = ["", "a", "b", "c"]
    static let crmTexts: [Value] = [.null, "a", "b", "c"]

    static let all: [HistoryFields] = [
        HistoryFields(mapping: Sample.field("a"), kind: .text, erpValues: texts, crmValues: crmTexts),
        HistoryFields(mapping: Sample.field("b"), kind: .text, erpValues: texts, crmValues: crmTexts),
        HistoryFields(
            mapping: Sample.field("k", .code(maximum: 9), Sample.text),
            kind: .code,
            erpValues: ["", "SE", "NO"],
            crmValues: [.null, "SE", "se", " no"]
        ),
        HistoryFields(
            mapping: Sample.field("n", .decimal, .decimal),
            kind: .number,
            erpValues: [.number("0"), .number("1.50"), .number("2")],
            crmValues: [.null, .number("0.0"), .number("1.5"), .number("2.00")]
        ),
        HistoryFields(
            mapping: Sample.field("t", direction: .toIntegrationTable),
            kind: .text,
            erpValues: texts,
            crmValues: crmTexts
        ),
        HistoryFields(
            mapping: Sample.field("f", direction: .fromIntegrationTable),
            kind: .text,
            erpValues: texts,
            crmValues: crmTexts
        ),
        HistoryFields(
            mapping: Sample.field("s", .text(maximum: 20), .text(maximum: 2)),
            kind: .text,
            erpValues: ["", "x", "y", "too long"],
            crmValues: [.null, "x", "y"]
        ),
    ]

    static let program = program(ConflictRules())

    /// The mapping with rules for conflicts.
    static func program(_ rules: ConflictRules) -> MappingProgram {
        let mapping = Sample.mapping("THING", all.map(\.mapping)) {
            $0.erp.nameField = "e_a"
            $0.crm.nameField = "c_a"
            $0.erp.keyField = nil
            $0.crm.keyField = nil
            $0.conflictRules = rules
        }
        guard let program = try? Sample.program(mapping) else { preconditionFailure("the mapping is sound") }
        return program
    }

    func randomValue(_ side: Side, _ random: inout SeededGenerator) -> Value {
        random.pick(side == .erp ? erpValues : crmValues)
    }

    /// CRM values that mean the same as the ERP's, where the CRM can hold them.
    static func alike(_ values: [Value]) -> [Value] {
        zip(all, values).map { field, value in
            field.crmValues.first { field.meaning($0) == field.meaning(value) } ?? field.crmValues[0]
        }
    }

    /// What a value means to a person, whichever side holds it.
    func meaning(_ value: Value) -> String {
        switch kind {
        case .text: value.text
        case .code: value.text.uppercased().filter { $0 != " " }
        case .number: value == .null ? "0.0" : "\(Double(value.text) ?? .nan)"
        }
    }
}
