extension SQLiteMigrations {
    /// The job in which something failed last, so that it can be shown from there and is kept as long as the failure is.
    static let failureJobs = Migration(name: "failure jobs", sql: "ALTER TABLE failure ADD COLUMN job INTEGER")
}
