extension SQLiteMigrations {
    /// Connections know where their records are shown, which environment they lead to, and what another integration has
    /// left there.
    static let connectionDetails = Migration(
        name: "connection details",
        sql: """
            ALTER TABLE connection ADD COLUMN record_url TEXT;
            ALTER TABLE connection ADD COLUMN environment TEXT;
            ALTER TABLE connection ADD COLUMN other_integration TEXT;
            """
    )
}
