extension BusinessCentralSandbox {
    /// Checks a filter and makes it ready; only rows of the scope satisfy it.
    /// - Throws: `BusinessCentralError` for what the service refuses.
    func compiled(
        _ filter: FilterExpression?,
        _ entity: BusinessCentralEntity,
        _ scope: Scope? = nil
    ) throws(BusinessCentralError) -> CompiledFilter? {
        if filter?.hasOrAcrossProperties ?? false { throw .orAcrossFields }
        var parts: [FilterExpression] = []
        if let inScope = scope?.filter(entity.schema) { parts.append(inScope) }
        if let filter { parts.append(try asStored(filter, entity)) }
        guard let first = parts.first else { return nil }
        do throws(QueryError) {
            let whole = parts.dropFirst().reduce(first) { .and($0, $1) }
            return try CompiledFilter(whole, schema: entity.schema, rule: .exact)
        } catch {
            throw .query(error, entity.schema.entityName)
        }
    }

    /// The filter with constants in the form rows keep: codes in capitals, options as names.
    private func asStored(
        _ filter: FilterExpression,
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> FilterExpression {
        switch filter {
        case .and(let left, let right): return .and(try asStored(left, entity), try asStored(right, entity))
        case .or(let left, let right): return .or(try asStored(left, entity), try asStored(right, entity))
        case .not(let inner): return .not(try asStored(inner, entity))
        case .compare(let left, let comparison, let right):
            return .compare(
                try constant(left, beside: right, entity),
                comparison,
                try constant(right, beside: left, entity)
            )
        case .test(let test, let left, let right):
            return .test(test, left, try constant(right, beside: left, entity))
        }
    }

    private func constant(
        _ operand: FilterExpression.Operand,
        beside other: FilterExpression.Operand,
        _ entity: BusinessCentralEntity
    ) throws(BusinessCentralError) -> FilterExpression.Operand {
        guard case .literal(.string(let text)) = operand, let name = other.properties.first,
            let index = entity.schema.index(of: name)
        else { return operand }
        let column = entity.schema.columns[index]
        if let length = column.maxLength, text.utf16.count > length {
            throw .filterTooLong(text, column, entity.table)
        }
        switch column.kind {
        case .code: return .literal(.string(BusinessCentralEntity.code(text)))
        case .option:
            return .literal(
                .string(BusinessCentralName.encoded(BusinessCentralName.decoded(text.isEmpty ? " " : text)))
            )
        case .text, .guid, .boolean, .integer, .decimal, .dateTime, .date: return operand
        }
    }
}
