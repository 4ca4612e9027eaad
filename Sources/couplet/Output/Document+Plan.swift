import CoupletCore
import CoupletEngine
import CoupletPorts

extension Document {
    /// A plan, before anything is done.
    static func plan(_ plan: PlanView, _ console: Console) -> JSONDocument {
        .object([
            "id": .integer(plan.id),
            "steps": .array(plan.steps.map { step($0, console) }),
            "conflicts": .array(plan.conflicts.map(conflict)),
            "questions": .array(plan.questions.map { question($0, console) }),
            "holds": .array([]),
            "failures": .array(plan.failures.map { failure($0, console) }),
            "requests": requests(plan.requests),
        ])
    }

    /// An open conflict.
    static func conflict(_ conflict: ConflictRecord) -> JSONDocument {
        .object([
            "id": .integer(conflict.id),
            "mapping": .string(conflict.mapping),
            "record": .string(conflict.label),
            "fields": .object(conflict.fields.map { .init(name: $0.field, value: difference($0)) }),
            "foundAt": .string(conflict.foundAt.description),
        ])
    }

    /// An open question.
    static func question(_ question: QuestionRecord, _ console: Console) -> JSONDocument {
        .object([
            "id": .integer(question.id),
            "mapping": .string(question.mapping),
            "kind": .string(question.kind.rawValue),
            "side": .string(question.side.rawValue),
            "recordId": .string(question.record.description),
            "record": .string(question.label),
            "candidates": .array(question.candidates.map { candidate($0, console) }),
            "fields": .object(question.fields.map { .init(name: $0.field, value: difference($0)) }),
            "askedAt": .string(question.askedAt.description),
        ])
    }

    private static func step(_ step: PlanView.StepView, _ console: Console) -> JSONDocument {
        let fields = step.changes.map { change in
            JSONDocument.Member(
                name: change.field,
                value: .object(["before": value(change.before), "after": value(change.after)])
            )
        }
        return .object([
            "mapping": .string(step.mapping),
            "action": .string(step.action.rawValue),
            "side": .string(step.side.rawValue),
            "key": .string(step.key),
            "with": .optional(step.with),
            "name": .string(step.name),
            "score": step.score.map { .decimal($0) } ?? .null,
            "reasons": .array(step.reasons.map { .string(console.text($0)) }),
            "fields": .object(fields),
        ])
    }

    private static func candidate(_ candidate: QuestionRecord.Candidate, _ console: Console) -> JSONDocument {
        .object([
            "id": .string(candidate.id.description),
            "key": .optional(candidate.key),
            "name": .string(candidate.name),
            "score": .decimal(candidate.score),
            "reasons": .array(candidate.reasons.map { .string(console.text($0)) }),
        ])
    }

    private static func difference(_ difference: FieldDifference) -> JSONDocument {
        .object([
            "base": difference.base.map { .object(["erp": value($0.erp), "crm": value($0.crm)]) } ?? .null,
            "erp": value(difference.present.erp),
            "crm": value(difference.present.crm),
        ])
    }

    private static func failure(_ failure: FailureRecord, _ console: Console) -> JSONDocument {
        .object([
            "mapping": .string(failure.mapping),
            "side": .string(failure.target.rawValue),
            "record": .string(failure.label),
            "disposition": .string(failure.disposition.rawValue),
            "reasons": .array(failure.messages.map { reason($0, console) }),
        ])
    }

    /// A reason with its text and what to do.
    static func reason(_ message: Message, _ console: Console) -> JSONDocument {
        .object([
            "code": .string(message.code),
            "text": .string(console.text(message)),
            "remedy": .optional(console.remedy(message)),
        ])
    }
}
