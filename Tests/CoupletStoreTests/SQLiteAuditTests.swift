import CoupletCore
import CoupletPorts
import CoupletTestSupport
import GRDB
import Testing

@testable import CoupletStore

@Suite("SQLite: the audit log")
struct SQLiteAuditTests {
    private func store(entries: Int) throws -> SQLiteStateStore {
        let store = try makeStore()
        try store.writeSync { transaction in
            for number in 1...entries {
                try transaction.append(
                    AuditEntry(
                        at: StateStoreConformance.at(number),
                        who: "anna",
                        event: .mappingPaused,
                        subject: AuditEntry.Subject(.mapping, "M\(number)"),
                        details: ["a": "1", "b": "2"]
                    )
                )
            }
        }
        return store
    }

    @Test(arguments: ["UPDATE audit SET who = 'bo'", "DELETE FROM audit", "DELETE FROM audit WHERE number = 3"])
    func `the database refuses to change it`(sql: String) throws {
        let store = try store(entries: 3)
        #expect(throws: DatabaseError.self) { try store.raw { try $0.execute(sql: sql) } }
        #expect(try store.readSync { try $0.checkAudit() } == AuditCheck(whole: 3))
    }

    static let tamperings: [(String, AuditCheck)] = [
        ("UPDATE audit SET who = 'bo' WHERE number = 5", AuditCheck(whole: 4, broken: 5, fault: .changed)),
        ("UPDATE audit SET at = at + 1 WHERE number = 1", AuditCheck(whole: 0, broken: 1, fault: .changed)),
        ("UPDATE audit SET event = 'x' WHERE number = 7", AuditCheck(whole: 6, broken: 7, fault: .changed)),
        ("UPDATE audit SET details = '{}' WHERE number = 2", AuditCheck(whole: 1, broken: 2, fault: .changed)),
        ("UPDATE audit SET hash = zeroblob(32) WHERE number = 9", AuditCheck(whole: 8, broken: 9, fault: .changed)),
        ("DELETE FROM audit WHERE number = 4", AuditCheck(whole: 3, broken: 4, fault: .missing)),
        ("DELETE FROM audit WHERE number < 3", AuditCheck(whole: 0, broken: 1, fault: .missing)),
    ]

    @Test(arguments: tamperings)
    func `whoever changes it behind its back is found out at the first entry`(
        sql: String,
        expected: AuditCheck
    ) throws {
        let store = try store(entries: 12)
        try store.raw { database in
            try database.execute(sql: "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed")
            try database.execute(sql: sql)
        }
        #expect(try store.readSync { try $0.checkAudit() } == expected)
    }

    @Test func `a hash is the SHA-256 of the documented form`() throws {
        let entry = AuditEntry(
            number: 1,
            at: Instant(milliseconds: 1500),
            who: "anna",
            event: .planRejected,
            subject: AuditEntry.Subject(.plan, 12),
            run: 3,
            details: ["b": "två", "a": ""]
        )
        let form = entry.canonical(after: AuditEntry.beginning)
        #expect(form.starts(with: Array("32:".utf8) + AuditEntry.beginning))
        let rest = "1:1" + "4:1500" + "4:anna" + "13:plan.rejected" + "4:plan" + "2:12" + "1:3" + "1:a0:1:b4:två"
        #expect(String(decoding: form.dropFirst(35), as: UTF8.self) == rest)
        let stored = try makeStore().writeSync { try $0.append(entry) }
        // What `sha256sum` says of these bytes.
        let hexadecimal = stored.hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hexadecimal == "13d7fd152099f27d70de3fa2b175875ad150462771913351e41e30f829091f2c")
    }
}
