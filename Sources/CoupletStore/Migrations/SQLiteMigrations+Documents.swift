extension SQLiteMigrations {
    /// Small things that are only ever used whole: users, their sessions and tokens, settings of the desk.
    static let documents = Migration(
        name: "documents",
        sql: """
            CREATE TABLE document (
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                body BLOB NOT NULL,
                PRIMARY KEY (kind, key)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
