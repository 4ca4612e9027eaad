import CoupletCore
import CoupletPorts

/// The jobs that have to do with one record: the synchronization log of a record.
struct RecordLog {
    /// The numbers of the jobs that wrote it or its counterpart, or that failed to.
    let jobs: Set<Int64>

    init(_ key: String, _ mapping: TableMapping, _ transaction: any StoreReading) throws {
        func feed(_ side: Side) throws -> Int64 {
            let table = mapping.table(side)
            return try transaction.feed(connection: table.connection, table: table.table)?.id ?? 0
        }
        let feeds = BySide(erp: try feed(.erp), crm: try feed(.crm))
        let record = try RecordKey.find(key, mapping: mapping, feeds: feeds, transaction)
        var jobs: Set<Int64> = []
        var ids: [Side: RecordID] = [record.side: record.id]
        ids[record.side.other] = record.coupling?.ids[record.side.other]
        for (side, id) in ids {
            let entries = try transaction.history(side: side, record: id, limit: 10_000)
            jobs.formUnion(entries.filter { $0.mapping == mapping.name }.compactMap(\.job))
        }
        for failure in try transaction.failures(mapping: mapping.name) where ids[failure.target.other] == failure.source
        {
            if let job = failure.job { jobs.insert(job) }
        }
        self.jobs = jobs
    }
}
