import CoupletCore
import CoupletPorts
import Testing

extension StateStoreConformance {
    static let auditChecks = [
        Check("the audit log numbers its entries, chains their hashes and finds them by what they are about", auditLog),
        Check("the audit log forgets what its transaction takes back", auditRollback),
    ]

    private static func entry(
        _ second: Int,
        _ who: String,
        _ event: AuditEntry.Event,
        _ subject: AuditEntry.Subject
    ) -> AuditEntry {
        AuditEntry(at: at(second), who: who, event: event, subject: subject, run: 7, details: ["name": "å\u{0}b"])
    }

    private static func auditLog(_ store: any StateStore) async throws {
        #expect(try await store.read { try $0.auditEnd() } == nil)
        #expect(try await store.read { try $0.checkAudit() } == AuditCheck(whole: 0))
        let stored = try await store.write { transaction throws in
            [
                try transaction.append(entry(1, "anna", .connectionSet, .init(.connection, "bc"))),
                try transaction.append(entry(2, "bo", .mappingChanged, .init(.mapping, "CUSTOMER"))),
                try transaction.append(entry(3, "anna", .mappingPaused, .init(.mapping, "VENDOR"))),
            ]
        }
        #expect(stored.map(\.number) == [1, 2, 3])
        #expect(Set(stored.map(\.hash)).count == 3)
        #expect(stored.allSatisfy { $0.hash.count == 32 })
        #expect(try await store.read { try $0.auditEnd() } == AuditMark(number: 3, hash: stored[2].hash))
        #expect(try await store.read { try $0.checkAudit() } == AuditCheck(whole: 3))
        func found(_ selection: AuditSelection) async throws -> [Int64] {
            try await store.read { try $0.auditEntries(selection, before: nil, limit: 10) }.map(\.number)
        }
        #expect(try await store.read { try $0.auditEntries(AuditSelection(), after: 0, limit: 10) } == stored)
        #expect(try await found(AuditSelection()) == [3, 2, 1])
        #expect(try await found(AuditSelection(from: at(2), until: at(3))) == [2])
        #expect(try await found(AuditSelection(who: "anna")) == [3, 1])
        #expect(try await found(AuditSelection(event: "mapping")) == [3, 2])
        #expect(try await found(AuditSelection(event: "mapping.paused")) == [3])
        #expect(try await found(AuditSelection(subject: "customer")) == [2])
        #expect(try await store.read { try $0.auditEntries(AuditSelection(), before: 3, limit: 1) } == [stored[1]])
        #expect(try await store.read { try $0.auditEntries(AuditSelection(), after: 1, limit: 1) } == [stored[1]])
    }

    private static func auditRollback(_ store: any StateStore) async throws {
        await #expect(throws: Refusal.self) {
            try await store.write { transaction throws -> Void in
                try transaction.append(entry(1, "anna", .connectionSet, .init(.connection, "bc")))
                throw Refusal(reason: "no")
            }
        }
        let first = try await store.write { transaction throws in
            try transaction.append(entry(2, "bo", .mappingChanged, .init(.mapping, "CUSTOMER")))
        }
        #expect(first.number == 1)
        #expect(try await store.read { try $0.checkAudit() } == AuditCheck(whole: 1))
    }
}
