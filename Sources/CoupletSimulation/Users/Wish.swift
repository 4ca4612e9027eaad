import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletSandbox

/// What a person asks of Couplet.
enum Wish: Sendable {
    case synchronize(Synchronize, chosen: [RecordName])
    case match(MatchRecords, chosen: [RecordName])
    case couple(CoupleRecords, chosen: [RecordName])
    case importing(ImportCouplings)
    case settleConflict(pick: Int, Resolution, oneField: Bool)
    case answer(pick: Int, first: Side, create: Bool, candidate: Int)
    case uncouple(UncoupleRecords)
    case undo(pick: Int, isPreview: Bool)
    case decide(pick: Int, applies: Bool)
    case approve(plan: Int64)

    /// Something a person could ask now.
    static func any(_ state: inout Driver.State) -> Wish {
        switch state.random.below(15) {
        case 0...3: everything(&state)
        case 4: named(&state)
        case 5, 6: matching(&state)
        case 7, 8: coupling(&state)
        case 9, 10:
            .settleConflict(
                pick: state.random.below(8),
                state.random.oneIn(3)
                    ? .value(.text("typed \(state.oracle.event)")) : .take(state.random.oneIn(2) ? .erp : .crm),
                oneField: state.random.oneIn(2)
            )
        case 11...13: taking(&state)
        default:
            .answer(
                pick: state.random.below(8),
                first: state.random.oneIn(2) ? .erp : .crm,
                create: state.random.oneIn(3),
                candidate: state.random.below(3)
            )
        }
    }

    private static func everything(_ state: inout Driver.State) -> Wish {
        let mapping = state.random.oneIn(3) ? state.random.pick(state.oracle.mappings)?.name : nil
        let direction = state.random.oneIn(3) ? state.random.pick(Direction.allCases) : nil
        return .synchronize(
            Synchronize(
                mapping: mapping,
                direction: direction ?? .bidirectional,
                isFull: state.random.oneIn(4),
                creates: state.random.oneIn(3),
                isPreview: state.random.oneIn(8)
            ),
            chosen: []
        )
    }

    private static func named(_ state: inout Driver.State) -> Wish {
        guard let mapping = state.oracle.mappings.last,
            let name = state.random.pick(UserEdit.present(mapping, .erp, state.oracle))
        else { return everything(&state) }
        let direction = state.random.pick(Direction.allCases) ?? .bidirectional
        return .synchronize(
            Synchronize(
                mapping: mapping.name,
                keys: [name.id.description],
                direction: direction,
                creates: state.random.oneIn(2)
            ),
            chosen: direction == .bidirectional ? [] : [name]
        )
    }

    private static func matching(_ state: inout Driver.State) -> Wish {
        let mapping = state.random.pick(state.oracle.mappings)
        let synchronization = state.random.pick(MatchSynchronization.allCases) ?? .none
        let isOneSided = synchronization == .to || synchronization == .from
        let free =
            isOneSided
            ? state.oracle.records.keys.filter { state.oracle.partners[$0] == nil && $0.side == .erp } : []
        return .match(
            MatchRecords(
                mapping: mapping?.name ?? "",
                createUnmatched: state.random.oneIn(2),
                synchronization: synchronization,
                isPreview: state.random.oneIn(8)
            ),
            chosen: free.filter { $0.table == mapping?.erp.table }.sorted()
        )
    }

    /// Couplings of a few pairs, as somebody else's file has them.
    private static func importing(_ oracle: Oracle, _ random: inout SimulationGenerator) -> Wish? {
        guard let mapping = oracle.mappings.last else { return nil }
        let (erp, crm) = (UserEdit.present(mapping, .erp, oracle), UserEdit.present(mapping, .crm, oracle))
        let rows = (1...random.below(3) + 1).compactMap { line -> CouplingRow? in
            guard let one = random.pick(erp), let other = random.pick(crm) else { return nil }
            return CouplingRow(
                mapping: mapping.name,
                erp: one.id.description,
                crm: other.id.description,
                line: line
            )
        }
        return rows.isEmpty ? nil : .importing(ImportCouplings(rows: rows, isPreview: random.oneIn(4)))
    }

    private static func coupling(_ state: inout Driver.State) -> Wish {
        // From a sequence of its own, so that everything else in the history stays the same.
        var random = state.random
        random = SimulationGenerator(seed: random.next() ^ 0x1A)
        if random.oneIn(5), let wish = importing(state.oracle, &random) { return wish }
        guard let mapping = state.oracle.mappings.last,
            let erp = state.random.pick(UserEdit.present(mapping, .erp, state.oracle))
        else { return everything(&state) }
        let crm = state.random.oneIn(3) ? nil : state.random.pick(UserEdit.present(mapping, .crm, state.oracle))
        let choice: Side? = state.random.oneIn(3) ? nil : state.random.oneIn(2) ? .erp : .crm
        return .couple(
            CoupleRecords(
                mapping: mapping.name,
                key: erp.id.description,
                with: crm.map { "crm:\($0.id)" },
                choice: choice,
                moves: choice == .erp && crm != nil,
                isPreview: state.random.oneIn(8)
            ),
            chosen: choice == nil ? [] : [erp]
        )
    }

    /// Whether it may not write.
    var isPreview: Bool {
        switch self {
        case .synchronize(let action, _): action.isPreview
        case .match(let action, _): action.isPreview
        case .couple(let action, _): action.isPreview
        case .importing(let action): action.isPreview
        case .uncouple(let action): action.isPreview
        case .undo(_, let isPreview): isPreview
        case .settleConflict, .answer, .decide, .approve: false
        }
    }

    /// Whether it may set values that no user's edit explains: a person chooses, and may choose again.
    var isPersons: Bool {
        switch self {
        case .synchronize: false
        case .match, .couple, .importing, .settleConflict, .answer, .uncouple, .undo, .decide, .approve: true
        }
    }

    /// Tells the oracle that a side was chosen for records.
    func grant(in oracle: inout Oracle) {
        guard !isPreview else { return }
        for name in chosen { oracle.grants[name] = Grant(values: nil) }
        // The counterpart that there is may be deleted while the action is at work.
        if let name = renewed(oracle.mappings), oracle.partners[name] != nil { oracle.renewed.insert(name) }
    }

    /// The record for which a new counterpart is asked.
    private func renewed(_ mappings: [TableMapping]) -> RecordName? {
        guard case .couple(let action, _) = self, action.with == nil, let mapping = mappings.last,
            let id = RecordID(action.key)
        else { return nil }
        return RecordName(side: .erp, table: mapping.erp.table, id: id)
    }

    /// Takes the choice back, because the action was refused before anything was done; what others at the same time have
    /// chosen stays chosen.
    func revoke(in oracle: inout Oracle, but others: [Wish]) {
        let kept = Set(others.flatMap(\.chosen))
        for name in chosen where oracle.partners[name] == nil && !kept.contains(name) { oracle.grants[name] = nil }
        let mappings = oracle.mappings
        guard let name = renewed(mappings), !others.contains(where: { $0.renewed(mappings) == name }) else { return }
        oracle.renewed.remove(name)
    }

    private var chosen: [RecordName] {
        switch self {
        case .synchronize(_, let chosen), .match(_, let chosen), .couple(_, let chosen): chosen
        case .importing, .settleConflict, .answer, .uncouple, .undo, .decide, .approve: []
        }
    }
}
