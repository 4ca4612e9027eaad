import CoupletCore
import CoupletPorts
import GRDB

extension SQLiteTransaction {
    func layout(_ number: Int) throws -> RowLayout? {
        if let layout = layouts[number] { return layout }
        let text: String? = try row("SELECT fields FROM layout WHERE number = ?", [number]) { $0.next() }
        guard let text else { return nil }
        let layout = RowLayout(number: number, fields: try cache.fields(of: text))
        layouts[number] = layout
        return layout
    }

    func layout(fields: [String]) throws -> RowLayout {
        let text = try documents.text(fields)
        let known: Int? = try row("SELECT number FROM layout WHERE fields = ?", [text]) { $0.next() }
        if let known { return RowLayout(number: known, fields: fields) }
        let number = try insert(try statement("INSERT INTO layout (fields) VALUES (?)"), [text])
        return RowLayout(number: Int(number), fields: fields)
    }

    func feed(connection: String, table: String) throws -> StoredFeed? {
        let found = try row(
            """
            SELECT number, layout, checkpoint, batch_size, filter_day, is_empty FROM feed
            WHERE connection = ? AND remote_table = ?
            """,
            [connection, table]
        ) { columns -> (feed: StoredFeed, layout: Int?) in
            let number: Int64 = columns.next()
            let layout: Int? = columns.optional()
            let feed = StoredFeed(
                id: number,
                connection: connection,
                table: table,
                layout: nil,
                checkpoint: columns.optional(),
                batchSize: columns.next(),
                filterDay: columns.optional(),
                isEmpty: columns.next()
            )
            return (feed, layout)
        }
        guard var feed = found?.feed else { return nil }
        if let number = found?.layout { feed.layout = try layout(number) }
        return feed
    }

    func openFeed(connection: String, table: String) throws -> StoredFeed {
        if let feed = try feed(connection: connection, table: table) { return feed }
        let number = try insert(
            try statement("INSERT INTO feed (connection, remote_table, batch_size) VALUES (?, ?, 0)"),
            [connection, table]
        )
        return StoredFeed(
            id: number,
            connection: connection,
            table: table,
            layout: nil,
            checkpoint: nil,
            batchSize: 0
        )
    }

    func save(_ feed: StoredFeed) throws {
        try execute(
            """
            UPDATE feed SET layout = ?, checkpoint = ?, batch_size = ?, filter_day = ?, is_empty = ? WHERE number = ?
            """,
            [feed.layout?.number, feed.checkpoint, feed.batchSize, feed.filterDay, feed.isEmpty, feed.id]
        )
        try expectChange("feed", feed.id)
    }

    /// Refuses an update of something that was never stored.
    func expectChange(_ kind: String, _ number: Int64) throws {
        guard database.changesCount == 1 else {
            throw StoreError.failed(detail: "no \(kind) is stored under the number \(number)")
        }
    }
}
