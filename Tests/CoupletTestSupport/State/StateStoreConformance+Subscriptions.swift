import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let subscriptionChecks = [
        Check("subscriptions come back by connection and table, whole", subscriptionsComeBack),
        Check("saving a subscription again replaces that of its connection and table", subscriptionReplaced),
        Check("a removed subscription is gone, and the others stay", subscriptionRemoved),
        Check("a remote's name belongs to one subscription of a connection", remoteNamesAreUnique),
    ]

    private static func subscription(
        _ connection: String,
        _ table: String,
        _ remoteID: String? = nil
    ) -> StoredSubscription {
        StoredSubscription(
            connection: connection,
            table: table,
            place: "https://\(connection).example company",
            address: "https://we.example/\(connection)",
            remoteID: remoteID,
            sealedState: [1, 0, 255]
        )
    }

    @Sendable private static func subscriptionsComeBack(_ store: any StateStore) async throws {
        var whole = subscription("a", "things", "the one")
        whole.expiresAt = at(1)
        whole.heardAt = at(2)
        whole.doubtedAt = at(3)
        whole.mustProve = true
        let all = [whole, subscription("a", "thönes"), subscription("b", "things", "the one")]
        try await store.write(with: all) { writing, all throws in
            for one in all.reversed() { try writing.save(one) }
        }
        try await store.read(with: all) { reading, all throws in
            #expect(try reading.subscriptions(connection: nil) == all)
            #expect(try reading.subscriptions(connection: "a") == Array(all[0...1]))
            #expect(try reading.subscriptions(connection: "c").isEmpty)
        }
    }

    @Sendable private static func subscriptionReplaced(_ store: any StateStore) async throws {
        var again = subscription("a", "things", "two")
        again.sealedState = [9]
        again.place = "elsewhere"
        again.address = "https://other.example"
        try await store.write(with: again) { writing, again throws in
            var first = subscription("a", "things", "one")
            first.heardAt = at(5)
            try writing.save(first)
            try writing.save(again)
        }
        let found = try await store.read { try $0.subscriptions(connection: "a") }
        #expect(found == [again])
    }

    @Sendable private static func subscriptionRemoved(_ store: any StateStore) async throws {
        try await store.write { writing throws in
            try writing.save(subscription("a", "things", "one"))
            try writing.save(subscription("b", "things", "one"))
            try writing.removeSubscription(connection: "a", table: "things")
            try writing.removeSubscription(connection: "a", table: "never there")
        }
        let left = try await store.read { try $0.subscriptions(connection: nil) }
        #expect(left.map(\.connection) == ["b"])
    }

    @Sendable private static func remoteNamesAreUnique(_ store: any StateStore) async throws {
        try await store.write { try $0.save(subscription("a", "things", "one")) }
        await expectFailed(store) { try $0.save(subscription("a", "others", "one")) }
        let left = try await store.read { try $0.subscriptions(connection: nil) }
        #expect(left.map(\.table) == ["things"])
    }
}
