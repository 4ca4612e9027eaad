import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletTestSupport
import Testing

@Suite("Testing a connection")
struct ConnectionTests {
    private let companies = """
        {"value":[{"id":"\(Fixture.company)","name":"ONE","displayName":"One Ltd"},
                  {"id":"\(Fixture.two)","name":"TWO","displayName":""}]}
        """

    @Test
    func `an ERP company is known by its name, and its tables are read`() async throws {
        let transport = ScriptedTransport([.answer(200, companies), .answer(200, #"{"value":[]}"#)])
        let report = try await Fixture.businessCentral(transport).test(tables: [Fixture.customers])
        #expect(report == ConnectionReport(name: "One Ltd", readableTables: ["customers"], clockAheadSeconds: -14_400))
        #expect(transport.requests[1].header("Prefer") == "odata.maxpagesize=1")
        #expect(transport.requests[1].url.hasSuffix("/customers?$select=id,number,displayName,blocked"))
    }

    @Test(arguments: ["00000000-0000-0000-0000-000000000009", "One Ltd", nil])
    func `an unknown company is answered with those there are`(company: String?) async throws {
        let connector = try Fixture.businessCentral(ScriptedTransport([.answer(200, companies)]), company: company)
        let error = await connectorError { _ = try await connector.test(tables: []) }
        #expect(error?.kind == .notFound)
        #expect(error?.detail.contains("One Ltd (\(Fixture.company))") == true)
        #expect(error?.detail.contains("TWO (\(Fixture.two))") == true)
    }

    @Test
    func `a property that does not exist is named`() async throws {
        let message = "Could not find a property named 'displayName' on type 'Microsoft.NAV.customer'."
        let transport = ScriptedTransport([
            .answer(200, companies), .answer(400, #"{"error":{"code":"BadRequest","message":"\#(message)"}}"#),
        ])
        let connector = try Fixture.businessCentral(transport)
        let error = await connectorError { _ = try await connector.test(tables: [Fixture.customers]) }
        #expect(error?.kind == .notFound)
        #expect(error?.table == "customers")
        #expect(error?.detail.contains("'displayName'") == true)
    }

    @Test
    func `a CRM environment says who asks`() async throws {
        let transport = ScriptedTransport([
            .answer(200, #"{"OrganizationId":"\#(Fixture.one)","UserId":"\#(Fixture.two)"}"#),
            .answer(200, #"{"value":[]}"#),
        ])
        let report = try await Fixture.dataverse(transport).test(tables: [Fixture.accounts])
        #expect(
            report
                == ConnectionReport(name: "org.crm.example", readableTables: ["accounts"], clockAheadSeconds: -14_400)
        )
        #expect(transport.requests[0].url == "https://org.crm.example/api/data/v9.2/WhoAmI")
    }

    @Test
    func `a wrong secret is said before anything else is asked`() async throws {
        let transport = ScriptedTransport(
            [],
            tokens: [.answer(401, #"{"error":"invalid_client","error_description":"Invalid client secret provided."}"#)]
        )
        let connector = try Fixture.dataverse(transport)
        let error = await connectorError { _ = try await connector.test(tables: [Fixture.accounts]) }
        #expect(error?.kind == .unauthorized)
        #expect(transport.requests.isEmpty)
        #expect(connector.requestCount == 0)
    }
}

@Suite("Making connectors")
struct ConnectorFactoryTests {
    private let factory = StandardConnectorFactory(transport: ScriptedTransport(), clock: SteppingClock())

    @Test
    func `each kind says what its system can do`() throws {
        let erp = try factory.connector(for: Fixture.connection("businessCentral", url: "http://x"), secret: "")
        let crm = try factory.connector(for: Fixture.connection("dataverse", url: "http://x"), secret: "")
        #expect(
            erp.capabilities
                == ConnectorCapabilities(
                    takesOurIDs: false,
                    maximumBatch: 100,
                    maximumPage: 20_000,
                    maximumConcurrency: 5,
                    reportsDeletions: false,
                    operationLimitSeconds: 480
                )
        )
        #expect(
            crm.capabilities
                == ConnectorCapabilities(
                    takesOurIDs: true,
                    maximumBatch: 1000,
                    maximumPage: 5000,
                    maximumConcurrency: 8,
                    reportsDeletions: true,
                    operationLimitSeconds: 480
                )
        )
    }

    @Test(arguments: [("sap", "http://x"), ("dataverse", "org.example"), ("businessCentral", "")])
    func `an unknown kind or no address is a wrong configuration`(kind: String, url: String) {
        #expect {
            _ = try factory.connector(for: Fixture.connection(kind, url: url), secret: "s3cr3t")
        } throws: { error in
            (error as? CoupletError)?.status == .wrongConfiguration
        }
    }
}

@Suite("Requests at a time")
struct ConcurrencyTests {
    @Test(arguments: ["businessCentral", "dataverse"])
    func `no more requests are under way than the system works on, and each caller gets its answer`(
        kind: String
    ) async throws {
        let transport = CrowdedTransport()
        let factory = StandardConnectorFactory(transport: transport, clock: SteppingClock())
        let connection = Fixture.connection(kind, url: "https://x.example", company: Fixture.company)
        let connector = try factory.connector(for: connection, secret: "")
        let shape = kind == "dataverse" ? Fixture.accounts : Fixture.customers
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<60 {
                group.addTask { _ = try await connector.read(.matching(.everything), of: shape) }
            }
            try await group.waitForAll()
        }
        #expect(transport.counter.total == 60)
        #expect(transport.counter.most <= connector.capabilities.maximumConcurrency)
        #expect(connector.requestCount == 60)
    }

    @Test
    func `nothing is sent before the time that the service asked for, by later reads and writes neither`() async throws
    {
        let transport = ScriptedTransport([.answer(429, "", ["Retry-After": "90"]), .answer(200, #"{"value":[]}"#)])
        let clock = SteppingClock()
        let connector = try Fixture.dataverse(transport, clock: clock)
        for _ in 0..<2 {
            let error = await connectorError {
                _ = try await connector.read(.matching(.everything), of: Fixture.accounts)
            }
            #expect(error?.kind == .unavailable(retryAfterSeconds: 90))
        }
        let part = WritePart(operation: .update(id: Fixture.one, version: "W/\"1\""), fields: [])
        let error = await connectorError { _ = try await connector.write([part], to: Fixture.accounts) }
        #expect(error?.kind == .unavailable(retryAfterSeconds: 90))
        #expect(transport.requests.count == 1)
        try await clock.sleep(until: clock.now.advanced(bySeconds: 40))
        _ = try await connector.read(.matching(.everything), of: Fixture.accounts)
        #expect(clock.sleeps == [40, 50])
        #expect(transport.requests.count == 2)
    }

    @Test
    func `who is cancelled sends nothing any more`() async throws {
        let transport = ScriptedTransport([.answer(429, "", ["Retry-After": "20"]), .answer(200, #"{"value":[]}"#)])
        let connector = try Fixture.dataverse(transport, clock: SteppingClock())
        let error = await withTaskGroup(of: ConnectorError?.self) { group in
            group.addTask {
                await connectorError {
                    withUnsafeCurrentTask { $0?.cancel() }
                    _ = try await connector.read(.matching(.everything), of: Fixture.accounts)
                }
            }
            return await group.next() ?? nil
        }
        #expect(error?.kind == .cancelled)
        #expect(transport.requests.isEmpty)
    }
}
