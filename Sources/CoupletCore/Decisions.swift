/// The core's decisions as the engine asks for them.
///
/// Every method does what the type that it names does. An engine is given them, like its clock, so that a simulation can
/// note which cases were met, and can try whether it would notice a wrong decision.
public protocol Decisions: Sendable {
    /// What shall happen to one coupling; see `Reconciler.decide(_:references:)`.
    func reconcile(_ input: PairInput, references: ReferenceTable, by reconciler: Reconciler) -> PairDecision
    /// The base after a step was applied; see `Settlement.base(applying:returned:to:source:program:)`.
    func base(
        applying step: Step,
        returned: EncodedRow?,
        to base: Base?,
        source: ObservedRow?,
        program: MappingProgram
    ) -> Base
    /// The base after agreements were recorded; see `Settlement.base(agreeing:to:program:)`.
    func base(agreeing differences: [FieldDifference], to base: Base?, program: MappingProgram) -> Base
    /// The part of a step that a record shows to be done; see `Settlement.confirmed(_:by:program:)`.
    func confirmed(_ step: Step, by row: EncodedRow, program: MappingProgram) -> Step?
    /// Whether a record passes its side's filter; see `MappingProgram.isInScope(_:side:)`.
    func isInScope(_ row: ObservedRow, side: Side, program: MappingProgram) -> Bool
    /// Why a job must wait for approval; see `SafetyLimits.holds(_:)`.
    func holds(_ job: SafetyLimits.Job, limits: SafetyLimits) -> [Message]
}

extension Decisions {
    /// Decides as the reconciler does.
    public func reconcile(_ input: PairInput, references: ReferenceTable, by reconciler: Reconciler) -> PairDecision {
        reconciler.decide(input, references: references)
    }

    /// Moves the base as the settlement does.
    public func base(
        applying step: Step,
        returned: EncodedRow?,
        to base: Base?,
        source: ObservedRow?,
        program: MappingProgram
    ) -> Base {
        Settlement.base(applying: step, returned: returned, to: base, source: source, program: program)
    }

    /// Moves the base to the present values.
    public func base(agreeing differences: [FieldDifference], to base: Base?, program: MappingProgram) -> Base {
        Settlement.base(agreeing: differences, to: base, program: program)
    }

    /// Compares the row with what was sent.
    public func confirmed(_ step: Step, by row: EncodedRow, program: MappingProgram) -> Step? {
        Settlement.confirmed(step, by: row, program: program)
    }

    /// Evaluates the mapping's filter.
    public func isInScope(_ row: ObservedRow, side: Side, program: MappingProgram) -> Bool {
        program.isInScope(row, side: side)
    }

    /// Compares the job with the limits.
    public func holds(_ job: SafetyLimits.Job, limits: SafetyLimits) -> [Message] { limits.holds(job) }
}

/// The core's own decisions: what every program but a simulation uses.
public struct CoreDecisions: Decisions {
    /// Creates them.
    public init() {}
}
