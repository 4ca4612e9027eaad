import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@Suite("Another integration in the same environment, and other environments")
struct OtherIntegrationTests {
    private typealias Stamped = CompanyStampTests
    private static let user = "00000000-0000-4000-8000-0000000000a9"

    /// An environment that the built-in integration has served: its companies, and an account that it has marked.
    private func world() async throws -> World {
        var seed = Stamped.seed(
            accounts: [Small.account(1, ["name": .string("Marked"), "_bcbi_companyid_value": .string(Stamped.own)])]
        )
        let user = SandboxJSON.members([
            "systemuserid": .string(Self.user), "fullname": .string("# Integration"), "firstname": .string("#"),
            "lastname": .string("Integration"),
            "applicationid": .string("996def3d-b36c-4153-8607-a6fd3c01b89f"), "isintegrationuser": .boolean(true),
        ])
        seed.dataverse = seed.dataverse.map { table in
            guard table.entitySet == "systemusers" else { return table }
            return SeedTable(entitySet: table.entitySet, rows: (0..<table.count).map(table.row) + [user])
        }
        return try await World(seed: seed)
    }

    private func crm(_ world: World) async throws -> StoredConnection {
        try #require(try await world.perform(ListConnections()).connections.map(\.connection).first { $0.side == .crm })
    }

