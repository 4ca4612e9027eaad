extension SQLiteMigrations {
    /// Plans that are shown, wait and are decided later; what undoing needs of the history; what safety limits measure by.
    static let plans = Migration(
        name: "plans",
        sql: """
            ALTER TABLE plan ADD COLUMN parent INTEGER REFERENCES plan ON DELETE CASCADE;
            ALTER TABLE plan ADD COLUMN mapping TEXT;
            ALTER TABLE plan ADD COLUMN part TEXT;
            ALTER TABLE plan ADD COLUMN details TEXT;
            CREATE INDEX plan_parent ON plan (parent, number) WHERE parent IS NOT NULL;
            CREATE INDEX plan_shown ON plan (number) WHERE details IS NOT NULL;
            CREATE TABLE plan_item (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                plan INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
                document TEXT NOT NULL
            ) STRICT;
            CREATE INDEX plan_item_plan ON plan_item (plan, number);
            ALTER TABLE step ADD COLUMN reason TEXT;
            ALTER TABLE history ADD COLUMN counterpart BLOB;
            ALTER TABLE history ADD COLUMN base BLOB;
            ALTER TABLE history ADD COLUMN choice TEXT;
            ALTER TABLE history ADD COLUMN undoes INTEGER;
            CREATE INDEX history_run ON history (run, number);
            CREATE INDEX history_undoes ON history (undoes) WHERE undoes IS NOT NULL;
            CREATE TABLE baseline (mapping TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
            """
    )
}
