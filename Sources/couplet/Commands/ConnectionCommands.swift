import ArgumentParser
import CoupletCore
import CoupletEngine
import CoupletPorts

/// `couplet connection …`.
struct ConnectionCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        .command(
            "connection",
            subcommands: [
                ConnectionListCommand.self, ConnectionSetCommand.self, ConnectionTestCommand.self,
                ConnectionEnableCommand.self, ConnectionDisableCommand.self, ConnectionConfirmCommand.self,
            ]
        )
    }
}

struct ConnectionListCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("list", text: "connection.list") }

    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        ConnectionOverview.show(try await session.perform(ListConnections()), on: session.console)
    }
}

struct ConnectionSetCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("set", text: "connection.set") }

    @Argument(help: help("connection.name"))
    var name: String
    @Option(help: help("connection.side"))
    var side: SideArgument
    @Option(help: help("connection.kind"))
    var kind: String
    @Option(help: help("connection.url"))
    var url: String
    @Option(help: help("connection.company"))
    var company: String?
    @Option(name: .customLong("token-url"), help: help("connection.tokenURL"))
    var tokenURL: String
    @Option(name: .customLong("client-id"), help: help("connection.clientID"))
    var clientID: String
    @Option(name: .customLong("client-secret-file"), help: help("connection.secretFile"))
    var secretFile: String?
    @Option(name: .customLong("operation-limit"), help: help("connection.operationLimit"))
    var operationLimit: Double?
    @Option(name: .customLong("record-url"), help: help("connection.recordURL"))
    var recordURL: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = SetConnection(
            connection: name,
            side: side.side,
            kind: kind,
            url: url,
            company: company,
            tokenURL: tokenURL,
            clientID: clientID,
            secret: try secretFile.map { try SecretFile.text(in: $0) },
            operationLimitSeconds: operationLimit,
            recordURL: recordURL
        )
        let (name, own, console) = (name, side.side, session.console)
        return try await session.withActions { actions in
            let view = try await actions.perform(action, showingProgressOn: console)
            let status = ConnectionOverview.show(view, on: console)
            let mappings = try await actions.perform(ListMappings(), showingProgressOn: console).mappings
            let isUsed = mappings.contains { $0.mapping.table(own).connection == name }
            guard !mappings.isEmpty, !isUsed else { return status }
            // A further company or environment has mappings only when somebody says with whom.
            let partner = mappings[0].mapping.table(own.other).connection
            let pair = BySide(erp: own == .erp ? name : partner, crm: own == .crm ? name : partner)
            console.say("connection.notMapped", ["connection": name, "erp": pair.erp, "crm": pair.crm])
            return status
        }
    }
}

struct ConnectionTestCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("test", text: "connection.test") }

    @Argument(help: help("connection.nameOrAll"))
    var name: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        ConnectionOverview.show(try await session.perform(TestConnection(connection: name)), on: session.console)
    }
}

struct ConnectionEnableCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("enable", text: "connection.enable") }

    @Argument(help: help("connection.nameOrAll"))
    var name: String?
    @Flag(name: .customLong("new-environment"), help: help("connection.newEnvironment"))
    var newEnvironment = false
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let accepts = newEnvironment
        return try await session.withActions { actions in
            let present = try await actions.perform(ListConnections(), showingProgressOn: console)
            let opens = present.connections.filter {
                !$0.connection.isEnabled && (name == nil || $0.connection.name == name)
            }
            if !console.isJSON, !console.saysYes, !opens.isEmpty {
                guard try await Self.isApproved(opens.map(\.connection.name), actions, console) else {
                    console.say("confirm.declined")
                    return .done
                }
            }
            let view = try await actions.perform(
                EnableConnection(connection: name, isEnabled: true, acceptsEnvironment: accepts),
                showingProgressOn: console
            )
            return ConnectionOverview.show(view, on: console)
        }
    }

    /// Shows what a synchronization would do, and asks whether that may be written.
    private static func isApproved(
        _ names: [String],
        _ actions: any ActionPerformer,
        _ console: Console
    ) async throws -> Bool {
        let mappings = try await actions.perform(ListMappings(), showingProgressOn: console)
        if mappings.mappings.isEmpty {
            console.say("enable.noMappings")
        } else {
            let result = try await actions.perform(
                Synchronize(isFull: true, isPreview: true),
                showingProgressOn: console
            )
            if let plan = result.plan { try await PlanPages(actions, console).show(plan) }
        }
        return console.confirms("enable.confirm", ["connections": names.joined(separator: ", ")])
    }
}

struct ConnectionConfirmCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("confirm", text: "connection.confirm") }

    @Argument(help: help("connection.name"))
    var name: String
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let console = session.console
        let name = name
        return try await session.withActions { actions in
            let known = try await actions.perform(ListConnections(), showingProgressOn: console)
                .connections.first { $0.connection.name == name }
            if let known { ConnectionOverview.showTraces(of: known.connection, on: console) }
            if console.asks, !console.confirms("connection.confirm.ask", ["connection": name]) {
                console.say("confirm.declined")
                return .done
            }
            let view = try await actions.perform(
                ConfirmIntegrationOff(connection: name),
                showingProgressOn: console
            )
            return ConnectionOverview.show(view, on: console)
        }
    }
}

struct ConnectionDisableCommand: CoupletCommand {
    static var configuration: CommandConfiguration { .command("disable", text: "connection.disable") }

    @Argument(help: help("connection.nameOrAll"))
    var name: String?
    @OptionGroup var globals: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let action = EnableConnection(connection: name, isEnabled: false)
        return ConnectionOverview.show(try await session.perform(action), on: session.console)
    }
}
