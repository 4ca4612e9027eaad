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

extension MappingContext {
    /// What the other side calls the records that some values refer to.
    func answers(_ questions: Set<ReferenceTable.Question>, _ transaction: any StoreReading) throws -> ReferenceTable {
        var table = ReferenceTable()
        let keyed = Dictionary(
            mapping.enabledFields.compactMap(\.reference).map { ($0.mapping, $0.erpHoldsKey) },
            uniquingKeysWith: { first, _ in first }
        )
        for (group, asked) in Dictionary(grouping: questions, by: { ReferenceGroup($0.mapping, $0.source) }) {
            guard let feeds = referenced[group.mapping] else { continue }
            let found = try transaction.counterparts(
                of: asked.map(\.value).sorted(),
                areKeys: keyed[group.mapping] ?? false,
                source: group.source,
                mapping: group.mapping,
                feeds: feeds
            )
            for question in asked {
                if let answer = found[question.value] { table.set(question, answer) }
            }
        }
        return table
    }
}

private struct ReferenceGroup: Hashable {
    let mapping: String
    let source: Side

    init(_ mapping: String, _ source: Side) {
        self.mapping = mapping
        self.source = source
    }
}
