import CoupletCore
import CoupletPorts

extension BatchDecisions.Absorbed {
    /// Proposes to a person, once, that the ERP's record moves to the one that its counterpart was absorbed by.
    ///
    /// Nobody is asked where that one is coupled already, or unknown, or where something else is asked about the record.
    func ask(_ context: MappingContext, _ transaction: any StoreWriting) throws {
        let (mapping, record) = (context.name, coupling.ids.erp)
        let known = try transaction.records(feed: context.feedIDs.crm, ids: [by])[by]
        guard let known, !known.isDeleted,
            try transaction.coupling(mapping: mapping, side: .crm, record: by) == nil,
            try transaction.openQuestion(mapping: mapping, side: .erp, record: record) == nil,
            try !transaction.questions(mapping: mapping, includingClosed: true).contains(where: isAboutThis)
        else { return }
        let own = try transaction.records(feed: context.feedIDs.erp, ids: [record])[record]
        _ = try transaction.save(
            QuestionRecord(
                mapping: mapping,
                kind: .absorbedCounterpart,
                side: .erp,
                record: record,
                coupling: coupling.id,
                label: MappingRun.label(key: own?.key, name: own?.name ?? record.description),
                candidates: [
                    QuestionRecord.Candidate(
                        id: by,
                        key: known.key,
                        name: known.name,
                        score: 1,
                        reasons: [Message("question.absorbed")]
                    )
                ],
                askedAt: context.openedAt
            )
        )
    }

    private func isAboutThis(_ question: QuestionRecord) -> Bool {
        question.kind == .absorbedCounterpart && question.record == coupling.ids.erp
            && question.coupling == coupling.id && question.candidates.first?.id == by
    }
}
