import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let configurationChecks = [
        Check("the identity of a store does not change", identityIsKept),
        Check("the sequence only grows, across transactions", sequenceGrows),
        Check("connections come back by name, with and without a company", connectionsByName),
        Check(
            "saving a connection replaces its settings and leaves the secret unless a new one is given",
            connectionReplacedSecretLeft
        ),
        Check("a connection without a secret, and an unknown one, have none", noSecret),
        Check(
            "mappings come back whole, in the order they were added, also after one was saved again",
            mappingsInOrderAdded
        ),
        Check("the same fields in the same order are one layout", layoutsAreStoredOnce),
        Check("layouts tell fields apart by their bytes", layoutsCompareBytes),
        Check("a feed is made once per connection and table, and keeps what it learned", feedIsMadeOnceAndLearns),
    ]

    private static func connection(_ name: String, company: String?) -> StoredConnection {
        StoredConnection(
            name: name,
            side: name == "bc" ? .erp : .crm,
            kind: "kind of \(name)",
            url: "https://\(name).example/api",
            company: company,
            tokenURL: "https://login.example/token",
            clientID: "client",
            operationLimitSeconds: 600
        )
    }

    @Sendable private static func identityIsKept(_ store: any StateStore) async throws {
        let first = try await store.read { try $0.instanceID() }
        #expect(try await store.write { try $0.instanceID() } == first)
    }

    @Sendable private static func sequenceGrows(_ store: any StateStore) async throws {
        let first = try await store.write { [try $0.nextSequence(), try $0.nextSequence()] }
        let second = try await store.write { try $0.nextSequence() }
        #expect(first[0] > 0)
        #expect(first[1] > first[0])
        #expect(second > first[1])
    }

    @Sendable private static func connectionsByName(_ store: any StateStore) async throws {
        var saved = [connection("dv", company: nil), connection("bc", company: "CRONUS åäö")]
        saved[0].recordURL = "https://crm.example/{table}/{id}"
        saved[0].environment = "the one"
        saved[0].otherIntegration = OtherIntegration(
            traces: [Message("trace", ["table": "things"])],
            seenAt: Instant(milliseconds: 7)
        )
        saved[0].otherIntegration?.confirmedTables = ["things"]
        saved[0].otherIntegration?.confirmedBy = "Å. Admin"
        saved[0].otherIntegration?.confirmedAt = Instant(milliseconds: 8)
        let connections = saved
        try await store.write { writing throws in
            for connection in connections { try writing.save(connection, sealedSecret: nil) }
        }
        #expect(try await store.read { try $0.connections() } == [connections[1], connections[0]])
    }

    @Sendable private static func connectionReplacedSecretLeft(_ store: any StateStore) async throws {
        var changed = connection("bc", company: "A")
        try await store.write(with: changed) { try $0.save($1, sealedSecret: [0, 1, 255]) }
        changed.isEnabled = true
        changed.company = nil
        changed.operationLimitSeconds = 0.25
        try await store.write(with: changed) { try $0.save($1, sealedSecret: nil) }
        #expect(try await store.read { try $0.connections() } == [changed])
        #expect(try await store.read { try $0.sealedSecret(of: "bc") } == [0, 1, 255])
        try await store.write(with: changed) { try $0.save($1, sealedSecret: [7]) }
        #expect(try await store.read { try $0.sealedSecret(of: "bc") } == [7])
    }

    @Sendable private static func noSecret(_ store: any StateStore) async throws {
        try await store.write { try $0.save(connection("bc", company: nil), sealedSecret: nil) }
        try await store.read { reading throws in
            #expect(try reading.sealedSecret(of: "bc") == nil)
            #expect(try reading.sealedSecret(of: "other") == nil)
        }
    }

    @Sendable private static func mappingsInOrderAdded(_ store: any StateStore) async throws {
        var first = mapping("ZEBRA")
        let second = mapping("ANT", erpTable: "ants")
        try await store.write { [first] in
            try $0.save(first)
            try $0.save(second)
        }
        first.direction = .toIntegrationTable
        first.fields[0].enabled = false
        try await store.write(with: first) { try $0.save($1) }
        #expect(try await store.read { try $0.mappings() } == [first, second])
    }

    @Sendable private static func layoutsAreStoredOnce(_ store: any StateStore) async throws {
        let layouts = try await store.write { writing throws in
            [
                try writing.layout(fields: ["a", "b\"c"]), try writing.layout(fields: ["b\"c", "a"]),
                try writing.layout(fields: ["a", "b\"c"]), try writing.layout(fields: []),
            ]
        }
        #expect(layouts[0] == layouts[2])
        #expect(Set(layouts.map(\.number)).count == 3)
        try await store.read { reading throws in
            for layout in layouts { #expect(try reading.layout(layout.number) == layout) }
            #expect(try reading.layout(4711) == nil)
        }
    }

    @Sendable private static func layoutsCompareBytes(_ store: any StateStore) async throws {
        let layouts = try await store.write {
            [try $0.layout(fields: ["caf\u{E9}"]), try $0.layout(fields: ["cafe\u{301}"])]
        }
        #expect(layouts[0].number != layouts[1].number)
    }

    @Sendable private static func feedIsMadeOnceAndLearns(_ store: any StateStore) async throws {
        #expect(try await store.read { try $0.feed(connection: "bc", table: "customers") } == nil)
        let (opened, again, other) = try await store.write { writing throws in
            (
                try writing.openFeed(connection: "bc", table: "customers"),
                try writing.openFeed(connection: "bc", table: "customers"),
                try writing.openFeed(connection: "bc", table: "items")
            )
        }
        #expect(opened == again)
        #expect(opened.id != other.id)
        #expect(opened.layout == nil && opened.checkpoint == nil && opened.batchSize == 0)
        var learned = opened
        learned = try await store.write { [learned] writing throws in
            var feed = learned
            feed.layout = try writing.layout(fields: ["x"])
            feed.checkpoint = "token 'quoted'"
            feed.batchSize = 80
            feed.filterDay = 20_000
            feed.isEmpty = true
            try writing.save(feed)
            return feed
        }
        #expect(try await store.read { try $0.feed(connection: "bc", table: "customers") } == learned)
        try await store.write { try $0.save(opened) }
        #expect(try await store.read { try $0.feed(connection: "bc", table: "customers") } == opened)
        #expect(try await store.read { try $0.feed(connection: "bc", table: "items") } == other)
    }
}
