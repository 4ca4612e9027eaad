extension DataverseFetch {
    /// Reads `SELECT … FROM …` as the service takes it.
    /// - Throws: what is wrong with it.
    init(sql: String) throws(DataverseError) {
        var reader = try DataverseSQLReader(sql)
        self = try reader.query()
    }
}
