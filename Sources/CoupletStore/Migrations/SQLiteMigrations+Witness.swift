extension SQLiteMigrations {
    /// Whether a witness outside knows the store, and why writing is stopped.
    static let witness = Migration(
        name: "witness",
        sql: """
            ALTER TABLE instance ADD COLUMN is_witnessed INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE write_stop (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                reason TEXT NOT NULL,
                subject TEXT NOT NULL,
                found_at INTEGER NOT NULL,
                details TEXT NOT NULL,
                confirmed_by TEXT,
                confirmed_at INTEGER
            ) STRICT;
            CREATE UNIQUE INDEX write_stop_open ON write_stop (reason, subject) WHERE confirmed_at IS NULL;
            """
    )
}
