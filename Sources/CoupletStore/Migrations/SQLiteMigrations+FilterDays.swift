extension SQLiteMigrations {
    /// Filters that count days pass other records tomorrow: each feed remembers the day for which it was read whole.
    static let filterDays = Migration(name: "filter days", sql: "ALTER TABLE feed ADD COLUMN filter_day INTEGER;")
}
