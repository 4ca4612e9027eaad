import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox
import CoupletSimulation
import CoupletStore
import Synchronization
import Testing

@Suite("Moving a record to another counterpart")
struct CouplingMoveTests {
    private static let accounts = (1...3).map { "00000000-0000-4000-8000-00000000d00\($0)" }

    /// Three customers and three accounts that nobody has coupled.
    private func world() async throws -> World {
        let accounts = (1...3).map { number in
            Small.account(number, ["name": .string("Account \(number)"), "address1_city": .string("Ystad")])
        }
        let world = try await World(seed: Small.seed(accounts: accounts))
        try await world.coupleSalespeople()
        return world
    }

    @discardableResult
    private func couple(
        _ world: World,
        _ key: String,
        _ account: Int,
        _ choice: Side? = nil,
        moves: Bool = false,
        isPreview: Bool = false
    ) async throws -> RunOrPlan {
        try await world.perform(
            CoupleRecords(
                mapping: "CUSTOMER",
                key: key,
                with: Self.accounts[account - 1],
                choice: choice,
                moves: moves,
                isPreview: isPreview
            )
        )
    }

    /// The number of the account that each customer is coupled with.
    private func couplings(_ world: World) async throws -> [String: Int] {
        let records = try await world.perform(ListRecords(mapping: "CUSTOMER", side: .erp)).records
        return records.reduce(into: [:]) { result, record in
            guard let key = record.key, let other = record.coupledTo else { return }
            result[key] = Self.accounts.firstIndex(of: "\(other)".lowercased()).map { $0 + 1 }
        }
    }

    private func remove(_ world: World, customer number: String) throws {
        let id = try world.customer(number).text("id")
        #expect(world.delete(.erp, "customers", id: id))
    }

