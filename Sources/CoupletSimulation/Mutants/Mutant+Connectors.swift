import CoupletCore
import CoupletPorts
import Synchronization

/// Reads and requests that are wrong.
extension Mutant {
    static let connectors: [Mutant] = [
        .connector("precondition dropped: written over whatever is there") { connector in
            var relay = ConnectorRelay(connector)
            relay.writing = { parts, shape, connector in await Self.refreshed(parts, shape, connector) }
            return relay
        },
        .connector("id of a new record chosen when it is sent") { connector in
            var relay = ConnectorRelay(connector)
            let ids = SeededIDs(seed: 4711)
            relay.writing = { parts, _, _ in
                parts.map { part in
                    guard case .create(.some) = part.operation else { return part }
                    return WritePart(operation: .create(id: ids.next()), fields: part.fields)
                }
            }
            return relay
        },
        .connector("maximum seen taken for the checkpoint") { connector in
            var relay = ConnectorRelay(connector)
            relay.reading = { _, page, shape in
                guard page.checkpoint?.hasPrefix("time=") == true, let latest = page.latest(shape) else { return page }
                return ReadPage(rows: page.rows, next: page.next, checkpoint: "time=\(latest);overlap=0.0")
            }
            return relay
        },
        .connector("last page of a read passed over") { connector in
            var relay = ConnectorRelay(connector)
            relay.reading = { request, page, _ in
                guard case .more = request, page.next == nil else { return page }
                return ReadPage(rows: RowPage(layout: page.rows.layout), next: nil, checkpoint: page.checkpoint)
            }
            return relay
        },
        .connector("expired delta token taken for no change") { connector in
            var relay = ConnectorRelay(connector)
            relay.failing = { request, error, shape in
                guard error.kind == .checkpointExpired, case .changes(let checkpoint) = request else { return nil }
                return ReadPage(rows: RowPage(layout: shape.layout), next: nil, checkpoint: checkpoint)
            }
            return relay
        },
        .connector("absence taken for deletion") { connector in
            var relay = ConnectorRelay(connector)
            let seen = SeenRecords()
            relay.reading = { request, page, _ in
                if case .everything = request { seen.begin() }
                seen.note(page.rows.ids)
                return page
            }
            relay.fetched = { ids, records in
                zip(ids, records).map { seen.isAbsent($0) ? .missing : $1 }
            }
            return relay
        },
        .connector("stale observation used: a record that is read again is taken as it was") { connector in
            var relay = ConnectorRelay(connector)
            let rows = RememberedRows()
            relay.reading = { _, page, _ in
                rows.note(page.rows)
                return page
            }
            relay.fetched = { ids, records in zip(ids, records).map { rows.asBefore($0, $1) } }
            return relay
        },
        .connector("echo told by the author: a change after a write of ours passed over") { connector in
            var relay = ConnectorRelay(connector)
            let ours = SeenRecords()
            relay.written = { _, result, _, _ in
                ours.note(result.outcomes.compactMap(\.appliedID))
                return result
            }
            relay.reading = { request, page, _ in
                if case .everything = request { return page }
                return page.without(ours.takeAll())
            }
            return relay
        },
    ]

    /// The same batch, conditional on what the records are now.
    private static func refreshed(
        _ parts: [WritePart],
        _ shape: TableShape,
        _ connector: any Connector
    ) async -> [WritePart] {
        var result: [WritePart] = []
        for part in parts {
            guard case .update(let id, _) = part.operation,
                case .present(let row)? = try? await connector.fetch([id], of: shape).first
            else {
                result.append(part)
                continue
            }
            result.append(WritePart(operation: .update(id: id, version: row.version), fields: part.fields))
        }
        return result
    }
}

/// The records of the last whole read, or of the last writes.
private final class SeenRecords: Sendable {
    private let ids = Mutex<Set<RecordID>?>(nil)

    func begin() { ids.withLock { $0 = [] } }

    func note(_ more: [RecordID]) { ids.withLock { $0 = ($0 ?? []).union(more) } }

    func isAbsent(_ id: RecordID) -> Bool { ids.withLock { $0.map { !$0.contains(id) } ?? false } }

    func takeAll() -> Set<RecordID> {
        ids.withLock { ids in
            defer { ids = nil }
            return ids ?? []
        }
    }
}

/// What records held when they were on a page.
private final class RememberedRows: Sendable {
    private let rows = Mutex<[RecordID: ObservedRow]>([:])

    func note(_ page: RowPage) {
        rows.withLock { rows in
            for index in 0..<page.count where page.kind(at: index) == .present {
                rows[page.ids[index]] = ObservedRow(
                    row: page.row(at: index),
                    layout: page.layout,
                    version: page.version(at: index)
                )
            }
        }
    }

    /// A record under its present version, with what it held before.
    func asBefore(_ id: RecordID, _ fetched: FetchedRecord) -> FetchedRecord {
        guard case .present(let now) = fetched, let before = rows.withLock({ $0[id] }), before.layout == now.layout
        else { return fetched }
        return .present(ObservedRow(row: before.row, layout: now.layout, version: now.version))
    }
}

extension Outcome {
    /// The record that was written; nil where none was.
    var appliedID: RecordID? { if case .applied(let written) = self { written.id } else { nil } }
}

extension ReadPage {
    /// The latest time of change on the page.
    fileprivate func latest(_ shape: TableShape) -> Instant? {
        guard let field = shape.modifiedField, let position = shape.layout.position(of: field) else { return nil }
        return (0..<rows.count).compactMap { index in
            let value = rows.row(at: index).withView(fieldCount: shape.layout.fields.count) { $0.value(at: position) }
            return value.flatMap { Instant(iso8601: $0.text[...]) }
        }.max()
    }

    /// The page without some records.
    fileprivate func without(_ ids: Set<RecordID>) -> ReadPage {
        var kept = RowPage(layout: rows.layout)
        for index in 0..<rows.count where !ids.contains(rows.ids[index]) {
            let row = rows.row(at: index)
            kept.append(
                id: rows.ids[index],
                version: rows.version(at: index).utf8,
                kind: rows.kind(at: index),
                row: row.bytes
            )
        }
        return ReadPage(rows: kept, next: next, checkpoint: checkpoint)
    }
}
