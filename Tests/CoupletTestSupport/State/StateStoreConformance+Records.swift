import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let recordChecks = [
        Check("records come back by id, whole, and unknown ids are left out", recordsByID),
        Check("saving a record again replaces it", recordIsReplaced),
        Check("records that no read has shown since are marked as gone, in their feed only", goneAreMarked),
        Check(
            "natural keys are found whatever the case of their ASCII letters, in order of id",
            keysIgnoreCase
        ),
        Check("natural keys are compared by bytes otherwise", keysCompareBytes),
        Check("names and keys come back with the bytes they were saved with", textKeepsItsBytes),
        Check(
            "the greatest key is the longest, then the last, of those that go on with digits",
            greatestKey
        ),
        Check("observations come back byte by byte, are replaced and removed", observationsAreStagedAndRemoved),
        Check("ids are ordered as their text is", idsAreOrdered),
    ]

    @Sendable private static func recordsByID(_ store: any StateStore) async throws {
        let world = try await World(store)
        let saved = [world.record(3, key: "C-3"), world.record(1), world.record(2, isDeleted: true)]
        try await store.write { try $0.save(saved, feed: world.feeds.erp) }
        let found = try await store.read { try $0.records(feed: world.feeds.erp, ids: [id(1), id(2), id(3), id(9)]) }
        #expect(found == Dictionary(uniqueKeysWithValues: saved.map { ($0.id, $0) }))
        #expect(try await store.read { try $0.records(feed: world.feeds.crm, ids: [id(1)]) }.isEmpty)
    }

    @Sendable private static func recordIsReplaced(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { try $0.save([world.record(1, key: "A")], feed: world.feeds.erp) }
        let changed = RemoteRecord(id: id(1), version: "", key: nil, name: "", isDeleted: true)
        try await store.write { try $0.save([changed], feed: world.feeds.erp) }
        #expect(try await store.read { try $0.records(feed: world.feeds.erp, ids: [id(1)]) } == [id(1): changed])
        #expect(try await store.read { try $0.records(feed: world.feeds.erp, key: "A") }.isEmpty)
    }

    @Sendable private static func keysIgnoreCase(_ store: any StateStore) async throws {
        let world = try await World(store)
        try await store.write { writing throws in
            try writing.save(
                [
                    world.record(5, key: "Abc-1"), world.record(2, key: "ABC-1"), world.record(3, key: "ABC-10"),
                    world.record(4, key: "abc-1", isDeleted: true), world.record(6),
                ],
                feed: world.feeds.erp
            )
            try writing.save([world.record(7, key: "ABC-1")], feed: world.feeds.crm)
        }
        #expect(
            try await store.read { try $0.records(feed: world.feeds.erp, key: "aBC-1").map(\.id) } == [id(2), id(5)]
        )
        #expect(try await store.read { try $0.records(feed: world.feeds.erp, key: "") }.isEmpty)
    }

    @Sendable private static func keysCompareBytes(_ store: any StateStore) async throws {
        let world = try await World(store)
        let (composed, decomposed) = ("CAF\u{C9}", "CAFE\u{301}")
        try await store.write { writing throws in
            try writing.save(
                [world.record(1, key: composed), world.record(2, key: decomposed)],
                feed: world.feeds.erp
            )
        }
        try await store.read { reading throws in
            #expect(try reading.records(feed: world.feeds.erp, key: composed).map(\.id) == [id(1)])
            #expect(try reading.records(feed: world.feeds.erp, key: decomposed).map(\.id) == [id(2)])
            #expect(try reading.records(feed: world.feeds.erp, key: "caf\u{E9}").isEmpty)
        }
    }

    @Sendable private static func textKeepsItsBytes(_ store: any StateStore) async throws {
        let world = try await World(store)
        let names = ["e\u{301}", "\u{E9}", "'\"\\;--", "👩‍🏭", " ", ""]
        try await store.write { writing throws in
            try writing.save(
                names.enumerated().map { RemoteRecord(id: id($0), version: $1, key: $1, name: $1) },
                feed: world.feeds.erp
            )
        }
        let found = try await store.read { try $0.records(feed: world.feeds.erp, ids: names.indices.map(id)) }
        for (index, name) in names.enumerated() {
            let record = try #require(found[id(index)])
            #expect(record.name.hasSameBytes(as: name))
            #expect(record.version.hasSameBytes(as: name))
            #expect(try #require(record.key).hasSameBytes(as: name))
        }
    }

    @Sendable private static func goneAreMarked(_ store: any StateStore) async throws {
        let world = try await World(store)
        let feeds = world.feeds
        try await store.write { writing throws in
            for (feed, sequence) in [(feeds.erp, 5), (feeds.erp, 7), (feeds.crm, 5)] {
                let record = RemoteRecord(
                    id: id(Int(sequence)),
                    version: "",
                    key: "K\(sequence)",
                    name: "",
                    readSequence: Int64(sequence)
                )
                try writing.save([record], feed: feed)
            }
            try writing.markGone(feed: feeds.erp, notReadSince: 7)
        }
        try await store.read { reading throws in
            #expect(try reading.records(feed: feeds.erp, key: "K5").isEmpty)
            #expect(try reading.records(feed: feeds.erp, key: "K7").count == 1)
            #expect(try reading.records(feed: feeds.crm, key: "K5").count == 1)
        }
    }

    @Sendable private static func greatestKey(_ store: any StateStore) async throws {
        let world = try await World(store)
        let keys = ["SP-00009", "SP-00010", "SP-99999", "SP-100000", "SP-x", "SP-1x", "SP-", "sp-999999", "SQ-1", "S"]
        try await store.write { writing throws in
            try writing.save(keys.enumerated().map { world.record($0, key: $1) }, feed: world.feeds.erp)
            try writing.save([world.record(50, key: "DEL-7", isDeleted: true)], feed: world.feeds.erp)
            try writing.save([world.record(51, key: "100%_5")], feed: world.feeds.erp)
        }
        try await store.read { reading throws in
            #expect(try reading.greatestKey(feed: world.feeds.erp, prefix: "SP-") == "SP-100000")
            #expect(try reading.greatestKey(feed: world.feeds.erp, prefix: "DEL-") == "DEL-7")
            #expect(try reading.greatestKey(feed: world.feeds.erp, prefix: "100%_") == "100%_5")
            #expect(try reading.greatestKey(feed: world.feeds.erp, prefix: "X-") == nil)
            #expect(try reading.greatestKey(feed: world.feeds.crm, prefix: "SP-") == nil)
        }
    }

    @Sendable private static func observationsAreStagedAndRemoved(_ store: any StateStore) async throws {
        let world = try await World(store)
        let values: [Value?] = [nil, .null, .boolean(true), .boolean(false), .number("1.50"), .text("e\u{301}\u{0}")]
        let wide = try await store.write { try $0.layout(fields: ["a", "b", "c", "d", "e", "f"]) }
        let first = StagedObservation(id: id(1), version: "W/\"1\"", layout: wide.number, row: EncodedRow(values))
        try await store.write { try $0.stage([world.observation(2), first], feed: world.feeds.erp) }
        let found = try await store.read { try $0.observations(feed: world.feeds.erp, ids: [id(2), id(1), id(3)]) }
        #expect(found == [id(1): first, id(2): world.observation(2)])
        #expect(found[id(1)]?.row.values(fieldCount: 6) == values)
        #expect(try await store.read { try $0.observations(feed: world.feeds.crm, ids: [id(1)]) }.isEmpty)

        let newer = StagedObservation(id: id(1), version: "", layout: world.layout.number, row: EncodedRow([nil, nil]))
        try await store.write { try $0.stage([newer], feed: world.feeds.erp) }
        #expect(try await store.read { try $0.observations(feed: world.feeds.erp, ids: [id(1)]) } == [id(1): newer])
        try await store.write { try $0.removeObservations([id(1), id(9)], feed: world.feeds.erp) }
        let left = try await store.read { try $0.observations(feed: world.feeds.erp, ids: [id(1), id(2)]) }
        #expect(left == [id(2): world.observation(2)])
    }

    @Sendable private static func idsAreOrdered(_ store: any StateStore) async throws {
        let world = try await World(store)
        let ids = [
            RecordID(high: .max, low: 0), RecordID(high: 0, low: .max), RecordID(high: 1, low: 0),
            RecordID(high: 0x8000_0000_0000_0000, low: 1),
        ]
        try await store.write { writing throws in
            try writing.save(
                ids.map { RemoteRecord(id: $0, version: "", key: "K", name: "") },
                feed: world.feeds.erp
            )
        }
        #expect(try await store.read { try $0.records(feed: world.feeds.erp, key: "k").map(\.id) } == ids.sorted())
    }
}