    @Test func `its traces hold all writes until a person confirms that it is off`() async throws {
        let world = try await world()
        let other = try #require(try await crm(world).otherIntegration)
        #expect(other.traces.map(\.code) == ["trace.companies", "trace.stamped"])
        #expect(other.confirmedBy == nil)
        let content = world.content
        let refused = try await code {
            try await world.perform(
                Synchronize(mapping: "SALESPEOPLE", direction: .fromIntegrationTable, isFull: true, creates: true)
            )
        }
        #expect(refused == "connection.otherIntegration")
        #expect(
            try await code {
                try await world.perform(MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to))
            } == "connection.otherIntegration"
        )
        #expect(world.content == content)
        // Reading, previews and couplings that write nothing go on.
        #expect(try await world.states()["C-001"] == .uncoupled)
        _ = try await world.perform(Synchronize(isFull: true, isPreview: true))
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE"))
        let confirmed = try await world.perform(ConfirmIntegrationOff(connection: try await crm(world).name))
        let answered = confirmed.connections.first?.connection.otherIntegration
        #expect(answered?.confirmedBy == "simulation")
        #expect(answered?.confirmedTables == ["accounts", "systemusers"])
        try await world.coupleSalespeople()
        let run = try await world.perform(
            MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        )
        #expect(run.counts.inserted == 3)
    }

    @Test func `what is confirmed holds for the tables that were mapped then`() async throws {
        let world = try await world()
        try await world.perform(ConfirmIntegrationOff(connection: try await crm(world).name))
        var connection = try await crm(world)
        connection.otherIntegration?.confirmedTables = ["systemusers"]
        let narrowed = connection
        try await world.store.write { try $0.save(narrowed, sealedSecret: nil) }
        try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        let found = try await code {
            try await world.perform(MatchRecords(mapping: "CUSTOMER", synchronization: .to))
        }
        #expect(found == "connection.otherIntegration")
    }

    @Test func `an environment without traces has nothing to confirm`() async throws {
        let world = try await World(seed: Small.seed())
        #expect(try await crm(world).otherIntegration == nil)
        let name = try await crm(world).name
        let found = try await code { try await world.perform(ConfirmIntegrationOff(connection: name)) }
        #expect(found == "connection.noTraces")
        #expect(try await world.perform(ExamineSetup()).findings.allSatisfy { !$0.message.code.hasPrefix("trace.") })
    }

    @Test func `the examination of the set-up names the traces`() async throws {
        let world = try await world()
        let codes = try await world.perform(ExamineSetup()).findings.map(\.message.code)
        #expect(codes.contains("doctor.otherIntegration"))
        #expect(codes.contains("trace.stamped"))
        try await world.perform(ConfirmIntegrationOff(connection: try await crm(world).name))
        let after = try await world.perform(ExamineSetup()).findings
        #expect(!after.contains { $0.message.code == "doctor.otherIntegration" })
        #expect(after.filter { $0.message.code.hasPrefix("trace.") }.allSatisfy { $0.level == .good })
    }

    @Test func `writes of its user after that hold all writes again`() async throws {
        let world = try await world()
        try await world.perform(ConfirmIntegrationOff(connection: try await crm(world).name))
        var connection = try await crm(world)
        let later = connection.otherIntegration?.confirmedAt?.advanced(bySeconds: 60)
        connection.otherIntegration?.wroteAt = later
        let seen = connection
        try await world.store.write { try $0.save(seen, sealedSecret: nil) }
        let found = try await code {
            try await world.perform(MatchRecords(mapping: "SALESPEOPLE", synchronization: .from))
        }
        #expect(found == "connection.otherIntegration")
    }

    @Test func `another environment under the same address is disabled by the next full synchronization`() async throws
    {
        let world = try await Small.coupled()
        var connection = try await crm(world)
        #expect(connection.environment != nil)
        connection.environment = "00000000-0000-4000-8000-00000000abcd"
        let moved = connection
        try await world.store.write { try $0.save(moved, sealedSecret: nil) }
        let content = world.content
        let held = await #expect(throws: CoupletError.self) { try await world.perform(Synchronize(isFull: true)) }
        #expect(held?.message.code == "connection.otherEnvironment" && held?.status == .waitsForApproval)
        #expect(world.content == content)
        #expect(try await crm(world).isEnabled == false)
        let entry = try await world.perform(ListAudit(AuditSelection(event: "connection.disabled"))).entries.first
        #expect(entry?.subject.name == moved.name && entry?.who == Engine.itself)
        #expect(try await code { try await world.perform(Synchronize()) } == "connection.disabled")
        let name = moved.name
        let enabling = EnableConnection(connection: name, isEnabled: true)
        #expect(try await code { try await world.perform(enabling) } == "connection.otherEnvironment")
        let findings = try await world.perform(ExamineSetup()).findings
        #expect(findings.contains { $0.message.code == "connection.otherEnvironment" })
        try await world.perform(EnableConnection(connection: name, isEnabled: true, acceptsEnvironment: true))
        #expect(try await world.perform(Synchronize(isFull: true)).status == .done)
    }

    /// Changes the CRM's connection the first time that its system is asked something, as somebody does meanwhile.
    private func meanwhile(_ world: World, _ change: @escaping @Sendable (inout StoredConnection) -> Void) {
        let once = Once()
        world.onMoments { moment in
            guard case .beforeRequest(.crm, let request) = moment, !request.url.contains("/oauth2/"), once.isFirst()
            else { return .none }
            #expect(throws: Never.self) {
                try world.store.writeSync { transaction in
                    for var connection in try transaction.connections() where connection.side == .crm {
                        change(&connection)
                        try transaction.save(connection, sealedSecret: nil)
                    }
                }
            }
            return .none
        }
    }

    @Test func `a connection that is disabled while its system is asked stays disabled`() async throws {
        let world = try await world()
        let name = try await crm(world).name
        meanwhile(world) { $0.isEnabled = false }
        try await world.perform(ConfirmIntegrationOff(connection: name))
        #expect(try await crm(world).isEnabled == false)
        #expect(try await crm(world).otherIntegration?.confirmedBy == "simulation")
        try await world.perform(EnableConnection(connection: name, isEnabled: true))
        meanwhile(world) { $0.isEnabled = false }
        _ = try? await world.perform(Synchronize(isFull: true))
        #expect(try await crm(world).isEnabled == false)
    }

    @Test func `nothing is said of a connection that leads elsewhere by the time its system answers`() async throws {
        let world = try await world()
        let name = try await crm(world).name
        let asking: [@Sendable () async throws -> Void] = [
            { try await world.perform(EnableConnection(connection: name, isEnabled: true)) },
            { try await world.perform(ConfirmIntegrationOff(connection: name)) },
        ]
        for ask in asking {
            try await world.perform(EnableConnection(connection: name, isEnabled: false))
            let before = try await crm(world)
            meanwhile(world) { $0.url += "/elsewhere" }
            #expect(try await code { try await ask() } == "connection.changedMeanwhile")
            world.onMoments(nil)
            var expected = before
            expected.url += "/elsewhere"
            #expect(try await crm(world) == expected)
            try await world.store.write { try $0.save(before, sealedSecret: nil) }
        }
    }

    @Test func `nothing more is sent by a run that is at work when the connection is disabled`() async throws {
        let world = try await World(seed: GeneratedCompany(records: 400).seed)
        try await world.coupleSalespeople()
        let once = Once()
        world.onMoments { moment in
            guard case .afterHandling(.crm, let request, _) = moment, request.url.hasSuffix("$batch"), once.isFirst()
            else { return .none }
            #expect(throws: Never.self) {
                try world.store.writeSync { transaction in
                    for var connection in try transaction.connections() where connection.side == .crm {
                        connection.isEnabled = false
                        try transaction.save(connection, sealedSecret: nil)
                    }
                }
            }
            return .none
        }
        let match = MatchRecords(mapping: "CUSTOMER", createUnmatched: true, synchronization: .to)
        #expect(try await code { try await world.perform(match) } == "connection.disabled")
        #expect(once.isUsed)
        world.onMoments(nil)
        let made = world.rows(.crm, "accounts").count
        try await world.perform(EnableConnection(connection: "crm", isEnabled: true))
        try await world.perform(match)
        let all = world.rows(.crm, "accounts")
        #expect(made < all.count)
        #expect(Set(all.map { $0.text("accountnumber") }).count == all.count)
    }

    @Test func `a connection that was set anew is asked at its new address`() async throws {
        let world = try await Small.coupled()
        try await world.perform(TestConnection(connection: "crm"))
        try await world.store.write { transaction in
            for var connection in try transaction.connections() where connection.side == .crm {
                connection.url += "/elsewhere"
                try transaction.save(connection, sealedSecret: nil)
            }
        }
        _ = try? await world.perform(TestConnection(connection: "crm"))
        #expect(world.trace.last?.contains("/elsewhere/") == true)
    }

    @Test func `a connection is not set anew while a run is at work`() async throws {
        let work = Work()
        var options = World.Options()
        options.parts.store = { WatchedStore(store: $0) { await work.perform() } }
        let world = try await Small.coupled(options)
        let before = try await crm(world)
        let set = SetConnection(
            connection: before.name,
            side: before.side,
            kind: before.kind,
            url: before.url + "/elsewhere",
            tokenURL: before.tokenURL,
            clientID: before.clientID,
            secret: nil
        )
        work.set {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await world.perform(set) }
                for _ in 1...100 { await Task.yield() }
                group.cancelAll()
            }
        }
        try await world.perform(EraseRecord(mapping: "CUSTOMER", key: "C-001"))
        #expect(work.isDone)
        #expect(try await crm(world) == before)
        try await world.perform(set)
        #expect(try await crm(world).url == set.url)
    }

    /// What is done while something is at work.
    private final class Work: Sendable {
        private let state = Mutex<(body: (@Sendable () async -> Void)?, isDone: Bool)>((nil, false))

        var isDone: Bool { state.withLock { $0.isDone } }

        func set(_ body: @escaping @Sendable () async -> Void) { state.withLock { $0.body = body } }

        func perform() async {
            await state.withLock { $0.body }?()
            state.withLock { $0.isDone = true }
        }
    }
}
