import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let counterpartChecks = [
        Check("the ERP's keys are translated to the CRM's ids, whatever their case", keysToIDs),
        Check("the CRM's ids are translated to the ERP's keys, whatever their case", idsToKeys),
        Check("ids are translated to ids both ways", idsToIDs),
        Check("a key is translated by the record that has it now, not by a deleted one", keyOfDeletedRecord),
        Check("a mapping that is not stored, and no values, translate nothing", nothingToTranslate),
    ]

    /// Two coupled people, a third with a key but no coupling, a fourth coupled without a key.
    private static func salespeople(_ store: any StateStore) async throws -> (World, [RecordID]) {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(
                [world.record(1, key: "SP-1"), world.record(2, key: "SP-2"), world.record(3, key: "SP-3")],
                feed: world.feeds.erp
            )
            try writing.save([world.record(4)], feed: world.feeds.erp)
            _ = try writing.insert(world.coupling(1, 101))
            _ = try writing.insert(world.coupling(2, 102))
            _ = try writing.insert(world.coupling(4, 104))
        }
        return (world, [id(101), id(102)])
    }

    private static func counterparts(
        _ store: any StateStore,
        _ world: World,
        _ values: [String],
        areKeys: Bool,
        _ source: Side
    ) async throws -> [String: String] {
        try await store.read { reading throws in
            try reading.counterparts(
                of: values,
                areKeys: areKeys,
                source: source,
                mapping: world.mapping.name,
                feeds: world.feeds
            )
        }
    }

    @Sendable private static func keysToIDs(_ store: any StateStore) async throws {
        let (world, _) = try await salespeople(store)
        let found = try await counterparts(store, world, ["SP-1", "sp-2", "SP-3", "SP-9", ""], areKeys: true, .erp)
        #expect(found == ["SP-1": id(101).description, "sp-2": id(102).description])
    }

    @Sendable private static func idsToKeys(_ store: any StateStore) async throws {
        let (world, ids) = try await salespeople(store)
        let values = [
            ids[0].description, ids[1].description.uppercased(), id(103).description, id(4711).description, "no id",
        ]
        let found = try await counterparts(store, world, values, areKeys: true, .crm)
        #expect(found == [values[0]: "SP-1", values[1]: "SP-2"])
    }

    @Sendable private static func idsToIDs(_ store: any StateStore) async throws {
        let (world, ids) = try await salespeople(store)
        let fromERP = try await counterparts(store, world, [id(1).description, "x"], areKeys: false, .erp)
        #expect(fromERP == [id(1).description: ids[0].description])
        let fromCRM = try await counterparts(store, world, [ids[1].description], areKeys: false, .crm)
        #expect(fromCRM == [ids[1].description: id(2).description])
    }

    @Sendable private static func keyOfDeletedRecord(_ store: any StateStore) async throws {
        let (world, ids) = try await salespeople(store)
        try await store.write { writing throws in
            try writing.save([world.record(1, key: "SP-1", isDeleted: true)], feed: world.feeds.erp)
            try writing.save([world.record(3, key: "SP-1")], feed: world.feeds.erp)
            _ = try writing.insert(world.coupling(3, 103))
        }
        let found = try await counterparts(store, world, ["SP-1"], areKeys: true, .erp)
        #expect(found == ["SP-1": id(103).description])
        #expect(try await counterparts(store, world, [ids[0].description], areKeys: true, .crm).isEmpty)
    }

    @Sendable private static func nothingToTranslate(_ store: any StateStore) async throws {
        let world = try await World(store)
        #expect(try await counterparts(store, world, [], areKeys: true, .erp).isEmpty)
        let found = try await store.read {
            try $0.counterparts(of: ["A"], areKeys: true, source: .erp, mapping: "NOBODY", feeds: world.feeds)
        }
        #expect(found.isEmpty)
    }
}
