import CoupletCore
import CoupletPorts

extension RecordService {
    /// What a mapping has to say about a record that a link names; nil where it does not know it.
    func way(
        _ action: OpenRecord,
        _ mapping: TableMapping,
        _ progress: @escaping ProgressSink
    ) async throws -> OpenedRecord.Way? {
        let context = try await refreshed(mapping.name, progress)
        let record: RecordKey
        do {
            record = try await RecordKey.find(action.key, context, store)
        } catch let error as CoupletError where error.message.code == "key.unknown" {
            return nil
        }
        let name = context.name
        let other = record.side.other
        let view = try await explain(ExplainRecord(mapping: name, key: record.id.typed(on: record.side)), context)
            .record
        var way = OpenedRecord.Way(mapping: name, record: view, action: .create)
        if let id = record.coupling?.ids[other] {
            way.action = .open
            let known = try await store.read { try $0.records(feed: context.feedIDs[other], ids: [id])[id] }
            way.counterpart = RecordView(
                side: other,
                key: known?.key,
                id: id,
                name: known?.name ?? "",
                coupledTo: record.id,
                state: view.state
            )
            way.address = try await address(id, known?.key, other, context)
            return way
        }
        do {
            try await requireOpening(record, context)
            if let match = try await match(of: record, context, progress) {
                way.action = .couple
                way.counterpart = match
                way.address = try await address(match.id, match.key, other, context)
            } else if !mapping.createTargets.contains(other) {
                throw CoupletError(
                    "couple.createNotAllowed",
                    ["mapping": name, "side": other.rawValue],
                    status: .wrongUse
                )
            }
        } catch let error as CoupletError {
            way.obstacle = error
        }
        return way
    }

    private func address(
        _ id: RecordID,
        _ key: String?,
        _ side: Side,
        _ context: MappingContext
    ) async throws -> String? {
        let table = context.mapping.table(side).table
        do throws(ConnectorError) {
            return try await context.connectors[side].webAddress(of: id, key: key, in: table)
        } catch {
            throw CoupletError(error)
        }
    }

    /// Refuses to couple or create on the way to a record where a mapping leaves uncoupled records alone, or where
    /// values do not flow from the record's side.
    private func requireOpening(_ record: RecordKey, _ context: MappingContext) async throws {
        let mapping = context.mapping
        let arguments = [
            "mapping": mapping.name, "key": record.text, "name": record.record.name,
            "side": record.side.other.rawValue,
        ]
        _ = try await store.read { try CouplingCheck(context, $0).ended(by: record, moves: false) }
        if mapping.onlyCoupled { throw CoupletError("open.onlyCoupled", arguments, status: .wrongUse) }
        guard mapping.direction.writes(to: record.side.other) else {
            throw CoupletError("open.otherDirection", arguments, status: .wrongUse)
        }
        let connections = try await store.read { try $0.connections() }
        let name = mapping.table(record.side.other).connection
        guard connections.first(where: { $0.name == name })?.isEnabled == true else {
            throw CoupletError(
                "connection.disabled",
                ["connection": name, "mapping": mapping.name],
                status: .notAllowed
            )
        }
    }

    /// The one free record that the match rules name for a record; nil where they name none.
    private func match(
        of record: RecordKey,
        _ context: MappingContext,
        _ progress: @escaping ProgressSink
    ) async throws -> RecordView? {
        let feed = context.feedIDs[record.side]
        let observation = try await store.read { try $0.observations(feed: feed, ids: [record.id])[record.id] }
        guard let row = observation.flatMap({ context.row($0, record.side) }) else { return nil }
        let finder = MatchFinder(of: (record, row), context, store, now: clock.now, progress)
        let matches = try await finder.find()
        let found = matches.candidates(of: record)
        guard let first = found.first else { return nil }
        let isSure = matches.couples.contains { $0.erp == record.id || $0.crm == record.id }
        guard found.count == 1, isSure else {
            throw CoupletError(
                "open.severalMatches",
                ["mapping": context.name, "key": record.text, "name": record.record.name, "count": "\(found.count)"],
                status: .wrongUse
            )
        }
        let other = record.side.other
        let known = try await store.read { try $0.records(feed: context.feedIDs[other], ids: [first.id])[first.id] }
        return RecordView(
            side: other,
            key: known?.key,
            id: first.id,
            name: known?.name ?? "",
            coupledTo: nil,
            state: .uncoupled
        )
    }
}
