import CoupletCore
import CoupletEngine
import CoupletPorts

extension Document {
    /// A plan without its steps.
    static func planOverview(_ plan: PlanView, _ console: Console) -> JSONDocument {
        .object(headMembers(plan, console) + restMembers(plan, console, open: false))
    }

    /// The members of a plan's document that stand before its steps.
    static func planHead(_ plan: PlanView, _ console: Console) -> String { members(headMembers(plan, console)) }

    /// The members of a plan's document that stand after its steps.
    static func planRest(_ plan: PlanView, _ console: Console) -> String {
        members(restMembers(plan, console, open: true))
    }

    private static func members(_ members: [JSONDocument.Member]) -> String {
        String(JSONDocument.object(members).text.dropFirst().dropLast())
    }

    private static func headMembers(_ plan: PlanView, _ console: Console) -> [JSONDocument.Member] {
        [
            .init(name: "id", value: .integer(plan.id)),
            .init(name: "state", value: .string(plan.state.rawValue)),
            .init(name: "action", value: .string(plan.action)),
            .init(name: "mappings", value: .array(plan.mappings.map { .string($0) })),
            .init(name: "madeBy", value: .string(plan.madeBy)),
            .init(name: "madeAt", value: .string(plan.madeAt.description)),
            .init(name: "decidedBy", value: .optional(plan.decidedBy)),
            .init(name: "decidedAt", value: .optional(plan.decidedAt?.description)),
            .init(name: "standing", value: plan.standing.map { reason($0, console) } ?? .null),
            .init(name: "outdated", value: plan.outdated.map { reason($0, console) } ?? .null),
            .init(name: "moved", value: .integer(plan.moved)),
        ]
    }

    private static func restMembers(_ plan: PlanView, _ console: Console, open: Bool) -> [JSONDocument.Member] {
        let counts = plan.counts
        let items: [JSONDocument.Member] = [
            .init(name: "conflicts", value: .array(plan.conflicts.map(conflict))),
            .init(name: "questions", value: .array(plan.questions.map { question($0, console) })),
            .init(name: "failures", value: .array(plan.failures.map { failure($0, console) })),
        ]
        return (open ? items : []) + [
            .init(name: "holds", value: .array(plan.holds.map { reason($0, console) })),
            .init(
                name: "counts",
                value: .object([
                    "coupled": .integer(counts.coupled), "uncoupled": .integer(counts.uncoupled),
                    "created": requests(counts.created), "changed": requests(counts.changed),
                    "deleted": requests(counts.deleted ?? BySide(erp: 0, crm: 0)),
                    "conflicts": .integer(counts.conflicts), "questions": .integer(counts.questions),
                    "failures": .integer(counts.failures),
                ])
            ),
            .init(name: "requests", value: requests(plan.requests)),
        ]
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

    /// A step of a plan.
    static func step(_ step: PlanView.StepView, _ console: Console) -> JSONDocument {
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
            "state": .string(step.state.rawValue),
            "obstacle": .optional(step.obstacle.map { console.text($0) }),
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
