extension SQLiteMigrations {
    /// History also keeps writes that nobody could confirm; what it had before was all seen to be written.
    static let unconfirmedHistory = Migration(
        name: "unconfirmed history",
        sql: "ALTER TABLE history ADD COLUMN is_confirmed INTEGER NOT NULL DEFAULT 1"
    )
}
