import CoupletCore
import CoupletPorts

extension ConnectionService {
    /// Adds the default mappings that a pair of connections does not have; see `AddDefaultMappings`.
    /// - Returns: The pair's mappings, referenced ones first.
    func addDefaults(_ action: AddDefaultMappings, by author: Author) async throws -> MappingsView {
        let names = BySide(erp: action.erp, crm: action.crm)
        let chosen = try Self.chosen(action.mappings, of: defaultMappings(names))
        return try await store.write { transaction in
            let connections = try transaction.connections()
            for side in Side.allCases {
                guard let connection = connections.first(where: { $0.name == names[side] }) else {
                    throw Self.unknown(names[side])
                }
                guard connection.side == side else {
                    throw CoupletError(
                        "mapping.wrongSide",
                        ["connection": names[side], "side": side.rawValue],
                        status: .wrongUse
                    )
                }
            }
            let known = try transaction.mappings()
            for mapping in Self.named(chosen, beside: known) {
                try transaction.save(mapping)
                try transaction.audit(mapping, was: nil, by: author)
            }
            let all = try transaction.mappings()
            if let problem = MappingValidator.problems(in: all).first { throw problem }
            return MappingsView(
                mappings: try StepOrdering.ordered(all).filter { $0.isOf(names) }.map { mapping in
                    MappingsView.Item(
                        mapping: mapping,
                        couplings: try transaction.couplingCount(mapping: mapping.name)
                    )
                }
            )
        }
    }

    /// The default mapping that a mapping began as; nil for one that a person made.
    func original(of mapping: TableMapping) -> TableMapping? {
        let pair = BySide(erp: mapping.erp.connection, crm: mapping.crm.connection)
        let all = defaultMappings(pair)
        return (all + all.map { $0.renamed { $0 + Self.ending(of: pair) } }).first { $0.name == mapping.name }
    }

    /// What stands behind the names of mappings of a pair that is not the first one.
    private static func ending(of pair: BySide<String>) -> String { "@" + pair.erp.uppercased() }

    /// The default mappings of some names, with those they refer to.
    private static func chosen(_ names: [String], of all: [TableMapping]) throws -> [TableMapping] {
        guard !names.isEmpty else { return all }
        var wanted: Set<String> = []
        var open = names.map { $0.uppercased() }
        while let name = open.popLast() {
            guard let mapping = all.first(where: { $0.name == name }) else {
                throw CoupletError(
                    "mapping.unknown",
                    ["mapping": name, "known": all.map(\.name).joined(separator: ", ")],
                    status: .wrongUse
                )
            }
            guard wanted.insert(name).inserted else { continue }
            open += mapping.enabledFields.flatMap { $0.reference?.mappings ?? [] }
        }
        return all.filter { wanted.contains($0.name) }
    }

    /// Those mappings that the pair does not have, under names that no other pair has.
    private static func named(_ mappings: [TableMapping], beside known: [TableMapping]) -> [TableMapping] {
        guard let first = mappings.first else { return [] }
        let pair = BySide(erp: first.erp.connection, crm: first.crm.connection)
        let ending = ending(of: pair)
        let isTaken = mappings.contains { mapping in known.contains { $0.name == mapping.name && !$0.isOf(pair) } }
        let ownNames = Set(known.filter { $0.isOf(pair) }.map(\.name))
        let hasEnding = isTaken || ownNames.contains { $0.hasSuffix(ending) }
        let named = hasEnding ? mappings.map { $0.renamed { $0 + ending } } : mappings
        return named.filter { !ownNames.contains($0.name) }
    }
}

extension TableMapping {
    /// Whether the mapping is one of a pair of connections.
    fileprivate func isOf(_ pair: BySide<String>) -> Bool {
        erp.connection == pair.erp && crm.connection == pair.crm
    }
}
