import CoupletCore
import CoupletPorts

/// One mapping within a run: what every stage of it needs.
struct MappingRun: Sendable {
    let store: any StateStore
    let clock: any EngineClock
    let ids: any IDSource
    let witness: (any StoreWitness)?
    let progress: ProgressSink
    let context: MappingContext
    let book: RunBook
    /// The plans that steps are stored under.
    var plans: PlanParts
    /// Where values may flow in this run.
    let direction: Direction
    /// Whether remote systems may be written in this run.
    let mayWrite: Bool
    /// Whether one-way fields are put back and uncompared couplings compared.
    let isFull: Bool
    /// The jobs, by the side they write to; nil where the direction has none or nothing is counted.
    let jobs: BySide<Int64?>
    /// Counts what is planned.
    let tally: PlanTally
    /// Whether steps are only shown.
    let isPreview: Bool

    /// The job that counts what belongs to no direction.
    var mainJob: Int64 { jobs.crm ?? jobs.erp ?? 0 }

    /// The job that what is written to a side, or fails to be, belongs to; nil where nothing is counted.
    func job(toward target: Side) -> Int64? { isPreview ? nil : jobs[target] ?? jobs[target.other] }

    /// The sides that may be written.
    var targets: [Side] { [.crm, .erp].filter { direction.writes(to: $0) } }

    /// Keeps with a plan that is shown what it would leave open.
    func show(_ items: [PlanItem]) async throws {
        guard !items.isEmpty else { return }
        tally.add(items)
        let plan = plans.parent
        try await store.write { try $0.append(items, plan: plan) }
    }

    /// The name and key by which people know a record.
    static func label(key: String?, name: String) -> String {
        guard let key, !key.isEmpty else { return name }
        return name.isEmpty ? key : "\(key) \(name)"
    }

    /// The label of a coupling: the ERP's key and name, or the CRM's where the ERP's record is not known.
    static func label(of state: CouplingState) -> String {
        let record = state.records.erp ?? state.records.crm
        return label(key: record?.key, name: record?.name ?? state.coupling.ids.erp.description)
    }
}
