import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletStore

/// What happens in a history besides edits and plain wishes.
extension Simulation {
    /// A person looks at a plan and lets it through at once: what was shown is done, and nothing else.
    func previewAndApply() async {
        let action = Synchronize(creates: driver.with { $0.random.oneIn(2) }, isPreview: true)
        world.note("ACTION sync all preview")
        noteBeginning()
        let before = driver.with { $0.oracle.writesInTime }
        do {
            guard let plan = try await world.perform(action).plan else { return }
            driver.with { state in
                let isUnwritten = state.oracle.writesInTime == before
                state.report.check(.previewIsApplied, isUnwritten, "a preview changed something")
            }
            // What an earlier action has sent without hearing of it comes to its end first.
            let lost = try await world.store.read { try $0.sentSteps(after: 0, limit: 10_000).map(\.step) }
            let steps = try await Wish.steps(ofPlan: plan.id, world) + lost
            let first = driver.with { state in
                for step in steps { state.oracle.approve(step) }
                state.oracle.forgetRepetitions()
                return state.oracle.writes.count
            }
            world.note("ACTION apply plan \(plan.id) at once")
            let result = try await world.perform(ApplyPlan(plan: plan.id))
            seeCouplings()
            driver.with { state in
                state.report.actions["apply a plan at once", default: 0] += 1
                state.report.check(
                    .previewIsApplied,
                    // That a record is gone, the ERP does not tell: a plan may show a change of it.
                    result.leftOut?.allSatisfy { Self.isFound($0, lost) } != false || state.oracle.hasDeletedPair,
                    "a plan was applied at once, and \(Self.text(result.leftOut ?? [])) was left out"
                )
                state.oracle.judge(since: first, shown: steps, &state.report)
            }
        } catch let error as CoupletError where error.status != .defect {
            world.note("refused: \(error.message.code)")
        } catch {
            fail(.clearFailures, "applying a plan at once ended with \(error)")
        }
    }

    /// Whether a step would have made a counterpart of what an earlier action had made: a preview finds out about nothing
    /// that is on its way, so that it shows the record as one that nobody has coupled.
    private static func isFound(_ step: PlanView.StepView, _ lost: [Step]) -> Bool {
        step.action == .create && step.obstacle?.code == "plan.obstacle.coupled"
            && lost.contains {
                $0.action == .create && $0.mapping == step.mapping && $0.target == step.side.other
                    && $0.ids[$0.target] == nil
            }
    }

    private static func text(_ steps: [PlanView.StepView]) -> String {
        steps.map { "\($0.action) \($0.key) \($0.changes.map(\.field)) (\($0.obstacle?.code ?? "moved"))" }
            .joined(separator: ", ")
    }

    /// A person takes a field out of a mapping or in again, or changes its filter.
    func changeMapping() async {
        do {
            guard
                var mapping = try await world.perform(ListMappings()).mappings.map(\.mapping)
                    .first(where: { $0.name == "CUSTOMER" })
            else { return }
            let fields = mapping.fields.indices.filter { index in
                mapping.fields[index].reference == nil && mapping.fields[index].erp.name != mapping.erp.nameField
                    && mapping.fields[index].erp.name != mapping.erp.keyField
            }
            let index = driver.with { $0.random.pick(fields) }
            if driver.with({ $0.random.oneIn(3) }) {
                let isOpen = mapping.erp.filter == .everything
                mapping.erp.filter = isOpen ? setting.filter : .everything
            } else if let index {
                mapping.fields[index].enabled.toggle()
            }
            world.note("ACTION change mapping \(index.map { mapping.fields[$0].id } ?? "")")
            try await apply(mapping)
        } catch let error as CoupletError where error.status != .defect {
            world.note("refused: \(error.message.code)")
        } catch {
            fail(.clearFailures, "changing a mapping ended with \(error)")
        }
    }

    /// Changes a mapping, and lets the oracle know.
    func apply(_ mapping: TableMapping) async throws {
        guard try await world.perform(ApplyMappings(mappings: [mapping])).isApplied else { return }
        driver.with { state in
            state.report.actions["change a mapping", default: 0] += 1
            state.oracle.replace(mapping)
        }
    }

