import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import Testing

@Suite("Conflicts")
struct ConflictTests {
    /// A world in which both sides gave C-001 another city and another address, and only the ERP another phone.
    private func contested() async throws -> (World, ConflictRecord) {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "address1_city", .string("Ystad"))
        try world.editCustomer("C-001", "addressLine1", .string("ERP street"))
        try world.editAccount("C-001", "address1_line1", .string("CRM street"))
        try world.editCustomer("C-001", "phoneNumber", .string("+46 1"))
        let result = try await world.synchronize()
        #expect(result.counts.conflicts == 1)
        #expect(result.status == .doneWithOpenItems)
        let conflicts = try await world.perform(ListConflicts()).conflicts
        #expect(conflicts.count == 1)
        return (world, try #require(conflicts.first))
    }

    @Test func `the same field changed differently is a conflict while the other fields move`() async throws {
        let (world, conflict) = try await contested()
        #expect(Set(conflict.fields.map(\.field)) == ["city|address1_city", "addressLine1|address1_line1"])
        let city = try #require(conflict.fields.first { $0.field == "city|address1_city" })
        #expect(city.present == BySide(erp: .text("Malmö"), crm: .text("Ystad")))
        #expect(city.base == BySide(erp: .text("Lund"), crm: .text("Lund")))
        #expect(try world.account("C-001").text("telephone1") == "+46 1")
        #expect(try world.account("C-001").text("address1_city") == "Ystad")
        #expect(try world.customer("C-001").text("city") == "Malmö")
        #expect(try await world.explain("C-001").state == .conflict)
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
        #expect(try await world.perform(ListConflicts()).conflicts.map(\.id) == [conflict.id])
    }

    @Test func `a restored system gives out its versions once more, and a conflict shows what it has`() async throws {
        let world = try await Small.coupled()
        let putBack = world.remember(.erp)
        try world.editCustomer("C-001", "city", .string("Malmö"))
        try world.editAccount("C-001", "address1_city", .string("Ystad"))
        let version = try world.customer("C-001").text("@odata.etag")
        #expect(try await world.synchronize().counts.conflicts == 1)
        putBack()
        try world.editCustomer("C-001", "city", .string("Kivik"))
        #expect(try world.customer("C-001").text("@odata.etag") == version)
        try await world.perform(Synchronize(isFull: true))
        let fields = try await world.perform(ListConflicts()).conflicts.flatMap(\.fields)
        #expect(fields.map(\.present) == [BySide(erp: .text("Kivik"), crm: .text("Ystad"))])
    }

    @Test(arguments: Side.allCases)
    func `taking a side writes its values to the other`(side: Side) async throws {
        let (world, conflict) = try await contested()
        let result = try await world.perform(
            ResolveConflict(id: conflict.id, field: nil, resolution: .take(side))
        )
        #expect(result.status == .done)
        let city = side == .erp ? "Malmö" : "Ystad"
        #expect(try world.customer("C-001").text("city") == city)
        #expect(try world.account("C-001").text("address1_city") == city)
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
        #expect(try await world.states()["C-001"] == .inSync)
        #expect(try await world.cost { try await world.synchronize() }.writes == 0)
    }

    @Test func `a field that both sides have alike by now is settled with the rest`() async throws {
        let (world, conflict) = try await contested()
        try world.editCustomer("C-001", "addressLine1", .string("CRM street"))
        let take = ResolveConflict(id: conflict.id, field: nil, resolution: .take(.crm))
        #expect(try await world.perform(take).status == .done)
        #expect(try world.customer("C-001").text("city") == "Ystad")
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
        #expect(try await world.states()["C-001"] == .inSync)
    }

    @Test func `a typed value ends on both sides`() async throws {
        let (world, conflict) = try await contested()
        try await world.perform(
            ResolveConflict(id: conflict.id, field: "city", resolution: .value(.text("Kivik")))
        )
        #expect(try world.customer("C-001").text("city") == "Kivik")
        #expect(try world.account("C-001").text("address1_city") == "Kivik")
        let left = try await world.perform(ListConflicts()).conflicts.flatMap(\.fields).map(\.field)
        #expect(left == ["addressLine1|address1_line1"])
        #expect(try world.customer("C-001").text("addressLine1") == "ERP street")
        #expect(try world.account("C-001").text("address1_line1") == "CRM street")
    }

    @Test func `fields are settled one by one, each by either side's name`() async throws {
        let (world, conflict) = try await contested()
        let first = try await world.perform(
            ResolveConflict(id: conflict.id, field: "address1_city", resolution: .take(.crm))
        )
        #expect(first.status == .doneWithOpenItems)
        #expect(try world.customer("C-001").text("city") == "Ystad")
        #expect(try world.customer("C-001").text("addressLine1") == "ERP street")
        let second = try await world.perform(
            ResolveConflict(id: conflict.id, field: "addressLine1", resolution: .take(.erp))
        )
        #expect(second.status == .done)
        #expect(try world.account("C-001").text("address1_line1") == "ERP street")
        #expect(try await world.states()["C-001"] == .inSync)
    }

