import CoupletCore
import CoupletPorts

/// Finds what the other side calls referenced records, a batch at a time and without asking a remote.
struct ReferenceLookup {
    /// Questions that are answered by the same couplings in the same way.
    private struct Group: Hashable {
        var mapping: String
        var source: Side
        var path: ReferencePath?
    }

    let context: MappingContext
    let transaction: any StoreReading
    /// The answers so far.
    private(set) var table = ReferenceTable()
    /// Key tables that do not say what was asked, though a couple is there or may be: they may be out of date.
    private(set) var lacking: Set<MappingContext.KeyFeed> = []

    init(_ context: MappingContext, _ transaction: any StoreReading) {
        self.context = context
        self.transaction = transaction
    }

    /// Answers questions.
    mutating func answer(_ questions: ReferenceTable.Questions) throws {
        try answer(questions.couplings)
        try answer(questions.rows)
    }

    /// What rules look up: the rows of their tables that have a text.
    private mutating func answer(_ questions: Set<ReferenceTable.RowQuestion>) throws {
        for question in questions {
            let key = MappingContext.KeyFeed(question.lookup)
            guard let feed = context.keyFeeds[key] else { continue }
            let values = Set(try transaction.records(feed: feed, key: question.text).map(\.name))
            switch values.count {
            case 0: lacking.insert(key)
            case 1: table.set(question, .found(values.first ?? ""))
            default:
                table.set(question, .ambiguous)
                lacking.insert(key)
            }
        }
    }

    private mutating func answer(_ questions: Set<ReferenceTable.Question>) throws {
        let keyed = Dictionary(
            context.mapping.enabledFields.compactMap(\.reference).map { ($0.mapping, $0.erpHoldsKey) },
            uniquingKeysWith: { first, _ in first }
        )
        let groups = Dictionary(grouping: questions) { Group(mapping: $0.mapping, source: $0.source, path: $0.path) }
        for (group, asked) in groups {
            let values = asked.map(\.value).sorted()
            let areKeys = keyed[group.mapping] ?? false
            var couplers: [String: String] = [:]
            let answers =
                switch group.source {
                case .erp: try crmValues(of: values, areKeys: areKeys, group, &couplers)
                case .crm: try erpValues(of: values, areKeys: areKeys, group, &couplers)
                }
            for question in asked {
                guard let answer = answers[question.value] else { continue }
                table.set(question, answer, by: couplers[question.value])
            }
        }
    }

    private func names(_ group: Group) -> [String] { [group.mapping] + (group.path?.others ?? []) }

    // MARK: What the CRM calls them

    private mutating func crmValues(
        of values: [String],
        areKeys: Bool,
        _ group: Group,
        _ couplers: inout [String: String]
    ) throws -> [String: String] {
        var answers: [String: String] = [:]
        for name in names(group) {
            guard let feeds = context.referenced[name] else { continue }
            let open = values.filter { answers[$0] == nil }
            guard !open.isEmpty else { break }
            let found = try transaction.counterparts(
                of: open,
                areKeys: areKeys,
                source: .erp,
                mapping: name,
                feeds: try keyFeeds(feeds, group)
            )
            answers.merge(found) { first, _ in first }
            for value in found.keys { couplers[value] = name }
        }
        guard let path = group.path else { return answers }
        if let keys = path.erpKeys { try note(keys, .erp, of: values.filter { answers[$0] == nil }) }
        if let shared = path.sharedKeys { try share(values, shared, group, &answers) }
        guard let keys = path.crmKeys else { return answers }
        return try calls(answers, keys)
    }

    /// Keys that the ERP's table does not have are those of the CRM's records.
    private mutating func share(
        _ values: [String],
        _ shared: ReferencePath.KeyTable,
        _ group: Group,
        _ answers: inout [String: String]
    ) throws {
        let key = MappingContext.KeyFeed(side: .crm, table: shared)
        guard let feed = context.keyFeeds[key], let own = context.referenced[group.mapping]?.erp else { return }
        for value in values where answers[value] == nil {
            guard try transaction.records(feed: own, key: value).isEmpty else { continue }
            let found = try transaction.records(feed: feed, key: value)
            if found.count == 1 { answers[value] = found[0].id.description }
            if found.isEmpty { lacking.insert(key) }
        }
    }

