extension SQLiteMigrations {
    /// The audit log, which the database itself keeps from being changed by this program.
    static let audit = Migration(
        name: "audit log",
        sql: """
            CREATE TABLE audit (
                number INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                who TEXT NOT NULL,
                event TEXT NOT NULL,
                subject_kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                run INTEGER,
                details TEXT NOT NULL,
                hash BLOB NOT NULL CHECK (length(hash) = 32)
            ) STRICT;
            CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
                BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
            CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
                BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
            """
    )
}
