import CoupletCore
import CoupletPorts

/// What must hold before anything is written through a mapping, whatever it is that is written.
enum WritePermission {
    /// Refuses to write through a mapping.
    /// - Parameters:
    ///   - mapping: The mapping.
    ///   - direction: Which sides are written.
    ///   - isMeasured: Whether the safety limits look at all that is planned, and hold it where a system has moved.
    ///   - transaction: What is known now.
    /// - Throws: `CoupletError` where writing is stopped, a system is only read so far, another integration may write
    ///   the same tables, or a connection leads elsewhere than when the mapping was last synchronized; `StoreError`.
    static func refuse(
        _ mapping: TableMapping,
        _ direction: Direction,
        isMeasured: Bool = false,
        _ transaction: any StoreReading
    ) throws {
        try WritingStopped.refuse(transaction)
        try requireIntegrationOff(mapping, transaction)
        try requireEnabled(mapping, direction, transaction)
        if !isMeasured { try requireUnmoved(mapping, transaction) }
    }

    /// Refuses to write through a mapping of whose tables a system shows that another integration writes them, until a
    /// person has confirmed that it is off.
    static func requireIntegrationOff(_ mapping: TableMapping, _ transaction: any StoreReading) throws {
        let connections = try transaction.connections()
        for side in Side.allCases {
            let table = mapping.table(side)
            let connection = connections.first { $0.name == table.connection }
            guard let other = connection?.otherIntegration, !other.isOff(for: table.table) else { continue }
            throw CoupletError(
                "connection.otherIntegration",
                ["connection": table.connection, "mapping": mapping.name, "table": table.table],
                status: .notAllowed
            )
        }
    }

    /// Refuses to write to a system that is only read so far.
    private static func requireEnabled(
        _ mapping: TableMapping,
        _ direction: Direction,
        _ transaction: any StoreReading
    ) throws {
        let connections = try transaction.connections()
        for side in Side.allCases where direction.writes(to: side) {
            let name = mapping.table(side).connection
            guard connections.first(where: { $0.name == name })?.isEnabled == true else {
                throw CoupletError(
                    "connection.disabled",
                    ["connection": name, "mapping": mapping.name],
                    status: .notAllowed
                )
            }
        }
    }

    /// Refuses to write where a connection leads elsewhere than when the mapping was last synchronized: what would be
    /// written there is looked at as a whole first.
    private static func requireUnmoved(_ mapping: TableMapping, _ transaction: any StoreReading) throws {
        guard let before = try transaction.baseline(mapping: mapping.name)?.setting.addresses else { return }
        let now = try PlanDetails.Setting(mapping, transaction).addresses
        guard let side = Side.allCases.first(where: { before[$0] != now[$0] }) else { return }
        let arguments = [
            "mapping": mapping.name, "side": side.rawValue, "connection": mapping.table(side).connection,
            "before": before[side].url, "now": now[side].url,
        ]
        throw CoupletError("connection.moved", arguments, status: .waitsForApproval)
    }
}
