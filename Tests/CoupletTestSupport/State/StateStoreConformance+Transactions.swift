import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let transactionChecks = [
        Check("a body's error rolls everything back and is passed on unchanged", errorRollsBack),
        Check("a refused statement rolls back what came before it in the transaction", refusalRollsBack),
        Check("a body that catches a refusal may go on, and what it did before stands", refusalMayBeCaught),
        Check("a transaction sees what it wrote, and the next one too", writesAreSeen),
        Check("an error of a reading body is passed on unchanged", readingErrorPasses),
        Check("writes of several tasks follow each other", writesFollowEachOther),
    ]

    @Sendable private static func errorRollsBack(_ store: any StateStore) async throws {
        let world = try await World(store)
        await #expect(throws: Refusal(reason: "no")) {
            try await store.write { writing throws in
                try writing.save(mapping("VENDOR"))
                try writing.save([world.record(1)], feed: world.feeds.erp)
                try writing.stage([world.observation(1)], feed: world.feeds.erp)
                _ = try writing.insert(world.coupling(1, 2))
                throw Refusal(reason: "no")
            }
        }
        try await store.read { reading throws in
            #expect(try reading.mappings().map(\.name) == ["CUSTOMER"])
            #expect(try reading.records(feed: world.feeds.erp, ids: [id(1)]).isEmpty)
            #expect(try reading.observations(feed: world.feeds.erp, ids: [id(1)]).isEmpty)
            #expect(try reading.couplingCount(mapping: "CUSTOMER") == 0)
        }
    }

    @Sendable private static func refusalRollsBack(_ store: any StateStore) async throws {
        let world = try await World(store)
        await expectFailed(store) { writing throws in
            _ = try writing.insert(world.coupling(1, 2))
            _ = try writing.insert(world.coupling(1, 3))
        }
        #expect(try await store.read { try $0.couplingCount(mapping: "CUSTOMER") } == 0)
    }

    @Sendable private static func refusalMayBeCaught(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            _ = try writing.insert(world.coupling(1, 2))
            #expect(throws: StoreError.self) { try writing.insert(world.coupling(1, 3)) }
            _ = try writing.insert(world.coupling(4, 5))
        }
        #expect(try await store.read { try $0.couplingCount(mapping: "CUSTOMER") } == 2)
    }

    @Sendable private static func writesAreSeen(_ store: any StateStore) async throws {
        let world = try await World(store)
        let inside = try await store.write { writing throws in
            _ = try writing.insert(world.coupling(1, 2))
            return try writing.couplingCount(mapping: "CUSTOMER")
        }
        #expect(inside == 1)
        #expect(try await store.read { try $0.couplingCount(mapping: "CUSTOMER") } == 1)
    }

    @Sendable private static func readingErrorPasses(_ store: any StateStore) async throws {
        await #expect(throws: Refusal(reason: "read")) {
            try await store.read { _ in throw Refusal(reason: "read") }
        }
    }

    @Sendable private static func writesFollowEachOther(_ store: any StateStore) async throws {
        let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<20 { group.addTask { try await store.write { try $0.nextSequence() } } }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(numbers.count == 20)
    }
}
