extension SQLiteMigrations {
    /// The schema that Couplet started with.
    ///
    /// Times are milliseconds since 1970, ids sixteen bytes in text order, documents JSON. What lives long (couplings,
    /// history) refers to runs and jobs by number only, so that old runs can be pruned.
    static let first = Migration(
        name: "first",
        sql: configurationTables + recordTables + couplingTables + workTables + openItemTables
    )

    private static let configurationTables = """
        CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE instance (
            number INTEGER PRIMARY KEY CHECK (number = 1),
            id BLOB NOT NULL CHECK (length(id) = 16),
            sequence INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE connection (
            name TEXT PRIMARY KEY,
            side TEXT NOT NULL,
            kind TEXT NOT NULL,
            url TEXT NOT NULL,
            company TEXT,
            token_url TEXT NOT NULL,
            client_id TEXT NOT NULL,
            is_enabled INTEGER NOT NULL,
            operation_limit_seconds REAL NOT NULL,
            sealed_secret BLOB
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE layout (number INTEGER PRIMARY KEY, fields TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE mapping (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            erp_connection TEXT NOT NULL,
            erp_table TEXT NOT NULL,
            crm_connection TEXT NOT NULL,
            crm_table TEXT NOT NULL,
            document TEXT NOT NULL
        ) STRICT;
        CREATE TABLE feed (
            number INTEGER PRIMARY KEY,
            connection TEXT NOT NULL,
            remote_table TEXT NOT NULL,
            layout INTEGER REFERENCES layout,
            checkpoint TEXT,
            batch_size INTEGER NOT NULL,
            UNIQUE (connection, remote_table)
        ) STRICT;

        """

    /// Remote records are many and small, so their key is their table; observations carry whole rows, so theirs is not.
    private static let recordTables = """
        CREATE TABLE remote_record (
            feed INTEGER NOT NULL REFERENCES feed,
            id BLOB NOT NULL CHECK (length(id) = 16),
            version TEXT NOT NULL,
            key TEXT,
            name TEXT NOT NULL,
            is_deleted INTEGER NOT NULL,
            read_sequence INTEGER NOT NULL,
            write_sequence INTEGER NOT NULL,
            PRIMARY KEY (feed, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX remote_record_key ON remote_record (feed, key COLLATE NOCASE) WHERE key IS NOT NULL;
        CREATE TABLE observation (
            feed INTEGER NOT NULL REFERENCES feed,
            id BLOB NOT NULL CHECK (length(id) = 16),
            version TEXT NOT NULL,
            layout INTEGER NOT NULL REFERENCES layout,
            content BLOB NOT NULL,
            UNIQUE (feed, id)
        ) STRICT;

        """

    /// `pending_coupling` holds a row per cause for which a coupling must be looked at, so that a quiet cycle costs
    /// nothing however many couplings there are: 1 and 2 an observation of the ERP's or the CRM's record, 3 no base but
    /// a choice, 4 and 5 a failure toward the ERP or the CRM that may be tried again when `due` has passed.
    private static let couplingTables = """
        CREATE TABLE coupling (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            mapping INTEGER NOT NULL REFERENCES mapping,
            erp_id BLOB NOT NULL CHECK (length(erp_id) = 16),
            crm_id BLOB NOT NULL CHECK (length(crm_id) = 16),
            choice TEXT,
            erp_out_of_scope INTEGER NOT NULL,
            crm_out_of_scope INTEGER NOT NULL,
            run INTEGER NOT NULL,
            UNIQUE (mapping, erp_id),
            UNIQUE (mapping, crm_id),
            UNIQUE (mapping, number)
        ) STRICT;
        CREATE TABLE base (
            coupling INTEGER PRIMARY KEY REFERENCES coupling ON DELETE CASCADE,
            content BLOB NOT NULL
        ) STRICT;
        CREATE TABLE pending_coupling (
            mapping INTEGER NOT NULL,
            coupling INTEGER NOT NULL,
            cause INTEGER NOT NULL,
            due INTEGER NOT NULL,
            PRIMARY KEY (mapping, coupling, cause),
            FOREIGN KEY (mapping, coupling) REFERENCES coupling (mapping, number) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        """

