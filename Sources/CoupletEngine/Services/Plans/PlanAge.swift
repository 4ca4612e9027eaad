import CoupletCore
import CoupletPorts

/// Whether an open plan still means what it has shown, as far as what was read since tells.
struct PlanAge {
    /// So many steps are looked at; the rest of a larger plan is taken to stand like these.
    static let mostSteps = 1000

    /// Why the plan cannot be carried out any more; nil where it can.
    private(set) var obstacle: Message?
    /// How many of its steps would be left out, because their records have moved.
    private(set) var moved = 0

    /// Looks at a plan.
    init(_ plan: PlanRecord, _ transaction: any StoreReading) throws {
        let mappings = try transaction.mappings()
        for setting in plan.details?.settings ?? [] {
            let mapping = mappings.first { $0.name == setting.mapping.name }
            guard let mapping, try PlanDetails.Setting(mapping, transaction) == setting else {
                obstacle = Message("plan.outdated.settings", ["mapping": setting.mapping.name])
                return
            }
        }
        var seen = 0
        for part in try transaction.parts(ofPlan: plan.id) where seen < Self.mostSteps {
            let steps = try transaction.steps(plan: part.id, state: .planned, after: 0, limit: Self.mostSteps - seen)
            seen += steps.count
            moved += try Self.moved(steps.map(\.step), mappings, transaction)
        }
        if seen > 0, moved == seen { obstacle = Message("plan.outdated.moved") }
    }

    private static func moved(
        _ steps: [Step],
        _ mappings: [TableMapping],
        _ transaction: any StoreReading
    ) throws -> Int {
        var moved: Set<Int> = []
        for side in Side.allCases {
            for (name, indices) in Dictionary(grouping: steps.indices, by: { steps[$0].mapping }) {
                guard let table = mappings.first(where: { $0.name == name })?.table(side),
                    let feed = try transaction.feed(connection: table.connection, table: table.table)
                else { continue }
                let records = try transaction.records(feed: feed.id, ids: indices.compactMap { steps[$0].ids[side] })
                for index in indices where try isMoved(steps[index], side, records, transaction) { moved.insert(index) }
            }
        }
        return moved.count
    }

    private static func isMoved(
        _ step: Step,
        _ side: Side,
        _ records: [RecordID: RemoteRecord],
        _ transaction: any StoreReading
    ) throws -> Bool {
        // The record that a create makes is not there yet.
        guard let id = step.ids[side], step.action != .create || side != step.target else { return false }
        // A record that is deleted has no counterpart any more.
        if step.action == .delete, side != step.target { return false }
        guard let record = records[id], !record.isDeleted else { return true }
        if let seen = step.versions?[side], !seen.isEmpty, seen != record.version { return true }
        let coupling = try transaction.coupling(mapping: step.mapping, side: side, record: id)
        switch step.action {
        case .create where step.replaces != nil: return coupling?.id != step.replaces
        case .create, .couple: return coupling != nil
        case .uncouple, .delete: return coupling == nil
        // A plan that couples two records changes them afterwards.
        case .update: return step.coupling != nil && coupling?.id != step.coupling
        }
    }
}
