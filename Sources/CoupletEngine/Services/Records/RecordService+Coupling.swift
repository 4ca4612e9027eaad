import CoupletCore
import CoupletPorts

extension RecordService {
    /// The counterparts to choose from for one record, and what each choice would write; see `OfferCoupling`.
    ///
    /// Both sides' values are read anew, so that what is shown is what stands there.
    func offer(_ action: OfferCoupling, progress: @escaping ProgressSink) async throws -> CouplingOffer {
        let context = try await refreshed(action.mapping, progress)
        let record = try await RecordKey.find(action.key, context, store)
        let live = try await LiveRecords(store: store, context: context).read([record.id], record.side)
        let chosen = try await counterparts(of: record, live.rows[record.id], action, context, progress)
        let partners = try await store.read { transaction in
            let ids = chosen.map(\.id)
            let known = try transaction.records(feed: context.feedIDs[record.side.other], ids: ids)
            return try chosen.compactMap { candidate -> (RecordKey, Matcher.Candidate)? in
                guard let found = known[candidate.id] else { return nil }
                return (try RecordKey(found, record.side.other, context.name, transaction), candidate)
            }
        }
        let others = try await LiveRecords(store: store, context: context)
            .read(partners.map(\.0.id), record.side.other)
        let offers = CouplingOffers(context: context, record: record, live: live, others: others)
        try await readKeys(for: offers, partners.map(\.0))
        let (counterparts, obstacle, creation) = try await store.read { transaction in
            try (
                partners.map { try offers.counterpart($0.0, $0.1, transaction) },
                offers.obstacle(transaction),
                offers.creation(transaction)
            )
        }
        let asked = ExplainRecord(mapping: context.name, key: record.id.typed(on: record.side))
        let state = try await explain(asked, context)
        return CouplingOffer(
            mapping: context.name,
            record: state.record,
            obstacle: obstacle,
            counterparts: counterparts,
            creation: creation,
            recommended: record.coupling == nil ? context.mapping.direction.source ?? .erp : nil
        )
    }

    /// The records to compare with, the present counterpart first.
    private func counterparts(
        of record: RecordKey,
        _ row: ObservedRow?,
        _ action: OfferCoupling,
        _ context: MappingContext,
        _ progress: @escaping ProgressSink
    ) async throws -> [Matcher.Candidate] {
        func plain(_ id: RecordID, _ reasons: [Message] = []) -> Matcher.Candidate {
            Matcher.Candidate(id: id, score: -1, reasons: reasons, isCoupled: false)
        }
        if let with = action.with {
            let text = record.side == .erp && RecordID(with) != nil ? "crm:" + with : with
            let partner = try await RecordKey.find(text, context, store)
            guard partner.side != record.side else {
                throw CoupletError("couple.sameSide", ["key": action.key, "with": with], status: .wrongUse)
            }
            return [plain(partner.id)]
        }
        let present = record.coupling.map { plain($0.ids[record.side.other]) }
        var found: [Matcher.Candidate] = []
        if let wanted = action.containing {
            let search = ListRecords(mapping: context.name, side: record.side.other, containing: wanted)
            let records = try await list(search, progress: progress).records
            found = NameOrder.sorted(records, wanted).prefix(CandidateFinder.most).map { plain($0.id) }
        } else if let row {
            let finder = CandidateFinder(context: context, store: store, now: clock.now, progress: progress)
            found = try await finder.candidates(of: record, row)
        }
        return (present.map { [$0] } ?? []) + found.filter { $0.id != present?.id }
    }

    /// Reads the key tables that lack what the choices ask.
    private func readKeys(for offers: CouplingOffers, _ partners: [RecordKey]) async throws {
        let context = offers.context
        let lacking = try await store.read { transaction in
            var lookup = ReferenceLookup(context, transaction)
            try lookup.answer(offers.questions(partners))
            return lookup.lacking
        }
        let reader = KeyReader(store: store, context: context, now: clock.now)
        for key in lacking {
            guard let number = context.keyFeeds[key] else { continue }
            do {
                _ = try await reader.read(key, number)
            } catch let error as ConnectorError {
                throw CoupletError(error)
            }
        }
    }
}
