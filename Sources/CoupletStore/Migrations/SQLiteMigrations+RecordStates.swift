extension SQLiteMigrations {
    /// An index with a condition does not answer for the condition's own column, so each record was looked up to be
    /// counted; one that holds the column answers alone.
    static let recordStates = Migration(
        name: "record states",
        sql: """
            DROP INDEX remote_record_present;
            CREATE INDEX remote_record_state ON remote_record (feed, is_deleted);
            """
    )
}
