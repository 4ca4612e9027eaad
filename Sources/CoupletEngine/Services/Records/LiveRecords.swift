import CoupletCore
import CoupletPorts

/// Records as a system has them now, without noting that they were read.
struct LiveRecords: Sendable {
    /// What was read.
    struct Found: Sendable {
        var rows: [RecordID: ObservedRow] = [:]
        /// The ids that the system says do not exist.
        var missing: Set<RecordID> = []
    }

    let store: any StateStore
    let context: MappingContext

    /// Reads records by their ids.
    func read(_ ids: [RecordID], _ side: Side) async throws -> Found {
        guard !ids.isEmpty else { return Found() }
        do {
            let read = try await RecordFetcher(store: store).read(ids, context, side)
            var found = Found(missing: Set(read.missing))
            for index in 0..<read.page.count {
                found.rows[read.page.ids[index]] = ObservedRow(
                    row: read.page.row(at: index),
                    layout: read.page.layout,
                    version: read.page.version(at: index)
                )
            }
            return found
        } catch let error as ConnectorError {
            throw CoupletError(error)
        }
    }
}
