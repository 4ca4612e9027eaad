import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletSandbox
import CoupletTestSupport
import Testing

@Suite("What every connector promises")
struct ConnectorConformanceTests {
    @Test(arguments: ConnectorConformance.checks)
    func `Business Central's connector keeps its promises`(check: ConnectorConformance.Check) async throws {
        try await check.body(SandboxWorlds.businessCentral(records: check.records))
    }

    @Test(arguments: ConnectorConformance.checks)
    func `Dataverse's connector keeps its promises`(check: ConnectorConformance.Check) async throws {
        try await check.body(SandboxWorlds.dataverse(records: check.records))
    }
}

/// Worlds whose remotes are the sandboxes.
enum SandboxWorlds {
    static func businessCentral(records: Int) throws -> ConnectorWorld {
        let clock = SteppingClock()
        let now = SandboxInstant(milliseconds: clock.now.milliseconds - 86_400_000)
        let sandbox = BusinessCentralSandbox(seed: [seed("customers", "id", "displayName", records)], at: now)
        let company = sandbox.companyID.description
        let transport = SandboxTransport(sandbox, clock: clock)
        let factory = StandardConnectorFactory(
            transport: transport,
            clock: clock,
            businessCentral: BusinessCentralConnector.Settings(overlapSeconds: 60, pageSize: 2)
        )
        let shape = TableShape(
            table: "customers",
            idField: "id",
            modifiedField: "lastModifiedDateTime",
            layout: RowLayout(number: 1, fields: ["displayName", "number", "blocked"])
        )
        return world(
            transport,
            clock,
            try factory.connector(for: settings("businessCentral", company), secret: "sandbox-secret"),
            shape,
            longestName: 100,
            overlapSeconds: 60
        )
    }

    static func dataverse(records: Int) throws -> ConnectorWorld {
        let clock = SteppingClock()
        let now = SandboxInstant(milliseconds: clock.now.milliseconds - 86_400_000)
        let sandbox = DataverseSandbox(seed: [seed("accounts", "accountid", "name", records)], at: now)
        let transport = SandboxTransport(sandbox, clock: clock)
        let factory = StandardConnectorFactory(
            transport: transport,
            clock: clock,
            dataverse: DataverseConnector.Settings(pageSize: 2)
        )
        let shape = TableShape(
            table: "accounts",
            idField: "accountid",
            modifiedField: nil,
            layout: RowLayout(number: 2, fields: ["name", "accountnumber", "_ownerid_value"])
        )
        return world(
            transport,
            clock,
            try factory.connector(for: settings("dataverse", nil), secret: "sandbox-secret"),
            shape,
            longestName: 160,
            overlapSeconds: 0
        )
    }

    static func settings(_ kind: String, _ company: String?) -> StoredConnection {
        StoredConnection(
            name: kind,
            side: kind == "dataverse" ? .crm : .erp,
            kind: kind,
            url: "http://sandbox.example:8080",
            company: company,
            tokenURL: "http://sandbox.example:8080/tenant/oauth2/v2.0/token",
            clientID: "sandbox-client",
            operationLimitSeconds: 2
        )
    }

    private static func seed(_ table: String, _ idField: String, _ nameField: String, _ count: Int) -> SeedTable {
        SeedTable(entitySet: table, count: count) { row in
            .members([
                idField: .string(ConnectorWorld.id(row + 1).description),
                nameField: .string(ConnectorWorld.name(row + 1)),
            ])
        }
    }

    private static func world<Machine: SandboxMachine>(
        _ transport: SandboxTransport<Machine>,
        _ clock: SteppingClock,
        _ connector: any Connector,
        _ shape: TableShape,
        longestName: Int,
        overlapSeconds: Double
    ) -> ConnectorWorld {
        let nameField = shape.layout.fields[0]
        return ConnectorWorld(
            connector: connector,
            clock: clock,
            shape: shape,
            name: FieldMapping.Field(nameField, .text(maximum: longestName)),
            longestName: longestName,
            overlapSeconds: overlapSeconds,
            putLate: { id, name, seconds in
                let row = SandboxJSON.members([shape.idField: .string(id.description), nameField: .string(name)])
                transport.with { machine, now in
                    let stamp = now.advanced(byMilliseconds: -Int64(seconds * 1000))
                    #expect(machine.edit(entitySet: shape.table, rows: [row], at: stamp) == [])
                }
            },
            delete: { id in
                let ids = [SandboxGUID(id.description)].compactMap { $0 }
                transport.with { machine, now in
                    #expect(machine.remove(entitySet: shape.table, ids: ids, at: now) == 1)
                }
            },
            names: { names(transport, shape, nameField) },
            fail: { fault in transport.with { machine, _ in machine.desk.faults.add([rule(fault)]) } }
        )
    }

    private static func names<Machine: SandboxMachine>(
        _ transport: SandboxTransport<Machine>,
        _ shape: TableShape,
        _ nameField: String
    ) -> [RecordID: String] {
        let rows = transport.with { machine, _ in
            machine.records(entitySet: shape.table).flatMap { (try? SandboxJSON(bytes: $0))?.array } ?? []
        }
        var names: [RecordID: String] = [:]
        for row in rows {
            guard let id = row[shape.idField]?.string.flatMap({ RecordID($0) }) else { continue }
            names[id] = row[nameField]?.string
        }
        return names
    }

    private static func rule(_ fault: ConnectorFault) -> FaultRule {
        switch fault {
        case .refuses(let status, let retryAfter): return request(.status(status, retryAfter: retryAfter))
        case .refusesPart(let part, let status):
            var rule = FaultRule(.status(status, retryAfter: nil))
            rule.part = part
            return rule
        case .losesAnswer: return request(.dropAfter)
        case .losesRequest: return request(.dropBefore)
        case .stopsBefore(let part): return request(.stopBatch(part: part))
        case .refusesToken: return request(.expiredToken)
        case .forgetsCheckpoint: return request(.staleDeltaToken)
        }
    }

    /// A fault of the API; the token endpoint is spared.
    private static func request(_ fault: SandboxFault) -> FaultRule {
        var rule = FaultRule(fault)
        rule.pathPrefix = "/api/"
        return rule
    }
}
