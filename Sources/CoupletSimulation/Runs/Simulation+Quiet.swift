import CoupletCore
import CoupletEngine
import CoupletPorts
import CoupletStore

/// The points at which nobody edits and nothing fails, and Couplet is judged.
extension Simulation {
    /// Gives Couplet time without edits and faults, and judges what has become of everything.
    func rest() async {
        world.note("QUIET")
        world.clock.advance(bySeconds: 100)
        world.deliverLateRequests()
        await settleDown()
        if hasFailed { return }
        // What came to rest just now wrote nothing and is most often judged itself; now and then, or where it had more to
        // ask, another one is.
        let isTriedAgain = driver.with { $0.random.oneIn(4) }
        let requests = driver.with { $0.lastSynchronization.requests }
        if isTriedAgain || requests > Self.requestsAtRest { await synchronize() }
        guard let open = try? OpenItems(world.store, mappings: driver.with { $0.oracle.mappings }, now: world.clock.now)
        else { return fail(.clearFailures, "the store could not be read") }
        let world = world
        let hasSmallPages = setting.options.pageSize != nil
        driver.with { state in
            let (writes, asked) = state.lastSynchronization
            state.report.check(.quiescence, writes == 0, "a synchronization at rest wrote \(writes) records")
            state.report.check(
                .quiescence,
                !open.isClear || hasSmallPages || asked <= Self.requestsAtRest,
                "a synchronization at rest sent \(asked) requests"
            )
            state.oracle.judgeQuiet(
                open,
                kept: { world.kept($0, $1) },
                putBack: { world.putBack($0, $1) },
                &state.report
            )
            state.oracle.judgeWrites(recorded: { world.written($0, $1) }, &state.report)
            state.oracle.judgeKnowledge(open, &state.report)
            state.oracle.noteSettled(open)
            state.report.checks[.noDeletion, default: 0] += 1
            state.report.checks[.noResurrection, default: 0] += 1
        }
    }

    /// Synchronizes until nothing is written any more.
    /// - Returns: How many records were written.
    @discardableResult
    func settleDown() async -> Int {
        let first = driver.with { $0.oracle.coupletWrites }
        var isAtRest = false
        for _ in 0..<Self.patience where !isAtRest {
            let before = driver.with { $0.oracle.coupletWrites }
            await synchronize()
            await approvePlans()
            isAtRest = driver.with { $0.oracle.coupletWrites } == before
            world.clock.advance(bySeconds: 3600)
        }
        driver.with { $0.report.check(.convergence, isAtRest, "Couplet does not come to rest") }
        return driver.with { $0.oracle.coupletWrites } - first
    }

    /// A person approves what waits for that.
    private func approvePlans() async {
        guard setting.limits != nil, !hasFailed else { return }
        let plans = (try? await world.perform(ListPlans()))?.plans.filter { $0.state == .held } ?? []
        for plan in plans { await perform(.approve(plan: plan.id)) }
    }

    /// Synchronizes what changed, without faults, and notes what that took.
    func synchronize(isFull: Bool = false) async {
        noteBeginning()
        let begin = world.trace.count
        let writes = driver.with { $0.oracle.coupletWrites }
        do {
            let result = try await world.perform(Synchronize(isFull: isFull))
            world.note("synchronized: \(result.status)")
        } catch {
            fail(.convergence, "a synchronization without faults ended with \(error)")
        }
        let requests = world.trace[begin...].count { $0.utf8.has(" -> ") && !$0.utf8.has("/token") }
        driver.with { $0.lastSynchronization = ($0.oracle.coupletWrites - writes, requests) }
        seeCouplings()
    }
}

extension World {
    /// The values that the history keeps of a record's field, from before they were written over.
    func kept(_ record: RecordName, _ field: String) -> [String] {
        entries(record).flatMap(\.fields).filter { $0.field == field }.map(\.before.text)
    }

    /// The values that the history says were written to a record's field.
    func written(_ record: RecordName, _ field: String) -> [String] {
        entries(record).flatMap(\.fields).filter { $0.field == field }.map(\.value.text)
    }

    /// The values that an undo has brought back to a record's field, as the history has it.
    func putBack(_ record: RecordName, _ field: String) -> [String] {
        entries(record).filter { $0.undoes != nil && $0.isConfirmed }.flatMap(\.fields).filter { $0.field == field }
            .map(\.value.text)
    }

    private func entries(_ record: RecordName) -> [HistoryEntry] {
        (try? store.readSync { try $0.history(side: record.side, record: record.id, limit: 10_000) }) ?? []
    }
}
