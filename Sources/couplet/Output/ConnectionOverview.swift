import CoupletCore
import CoupletEngine
import CoupletPorts

/// Shows connections.
enum ConnectionOverview {
    /// Shows connections without their secrets.
    static func show(_ view: ConnectionsView, on console: Console) -> ExitStatus {
        if console.isJSON {
            console.print(.object(["connections": .array(view.connections.map(document))]))
            return .done
        }
        guard !view.connections.isEmpty else {
            console.say("connections.none")
            return .done
        }
        var table = Table([
            .init(title: console.text("column.name")),
            .init(title: console.text("column.side")),
            .init(title: console.text("column.kind")),
            .init(title: console.text("column.url"), isFlexible: true),
            .init(title: console.text("column.enabled")),
        ])
        for item in view.connections {
            let connection = item.connection
            table.add([
                connection.name,
                console.text("side.\(connection.side.rawValue)"),
                connection.kind,
                connection.url,
                console.text(connection.isEnabled ? "yes" : "no"),
            ])
        }
        console.show(table)
        for item in view.connections { showTraces(of: item.connection, on: console) }
        for item in view.connections {
            guard let report = item.report else { continue }
            console.say(
                "connection.tested",
                [
                    "connection": item.connection.name,
                    "name": report.name,
                    "tables": report.readableTables.joined(separator: ", "),
                ]
            )
        }
        return .done
    }

    /// Shows what another integration has left in a system, and whether somebody has confirmed that it is off.
    static func showTraces(of connection: StoredConnection, on console: Console) {
        guard !console.isJSON, let other = connection.otherIntegration else { return }
        console.say("connection.traces", ["connection": connection.name])
        for trace in other.traces { console.line(Table.harmless("! " + console.text(trace))) }
        if let who = other.confirmedBy, let time = other.confirmedAt {
            console.say("connection.confirmed", ["who": who, "time": time.description])
        } else {
            console.say("connection.unconfirmed", ["connection": connection.name])
        }
    }

    private static func document(_ item: ConnectionsView.Item) -> JSONDocument {
        let connection = item.connection
        return .object([
            "name": .string(connection.name),
            "side": .string(connection.side.rawValue),
            "kind": .string(connection.kind),
            "url": .string(connection.url),
            "company": .optional(connection.company),
            "tokenURL": .string(connection.tokenURL),
            "clientId": .string(connection.clientID),
            "hasSecret": .boolean(item.hasSecret),
            "enabled": .boolean(connection.isEnabled),
            "operationLimitSeconds": .decimal(connection.operationLimitSeconds),
            "recordURL": .optional(connection.recordURL),
            "environment": .optional(connection.environment),
            "otherIntegration": connection.otherIntegration.map { other in
                .object([
                    "traces": .array(other.traces.map { .string($0.code) }),
                    "wroteAt": .optional(other.wroteAt?.description),
                    "confirmedTables": .array(other.confirmedTables.map { .string($0) }),
                    "confirmedBy": .optional(other.confirmedBy),
                    "confirmedAt": .optional(other.confirmedAt?.description),
                ])
            } ?? .null,
            "report": item.report.map { report in
                .object([
                    "name": .string(report.name),
                    "tables": .array(report.readableTables.map { .string($0) }),
                ])
            } ?? .null,
        ])
    }
}
