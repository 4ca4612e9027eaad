import CoupletPorts
import Testing

extension StateStoreConformance {
    static let documentChecks = [
        Check("documents come back by kind, in order of their keys' bytes, and one by its key", documentsByKind),
        Check("saving a document again replaces it, and a removed one is gone", documentReplacedAndRemoved),
    ]

    @Sendable private static func documentsByKind(_ store: any StateStore) async throws {
        try await store.write { writing throws in
            try writing.saveDocument([2], kind: "user", key: "b")
            try writing.saveDocument([1], kind: "user", key: "B")
            try writing.saveDocument([], kind: "user", key: "é")
            try writing.saveDocument([9], kind: "other", key: "b")
        }
        try await store.read { reading throws in
            let users = try reading.documents(kind: "user")
            #expect(users.map(\.key) == ["B", "b", "é"])
            #expect(users.map(\.body) == [[1], [2], []])
            #expect(try reading.document(kind: "other", key: "b") == [9])
            #expect(try reading.document(kind: "other", key: "B") == nil)
            #expect(try reading.documents(kind: "nothing").isEmpty)
        }
    }

    @Sendable private static func documentReplacedAndRemoved(_ store: any StateStore) async throws {
        try await store.write { writing throws in
            try writing.saveDocument([1], kind: "user", key: "a")
            try writing.saveDocument([2, 3], kind: "user", key: "a")
            try writing.saveDocument([4], kind: "user", key: "b")
            try writing.removeDocument(kind: "user", key: "b")
            try writing.removeDocument(kind: "user", key: "never there")
        }
        let left = try await store.read { try $0.documents(kind: "user") }
        #expect(left.map(\.key) == ["a"] && left.map(\.body) == [[2, 3]])
    }
}
