extension SQLiteMigrations {
    /// A table that is empty all at once is told apart from one of which nothing was deleted: its records are not believed to
    /// be gone, so that counting them does not tell.
    static let emptyFeeds = Migration(
        name: "empty feeds",
        sql: "ALTER TABLE feed ADD COLUMN is_empty INTEGER NOT NULL DEFAULT 0;"
    )
}
