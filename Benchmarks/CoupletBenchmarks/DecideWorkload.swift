import CoupletCore

/// The couplings of the records that a scan of one page in a hundred changed has found.
struct DecideWorkload {
    let program: MappingProgram
    let pairs: [PairInput]

    init() throws {
        let work = try Workload(side: .erp, oneChangedIn: 100)
        let hits = ChangeScan(program: work.program, side: .erp).scan(work.page, against: work.bases)
        program = work.program
        pairs = hits.map { hit in
            PairInput(
                coupling: Int64(hit.index),
                ids: BySide(erp: work.page.ids[hit.index], crm: work.page.ids[hit.index]),
                base: Base(layout: work.program.baseLayout, values: Workload.values(hit.index)),
                observed: BySide(
                    erp: ObservedRow(row: work.page.row(at: hit.index), layout: work.page.layout, version: ""),
                    crm: nil
                )
            )
        }
    }
}
