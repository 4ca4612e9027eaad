extension SQLiteMigrations {
    /// History says which version a write produced: whether a record was edited since is told by it.
    static let historyVersions = Migration(
        name: "history versions",
        sql: "ALTER TABLE history ADD COLUMN version TEXT;"
    )
}
