import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletStore

/// What a person asks to take something back, or to let a plan through.
extension Wish {
    /// Uncouples a pair, decides about a plan, or undoes what was done.
    static func taking(_ state: inout Driver.State) -> Wish {
        switch state.random.below(4) {
        case 0:
            guard let mapping = state.oracle.mappings.last else { return .undo(pick: 0, isPreview: false) }
            let table = mapping.erp.table
            let coupled = state.oracle.partners.keys.filter { $0.side == .erp && $0.table == table }.sorted()
            guard let name = state.random.pick(coupled) else { return .undo(pick: 0, isPreview: false) }
            return .uncouple(
                UncoupleRecords(
                    mapping: mapping.name,
                    keys: [name.id.description],
                    isPreview: state.random.oneIn(4)
                )
            )
        case 1: return .undo(pick: state.random.below(6), isPreview: state.random.oneIn(4))
        default: return .decide(pick: state.random.below(4), applies: !state.random.oneIn(5))
        }
    }

    /// Whether couplings may end by it.
    var mayUncouple: Bool {
        switch self {
        case .couple, .answer, .uncouple, .undo, .decide, .approve: true
        case .synchronize, .match, .importing, .settleConflict: false
        }
    }

    /// Whether couplings of records whose counterpart is gone may end by it, and no others.
    var mayTakeOver: Bool {
        if case .importing = self { true } else { false }
    }

    /// Undoes one of the last runs that did something.
    static func undo(_ pick: Int, isPreview: Bool, _ world: World, _ driver: Driver) async throws {
        let runs = Set(try await world.perform(ListJobs(limit: 20)).jobs.map(\.run)).sorted(by: >)
        guard !runs.isEmpty else { return }
        if !isPreview { driver.with { $0.oracle.isUndoing = true } }
        try await world.perform(UndoRun(.run(runs[pick % runs.count]), isPreview: isPreview))
    }

    /// What an open plan shows.
    static func steps(ofPlan plan: Int64, _ world: World) async throws -> [Step] {
        try await world.store.read { transaction in
            var steps: [Step] = []
            for part in try transaction.parts(ofPlan: plan) {
                steps += try transaction.steps(plan: part.id, state: .planned, after: 0, limit: 10_000).map(\.step)
            }
            return steps
        }
    }

    /// Lets one of the open plans through, or turns it down.
    static func decide(_ pick: Int, applies: Bool, _ world: World, _ driver: Driver) async throws {
        let plans = try await world.perform(ListPlans()).plans
        guard !plans.isEmpty else { return }
        let plan = plans[pick % plans.count].id
        guard applies else {
            try await world.perform(RejectPlan(plan: plan))
            return
        }
        try await approve(plan, world, driver)
    }

    /// Lets a plan through.
    static func approve(_ plan: Int64, _ world: World, _ driver: Driver) async throws {
        let steps = try await steps(ofPlan: plan, world)
        driver.with { state in
            for step in steps { state.oracle.approve(step) }
        }
        try await world.perform(ApplyPlan(plan: plan))
    }
}

extension Oracle {
    /// A person has seen a step and let it through: the values that it overwrites were seen.
    mutating func approve(_ step: Step) {
        if step.undoes != nil { isUndoing = true }
        guard let mapping = mappings.first(where: { $0.name == step.mapping }), let erp = step.ids.erp else { return }
        let name = RecordName(side: .erp, table: mapping.erp.table, id: erp)
        if step.replaces != nil { renewed.insert(name) }
        if let grant = grants[name], grant.values == nil { return }
        switch step.action {
        case .couple: if step.choice != nil { grants[name] = Grant(values: nil) }
        case .update:
            let seen = step.fields.map(\.write.before.text)
            grants[name] = Grant(values: (grants[name]?.values ?? []).union(seen))
        case .create, .uncouple, .delete: break
        }
    }

    /// Two records are no pair any more, by a person's word.
    mutating func separate(_ one: RecordName, _ other: RecordName) {
        for (name, partner) in [(one, other), (other, one)] {
            partners[name] = nil
            guard var record = records[name] else { continue }
            former[name] = FormerPair(partner: partner, fields: record.fields)
            // What Couplet made stays with its users from now on.
            record.isCouplets = false
            for field in record.fields.keys {
                record.fields[field]?.agreed = []
                record.fields[field]?.hasReached = false
                record.fields[field]?.apart = nil
                record.fields[field]?.settled = nil
            }
            records[name] = record
        }
    }

    /// Two records are a pair again because what had parted them was undone: what both had agreed on counts again.
    mutating func reunite(_ one: RecordName, _ other: RecordName) {
        guard isUndoing, former[one]?.partner == other, former[other]?.partner == one else { return }
        for name in [one, other] {
            for (field, before) in former[name]?.fields ?? [:] {
                records[name]?.fields[field]?.agreed = before.agreed
                guard records[name]?.fields[field]?.setAt == before.setAt else { continue }
                records[name]?.fields[field]?.hasReached = before.hasReached
                records[name]?.fields[field]?.apart = before.apart
            }
            former[name] = nil
        }
    }
}
