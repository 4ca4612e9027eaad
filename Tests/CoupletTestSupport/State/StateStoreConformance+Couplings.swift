import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let couplingChecks = [
        Check("a coupling is found from either side, with what it was made with", couplingFromEitherSide),
        Check("couplings of many records come in one call, uncoupled ones left out", couplingsOfManyRecords),
        Check("a record is coupled once in a mapping, on either side", recordIsCoupledOnce),
        Check("a record may be coupled in another mapping too", recordInTwoMappings),
        Check("a coupling needs a stored mapping", couplingNeedsMapping),
        Check("choice and scope of a coupling can change; its records cannot", couplingIsUpdated),
        Check("choices of compared couplings are forgotten, and no others", choicesAreForgotten),
        Check("a base comes back in its own layout, also when newer layouts exist", baseKeepsItsLayout),
        Check("a base needs a coupling", baseNeedsCoupling),
    ]

    @Sendable private static func couplingFromEitherSide(_ store: any StateStore) async throws {
        let world = try await World(store)
        var made = world.coupling(1, 2, choice: .crm)
        made.isOutOfScope = BySide(erp: true, crm: false)
        made.id = try await store.write(with: made) { try $0.insert($1) }
        #expect(made.id > 0)
        try await store.read { [made] reading throws in
            #expect(try reading.coupling(mapping: "CUSTOMER", side: .erp, record: id(1)) == made)
            #expect(try reading.coupling(mapping: "CUSTOMER", side: .crm, record: id(2)) == made)
            #expect(try reading.coupling(mapping: "CUSTOMER", side: .crm, record: id(1)) == nil)
            #expect(try reading.coupling(mapping: "VENDOR", side: .erp, record: id(1)) == nil)
        }
    }

    @Sendable private static func couplingsOfManyRecords(_ store: any StateStore) async throws {
        let world = try await World(store)
        let numbers = try await store.write { writing throws in
            [try writing.insert(world.coupling(1, 11)), try writing.insert(world.coupling(2, 12))]
        }
        #expect(numbers[1] > numbers[0])
        let found = try await store.read {
            try $0.couplings(side: .crm, records: [id(12), id(13), id(11)], mapping: "CUSTOMER")
        }
        #expect(found.mapValues(\.id) == [id(11): numbers[0], id(12): numbers[1]])
        #expect(try await store.read { try $0.couplingCount(mapping: "CUSTOMER") } == 2)
        #expect(try await store.read { try $0.couplingCount(mapping: "VENDOR") } == 0)
    }

    @Sendable private static func recordIsCoupledOnce(_ store: any StateStore) async throws {
        let world = try await World(store)
        _ = try await store.write { try $0.insert(world.coupling(1, 2)) }
        await expectFailed(store) { _ = try $0.insert(world.coupling(1, 3)) }
        await expectFailed(store) { _ = try $0.insert(world.coupling(4, 2)) }
        #expect(try await store.read { try $0.couplingCount(mapping: "CUSTOMER") } == 1)
    }

    @Sendable private static func recordInTwoMappings(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(mapping("VENDOR", erpTable: "vendors"))
            _ = try writing.insert(world.coupling(1, 2))
            var vendor = world.coupling(3, 2)
            vendor.mapping = "VENDOR"
            _ = try writing.insert(vendor)
        }
        try await store.read { reading throws in
            #expect(try reading.coupling(mapping: "VENDOR", side: .crm, record: id(2))?.ids.erp == id(3))
            #expect(try reading.coupling(mapping: "CUSTOMER", side: .crm, record: id(2))?.ids.erp == id(1))
        }
    }

    @Sendable private static func couplingNeedsMapping(_ store: any StateStore) async throws {
        let world = try await World(store)
        await expectFailed(store) { writing throws in
            var unknown = world.coupling(1, 2)
            unknown.mapping = "NOBODY"
            _ = try writing.insert(unknown)
        }
    }

    @Sendable private static func couplingIsUpdated(_ store: any StateStore) async throws {
        let world = try await World(store)
        var coupling = world.coupling(1, 2)
        coupling.id = try await store.write(with: coupling) { try $0.insert($1) }
        coupling.choice = .erp
        coupling.isOutOfScope.crm = true
        try await store.write(with: coupling) { try $0.update($1) }
        let found = try await store.read { try $0.coupling(mapping: "CUSTOMER", side: .erp, record: id(1)) }
        #expect(found == coupling)
        await expectFailed(store) { writing throws in
            var unknown = world.coupling(1, 2)
            unknown.id = 4711
            try writing.update(unknown)
        }
    }

    @Sendable private static func choicesAreForgotten(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(mapping("VENDOR", erpTable: "vendors"))
            let compared = try writing.insert(world.coupling(1, 11, choice: .erp))
            _ = try writing.insert(world.coupling(2, 12, choice: .crm))
            var vendor = world.coupling(3, 13, choice: .crm)
            vendor.mapping = "VENDOR"
            let other = try writing.insert(vendor)
            try writing.save([(compared, world.base("x")), (other, world.base("y"))])
            try writing.forgetChoices(mapping: "CUSTOMER")
        }
        try await store.read { reading throws in
            let found = try reading.couplings(side: .erp, records: [id(1), id(2)], mapping: "CUSTOMER")
            #expect(found[id(1)]?.choice == nil && found[id(2)]?.choice == .crm)
            #expect(try reading.coupling(mapping: "VENDOR", side: .erp, record: id(3))?.choice == .crm)
        }
        await expectFailed(store) { try $0.forgetChoices(mapping: "NOBODY") }
    }

    @Sendable private static func baseKeepsItsLayout(_ store: any StateStore) async throws {
        let world = try await World(store)
        let numbers = try await store.write { writing throws in
            [try writing.insert(world.coupling(1, 11)), try writing.insert(world.coupling(2, 12))]
        }
        let newer = try await store.write { writing throws in
            let layout = try writing.layout(fields: ["name", "city", "phone"])
            let newer = Base(layout: layout, erp: EncodedRow([nil, .null, nil]), crm: EncodedRow([nil, .null, nil]))
            try writing.save([(numbers[1], newer), (numbers[0], world.base("Å"))])
            return newer
        }
        let states = try await world.states(store, .all)
        #expect(states.map(\.base) == [world.base("Å"), newer])
        try await store.write { try $0.save([(coupling: numbers[0], base: newer)]) }
        #expect(try await world.states(store, .all).map(\.base) == [newer, newer])
    }

    @Sendable private static func baseNeedsCoupling(_ store: any StateStore) async throws {
        let world = try await World(store)
        await expectFailed(store) { try $0.save([(coupling: 4711, base: world.base("x"))]) }
    }
}
