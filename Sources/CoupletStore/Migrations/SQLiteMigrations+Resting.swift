extension SQLiteMigrations {
    /// Couplings that rest have the greatest number as `due`.
    ///
    /// They may be many where few are pending, so each of both are found by an index of their own.
    static let resting = Migration(
        name: "resting couplings",
        sql: """
            CREATE INDEX pending_awake ON pending_coupling (mapping, coupling, due) WHERE due < 9223372036854775807;
            CREATE INDEX pending_resting ON pending_coupling (mapping) WHERE due = 9223372036854775807;
            """
    )
}
