import CoupletCore
import CoupletPorts

extension MappingService {
    /// Proposes a mapping; see `ProposeMapping`.
    func propose(_ action: ProposeMapping) async throws -> MappingProposal {
        let name = action.mapping.uppercased()
        let (stored, mappings) = try await store.read { (try $0.connections(), try $0.mappings()) }
        if mappings.contains(where: { $0.name == name }) {
            throw CoupletError("mapping.exists", ["mapping": name], status: .wrongUse)
        }
        func connection(_ side: Side) throws -> String {
            let names = stored.filter { $0.side == side }.map(\.name)
            if let wanted = action.connections[side] {
                guard names.contains(wanted) else {
                    throw CoupletError(
                        "mapping.unknownConnection",
                        [
                            "mapping": name, "connection": wanted, "side": side.rawValue,
                            "known": names.joined(separator: ", "),
                        ],
                        status: .wrongUse
                    )
                }
                return wanted
            }
            guard let first = names.first else { throw CoupletError("connection.none", status: .wrongConfiguration) }
            guard names.count == 1 else {
                throw CoupletError(
                    "mapping.whichConnection",
                    ["side": side.rawValue, "known": names.joined(separator: ", "), "table": action.tables[side]],
                    status: .wrongUse
                )
            }
            return first
        }
        let names = BySide(erp: try connection(.erp), crm: try connection(.crm))
        func described(_ side: Side) async throws -> TableDescription {
            let connector = try await connections.connector(for: names[side])
            do throws(ConnectorError) {
                return try await connector.describe(action.tables[side])
            } catch {
                guard error.kind == .notFound else { throw CoupletError(error) }
                throw CoupletError(
                    "mapping.noTable",
                    ["connection": error.connection, "table": action.tables[side], "detail": error.detail],
                    status: .wrongUse
                )
            }
        }
        let tables = BySide(erp: try await described(.erp), crm: try await described(.crm))
        let proposal = MappingProposal(name: name, connections: names, tables: tables)
        guard !proposal.mapping.fields.isEmpty else {
            throw CoupletError(
                "mapping.nothingToPropose",
                ["erp": action.tables.erp, "crm": action.tables.crm],
                status: .wrongUse
            )
        }
        return proposal
    }
}
