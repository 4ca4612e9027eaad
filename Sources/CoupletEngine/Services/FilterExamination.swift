import CoupletCore
import CoupletPorts

/// Compares filters with what the systems say that their fields hold.
enum FilterExamination {
    /// What a mapping's filter of a side says that the table cannot answer.
    /// - Parameters:
    ///   - mapping: The mapping.
    ///   - side: The side.
    ///   - description: What the system says of the side's table.
    /// - Returns: The first thing that is wrong, as reading the filter from text would tell it; empty when nothing is.
    static func problems(of mapping: TableMapping, _ side: Side, _ description: TableDescription) -> [Message] {
        let filter = mapping.scope(side)
        var types: [String: FieldType] = [:]
        for name in filter.fields {
            guard let field = description.field(name) else { continue }
            // What an annotation says of a field is text, and so is what no mapping can hold.
            types[name] = name.contains("@") ? .text(maximum: 0) : field.type ?? .text(maximum: 0)
        }
        do throws(CoupletError) {
            let text = filter.text(in: FilterContext(side: side))
            _ = try RecordFilter(parsing: text, in: FilterContext(side: side, types: types))
            return []
        } catch {
            return [error.message]
        }
    }
}

extension MappingService {
    /// What new filters say that the tables cannot answer; a system that describes nothing now is not asked again.
    /// - Parameter mappings: The mappings as they shall be.
    /// - Returns: The problems, in the mappings' order.
    /// - Throws: `StoreError`, `CancellationError`.
    func filterProblems(of mappings: [TableMapping]) async throws -> [CoupletError] {
        let (stored, known) = try await store.read { (try $0.mappings(), Set(try $0.connections().map(\.name))) }
        var problems: [CoupletError] = []
        for mapping in mappings {
            let before = stored.first { $0.name == mapping.name }
            for side in Side.allCases where mapping.scope(side) != before?.scope(side) ?? .everything {
                let table = mapping.table(side)
                guard known.contains(table.connection) else { continue }
                let description = try? await connections.connector(for: table.connection).describe(table.table)
                try Task.checkCancellation()
                guard let description else { continue }
                problems += FilterExamination.problems(of: mapping, side, description).map { message in
                    let arguments = message.arguments.merging(["mapping": mapping.name]) { own, _ in own }
                    return CoupletError(message.code, arguments, status: .wrongConfiguration)
                }
            }
        }
        return problems
    }
}
