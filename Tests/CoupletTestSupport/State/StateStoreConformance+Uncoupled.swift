import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let uncoupledChecks = Side.allCases.flatMap(uncoupledChecks(of:))

    private static func uncoupledChecks(of side: Side) -> [Check] {
        [
            Check("uncoupled records come in order of their id, page by page (\(side))") {
                try await uncoupledInPages($0, side)
            },
            Check("coupled, deleted, unread and other tables' records are not uncoupled (\(side))") {
                try await uncoupledLeavesOut($0, side)
            },
            Check("a record that is coupled in one mapping is uncoupled in another (\(side))") {
                try await uncoupledInOneMapping($0, side)
            },
            Check("an uncoupled record has its open question and its failure (\(side))") {
                try await uncoupledWithQuestionAndFailure($0, side)
            },
        ]
    }

    private static func uncoupled(
        _ store: any StateStore,
        _ world: World,
        _ side: Side,
        mapping: String = "CUSTOMER",
        pageSize: Int = 10
    ) async throws -> [UncoupledRecord] {
        try await store.read { reading throws in
            var found: [UncoupledRecord] = []
            while true {
                let page = try reading.uncoupled(
                    mapping: mapping,
                    side: side,
                    feed: world.feeds[side],
                    after: found.last?.record.id,
                    limit: pageSize
                )
                found += page
                if page.count < pageSize { return found }
            }
        }
    }

    private static func uncoupledInPages(_ store: any StateStore, _ side: Side) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save([5, 3, 1, 2, 4].map { world.record($0) }, feed: world.feeds[side])
            try writing.stage([4, 1, 5, 2, 3].map { world.observation($0) }, feed: world.feeds[side])
        }
        for pageSize in [1, 2, 5, 100] {
            let found = try await uncoupled(store, world, side, pageSize: pageSize)
            #expect(found.map(\.record) == (1...5).map { world.record($0) })
            #expect(found.map(\.observation) == (1...5).map { world.observation($0) })
        }
    }

    private static func uncoupledLeavesOut(_ store: any StateStore, _ side: Side) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(
                [world.record(1), world.record(2), world.record(3, isDeleted: true), world.record(4)],
                feed: world.feeds[side]
            )
            try writing.stage([1, 2, 3, 5].map { world.observation($0) }, feed: world.feeds[side])
            try writing.stage([world.observation(6)], feed: world.feeds[side.other])
            _ = try writing.insert(world.coupling(2, 2))
        }
        #expect(try await uncoupled(store, world, side).map(\.record.id) == [id(1)])
    }

    private static func uncoupledInOneMapping(_ store: any StateStore, _ side: Side) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(mapping("VENDOR"))
            try writing.save([world.record(1)], feed: world.feeds[side])
            try writing.stage([world.observation(1)], feed: world.feeds[side])
            _ = try writing.insert(world.coupling(1, 1))
        }
        #expect(try await uncoupled(store, world, side).isEmpty)
        #expect(try await uncoupled(store, world, side, mapping: "VENDOR").map(\.record.id) == [id(1)])
    }

    private static func uncoupledWithQuestionAndFailure(_ store: any StateStore, _ side: Side) async throws {
        let world = try await World(store)
        let asked = try await store.write { writing throws in
            try writing.save([world.record(1), world.record(2)], feed: world.feeds[side])
            try writing.stage([world.observation(1), world.observation(2)], feed: world.feeds[side])
            var closed = question(world, side: side, record: 1)
            closed.closedAt = at(3)
            _ = try writing.save(closed)
            _ = try writing.save(question(world, side: side.other, record: 1))
            var asked = question(world, side: side, record: 1)
            asked.id = try writing.save(asked)
            try writing.save(world.failure(toward: side.other, source: 1, .parked))
            try writing.save(world.failure(toward: side, source: 2, .parked))
            return asked
        }
        let found = try await uncoupled(store, world, side)
        #expect(found.map(\.question) == [asked, nil])
        #expect(found.map(\.failure) == [world.failure(toward: side.other, source: 1, .parked), nil])
    }
}
