import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let pendingChecks = plainPendingChecks + Side.allCases.flatMap(pendingChecks(of:))

    private static let plainPendingChecks = [
        Check(
            "a settled coupling is not pending, and an uncompared one is not either",
            settledIsNotPending
        ),
        Check(
            "an observation makes the couplings of every mapping of its table pending",
            observationReachesEveryMapping
        ),
        Check(
            "a choice without a base is pending until there is a base, or no choice any more",
            choiceIsPendingUntilCompared
        ),
        Check("a resting coupling is pending again when a record of it is observed anew", restsUntilObserved),
        Check("a resting coupling is pending again when something changes that it may refer to", restsUntilReferred),
        Check("a failure that is older than the coupling belongs to it", failureBeforeCoupling),
        Check("a mapping that gets other tables finds what is pending there", mappingWithOtherTables),
        Check("after any history, pending is what the definition says", histories(seeds: 0..<20)),
    ]

    private static func pendingChecks(of side: Side) -> [Check] {
        [
            Check("an observation makes its coupling pending until it is removed (\(side))") {
                try await observationIsPendingUntilRemoved($0, side)
            },
            Check("an observation that is older than the coupling makes it pending (\(side))") {
                try await observationBeforeCoupling($0, side)
            },
            Check("a failure is pending when its time has come, or when it waits; not when it is parked (\(side))") {
                try await failureIsPendingWhenDue($0, side)
            },
        ]
    }

    @Sendable private static func settledIsNotPending(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save([(coupling: writing.insert(world.coupling(1, 2, choice: .erp)), base: world.base("a"))])
            _ = try writing.insert(world.coupling(3, 4))
        }
        #expect(try await world.states(store, .pending).isEmpty)
    }

    @Sendable private static func restsUntilObserved(_ store: any StateStore) async throws {
        let world = try await World(store)
        let number = try await store.write { writing throws in
            let number = try writing.insert(world.coupling(1, 2))
            try writing.stage([world.observation(2)], feed: world.feeds.crm)
            try writing.rest([number], mapping: world.mapping.name)
            return number
        }
        #expect(try await world.states(store, .pending).isEmpty)
        #expect(try await world.states(store, .all).count == 1)
        try await store.write { try $0.stage([world.observation(2)], feed: world.feeds.crm) }
        #expect(try await world.states(store, .pending).map(\.coupling.id) == [number])
        // A failure that is due counts whether the observation rests or not.
        try await store.write { writing throws in
            try writing.rest([number], mapping: world.mapping.name)
            try writing.save(world.failure(toward: .crm, source: 1, .waiting, nextAt: nil))
        }
        #expect(try await world.states(store, .pending).map(\.coupling.id) == [number])
    }

    @Sendable private static func restsUntilReferred(_ store: any StateStore) async throws {
        let world = try await World(store)
        let changes: [@Sendable (any StoreWriting) throws -> Void] = [
            { writing in
                var term = world.coupling(7, 8)
                term.mapping = "TERMS"
                _ = try writing.insert(term)
            },
            { writing in
                let term = try writing.coupling(mapping: "TERMS", side: .erp, record: id(7))
                try writing.removeCoupling(term?.id ?? 0)
            },
            { writing in
                let feed = try writing.openFeed(connection: world.mapping.erp.connection, table: "terms").id
                try writing.stage([world.observation(9)], feed: feed)
            },
            { writing in try writing.save(world.mapping) },
        ]
        try await store.write { writing throws in
            try writing.save(mapping("TERMS", erpTable: "terms", crmTable: "choices"))
            var referring = world.mapping
            referring.fields[0].reference = FieldMapping.Reference(
                mapping: "TERMS",
                erpHoldsKey: false,
                required: false
            )
            try writing.save(referring)
            _ = try writing.insert(world.coupling(1, 2))
            try writing.stage([world.observation(2)], feed: world.feeds.crm)
        }
        for change in changes {
            try await store.write { writing throws in
                let all = try writing.couplings(side: .erp, records: [id(1)], mapping: world.mapping.name)
                try writing.rest(all.values.map(\.id), mapping: world.mapping.name)
            }
            #expect(try await world.states(store, .pending).isEmpty)
            try await store.write { try change($0) }
            #expect(try await world.states(store, .pending).count == 1)
        }
    }

    @Sendable private static func observationReachesEveryMapping(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(mapping("VENDOR", erpTable: "vendors"))
            _ = try writing.insert(world.coupling(1, 2))
            var vendor = world.coupling(3, 2)
            vendor.mapping = "VENDOR"
            _ = try writing.insert(vendor)
            try writing.stage([world.observation(2)], feed: world.feeds.crm)
        }
        let vendors = try await store.read { reading throws in
            try reading.couplingStates(
                mapping: "VENDOR",
                feeds: BySide(erp: 99, crm: world.feeds.crm),
                scope: .pending,
                now: at(0),
                after: 0,
                limit: 10
            )
        }
        #expect(vendors.map(\.coupling.ids.erp) == [id(3)])
        #expect(try await world.states(store, .pending).map(\.coupling.ids.erp) == [id(1)])
    }

    @Sendable private static func choiceIsPendingUntilCompared(_ store: any StateStore) async throws {
        let world = try await World(store)
        var coupling = world.coupling(1, 2)
        coupling.id = try await store.write(with: coupling) { try $0.insert($1) }
        coupling.choice = .crm
        try await store.write(with: coupling) { try $0.update($1) }
        #expect(try await world.states(store, .pending).count == 1)
        coupling.choice = nil
        try await store.write(with: coupling) { try $0.update($1) }
        #expect(try await world.states(store, .pending).isEmpty)
        coupling.choice = .crm
        try await store.write { [coupling] in
            try $0.update(coupling)
            try $0.save([(coupling: coupling.id, base: world.base("a"))])
        }
        #expect(try await world.states(store, .pending).isEmpty)
        try await store.write(with: coupling) { try $0.update($1) }
        #expect(try await world.states(store, .pending).isEmpty)
    }

    @Sendable private static func failureBeforeCoupling(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(world.failure(toward: .crm, source: 1, .retrying, nextAt: at(50)))
            _ = try writing.insert(world.coupling(1, 2))
        }
        #expect(try await world.states(store, .pending, now: at(49)).isEmpty)
        let state = try #require(try await world.states(store, .pending, now: at(50)).first)
        #expect(state.failures.crm?.source == id(1))
    }

    @Sendable private static func mappingWithOtherTables(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            _ = try writing.insert(world.coupling(1, 2))
            let other = try writing.openFeed(connection: "bc", table: "others").id
            try writing.stage([world.observation(1)], feed: other)
        }
        #expect(try await world.states(store, .pending).isEmpty)
        try await store.write { try $0.save(mapping("CUSTOMER", erpTable: "others")) }
        #expect(try await world.states(store, .pending).count == 1)
    }

    private static func observationIsPendingUntilRemoved(_ store: any StateStore, _ side: Side) async throws {
        let world = try await World(store)
        let number = try await store.write { try $0.insert(world.coupling(1, 1)) }
        try await store.write { try $0.stage([world.observation(1)], feed: world.feeds[side]) }
        try await store.write { try $0.stage([world.observation(1)], feed: world.feeds[side]) }
        #expect(try await world.states(store, .pending).map(\.coupling.id) == [number])
        try await store.write { try $0.removeObservations([id(1)], feed: world.feeds[side.other]) }
        #expect(try await world.states(store, .pending).map(\.coupling.id) == [number])
        try await store.write { try $0.removeObservations([id(1)], feed: world.feeds[side]) }
        #expect(try await world.states(store, .pending).isEmpty)
    }

    private static func observationBeforeCoupling(_ store: any StateStore, _ side: Side) async throws {
        let world = try await World(store)
        let number = try await store.write { writing throws in
            try writing.stage([world.observation(1)], feed: world.feeds[side])
            return try writing.insert(world.coupling(1, 1))
        }
        #expect(try await world.states(store, .pending).map(\.coupling.id) == [number])
    }

    private static func failureIsPendingWhenDue(_ store: any StateStore, _ side: Side) async throws {
        let world = try await World(store)
        _ = try await store.write { try $0.insert(world.coupling(1, 1)) }
        try await store.write { try $0.save(world.failure(toward: side, source: 1, .retrying, nextAt: at(50))) }
        #expect(try await world.states(store, .pending, now: at(49)).isEmpty)
        #expect(try await world.states(store, .pending, now: at(50)).count == 1)
        try await store.write { try $0.save(world.failure(toward: side, source: 1, .retrying, nextAt: at(70))) }
        #expect(try await world.states(store, .pending, now: at(69)).isEmpty)
        try await store.write { try $0.save(world.failure(toward: side, source: 1, .waiting)) }
        #expect(try await world.states(store, .pending, now: at(0)).count == 1)
        try await store.write { try $0.save(world.failure(toward: side, source: 1, .parked)) }
        #expect(try await world.states(store, .pending, now: at(1000)).isEmpty)
        try await store.write { try $0.save(world.failure(toward: side, source: 1, .waiting)) }
        try await store.write { try $0.removeFailure(mapping: "CUSTOMER", target: side, source: id(1)) }
        #expect(try await world.states(store, .pending, now: at(1000)).isEmpty)
    }
}
