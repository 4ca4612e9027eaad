import CoupletCore
import CoupletPorts

/// What the row of a written record says to the mappings that have coupled it.
extension StepRecording {
    /// Which of the written records other mappings have coupled too: these must see what was written.
    mutating func findElsewhere(
        _ verdicts: [(StoredStep, BatchSettler.Verdict)],
        _ transaction: any StoreWriting
    ) throws {
        guard !context.siblings[target].isEmpty else { return }
        let written = verdicts.compactMap { stored, verdict -> Outcome.Written? in
            guard case .done(let written) = verdict, stored.step.action == .update else { return nil }
            return written
        }
        let ids = written.map(\.id)
        for sibling in context.siblings[target] {
            let found = try transaction.couplings(side: target, records: ids, mapping: sibling.mapping.name)
            elsewhere.formUnion(found.keys)
            for one in written { try noteScope(of: one, found[one.id], sibling, transaction) }
        }
    }

    /// Notes whether a written record is within its filter.
    ///
    /// It may have left it before its answer was known, or by what was written; and who reads its changes later meets a
    /// version that is known by then, and looks no further.
    func noteScope(
        of written: Outcome.Written,
        _ coupling: Coupling?,
        _ program: MappingProgram,
        _ transaction: any StoreWriting
    ) throws {
        guard var coupling, let row = written.row else { return }
        let seen = ObservedRow(row: row, layout: context.program.layouts[target], version: written.version)
        let isOutside = !context.decisions.isInScope(seen, side: target, program: program)
        guard coupling.isOutOfScope[target] != isOutside else { return }
        coupling.isOutOfScope[target] = isOutside
        try transaction.update(coupling)
    }
}