    @Test("a record that leaves its filter while it is moved is not written from")
    func leavesFilter() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        let customer = try world.customer("C-001").text("id")
        func account() -> [UInt8]? { world.row(.crm, "accounts", where: "accountid", is: Self.accounts[1])?.bytes }
        let before = try #require(account())
        let reads = Mutex(0)
        world.onMoments { moment in
            guard case .beforeRequest(.erp, let request) = moment, request.url.hasSuffix("$batch"),
                String(decoding: request.body, as: UTF8.self).contains(customer)
            else { return .none }
            let count = reads.withLock { count in
                count += 1
                return count
            }
            if count == 2 { world.edit(.erp, "customers", ["id": .string(customer), "blocked": .string("All")]) }
            return .none
        }
        try await couple(world, "C-001", 2, .erp, moves: true)
        world.onMoments(nil)
        #expect(reads.withLock(\.self) >= 2)
        let state = try await world.explain("C-001").state
        #expect(state == .outOfScope)
        #expect(account() == before)
        try await world.synchronize()
        #expect(account() == before)
    }

    @Test("S0158 A coupled record moves to another counterpart when a person says so, and has one coupling")
    func moved() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        let content = world.content
        #expect(try await code { try await couple(world, "C-001", 2) } == "couple.alreadyCoupled")
        #expect(try await couplings(world) == ["C-001": 1])
        let run = try await couple(world, "C-001", 2, moves: true)
        #expect(run.counts.coupled == 1)
        #expect(try await couplings(world) == ["C-001": 2])
        #expect(world.content == content)
        // The new pair was never compared, and the account that was left is free.
        #expect(try await world.explain("C-001").state == .uncompared)
        #expect(try await world.explain("crm:" + Self.accounts[0]).state == .uncoupled)
        try await couple(world, "C-002", 1)
        #expect(try await couplings(world) == ["C-001": 2, "C-002": 1])
    }

    @Test("S0075 With a side's values a moved record writes to the new counterpart and not to the old one")
    func written() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        let left = world.row(.crm, "accounts", where: "accountid", is: Self.accounts[0])
        try await couple(world, "C-001", 2, .erp, moves: true)
        let account = try #require(world.row(.crm, "accounts", where: "accountid", is: Self.accounts[1]))
        #expect(account.text("name") == "Customer 1")
        #expect(account.text("address1_city") == "Lund")
        #expect(world.row(.crm, "accounts", where: "accountid", is: Self.accounts[0])?.bytes == left?.bytes)
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test func `shows in a preview what is left and what would be written, and the plan does just that`() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        let plan = try #require(try await couple(world, "C-001", 2, .erp, moves: true, isPreview: true).plan)
        let step = try #require(plan.steps.first)
        #expect(plan.steps.map(\.action) == [.couple])
        #expect(step.reasons.map(\.code) == ["couple.chosen", "couple.moves"])
        #expect(step.reasons.last?.arguments["with"]?.lowercased() == "crm:" + Self.accounts[0])
        #expect(step.changes.contains { $0.field == "name" && $0.after == .text("Customer 1") })
        #expect(try await couplings(world) == ["C-001": 1])
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.leftOut?.isEmpty != false)
        #expect(try await couplings(world) == ["C-001": 2])
        #expect(world.row(.crm, "accounts", where: "accountid", is: Self.accounts[1])?.text("name") == "Customer 1")
    }

    @Test func `leaves out a plan's step when the record has another counterpart by then`() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1)
        let plan = try #require(try await couple(world, "C-001", 2, moves: true, isPreview: true).plan)
        try await couple(world, "C-001", 3, moves: true)
        let applied = try await world.perform(ApplyPlan(plan: plan.id))
        #expect(applied.leftOut?.first?.obstacle?.code == "plan.obstacle.coupled")
        #expect(try await couplings(world) == ["C-001": 3])
    }

    @Test func `is undone with the base that the former coupling had, and what it wrote is put back`() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        let before = try #require(try await base(world))
        let run = try #require(try await couple(world, "C-001", 2, .erp, moves: true).run)
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(undone.leftOut?.isEmpty != false)
        #expect(try await couplings(world) == ["C-001": 1])
        #expect(try await base(world) == before)
        #expect(world.row(.crm, "accounts", where: "accountid", is: Self.accounts[1])?.text("name") == "Account 2")
        #expect(try await world.explain("C-001").state == .inSync)
        let content = world.content
        #expect(try await world.synchronize().counts.modified == 0)
        #expect(world.content == content)
        #expect(try await code { try await world.perform(UndoRun(.run(run))) } == "undo.done")
    }

    @Test("S0160 A coupling whose ERP record is gone is taken over")
    func takenOver() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1)
        try remove(world, customer: "C-001")
        let run = try await couple(world, "C-002", 1)
        #expect(run.counts.coupled == 1)
        #expect(try await couplings(world) == ["C-002": 1])
        #expect(try await world.perform(ListErrors()).causes.isEmpty)
        // S0161 holds as long as it is there.
        #expect(try await code { try await couple(world, "C-003", 1) } == "couple.alreadyCoupled")
    }

    @Test("S0162 A record moves to the counterpart of one that is gone, and neither former coupling is left")
    func movedOver() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1)
        try await couple(world, "C-002", 2)
        try remove(world, customer: "C-001")
        let plan = try #require(try await couple(world, "C-002", 1, moves: true, isPreview: true).plan)
        #expect(plan.steps.first?.reasons.map(\.code) == ["couple.chosen", "couple.moves", "couple.takesOver"])
        let run = try #require(try await couple(world, "C-002", 1, moves: true).run)
        #expect(try await couplings(world) == ["C-002": 1])
        #expect(try await world.store.read { try $0.couplingCount(mapping: "CUSTOMER") } == 1)
        // Undone, the record has its former counterpart again; the coupling of the one that is gone is listed.
        let undone = try await world.perform(UndoRun(.run(run)))
        #expect(try await couplings(world) == ["C-002": 2])
        #expect(undone.leftOut?.map { $0.obstacle?.code } == ["plan.obstacle.deleted"])
    }

    @Test func `needs no word where its counterpart was deleted`() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        #expect(world.delete(.crm, "accounts", id: Self.accounts[0]))
        try await couple(world, "C-001", 2)
        #expect(try await couplings(world) == ["C-001": 2])
    }

    @Test func `with a new counterpart instead of a deleted one makes it again`() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1, .erp)
        #expect(world.delete(.crm, "accounts", id: Self.accounts[0]))
        try await world.perform(CoupleRecords(mapping: "CUSTOMER", key: "C-001", with: nil, choice: nil))
        #expect(try world.account("C-001").text("name") == "Customer 1")
        #expect(try await world.explain("C-001").state == .inSync)
    }

    @Test func `to the counterpart that it has is refused`() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1)
        #expect(try await code { try await couple(world, "C-001", 1, moves: true) } == "couple.alreadyCoupled")
    }

    @Test func `is kept in the history of all three records`() async throws {
        let world = try await world()
        try await couple(world, "C-001", 1)
        try await couple(world, "C-001", 2, moves: true)
        let customer = try #require(RecordID(Small.customers[0]))
        let actions = try await world.store.read { transaction in
            try transaction.history(side: .erp, record: customer, limit: 10).map(\.action)
        }
        #expect(Set(actions) == [.couple, .uncouple])
        #expect(actions.count == 3)
        for (account, expected) in zip(Self.accounts, [[Step.Action.uncouple, .couple], [.couple], []]) {
            let id = try #require(RecordID(account))
            let found = try await world.store.read { try $0.history(side: .crm, record: id, limit: 10).map(\.action) }
            #expect(found == expected)
        }
    }

    private func base(_ world: World) async throws -> [UInt8]? {
        let id = try #require(RecordID(Small.customers[0]))
        return try await world.store.read { transaction in
            guard let coupling = try transaction.coupling(mapping: "CUSTOMER", side: .erp, record: id) else {
                return nil
            }
            return try transaction.couplingStates(
                mapping: "CUSTOMER",
                feeds: BySide(erp: 1, crm: 2),
                scope: .couplings([coupling.id]),
                now: Instant(milliseconds: 0),
                after: 0,
                limit: 1
            ).first?.base?.blob
        }
    }
}
