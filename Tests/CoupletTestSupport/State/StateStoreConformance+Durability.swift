import CoupletCore
package import CoupletPorts
import Testing

extension StateStoreConformance {
    /// Writes something of every kind into an empty store.
    /// - Parameter store: The store.
    /// - Returns: What `expectFilled` needs.
    /// - Throws: What the store throws.
    package static func fill(_ store: any StateStore) async throws -> Filled {
        let world = try await World(store)
        return try await store.write { writing throws in
            let number = try writing.insert(world.coupling(1, 2, choice: .erp))
            try writing.save([(coupling: number, base: world.base("kept"))])
            try writing.save([world.record(1, key: "C-1")], feed: world.feeds.erp)
            try writing.stage([world.observation(1)], feed: world.feeds.erp)
            var conflict = conflict(world, number)
            conflict.id = try writing.save(conflict)
            let plan = try writing.insert(PlanRecord(run: world.run, state: .applying, madeAt: at(1)))
            var step = StoredStep(plan: plan, job: nil, step: fullStep, state: .sent, sentAt: at(2))
            step.id = try writing.append([step])[0]
            return Filled(
                world: world,
                instance: try writing.instanceID(),
                sequence: try writing.nextSequence(),
                conflict: conflict,
                step: step
            )
        }
    }

    /// Expects everything that `fill` wrote.
    /// - Parameters:
    ///   - store: The store, closed and opened again since.
    ///   - filled: What `fill` gave.
    /// - Throws: What the store throws.
    package static func expectFilled(_ store: any StateStore, _ filled: Filled) async throws {
        let world = filled.world
        let state = try #require(try await world.states(store, .pending).first)
        #expect(state.base == world.base("kept"))
        #expect(state.records.erp == world.record(1, key: "C-1"))
        #expect(state.observations.erp == world.observation(1))
        #expect(state.conflict == filled.conflict)
        try await store.read { reading throws in
            #expect(try reading.instanceID() == filled.instance)
            #expect(try reading.mappings() == [world.mapping])
            #expect(try reading.sentSteps(after: 0, limit: 9) == [filled.step])
        }
        #expect(try await store.write { try $0.nextSequence() } > filled.sequence)
    }

    /// What `fill` wrote.
    package struct Filled: Sendable {
        let world: World
        let instance: RecordID
        let sequence: Int64
        let conflict: ConflictRecord
        let step: StoredStep
    }
}
