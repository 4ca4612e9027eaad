extension SQLiteMigrations {
    /// How many records a side has is asked before every synchronization that writes: an index of ids alone answers it
    /// without the records.
    static let recordCounts = Migration(
        name: "record counts",
        sql: "CREATE INDEX remote_record_present ON remote_record (feed) WHERE is_deleted = 0;"
    )
}