    private static let workTables = """
        CREATE TABLE run (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            action TEXT NOT NULL,
            started_by TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            finished_at INTEGER,
            status INTEGER
        ) STRICT;
        CREATE INDEX run_unfinished ON run (number) WHERE finished_at IS NULL;
        CREATE TABLE job (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            mapping TEXT NOT NULL,
            direction TEXT NOT NULL,
            status TEXT NOT NULL,
            counts TEXT NOT NULL,
            erp_requests INTEGER NOT NULL,
            crm_requests INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            seconds REAL NOT NULL
        ) STRICT;
        CREATE INDEX job_run ON job (run);
        CREATE TABLE plan (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
            state TEXT NOT NULL,
            made_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX plan_run ON plan (run);
        CREATE TABLE step (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            plan INTEGER NOT NULL REFERENCES plan ON DELETE CASCADE,
            job INTEGER,
            state TEXT NOT NULL,
            sent_at INTEGER,
            document TEXT NOT NULL
        ) STRICT;
        CREATE INDEX step_plan ON step (plan, state);
        CREATE INDEX step_sent ON step (number) WHERE state = 'sent';
        CREATE TABLE history (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            step INTEGER NOT NULL,
            run INTEGER NOT NULL,
            job INTEGER,
            mapping TEXT NOT NULL,
            coupling INTEGER NOT NULL,
            side TEXT NOT NULL,
            record BLOB NOT NULL CHECK (length(record) = 16),
            action TEXT NOT NULL,
            fields TEXT NOT NULL,
            settled_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX history_record ON history (side, record);

        """

    private static let openItemTables = """
        CREATE TABLE conflict (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            mapping INTEGER NOT NULL REFERENCES mapping,
            coupling INTEGER NOT NULL REFERENCES coupling ON DELETE CASCADE,
            label TEXT NOT NULL,
            fields TEXT NOT NULL,
            resolutions TEXT NOT NULL,
            resolved_by TEXT,
            found_at INTEGER NOT NULL,
            closed_at INTEGER
        ) STRICT;
        CREATE INDEX conflict_coupling ON conflict (coupling);
        CREATE UNIQUE INDEX conflict_open ON conflict (coupling) WHERE closed_at IS NULL;
        CREATE TABLE question (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            mapping INTEGER NOT NULL REFERENCES mapping,
            kind TEXT NOT NULL,
            side TEXT NOT NULL,
            record BLOB NOT NULL CHECK (length(record) = 16),
            coupling INTEGER REFERENCES coupling ON DELETE SET NULL,
            label TEXT NOT NULL,
            candidates TEXT NOT NULL,
            fields TEXT NOT NULL,
            asked_at INTEGER NOT NULL,
            answer TEXT,
            answered_by TEXT,
            closed_at INTEGER
        ) STRICT;
        CREATE INDEX question_coupling ON question (coupling) WHERE coupling IS NOT NULL;
        CREATE UNIQUE INDEX question_open ON question (mapping, side, record) WHERE closed_at IS NULL;
        CREATE TABLE failure (
            mapping INTEGER NOT NULL REFERENCES mapping,
            target TEXT NOT NULL,
            source BLOB NOT NULL CHECK (length(source) = 16),
            coupling INTEGER REFERENCES coupling ON DELETE SET NULL,
            label TEXT NOT NULL,
            messages TEXT NOT NULL,
            disposition TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            source_version TEXT NOT NULL,
            target_version TEXT NOT NULL,
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            next_at INTEGER,
            PRIMARY KEY (mapping, target, source)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX failure_coupling ON failure (coupling) WHERE coupling IS NOT NULL;
        """
}