    @Test func `nothing is decided about values that were found after somebody looked`() async throws {
        let (world, seen) = try await contested()
        try world.editCustomer("C-001", "city", .string("Kivik"))
        try await world.synchronize()
        let resolve = ResolveConflict(id: seen.id, field: "city", resolution: .take(.crm), seen: seen.fields)
        #expect(try await code { try await world.perform(resolve) } == "conflict.moved")
        #expect(try world.customer("C-001").text("city") == "Kivik")
        #expect(try world.account("C-001").text("address1_city") == "Ystad")
        let open = try #require(try await world.perform(ListConflicts()).conflicts.first)
        #expect(open.resolutions.isEmpty)
        // A field that has not moved is settled, whatever became of the others.
        let other = ResolveConflict(id: seen.id, field: "addressLine1", resolution: .take(.crm), seen: seen.fields)
        try await world.perform(other)
        #expect(try world.customer("C-001").text("addressLine1") == "CRM street")
        try await world.perform(
            ResolveConflict(id: open.id, field: "city", resolution: .take(.crm), seen: open.fields)
        )
        #expect(try world.customer("C-001").text("city") == "Ystad")
    }

    @Test func `an answer to values that have changed since opens the conflict again`() async throws {
        let (world, conflict) = try await contested()
        try world.editAccount("C-001", "address1_city", .string("Simrishamn"))
        let result = try await world.perform(
            ResolveConflict(id: conflict.id, field: "city", resolution: .take(.erp))
        )
        #expect(result.status == .doneWithOpenItems)
        #expect(try world.account("C-001").text("address1_city") == "Simrishamn")
        let open = try #require(try await world.perform(ListConflicts()).conflicts.first)
        #expect(open.fields.first { $0.field == "city|address1_city" }?.present.crm == .text("Simrishamn"))
        #expect(open.resolutions.isEmpty)
    }

    @Test func `a code that is typed in small letters settles a conflict on both sides`() async throws {
        let world = try await Small.coupled()
        try world.editCustomer("C-001", "country", .string("NO"))
        try world.editAccount("C-001", "address1_country", .string("GB"))
        try await world.synchronize()
        let conflict = try #require(try await world.perform(ListConflicts()).conflicts.first)
        let field = try #require(conflict.fields.first?.field)
        try await world.perform(
            ResolveConflict(id: conflict.id, field: field, resolution: .value(.text("dk")))
        )
        try await world.synchronize()
        #expect(try world.customer("C-001").text("country") == "DK")
        #expect(try world.account("C-001").text("address1_country").uppercased() == "DK")
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
    }

    @Test func `a conflict that the users settled themselves is closed`() async throws {
        let (world, _) = try await contested()
        try world.editAccount("C-001", "address1_city", .string("Malmö"))
        try world.editCustomer("C-001", "addressLine1", .string("CRM street"))
        #expect(try await world.synchronize().status == .done)
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
        #expect(try await world.states()["C-001"] == .inSync)
    }

    @Test func `a field that one side set back is settled with the typed value of another, though the process ends`()
        async throws
    {
        let (world, conflict) = try await contested()
        try world.editCustomer("C-001", "addressLine1", .string(try baseAddress(conflict)))
        let once = Once()
        world.onMoments { moment in
            if case .afterHandling(.crm, let request, _) = moment, request.method == "POST",
                request.url.hasSuffix("$batch"), once.isFirst()
            {
                return .crash
            }
            return .none
        }
        let resolve = ResolveConflict(id: conflict.id, field: "city", resolution: .value(.text("Kivik")))
        await #expect(throws: (any Error).self) { try await world.perform(resolve) }
        world.onMoments(nil)
        try world.restart()
        #expect(try await world.synchronize().status == .done)
        #expect(try world.account("C-001").text("address1_city") == "Kivik")
        #expect(try world.customer("C-001").text("addressLine1") == "CRM street")
        #expect(try await world.perform(ListConflicts()).conflicts.isEmpty)
    }

    private func baseAddress(_ conflict: ConflictRecord) throws -> String {
        try #require(conflict.fields.first { $0.field.hasPrefix("addressLine1") }?.base?.erp.text)
    }

    @Test func `a value for several fields at once is refused, and nothing is written`() async throws {
        let (world, conflict) = try await contested()
        let error = await #expect(throws: CoupletError.self) {
            try await world.perform(ResolveConflict(id: conflict.id, field: nil, resolution: .value(.text("Kivik"))))
        }
        #expect(error?.message.code == "conflict.fieldNeeded")
        #expect(try world.customer("C-001").text("city") == "Malmö")
        #expect(try world.account("C-001").text("address1_line1") == "CRM street")
    }

    @Test func `unknown, closed and wrongly named conflicts are refused`() async throws {
        let (world, conflict) = try await contested()
        #expect(
            try await code {
                try await world.perform(ResolveConflict(id: 999, field: nil, resolution: .take(.erp)))
            } == "conflict.unknown"
        )
        #expect(
            try await code {
                try await world.perform(ResolveConflict(id: conflict.id, field: "nothing", resolution: .take(.erp)))
            } == "conflict.unknownField"
        )
        try await world.perform(ResolveConflict(id: conflict.id, field: nil, resolution: .take(.erp)))
        #expect(
            try await code {
                try await world.perform(ResolveConflict(id: conflict.id, field: nil, resolution: .take(.erp)))
            } == "conflict.closed"
        )
    }
}
