import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let stateChecks = [
        Check("a coupling without anything else has a state of its own", stateOfBareCoupling),
        Check("a state holds all that is known of a coupling", stateHoldsEverything),
        Check("states know nothing of other feeds, other mappings and closed items", stateLeavesOutOthers),
        Check("states come in order of their number, page by page, for every scope", statesInPages),
        Check("the numbers of another mapping's couplings give no states", statesOfAnotherMapping),
    ]

    /// Gives a coupling of the records 1 and 2 everything that a state can hold.
    private static func addEverything(
        to number: Int64,
        _ world: World,
        _ store: any StateStore
    ) async throws -> (conflict: ConflictRecord, question: QuestionRecord) {
        try await store.write { writing throws in
            try writing.save([(coupling: number, base: world.base("same"))])
            try writing.save([world.record(1, key: "C-1")], feed: world.feeds.erp)
            try writing.save([world.record(2)], feed: world.feeds.crm)
            try writing.stage([world.observation(1)], feed: world.feeds.erp)
            try writing.stage([world.observation(2, city: nil)], feed: world.feeds.crm)
            var conflict = conflict(world, number)
            conflict.id = try writing.save(conflict)
            var question = question(world, side: .crm, record: 2)
            question.coupling = number
            question.id = try writing.save(question)
            try writing.save(world.failure(toward: .crm, source: 1, .parked, coupling: number))
            try writing.save(world.failure(toward: .erp, source: 2, .retrying, nextAt: at(90)))
            return (conflict, question)
        }
    }

    @Sendable private static func stateOfBareCoupling(_ store: any StateStore) async throws {
        let world = try await World(store)
        let number = try await store.write { try $0.insert(world.coupling(1, 2)) }
        let state = try #require(try await world.states(store, .all).first)
        var coupling = world.coupling(1, 2)
        coupling.id = number
        #expect(state.coupling == coupling)
        #expect(state.base == nil && state.conflict == nil && state.question == nil)
        for side in Side.allCases {
            #expect(state.records[side] == nil && state.observations[side] == nil && state.failures[side] == nil)
        }
    }

    @Sendable private static func stateHoldsEverything(_ store: any StateStore) async throws {
        let world = try await World(store)
        let number = try await store.write { try $0.insert(world.coupling(1, 2, choice: .erp)) }
        let (conflict, question) = try await addEverything(to: number, world, store)
        let state = try #require(try await world.states(store, .all).first)
        #expect(state.coupling.id == number && state.coupling.choice == .erp)
        #expect(state.base == world.base("same"))
        #expect(state.records.erp == world.record(1, key: "C-1"))
        #expect(state.records.crm == world.record(2))
        #expect(state.observations.erp == world.observation(1))
        #expect(state.observations.crm == world.observation(2, city: nil))
        #expect(state.conflict == conflict)
        #expect(state.question == question)
        #expect(state.failures.crm == world.failure(toward: .crm, source: 1, .parked, coupling: number))
        #expect(state.failures.erp == world.failure(toward: .erp, source: 2, .retrying, nextAt: at(90)))
    }

    @Sendable private static func stateLeavesOutOthers(_ store: any StateStore) async throws {
        let world = try await World(store)
        let number = try await store.write { writing throws in
            let number = try writing.insert(world.coupling(1, 2))
            try writing.save([world.record(2)], feed: world.feeds.erp)
            try writing.stage([world.observation(1)], feed: world.feeds.crm)
            var conflict = conflict(world, number)
            conflict.closedAt = at(5)
            _ = try writing.save(conflict)
            var question = question(world, side: .erp, record: 1)
            question.coupling = number
            question.closedAt = at(5)
            _ = try writing.save(question)
            return number
        }
        let state = try #require(try await world.states(store, .couplings([number])).first)
        #expect(state.records.erp == nil && state.records.crm == nil)
        #expect(state.observations.erp == nil && state.observations.crm == nil)
        #expect(state.conflict == nil && state.question == nil)
    }

    @Sendable private static func statesInPages(_ store: any StateStore) async throws {
        let world = try await World(store)
        let numbers = try await store.write { writing throws in
            try (0..<7).map { try writing.insert(world.coupling($0, 100 - $0, choice: $0 == 3 ? nil : .erp)) }
        }
        #expect(try await world.states(store, .all).map(\.coupling.id) == numbers)
        #expect(try await world.states(store, .all, pageSize: 1000).map(\.coupling.id) == numbers)
        let chosen = numbers.filter { $0 != numbers[3] }
        #expect(try await world.states(store, .pending).map(\.coupling.id) == chosen)
        #expect(try await world.states(store, .pending, pageSize: 1000).map(\.coupling.id) == chosen)
        let some = [numbers[6], numbers[0], numbers[3], numbers[0], 4711]
        let found = try await world.states(store, .couplings(some)).map(\.coupling.id)
        #expect(found == [numbers[0], numbers[3], numbers[6]])
        #expect(try await world.states(store, .couplings([])).isEmpty)
    }

    @Sendable private static func statesOfAnotherMapping(_ store: any StateStore) async throws {
        let world = try await World(store)
        let other = try await store.write { writing throws in
            try writing.save(mapping("VENDOR", erpTable: "vendors"))
            var vendor = world.coupling(1, 2, choice: .crm)
            vendor.mapping = "VENDOR"
            return try writing.insert(vendor)
        }
        for scope in [CouplingScope.all, .pending, .couplings([other])] {
            #expect(try await world.states(store, scope).isEmpty)
        }
    }
}
