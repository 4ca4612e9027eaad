import CoupletCore
import CoupletPorts

/// Finds out which records of a mapping others refer to, by asking their system: in the fields that mappings know.
struct ReferrerSearch: Sendable {
    /// How many records are asked about at a time: an address can only be so long.
    private static let batchSize = 20

    let run: MappingRun
    /// The side of the records.
    let target: Side

    /// A field of some table that refers to records of the mapping.
    private struct Referrer: Hashable, Sendable {
        var table: String
        var idField: String
        var field: String
        /// Whether it holds the records' keys and not their ids.
        var holdsKey: Bool
    }

    /// The records that something refers to.
    /// - Parameters:
    ///   - steps: Steps that name the records.
    ///   - ended: Records that do not count where they refer to others.
    /// - Returns: Their ids.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func referred(
        among steps: [Step],
        except ended: PlannedDeletions = PlannedDeletions()
    ) async throws -> Set<RecordID> {
        let ids = steps.compactMap { $0.ids[target] }
        let referrers = try await referrers()
        guard !ids.isEmpty, !referrers.isEmpty else { return [] }
        let feed = run.context.feeds[target].id
        let records = try await run.store.read { try $0.records(feed: feed, ids: ids) }
        var found: Set<RecordID> = []
        let connection = run.context.mapping.table(target).connection
        for referrer in referrers {
            let leaving = ended.records(of: referrer.table, connection)
            for start in stride(from: 0, to: ids.count, by: Self.batchSize) {
                let batch = ids[start..<min(start + Self.batchSize, ids.count)]
                var names: [String: RecordID] = [:]
                for id in batch {
                    let name = referrer.holdsKey ? records[id]?.key : id.description
                    if let name, !name.isEmpty { names[name.lowercased()] = id }
                }
                let values = try await values(of: referrer, among: names.keys.sorted(), except: leaving)
                found.formUnion(values.compactMap { names[$0] })
            }
        }
        return found
    }

    private func referrers() async throws -> [Referrer] {
        let own = run.context.mapping.table(target)
        let mappings = try await run.store.read { try $0.mappings() }
        // A record is referred to whichever mapping of its table a field goes through.
        let names = Set(
            mappings.filter { mapping in
                let table = mapping.table(target)
                return (table.connection, table.table) == (own.connection, own.table)
            }.map(\.name)
        )
        var found: Set<Referrer> = []
        for mapping in mappings where mapping.table(target).connection == own.connection {
            let table = mapping.table(target)
            for field in mapping.fields {
                guard let reference = field.reference, !names.isDisjoint(with: reference.mappings) else { continue }
                let isKeyed = target == .erp ? reference.path?.erpKeys != nil : reference.path?.crmKeys != nil
                let property = field.field(target).name
                // What such a field holds is neither key nor id of the record.
                guard !isKeyed, !property.isEmpty else { continue }
                found.insert(
                    Referrer(
                        table: table.table,
                        idField: table.idField,
                        field: property,
                        holdsKey: target == .erp && reference.erpHoldsKey
                    )
                )
            }
        }
        return found.sorted { ($0.table, $0.field) < ($1.table, $1.field) }
    }

    /// Which of some names a field holds anywhere but in records that leave, in small letters.
    private func values(
        of referrer: Referrer,
        among names: [String],
        except leaving: Set<RecordID>
    ) async throws -> Set<String> {
        guard !names.isEmpty else { return [] }
        let layout = RowLayout(number: -1, fields: [referrer.field])
        let shape = TableShape(
            table: referrer.table,
            idField: referrer.idField,
            modifiedField: nil,
            layout: layout
        )
        let asked = referrer.holdsKey ? names.map { $0.uppercased() } : names
        let filter = RecordFilter.any(asked.map { .compare(field: referrer.field, .equal, .text($0)) })
        let connector = run.context.connectors[target]
        var found: Set<String> = []
        var page = try await connector.read(.matching(filter), of: shape)
        while true {
            for index in 0..<page.rows.count
            where page.rows.kind(at: index) == .present && !leaving.contains(page.rows.ids[index]) {
                if let value = page.rows.withRow(at: index, { $0.value(at: 0)?.text }) {
                    found.insert(value.lowercased())
                }
            }
            guard let next = page.next else { return found.intersection(names) }
            try Task.checkCancellation()
            page = try await connector.read(.more(next: next), of: shape)
        }
    }
}

/// Records that a plan deletes, mapping by mapping in the order in which it is carried out.
struct PlannedDeletions: Sendable {
    private struct Place: Hashable, Sendable {
        var connection: String
        var table: String
    }

    private var records: [Place: Set<RecordID>] = [:]

    /// The records of a table.
    func records(of table: String, _ connection: String) -> Set<RecordID> {
        records[Place(connection: connection, table: table)] ?? []
    }

    /// Adds the records of a mapping's table.
    mutating func add(_ ids: Set<RecordID>, _ table: TableMapping.Table) {
        records[Place(connection: table.connection, table: table.table), default: []].formUnion(ids)
    }
}
