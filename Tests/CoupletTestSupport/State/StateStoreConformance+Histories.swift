import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    /// A check that plays generated histories and compares the pending couplings with the port's definition of them.
    static func histories(seeds: Range<UInt64>) -> @Sendable (any StateStore) async throws -> Void {
        { store in
            let world = try await World(store)
            for seed in seeds {
                try await store.write { writing throws in
                    var history = PendingHistory(seed: seed, world: world)
                    for _ in 0..<60 { try history.step(writing) }
                }
                for now in [0, 50, 100] {
                    let pending = try await world.states(store, .pending, now: at(now)).map(\.coupling.id)
                    let expected = try await world.states(store, .all, now: at(now), pageSize: 1000)
                        .filter { isPending($0, now: at(now)) }
                        .map(\.coupling.id)
                    #expect(pending == expected, "seed \(seed), at \(now)")
                }
            }
        }
    }

    /// What `CouplingScope.pending` says, read off a whole state.
    private static func isPending(_ state: CouplingState, now: Instant) -> Bool {
        let isObserved = state.observations.erp != nil || state.observations.crm != nil
        let isUncompared = state.base == nil && state.coupling.choice != nil
        let mayRetry = [state.failures.erp, state.failures.crm].compactMap(\.self).contains { failure in
            switch failure.disposition {
            case .retrying: (failure.nextAt ?? now) <= now
            case .waiting: true
            case .parked: false
            }
        }
        return isObserved || isUncompared || mayRetry
    }
}

/// Random changes of everything that makes a coupling pending, over a dozen records a side.
private struct PendingHistory {
    private var random: SeededGenerator
    private let world: StateStoreConformance.World

    init(seed: UInt64, world: StateStoreConformance.World) {
        random = SeededGenerator(seed: seed)
        self.world = world
    }

    mutating func step(_ writing: any StoreWriting) throws {
        let number = random.below(12)
        let id = StateStoreConformance.id(number)
        let side = random.pick(Side.allCases)
        let coupling = try writing.coupling(mapping: world.mapping.name, side: side, record: id)
        switch random.below(8) {
        case 0, 1: try writing.stage([world.observation(number)], feed: world.feeds[side])
        case 2: try writing.removeObservations([id], feed: world.feeds[side])
        case 3:
            let other = random.below(12)
            let isFree = try BySide(erp: number, crm: other).allSatisfy { side, number in
                try writing.coupling(
                    mapping: world.mapping.name,
                    side: side,
                    record: StateStoreConformance.id(number)
                ) == nil
            }
            if isFree { _ = try writing.insert(world.coupling(number, other, choice: anyChoice())) }
        case 4:
            if let coupling { try writing.save([(coupling: coupling.id, base: world.base("b"))]) }
        case 5:
            if var coupling {
                coupling.choice = anyChoice()
                try writing.update(coupling)
            }
        case 6: try writing.save(anyFailure(toward: side.other, source: number))
        default: try writing.removeFailure(mapping: world.mapping.name, target: side.other, source: id)
        }
    }

    private mutating func anyChoice() -> Side? { random.pick([nil, .erp, .crm]) }

    private mutating func anyFailure(toward target: Side, source: Int) -> FailureRecord {
        let disposition = random.pick([FailureRecord.Disposition.retrying, .retrying, .waiting, .parked])
        let time = random.pick([40, 60, nil]).map(StateStoreConformance.at)
        return world.failure(
            toward: target,
            source: source,
            disposition,
            nextAt: disposition == .retrying ? time : nil
        )
    }
}

extension BySide {
    fileprivate func allSatisfy(_ condition: (Side, Element) throws -> Bool) rethrows -> Bool {
        try condition(.erp, erp) && condition(.crm, crm)
    }
}
