import CoupletCore
import Synchronization

/// How often each case was seen.
final class CaseCounter: Sendable {
    private let counts = Mutex<[DecisionCase: Int]>([:])

    func note(_ cases: [DecisionCase]) {
        counts.withLock { counts in
            for one in cases { counts[one, default: 0] += 1 }
        }
    }

    var all: [DecisionCase: Int] { counts.withLock { $0 } }

    /// Begins to count anew.
    func forget() { counts.withLock { $0 = [:] } }
}

/// Notes which cases decisions were about.
struct WatchedDecisions: Decisions {
    let decisions: any Decisions
    let counter: CaseCounter
    /// The limits that hold in place of the engine's own; nil for these.
    var limits: SafetyLimits?

    func reconcile(_ input: PairInput, references: ReferenceTable, by reconciler: Reconciler) -> PairDecision {
        let decision = decisions.reconcile(input, references: references, by: reconciler)
        counter.note(DecisionCase.of(input, decision))
        return decision
    }

    func base(
        applying step: Step,
        returned: EncodedRow?,
        to base: Base?,
        source: ObservedRow?,
        program: MappingProgram
    ) -> Base {
        counter.note([step.action == .create ? .appliedCreate : .appliedUpdate])
        let settled = decisions.base(applying: step, returned: returned, to: base, source: source, program: program)
        if let returned, isChanged(step, returned, program) { counter.note([.changedByTarget]) }
        return settled
    }

    func base(agreeing differences: [FieldDifference], to base: Base?, program: MappingProgram) -> Base {
        decisions.base(agreeing: differences, to: base, program: program)
    }

    func confirmed(_ step: Step, by row: EncodedRow, program: MappingProgram) -> Step? {
        let confirmed = decisions.confirmed(step, by: row, program: program)
        switch confirmed?.fields.count {
        case nil: counter.note([.confirmedNone])
        case step.fields.count?: counter.note([.confirmedAll])
        default: counter.note([.confirmedPart])
        }
        return confirmed
    }

    func isInScope(_ row: ObservedRow, side: Side, program: MappingProgram) -> Bool {
        let isIn = decisions.isInScope(row, side: side, program: program)
        if !isIn { counter.note([.outside]) }
        return isIn
    }

    func holds(_ job: SafetyLimits.Job, limits: SafetyLimits) -> [Message] {
        let holds = decisions.holds(job, limits: self.limits ?? limits)
        if !holds.isEmpty { counter.note([.held]) }
        return holds
    }

    private func isChanged(_ step: Step, _ row: EncodedRow, _ program: MappingProgram) -> Bool {
        let layout = program.layouts[step.target]
        return step.fields.contains { field in
            guard let position = layout.position(of: field.target.name) else { return false }
            let now = row.withView(fieldCount: layout.fields.count) { $0.value(at: position) }
            guard let now else { return false }
            return !now.text.utf8.elementsEqual(field.write.value.text.utf8)
        }
    }
}
