extension SQLiteMigrations {
    /// Our subscriptions to changes of remote systems.
    static let subscriptions = Migration(
        name: "subscriptions",
        sql: """
            CREATE TABLE subscription (
                connection TEXT NOT NULL,
                remote_table TEXT NOT NULL,
                place TEXT NOT NULL,
                address TEXT NOT NULL,
                remote_id TEXT,
                sealed_state BLOB NOT NULL,
                expires_at INTEGER,
                heard_at INTEGER,
                doubted_at INTEGER,
                must_prove INTEGER NOT NULL,
                PRIMARY KEY (connection, remote_table)
            ) STRICT, WITHOUT ROWID;
            CREATE UNIQUE INDEX subscription_remote ON subscription (connection, remote_id)
                WHERE remote_id IS NOT NULL;
            """
    )
}
