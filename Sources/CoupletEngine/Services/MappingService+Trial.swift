import CoupletCore
import CoupletPorts

extension MappingService {
    /// Tries a value; see `TryValue`.
    func tryValue(_ action: TryValue) async throws -> ValueTrial {
        let mapping = try await store.read { try Self.mapping(named: action.mapping, in: $0) }
        var field = try Self.field(action.field, of: mapping)
        let flow = mapping.direction(of: field) ?? field.direction
        let source = action.source ?? (flow == .fromIntegrationTable ? .crm : .erp)
        guard flow.writes(to: source.other) else {
            throw CoupletError(
                "try.direction",
                ["field": field.id, "mapping": mapping.name, "side": source.rawValue],
                status: .wrongUse
            )
        }
        field.direction = flow
        if let text = action.rules { field.rules = try Self.rules(text, from: source, of: field) }
        let found = try await answers(ValueTrial.question(of: action.value, in: field, from: source), mapping)
        return ValueTrial(of: action.value, in: field, from: source, found)
    }

    /// What the system says now where rules look a text up.
    private func answers(
        _ question: ReferenceTable.RowQuestion?,
        _ mapping: TableMapping
    ) async throws -> ReferenceTable {
        var answers = ReferenceTable()
        guard let question else { return answers }
        let lookup = question.lookup
        let name = mapping.table(lookup.side).connection
        let key = MappingContext.KeyFeed(lookup)
        let wanted = RecordFilter.compare(field: lookup.keyField, .equal, .text(question.text))
        do {
            let page = try await connections.connector(for: name).read(.matching(wanted), of: key.shape)
            let values = Set((0..<page.rows.count).map { key.value(in: page.rows, at: $0) })
            if let value = values.first { answers.set(question, values.count == 1 ? .found(value) : .ambiguous) }
        } catch let error as ConnectorError {
            throw CoupletError(error)
        }
        return answers
    }

    private static func field(_ name: String, of mapping: TableMapping) throws -> FieldMapping {
        let wanted = name.lowercased()
        let found = mapping.fields.filter { field in
            field.id.lowercased() == wanted || Side.allCases.contains { field.field($0).name.lowercased() == wanted }
        }
        guard let field = found.first(where: \.enabled) ?? found.first else {
            let known = mapping.fields.map(\.id).joined(separator: ", ")
            throw CoupletError(
                "try.unknownField",
                ["field": name, "mapping": mapping.name, "known": known],
                status: .wrongUse
            )
        }
        return field
    }

    private static func rules(_ text: String, from source: Side, of field: FieldMapping) throws -> FieldRules {
        do {
            let chain = try [TransformationRule](parsing: text)
            let other = field.rules
            return source == .erp
                ? FieldRules(fromERP: chain, fromCRM: other?.fromCRM)
                : FieldRules(fromERP: other?.fromERP, fromCRM: chain)
        } catch {
            throw CoupletError(error.message.code, error.message.arguments, status: .wrongUse)
        }
    }
}
