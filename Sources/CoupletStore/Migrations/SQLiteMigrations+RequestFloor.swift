extension SQLiteMigrations {
    /// Jobs say what their work costs at least; older ones did not count that.
    static let requestFloor = Migration(
        name: "request floor",
        sql: """
            ALTER TABLE job ADD COLUMN erp_floor INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE job ADD COLUMN crm_floor INTEGER NOT NULL DEFAULT 0;
            """
    )
}
