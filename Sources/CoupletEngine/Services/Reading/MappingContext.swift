import CoupletCore
import CoupletPorts

/// A mapping with everything a run needs of it: compiled, with its feeds and connectors.
struct MappingContext: Sendable {
    /// The mapping compiled for the layouts of its feeds.
    let program: MappingProgram
    /// The stored feeds of its tables.
    let feeds: BySide<StoredFeed>
    /// Its tables as the connectors see them.
    let shapes: BySide<TableShape>
    /// The connectors.
    let connectors: BySide<any Connector>
    /// Other mappings that read the same feed, by side.
    let siblings: BySide<[MappingProgram]>
    /// Every mapping by name, with its feeds, for translating references.
    let referenced: [String: BySide<Int64>]
    /// The feeds of the key tables that references need.
    let keyFeeds: [KeyFeed: Int64]
    /// The mappings of other ERP connections for the same table of the CRM: what they have coupled is taken.
    let rivals: [String]
    /// When it was loaded.
    let openedAt: Instant

    /// The core's decisions.
    let decisions: any Decisions

    /// The mapping.
    var mapping: TableMapping { program.mapping }
    /// The mapping's name.
    var name: String { program.mapping.name }
    /// The feeds' numbers.
    var feedIDs: BySide<Int64> { BySide(erp: feeds.erp.id, crm: feeds.crm.id) }

    /// Loads the context of a mapping, opening feeds and layouts that are new.
    static func load(
        _ mapping: TableMapping,
        store: any StateStore,
        connections: ConnectionService,
        decisions: any Decisions = CoreDecisions(),
        now: Instant
    ) async throws -> MappingContext {
        let parts = try await store.write { try Parts(mapping, now, $0) }
        return MappingContext(
            program: parts.program,
            feeds: parts.feeds,
            shapes: parts.shapes,
            connectors: BySide(
                erp: try await connections.connector(for: mapping.erp.connection),
                crm: try await connections.connector(for: mapping.crm.connection)
            ),
            siblings: parts.siblings,
            referenced: parts.referenced,
            keyFeeds: parts.keyFeeds,
            rivals: parts.rivals,
            openedAt: now,
            decisions: decisions
        )
    }

    /// What the store contributes to a context.
    private struct Parts: Sendable {
        var program: MappingProgram
        var feeds: BySide<StoredFeed>
        var shapes: BySide<TableShape>
        var siblings: BySide<[MappingProgram]>
        var referenced: [String: BySide<Int64>]
        var keyFeeds: [KeyFeed: Int64]
        var rivals: [String]

        init(_ mapping: TableMapping, _ now: Instant, _ transaction: any StoreWriting) throws {
            let all = try transaction.mappings()
            let mapped = MappedFeed.all(in: all)
            // Mappings share tables: each is opened once.
            var opened: [Int: StoredFeed] = [:]
            func feed(_ side: Side, of mapping: TableMapping) throws -> (MappedFeed, StoredFeed) {
                let table = mapping.table(side)
                guard
                    let index = mapped.firstIndex(where: {
                        $0.side == side && $0.connection == table.connection && $0.table == table.table
                    })
                else { throw CoupletError("mapping.unknown", ["mapping": mapping.name], status: .wrongUse) }
                let stored = try opened[index] ?? Self.opened(mapped[index], now, transaction)
                opened[index] = stored
                return (mapped[index], stored)
            }
            func program(_ mapping: TableMapping) throws -> MappingProgram {
                let layouts = BySide(
                    erp: try feed(.erp, of: mapping).1.layout,
                    crm: try feed(.crm, of: mapping).1.layout
                )
                guard let erp = layouts.erp, let crm = layouts.crm else {
                    throw CoupletError("defect.noLayout", ["mapping": mapping.name], status: .defect)
                }
                return try MappingProgram(
                    mapping: mapping,
                    layouts: BySide(erp: erp, crm: crm),
                    baseLayout: try transaction.layout(fields: MappingProgram.baseFields(of: mapping)),
                    now: now,
                    digest: try transaction.valueDigest()
                )
            }
            let erp = try feed(.erp, of: mapping)
            let crm = try feed(.crm, of: mapping)
            self.program = try program(mapping)
            feeds = BySide(erp: erp.1, crm: crm.1)
            shapes = BySide(
                erp: erp.0.shape(layout: self.program.layouts.erp),
                crm: crm.0.shape(layout: self.program.layouts.crm)
            )
            siblings = BySide(
                erp: try erp.0.mappings.filter { $0.name != mapping.name }.map(program),
                crm: try crm.0.mappings.filter { $0.name != mapping.name }.map(program)
            )
            keyFeeds = try Self.keyFeeds(of: mapping, transaction)
            rivals = crm.0.mappings.filter(mapping.isRival).map(\.name)
            referenced = try all.reduce(into: [:]) { result, other in
                result[other.name] = BySide(erp: try feed(.erp, of: other).1.id, crm: try feed(.crm, of: other).1.id)
            }
        }

        private static func keyFeeds(
            of mapping: TableMapping,
            _ transaction: any StoreWriting
        ) throws -> [KeyFeed: Int64] {
            var feeds: [KeyFeed: Int64] = [:]
            let tables = mapping.enabledFields.flatMap { $0.reference?.path?.tables ?? [] }
            for key in tables.map({ KeyFeed(side: $0.side, table: $0.table) }) + mapping.lookups.map(KeyFeed.init) {
                let connection = mapping.table(key.side).connection
                feeds[key] = try transaction.openFeed(connection: connection, table: key.name).id
            }
            return feeds
        }

        /// The stored feed with the layout its mappings need; a new layout means that the table must be read anew, and
        /// so does a new day where filters count days from it: records enter and leave without being changed.
        private static func opened(
            _ feed: MappedFeed,
            _ now: Instant,
            _ transaction: any StoreWriting
        ) throws -> StoredFeed {
            let stored = try transaction.openFeed(connection: feed.connection, table: feed.table)
            var wanted = stored
            wanted.layout = try transaction.layout(fields: feed.fields)
            wanted.filterDay = feed.countsDays ? RelativeDay.today(at: now) : nil
            let isNewDay = wanted.filterDay != nil && wanted.filterDay != stored.filterDay
            if wanted.layout != stored.layout || isNewDay { wanted.checkpoint = nil }
            if wanted != stored { try transaction.save(wanted) }
            return wanted
        }
    }
}

extension Engine {
    /// A mapping with everything a run needs of it, as it is now.
    func context(of mapping: TableMapping) async throws -> MappingContext {
        try await MappingContext.load(
            mapping,
            store: store,
            connections: connections,
            decisions: decisions,
            now: clock.now
        )
    }
}
