import CoupletCore
import CoupletPorts

extension MappingContext {
    /// A table that says how a referring field calls referenced records, or that a rule looks texts up in, on the mapping's
    /// own connection.
    struct KeyFeed: Hashable, Sendable {
        var side: Side
        var table: ReferencePath.KeyTable
        /// The field that a rule takes; kept as the name of the row.
        var valueField: String?

        init(side: Side, table: ReferencePath.KeyTable) {
            self.side = side
            self.table = table
        }

        init(_ lookup: FieldLookup) {
            side = lookup.side
            table = ReferencePath.KeyTable(
                table: lookup.table,
                idField: lookup.idField,
                keyField: lookup.keyField
            )
            valueField = lookup.valueField
        }

        /// The name under which its records are kept: other keys of the same table are another feed.
        var name: String {
            [table.table, table.idField, table.keyField, valueField].compactMap(\.self).joined(separator: " ")
        }

        /// The fields to read, without the id field.
        var fields: [String] {
            guard let valueField, valueField != table.idField, !table.fields.contains(valueField) else {
                return table.fields
            }
            return table.fields + [valueField]
        }

        /// The table's shape for a connector.
        var shape: TableShape {
            let layout = RowLayout(number: -1, fields: fields)
            return TableShape(table: table.table, idField: table.idField, modifiedField: nil, layout: layout)
        }
    }
}

extension MappingRun {
    /// Reads the key tables that nobody has read yet, or all of them.
    func readKeys(isFull: Bool) async throws {
        for (key, number) in context.keyFeeds.sorted(by: { $0.value < $1.value }) {
            let connection = context.mapping.table(key.side).connection
            let isKnown =
                try await store.read { try $0.feed(connection: connection, table: key.name) }?.checkpoint != nil
            guard isFull || !isKnown, book.isFirstVisit(number) else { continue }
            let rows = try await read(key, number)
            let page = context.connectors[key.side].capabilities.maximumPage
            if !isPreview { book.add(floor: RequestFloor.reads(rows: rows, page: page), key.side, to: mainJob) }
        }
    }

    /// Reads key tables again that lacked an answer, each once a run.
    /// - Parameter lacking: The tables.
    /// - Returns: Whether any was read, so that asking again may help.
    /// - Throws: `ConnectorError`, `StoreError`, `CancellationError`.
    func readKeys(lacking: Set<MappingContext.KeyFeed>) async throws -> Bool {
        var isRead = false
        for key in lacking {
            guard let number = context.keyFeeds[key], book.isFirstVisit(number) else { continue }
            _ = try await read(key, number)
            isRead = true
        }
        return isRead
    }

    private func read(_ key: MappingContext.KeyFeed, _ number: Int64) async throws -> Int {
        try await KeyReader(store: store, context: context, now: clock.now).read(key, number)
    }
}

/// Reads tables that say how referring fields call referenced records.
struct KeyReader: Sendable {
    let store: any StateStore
    let context: MappingContext
    let now: Instant

    /// Reads a key table whole; returns how many rows came.
    func read(_ key: MappingContext.KeyFeed, _ number: Int64) async throws -> Int {
        let connector = context.connectors[key.side]
        let shape = key.shape
        let sequence = try await store.write { try $0.nextSequence() }
        let filter = key.table.filter.resolved(at: now)
        var page = try await connector.read(.matching(filter), of: shape)
        var rows = 0
        while true {
            rows += page.rows.count
            let records = key.records(in: page.rows, passing: filter, sequence: sequence)
            try await store.write { try $0.save(records, feed: number) }
            try Task.checkCancellation()
            guard let next = page.next else { break }
            page = try await connector.read(.more(next: next), of: shape)
        }
        let connection = context.mapping.table(key.side).connection
        try await store.write { transaction in
            // A row that did not come is there no more, or says something else.
            try transaction.markGone(feed: number, notReadSince: sequence)
            var feed = try transaction.openFeed(connection: connection, table: key.name)
            feed.checkpoint = String(sequence)
            try transaction.save(feed)
        }
        return rows
    }
}

extension MappingContext.KeyFeed {
    /// What a rule takes of a row; empty where the feed is of references.
    func value(in rows: RowPage, at index: Int) -> String {
        guard let valueField else { return "" }
        if valueField == table.idField { return rows.ids[index].description }
        guard let place = rows.layout.position(of: valueField) else { return "" }
        return rows.withRow(at: index) { $0.value(at: place)?.text ?? "" }
    }

    /// What the rows of a page say, as known records under the referenced records' ids.
    fileprivate func records(in rows: RowPage, passing filter: RecordFilter, sequence: Int64) -> [RemoteRecord] {
        var records: [RecordID: RemoteRecord] = [:]
        for index in 0..<rows.count where rows.kind(at: index) == .present && rows.ids[index] != .zero {
            let key = rows.withRow(at: index) { view in
                filter.matches(view, layout: rows.layout) ? view.value(at: 0)?.text.trimmedKey : nil
            }
            guard let key, !key.isEmpty else { continue }
            records[rows.ids[index]] = RemoteRecord(
                id: rows.ids[index],
                version: rows.version(at: index),
                key: key,
                name: value(in: rows, at: index),
                readSequence: sequence
            )
        }
        return Array(records.values)
    }
}

extension String {
    /// A key as it is asked for: without surrounding blanks, an id in lower case.
    fileprivate var trimmedKey: String {
        let text = String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        return RecordID(text)?.description ?? text
    }
}
