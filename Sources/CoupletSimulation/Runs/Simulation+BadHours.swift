import CoupletCore
import CoupletEngine

/// What people seldom ask for, in an hour in which records cannot be read: full reads leave rows out, and parts of batches
/// are put off.
extension Simulation {
    /// A person takes a field into the mapping that it does not use; whatever both sides have in it is compared for the first
    /// time.
    func takeInField(isCalm: Bool) async {
        do {
            let mappings = try await world.perform(ListMappings()).mappings.map(\.mapping)
            guard var mapping = mappings.first(where: { $0.name == "CUSTOMER" }),
                let index = mapping.fields.firstIndex(where: { !$0.enabled })
            else { return }
            mapping.fields[index].enabled = true
            world.note("ACTION change mapping \(mapping.fields[index].id)")
            try await apply(mapping)
        } catch {
            return fail(.clearFailures, "taking in a field ended with \(error)")
        }
        if !isCalm { beginBadHour() }
        await perform(.synchronize(Synchronize(), chosen: []))
        calmDown()
    }

    /// A person uncouples two records and couples them again, or gives one of them another record's counterpart.
    func coupleAgain(isCalm: Bool) async {
        let (pair, other) = driver.with { state in (Self.pair(&state), state.random.oneIn(2) ? Self.pair(&state) : nil)
        }
        guard let pair else { return }
        if !isCalm, other == nil { beginBadHour() }
        await perform(.uncouple(UncoupleRecords(mapping: pair.mapping, keys: [pair.erp.id.description])))
        calmDown()
        let (erp, crm) = (pair.erp.id.description, "crm:\((other ?? pair).crm.id)")
        let action = CoupleRecords(
            mapping: pair.mapping,
            key: other == nil ? erp : crm,
            with: other == nil ? crm : erp,
            choice: .erp,
            moves: other != nil
        )
        if !isCalm, other != nil { beginBadHour() }
        await perform(.couple(action, chosen: [pair.erp]))
        calmDown()
    }

    /// Two customers' records that are coupled.
    private static func pair(_ state: inout Driver.State) -> (erp: RecordName, crm: RecordName, mapping: String)? {
        guard let mapping = state.oracle.mappings.last else { return nil }
        let coupled = state.oracle.partners.keys.filter { $0.side == .erp && $0.table == mapping.erp.table }
        guard let erp = state.random.pick(coupled.sorted()), let crm = state.oracle.partners[erp] else { return nil }
        return (erp, crm, mapping.name)
    }

    private func beginBadHour() {
        driver.with { state in
            let kinds = state.focus.kinds
            for kind in [FaultKind.rowsLeftOut, .partRefused] where kinds.isEmpty || kinds.contains(kind) {
                state.plan.chances[kind] = 2
            }
        }
    }
}