    /// A field that the mapping names is not there for one synchronization.
    func loseField() async {
        driver.with { $0.count(.schemaChange, driver.world) }
        do {
            try await rename("telephone1", to: "telephone9")
            await perform(.synchronize(Synchronize(isFull: driver.with { $0.random.oneIn(2) }), chosen: []))
            try await rename("telephone9", to: "telephone1")
            driver.with { $0.oracle.mayLoseBase(of: "phoneNumber") }
        } catch {
            fail(.clearFailures, "a field that is gone ended with \(error)")
        }
    }

    private func rename(_ old: String, to new: String) async throws {
        try await world.store.write { transaction in
            for var mapping in try transaction.mappings() where mapping.name == "CUSTOMER" {
                for index in mapping.fields.indices where mapping.fields[index].crm.name == old {
                    mapping.fields[index].crm.name = new
                }
                try transaction.save(mapping)
            }
        }
    }

    /// A system is put back to where it was, and whoever did that lets Couplet read everything.
    func restoreSystem(_ side: Side) async {
        world.clock.advance(bySeconds: 100)
        world.deliverLateRequests()
        guard let snapshot = driver.with({ $0.random.pick($0.snapshots) }) else { return }
        world.restore(side, from: snapshot)
        driver.with { state in
            state.count(side == .erp ? .restoreERP : .restoreCRM, driver.world)
            state.seen[side] = -1
            state.oracle.forgetRepetitions()
            state.oracle.forgetWrites(to: side)
        }
        driver.look(side, by: .user)
        await synchronize(isFull: true)
    }

    /// Couplet's store is put back to an earlier state: nothing is written but what was edited since.
    func restoreCouplet() async {
        driver.with { $0.count(.restoreCouplet, driver.world) }
        do {
            let copy = try world.store.copyInMemory()
            let edits = driver.with { $0.random.below(4) + 1 }
            for _ in 0..<edits { driver.userActs() }
            if driver.with({ $0.random.oneIn(2) }) {
                await perform(.match(MatchRecords(mapping: "CUSTOMER", createUnmatched: true), chosen: []))
            }
            await rest()
            guard !hasFailed else { return }
            try world.restoreStore(from: copy)
            driver.with { $0.oracle.forgetSettled() }
            driver.with { $0.oracle.mayUncouple = true }
            seeCouplings()
            driver.with { $0.oracle.mayUncouple = false }
            let writes = await settleDown()
            driver.with { state in
                state.report.check(
                    .restoreSafety,
                    writes <= edits,
                    "after \(edits) edits and a restored store \(writes) records were written"
                )
            }
        } catch {
            fail(.restoreSafety, "restoring the store ended with \(error)")
        }
    }

    /// A copy of the store is at work on the same systems for a while, beside the store itself.
    func workWithCopy() async {
        // Both would carry out a create that waits, and make two records of one: no client can keep them from that.
        guard !world.hasStepsOnTheirWay, !world.hasWaitingCreates else { return }
        driver.with { state in
            state.count(.secondCopy, driver.world)
            state.oracle.hasCopy = true
        }
        defer { driver.with { ($0.oracle.hasCopy, $0.oracle.isCopys) = (false, false) } }
        do {
            var other = try world.store.copyInMemory()
            for _ in 0..<driver.with({ $0.random.below(4) + 2 }) {
                for _ in 0..<driver.with({ $0.random.below(3) }) { driver.userActs() }
                if driver.with({ $0.random.oneIn(2) }) {
                    let own = try world.store.copyInMemory()
                    try world.restoreStore(from: other)
                    driver.with { $0.oracle.isCopys = true }
                    await synchronizeAndJudge()
                    driver.with { $0.oracle.isCopys = false }
                    other = try world.store.copyInMemory()
                    try world.restoreStore(from: own)
                } else {
                    await synchronizeAndJudge()
                }
                world.clock.advance(bySeconds: 100)
            }
        } catch {
            fail(.restoreSafety, "working with a copy ended with \(error)")
        }
    }

    private func synchronizeAndJudge() async {
        await synchronize()
        let world = world
        driver.with { state in
            state.oracle.forgetRepetitions()
            state.oracle.judgeOverwritten(kept: { world.kept($0, $1) }, &state.report)
            state.oracle.judgeWrites(recorded: { world.written($0, $1) }, &state.report)
        }
    }
}
