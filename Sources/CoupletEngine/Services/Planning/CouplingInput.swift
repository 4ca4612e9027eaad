import CoupletCore
import CoupletPorts

/// A coupling's state with the reconciler's input made of it.
struct CouplingInput: Sendable {
    let state: CouplingState
    var input: PairInput

    /// Makes the inputs of a batch; observations in an older layout are read with their own.
    static func all(
        _ states: [CouplingState],
        _ program: MappingProgram,
        _ transaction: any StoreReading
    ) throws
        -> [CouplingInput]
    {
        var layouts = [
            program.layouts.erp.number: program.layouts.erp, program.layouts.crm.number: program.layouts.crm,
        ]
        func observed(_ observation: StagedObservation?) throws -> ObservedRow? {
            guard let observation else { return nil }
            if layouts[observation.layout] == nil {
                layouts[observation.layout] = try transaction.layout(observation.layout)
            }
            return layouts[observation.layout].map {
                ObservedRow(row: observation.row, layout: $0, version: observation.version)
            }
        }
        return try states.map { state in
            CouplingInput(
                state: state,
                input: PairInput(
                    coupling: state.coupling.id,
                    ids: state.coupling.ids,
                    base: state.base,
                    observed: BySide(
                        erp: try observed(state.observations.erp),
                        crm: try observed(state.observations.crm)
                    ),
                    versions: BySide(
                        erp: state.records.erp?.version ?? "",
                        crm: state.records.crm?.version ?? ""
                    ),
                    isDeleted: BySide(
                        erp: state.records.erp?.isDeleted ?? false,
                        crm: state.records.crm?.isDeleted ?? false
                    ),
                    isOutOfScope: state.coupling.isOutOfScope,
                    firstChoice: state.coupling.choice
                )
            )
        }
    }
}
