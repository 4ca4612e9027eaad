extension SQLiteMigrations {
    /// Steps that are to be sent again may still arrive from the first time: they are found with those that were sent.
    static let onTheirWay = Migration(
        name: "steps on their way",
        sql: """
            DROP INDEX step_sent;
            CREATE INDEX step_sent ON step (number) WHERE \(SQLiteTransaction.isOnItsWay);
            """
    )
}
