extension SQLiteMigrations {
    /// Settings of the whole store.
    static let settings = Migration(
        name: "settings",
        sql: "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    )
}