    /// What the CRM's referring field calls records, by their ids.
    private mutating func calls(_ ids: [String: String], _ keys: ReferencePath.KeyTable) throws -> [String: String] {
        let key = MappingContext.KeyFeed(side: .crm, table: keys)
        guard let feed = context.keyFeeds[key] else { return [:] }
        let records = try transaction.records(feed: feed, ids: Array(Set(ids.values.compactMap { RecordID($0) })))
        var answers: [String: String] = [:]
        for (value, id) in ids {
            answers[value] = RecordID(id).flatMap { records[$0]?.key }
            if answers[value] == nil { lacking.insert(key) }
        }
        return answers
    }

    // MARK: What the ERP calls them

    private mutating func erpValues(
        of values: [String],
        areKeys: Bool,
        _ group: Group,
        _ couplers: inout [String: String]
    ) throws -> [String: String] {
        let ids = try group.path?.crmKeys.map { try records(called: values, $0) }
        var answers: [String: String] = [:]
        for name in names(group) {
            guard let feeds = context.referenced[name] else { continue }
            let open = values.filter { answers[$0] == nil }
            let asked = ids.map { ids in open.compactMap { ids[$0] } } ?? open
            guard !asked.isEmpty else { break }
            let found = try transaction.counterparts(
                of: Array(Set(asked)).sorted(),
                areKeys: areKeys,
                source: .crm,
                mapping: name,
                feeds: try keyFeeds(feeds, group)
            )
            for value in open {
                guard let answer = found[ids.map { $0[value] ?? "" } ?? value] else { continue }
                answers[value] = answer
                couplers[value] = name
            }
            if let keys = group.path?.erpKeys { try noteCoupled(asked.filter { found[$0] == nil }, name, keys) }
        }
        if let shared = group.path?.sharedKeys { try unshare(values, shared, group, &answers) }
        return answers
    }

    /// The ids of the records that the CRM's referring field calls so.
    private mutating func records(
        called values: [String],
        _ keys: ReferencePath.KeyTable
    ) throws -> [String: String] {
        let key = MappingContext.KeyFeed(side: .crm, table: keys)
        guard let feed = context.keyFeeds[key] else { return [:] }
        var ids: [String: String] = [:]
        for value in values {
            ids[value] = try transaction.records(feed: feed, key: value).first?.id.description
            if ids[value] == nil { lacking.insert(key) }
        }
        return ids
    }

    private mutating func unshare(
        _ values: [String],
        _ shared: ReferencePath.KeyTable,
        _ group: Group,
        _ answers: inout [String: String]
    ) throws {
        let key = MappingContext.KeyFeed(side: .crm, table: shared)
        guard let feed = context.keyFeeds[key], let own = context.referenced[group.mapping]?.erp else { return }
        let open = values.filter { answers[$0] == nil }
        let records = try transaction.records(feed: feed, ids: open.compactMap { RecordID($0) })
        for value in open {
            guard let found = RecordID(value).flatMap({ records[$0] })?.key else {
                lacking.insert(key)
                continue
            }
            if try transaction.records(feed: own, key: found).isEmpty { answers[value] = found }
        }
    }

    // MARK: Key tables

    /// The feeds in which the ERP's keys are looked up.
    private func keyFeeds(_ feeds: BySide<Int64>, _ group: Group) throws -> BySide<Int64> {
        guard let keys = group.path?.erpKeys else { return feeds }
        let feed = context.keyFeeds[MappingContext.KeyFeed(side: .erp, table: keys)]
        return BySide(erp: feed ?? feeds.erp, crm: feeds.crm)
    }

    /// Notes that a key table does not know one of some keys.
    private mutating func note(_ keys: ReferencePath.KeyTable, _ side: Side, of values: [String]) throws {
        let key = MappingContext.KeyFeed(side: side, table: keys)
        guard let feed = context.keyFeeds[key], !lacking.contains(key) else { return }
        for value in values where try transaction.records(feed: feed, key: value).isEmpty {
            lacking.insert(key)
            return
        }
    }

    /// Notes that a key table does not know one of some coupled records.
    private mutating func noteCoupled(_ ids: [String], _ mapping: String, _ keys: ReferencePath.KeyTable) throws {
        let key = MappingContext.KeyFeed(side: .erp, table: keys)
        guard !lacking.contains(key), !ids.isEmpty else { return }
        let records = ids.compactMap { RecordID($0) }
        if try !transaction.couplings(side: .crm, records: records, mapping: mapping).isEmpty { lacking.insert(key) }
    }
}

extension MappingContext {
    /// What the other side calls the records that some values refer to.
    func answers(_ questions: ReferenceTable.Questions, _ transaction: any StoreReading) throws -> ReferenceTable {
        var lookup = ReferenceLookup(self, transaction)
        try lookup.answer(questions)
        return lookup.table
    }
}
