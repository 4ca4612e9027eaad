import CoupletCore
import CoupletPorts

/// The records of a mapping whose steps wait for a person's approval, with the plans that they wait in.
struct HeldRecords: Sendable {
    private var couplings: [Int64: Int64] = [:]
    private var sources: [RecordID: Int64] = [:]

    init(_ mapping: String, _ transaction: any StoreReading) throws {
        for part in try transaction.plans(in: .held) where part.part?.mapping == mapping {
            guard let plan = part.part?.parent else { continue }
            var after: Int64 = 0
            while true {
                let page = try transaction.steps(plan: part.id, state: .planned, after: after, limit: 1000)
                guard let last = page.last else { break }
                after = last.id
                for step in page.map(\.step) { note(step, plan) }
            }
        }
    }

    private mutating func note(_ step: Step, _ plan: Int64) {
        if let coupling = step.coupling { couplings[coupling] = plan }
        if step.action == .create, let source = step.ids[step.target.other] { sources[source] = plan }
    }

    /// The plan that a coupling's step waits in; nil where none does.
    func plan(of coupling: Int64) -> Int64? { couplings[coupling] }

    /// The plan in which the create of a record's counterpart waits; nil where none does.
    func plan(creatingFrom record: RecordID) -> Int64? { sources[record] }
}
