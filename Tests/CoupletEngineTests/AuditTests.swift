import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Testing

@Suite("Audit log")
struct AuditTests {
    private func events(_ world: World, _ event: String? = nil) async throws -> [AuditEntry] {
        try await world.perform(ListAudit(AuditSelection(event: event), after: 0, limit: 1000)).entries
    }

    @Test func `set-up is kept with who, what was before and what is after, and no secret`() async throws {
        let world = try await Small.coupled()
        try await world.synchronize()
        let mapping = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        var changed = mapping
        changed.onlyCoupled.toggle()
        try await world.perform(ApplyMappings(mappings: [changed], isPreview: true))
        let before = try await events(world).count
        try await world.perform(ApplyMappings(mappings: [changed]))
        try await world.perform(ApplyMappings(mappings: [changed]))
        try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: true))
        try await world.perform(PauseMapping(mapping: "CUSTOMER", isPaused: false))
        try await world.perform(EnableConnection(connection: "crm", isEnabled: false))
        let connection = try #require(try await world.store.read { try $0.connections() }.first { $0.name == "crm" })
        let secret = "planted-secret-7f3a"
        try await world.perform(
            SetConnection(
                connection: connection.name,
                side: connection.side,
                kind: connection.kind,
                url: connection.url + "/moved",
                company: connection.company,
                tokenURL: connection.tokenURL,
                clientID: connection.clientID,
                secret: secret
            )
        )
        let entries = try await events(world).dropFirst(before)
        #expect(
            entries.map(\.event) == [
                .mappingChanged, .mappingPaused, .mappingResumed, .connectionDisabled, .connectionSet,
            ]
        )
        #expect(entries.allSatisfy { $0.who == "simulation" })
        let change = try #require(entries.first)
        #expect(change.subject == AuditEntry.Subject(.mapping, "CUSTOMER"))
        #expect(change.details["before"]?.contains("\"onlyCoupled\":\(mapping.onlyCoupled)") == true)
        #expect(change.details["after"]?.contains("\"onlyCoupled\":\(changed.onlyCoupled)") == true)
        let set = try #require(entries.last)
        #expect(set.details["url"] == connection.url + "/moved")
        #expect(set.details["url.before"] == connection.url)
        #expect(set.details["secret"] == "set")
        #expect(try await events(world).allSatisfy { !"\($0)".contains(secret) })
        #expect(try await world.perform(VerifyAudit()).broken == nil)
    }

    @Test func `what setting a connection takes away is kept too`() async throws {
        let world = try await Small.coupled()
        let crm = try #require(try await world.store.read { try $0.connections() }.first { $0.name == "crm" })
        for pattern in ["https://crm.example/{id}", ""] {
            try await world.perform(
                SetConnection(
                    connection: crm.name,
                    side: crm.side,
                    kind: crm.kind,
                    url: crm.url,
                    company: crm.company,
                    tokenURL: crm.tokenURL,
                    clientID: crm.clientID,
                    secret: nil,
                    operationLimitSeconds: crm.operationLimitSeconds,
                    recordURL: pattern
                )
            )
        }
        let set = try await events(world, "connection.set").suffix(2).map(\.details)
        #expect(set.first?["recordURL"] == "https://crm.example/{id}")
        #expect(set.first?["isEnabled"] == "false" && set.first?["isEnabled.before"] == "true")
        #expect(set.last == ["secret": "kept", "recordURL.before": "https://crm.example/{id}"])
    }

    @Test func `what fails is not in the log`() async throws {
        let world = try await Small.coupled()
        let before = try await events(world)
        var wrong = try #require(try await world.perform(ShowMapping(mapping: "CUSTOMER")).mappings.first?.mapping)
        wrong.erp.table = ""
        #expect(try await !world.perform(ApplyMappings(mappings: [wrong])).problems.isEmpty)
        #expect(try await code { try await world.perform(ApplyPlan(plan: 999)) } == "plan.unknown")
        #expect(try await events(world) == before)
    }

    @Test func `runs, approvals, rejections and resolutions are kept with their numbers and without values`()
        async throws
    {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "displayName", .string("Planted One"))
        let preview = try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true))
        let other = try await world.perform(Synchronize(mapping: "CUSTOMER", isPreview: true))
        let before = try await events(world).count
        let plan = try #require(preview.plan?.id)
        try await world.perform(RejectPlan(plan: try #require(other.plan?.id)))
        try await world.perform(ApplyPlan(plan: plan))
        try world.editCustomer("C-002", "displayName", .string("Planted Two"))
        try world.editAccount("C-002", "name", .string("Planted Three"))
        try await world.synchronize("CUSTOMER")
        let conflict = try #require(try await world.perform(ListConflicts()).conflicts.first)
        try await world.perform(ResolveConflict(id: conflict.id, field: nil, resolution: .value(.text("Planted Four"))))
        let entries = try await events(world).dropFirst(before)
        #expect(
            entries.map(\.event) == [
                .planRejected, .runBegun, .planApproved, .runBegun, .runBegun, .conflictResolved,
            ]
        )
        let approval = try #require(entries.first { $0.event == .planApproved })
        #expect(approval.subject == AuditEntry.Subject(.plan, plan))
        #expect(approval.run != nil)
        let resolution = try #require(entries.last)
        #expect(resolution.subject == AuditEntry.Subject(.conflict, conflict.id))
        #expect(resolution.details == ["fields": "displayName|name", "take": "value"])
        #expect(try await events(world).allSatisfy { !"\($0.details)".contains("Planted") })
        let runs = entries.filter { $0.event == .runBegun }.map { $0.details["action"] }
        #expect(runs == ["plan.apply", "sync", "conflict.resolve"])
    }

    @Test func `an unknown event and a limit of nothing are refused`() async throws {
        let world = try await Small.coupled()
        #expect(
            try await code { try await world.perform(ListAudit(AuditSelection(event: "plans"))) }
                == "audit.unknownEvent"
        )
        #expect(try await code { try await world.perform(ListAudit(limit: 0)) } == "audit.badLimit")
    }
}
