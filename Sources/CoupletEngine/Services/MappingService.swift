import CoupletCore
import CoupletPorts

/// Shows mappings and changes them.
package struct MappingService: Sendable {
    let store: any StateStore
    let clock: any EngineClock
    let connections: ConnectionService
    let gate: RunGate

    func list() async throws -> MappingsView {
        try await store.read { transaction in
            let ordered = try StepOrdering.ordered(transaction.mappings())
            return MappingsView(mappings: try ordered.map { try Self.item($0, transaction) })
        }
    }

    func show(_ name: String) async throws -> MappingsView {
        try await store.read { transaction in
            let mapping = try Self.mapping(named: name, in: transaction)
            return MappingsView(mappings: [try Self.item(mapping, transaction)])
        }
    }

    /// The mapping of a name, in any case.
    static func mapping(named name: String, in transaction: any StoreReading) throws -> TableMapping {
        let mappings = try transaction.mappings()
        if let mapping = mappings.first(where: { $0.name == name.uppercased() }) { return mapping }
        if mappings.isEmpty { throw CoupletError("mapping.none", status: .wrongConfiguration) }
        throw CoupletError(
            "mapping.unknown",
            ["mapping": name, "known": mappings.map(\.name).joined(separator: ", ")],
            status: .wrongUse
        )
    }

    static func item(_ mapping: TableMapping, _ transaction: any StoreReading) throws -> MappingsView.Item {
        MappingsView.Item(mapping: mapping, couplings: try transaction.couplingCount(mapping: mapping.name))
    }
}
