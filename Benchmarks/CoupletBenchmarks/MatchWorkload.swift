import CoupletCore

/// Records of both sides, half of which share their number and the others their name and city.
struct MatchWorkload {
    let program: MappingProgram
    var erp: [(id: RecordID, row: ObservedRow)] = []
    var crm: [(id: RecordID, row: ObservedRow)] = []
    let couples = 50_000

    init() throws {
        program = try Workload.makeProgram()
        for number in 0..<couples {
            for side in Side.allCases {
                var values: [Value?] = Workload.values(number).map { $0[side] }
                if side == .crm, number.isMultiple(of: 2) { values[0] = .text("other \(number)") }
                values += Array(repeating: Value.null, count: program.layouts[side].fields.count - values.count)
                let row = ObservedRow(row: EncodedRow(values), layout: program.layouts[side], version: "")
                let id = RecordID(high: 1, low: UInt64(number))
                if side == .erp { erp.append((id, row)) } else { crm.append((id, row)) }
            }
        }
    }
}
