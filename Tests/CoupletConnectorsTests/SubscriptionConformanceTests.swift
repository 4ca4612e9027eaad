import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletSandbox
import CoupletTestSupport
import Testing

@Suite("What every system's subscriptions promise")
struct SubscriptionConformanceTests {
    @Test(arguments: SubscriptionConformance.checks)
    func `Business Central's subscriptions keep their promises`(check: SubscriptionConformance.Check) async throws {
        try await check.body(try Self.world())
    }

    @Test func `Dataverse tells of nothing, and neither does a connection without a company`() throws {
        #expect(try SandboxWorlds.dataverse(records: 1).connector.subscriptions == nil)
        let factory = StandardConnectorFactory(transport: ScriptedTransport([]), clock: SteppingClock())
        let connection = SandboxWorlds.settings("businessCentral", nil)
        #expect(try factory.connector(for: connection, secret: "s").subscriptions == nil)
        #expect(factory.notifications(in: Array("{\"value\":[{}]}".utf8), kind: "dataverse") == nil)
    }

    @Test func `notifications are read as the service sends them`() throws {
        let body = """
            {"value":[{"subscriptionId":"items","clientState":"s","expirationDateTime":"2018-10-29T07:52:31Z",\
            "resource":"api/v2.0/companies(b18aed47-c385-49d2-b954-dbdf8ad71780)/items(1)","changeType":"updated"},\
            {"subscriptionId":"invoices","clientState":"t","changeType":"collection","resource":"/api/v2.0/x?$filter=y"},\
            {"subscriptionId":7,"clientState":"s"},{"clientState":{"a":[]}}]}
            """
        let expected = [("items", "s"), ("invoices", "t"), ("", "s"), ("", "")].map {
            ChangeNotification(subscription: $0.0, clientState: $0.1)
        }
        #expect(BusinessCentralNotifications.read(Array(body.utf8)) == expected)
        #expect(BusinessCentralNotifications.read([0xEF, 0xBB, 0xBF] + Array(body.utf8)) == expected)
    }

    @Test(
        arguments: [
            "", "{", "[]", "{}", "{\"value\":1}", "{\"value\":{}}", "\"value\"", "{\"value\":[]} x", "\u{FEFF}",
            "{\"value\":[null]}", "{\"value\":[[]]}", "{\"value\":[{}",
        ]
    )
    func `what tells of nothing is none`(body: String) {
        #expect(BusinessCentralNotifications.read(Array(body.utf8)) == nil)
    }

    private static func world() throws -> SubscriptionWorld {
        let clock = SteppingClock()
        let now = SandboxInstant(milliseconds: clock.now.milliseconds - 86_400_000)
        let customer = SandboxJSON.members([
            "id": .string(ConnectorWorld.id(1).description), "displayName": .string("One"),
        ])
        let sandbox = BusinessCentralSandbox(seed: [SeedTable(entitySet: "customers", rows: [customer])], at: now)
        let transport = CallingTransport(SandboxTransport(sandbox, clock: clock))
        let factory = StandardConnectorFactory(transport: transport, clock: clock)
        let connection = SandboxWorlds.settings("businessCentral", sandbox.companyID.description)
        let connector = try factory.connector(for: connection, secret: "sandbox-secret")
        return SubscriptionWorld(
            subscriptions: try #require(connector.subscriptions),
            clock: clock,
            table: "customers",
            otherTable: "salespeoplePurchasers",
            address: "https://we.example/hook",
            deafAddress: "https://deaf.example/hook",
            change: {
                transport.base.with { machine, now in
                    #expect(machine.edit(entitySet: "customers", rows: [customer], at: now) == [])
                    machine.noteWrites(at: now)
                }
            },
            told: { transport.told() }
        )
    }
}

/// A transport that makes the sandbox's calls too: one address repeats tokens, and no other answers.
private struct CallingTransport: HTTPTransport {
    let base: SandboxTransport<BusinessCentralSandbox>

    init(_ base: SandboxTransport<BusinessCentralSandbox>) { self.base = base }

    func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        try await base.send(request) { call in
            let parts = call.url.split(separator: "?validationToken=")
            guard parts.count == 2, parts[0] == "https://we.example/hook" else { return .failed }
            return .answered(status: 200, body: Array(parts[1].utf8))
        }
    }

    func told() -> [ChangeNotification] {
        base.with { machine, now in
            machine.callsDue(at: now).flatMap { call in
                _ = machine.conclude(call, .answered(status: 200, body: []), at: now)
                return BusinessCentralNotifications.read(call.body) ?? []
            }
        }
    }
}
