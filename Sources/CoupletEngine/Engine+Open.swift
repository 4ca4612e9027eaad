import CoupletCore
import CoupletPorts

extension Engine {
    /// Leads from a record to its counterpart; see `OpenRecord`.
    func open(_ action: OpenRecord, _ context: ActionContext) async throws -> OpenedRecord {
        let mappings = try await mappings(for: action)
        var ways: [OpenedRecord.Way] = []
        for mapping in mappings {
            if let way = try await records.way(action, mapping, context.progress) { ways.append(way) }
        }
        guard !ways.isEmpty else {
            throw CoupletError("open.unknownKey", ["key": action.key, "table": action.table], status: .wrongUse)
        }
        var opened = OpenedRecord(ways: ways)
        if opened.choose() || !action.creates { return opened }
        let open = ways.filter { $0.obstacle == nil }
        guard let way = open.first, open.count == 1 else {
            if let question = opened.question, open.count > 1 {
                throw CoupletError("open.several", question.arguments, status: .wrongUse)
            }
            throw opened.ways[0].obstacle
                ?? CoupletError("open.unknownKey", ["key": action.key, "table": action.table], status: .wrongUse)
        }
        if let expected = action.expects, expected.lowercased() != way.expectation.lowercased() {
            throw CoupletError("open.moved", ["name": way.record.name, "mapping": way.mapping], status: .wrongUse)
        }
        let side = way.record.side
        let coupling = CoupleRecords(
            mapping: way.mapping,
            key: way.record.id.typed(on: side),
            with: way.counterpart.map { $0.id.typed(on: side.other) },
            choice: way.counterpart == nil ? nil : side
        )
        let run = try await couple(coupling, context)
        let mapping = mappings.first { $0.name == way.mapping }
        guard let mapping, let done = try await records.way(action, mapping, context.progress) else { return opened }
        opened = OpenedRecord(ways: [done], run: run)
        _ = opened.choose()
        return opened
    }

    /// The mappings that a link can mean.
    private func mappings(for action: OpenRecord) async throws -> [TableMapping] {
        let side: Side = action.key.lowercased().hasPrefix("crm:") ? .crm : .erp
        let known = try await store.read { try StepOrdering.ordered($0.mappings()) }
        guard !known.isEmpty else { throw CoupletError("mapping.none", status: .wrongConfiguration) }
        let among = action.among.map { Set($0.map { $0.lowercased() }) }
        let all = known.filter { among?.contains($0.name.lowercased()) ?? true }
        if let name = action.mapping {
            return [try await store.read { try MappingService.mapping(named: name, in: $0) }]
        }
        var found: [TableMapping] = []
        for mapping in all {
            let table = mapping.table(side)
            let isNamed = mapping.name.lowercased() == action.table.lowercased()
            let connector = isNamed ? nil : try await connections.connector(for: table.connection)
            if isNamed || connector?.isName(action.table, of: table.table) == true { found.append(mapping) }
        }
        guard found.isEmpty else { return found }
        throw CoupletError(
            "open.unknownTable",
            ["table": action.table, "side": side.rawValue, "known": all.map(\.name).joined(separator: ", ")],
            status: .wrongUse
        )
    }
}

extension OpenedRecord {
    fileprivate init(ways: [Way], run: RunOrPlan? = nil) {
        self.init(
            address: nil,
            question: nil,
            ways: ways.sorted { left, right in
                (left.rank, left.mapping) < (right.rank, right.mapping)
            },
            run: run
        )
    }

    /// Decides where to go, or what to ask.
    /// - Returns: Whether the record has a counterpart.
    fileprivate mutating func choose() -> Bool {
        let coupled = ways.filter { $0.action == .open }
        if coupled.count == 1 { address = coupled[0].address }
        let choices = coupled.isEmpty ? ways.filter { $0.obstacle == nil } : coupled
        guard let first = choices.first, choices.count > 1 || coupled.isEmpty else { return !coupled.isEmpty }
        let names = choices.map(\.mapping).joined(separator: ", ")
        let arguments = [
            "name": first.record.name, "mappings": names, "mapping": first.mapping, "key": first.record.typedKey,
            "side": first.record.side.other.rawValue, "with": first.counterpart?.name ?? "",
        ]
        if choices.count > 1 {
            question = Message("open.which", arguments)
        } else {
            question = Message(first.action == .couple ? "open.couple" : "open.create", arguments)
        }
        return !coupled.isEmpty
    }
}

extension OpenedRecord.Way {
    /// Counterparts that are there first, then what can be done, then what cannot; a record outside a mapping's filter
    /// is the least of its mappings.
    fileprivate var rank: Int {
        if action == .open { return 0 }
        guard let obstacle else { return 1 }
        return obstacle.message.code == "couple.outOfScope" ? 3 : 2
    }
}
