package import CoupletCore
import CoupletPorts
package import CoupletSandbox
import CoupletStore

extension World {
    /// Everything that a world can begin from again.
    struct Snapshot: Sendable {
        fileprivate var systems: Systems.Snapshot
        fileprivate var now: Instant
        fileprivate var ids: SimulationGenerator
    }

    /// The world as it is, between two actions; it holds until the next one is taken.
    func snapshot() throws -> Snapshot {
        try store.remember()
        return Snapshot(systems: systems.snapshot, now: clock.now, ids: ids.state)
    }

    /// Puts everything back, with another process.
    /// - Parameters:
    ///   - snapshot: The world as it was.
    ///   - trace: What counts as having happened before.
    /// - Throws: `StoreError`.
    func begin(from snapshot: Snapshot, trace: [String] = []) throws {
        for side in Side.allCases { systems.restore(side, from: snapshot.systems) }
        try store.recall()
        clock.set(snapshot.now)
        ids.restore(snapshot.ids)
        forget(keeping: trace)
        try restart()
    }

    /// Lets another world have the store; this one is over.
    func giveBack() {
        endProcess()
        StorePool.shared.take(store)
    }

    /// Puts a system back to what it was.
    func restore(_ side: Side, from snapshot: Systems.Snapshot) {
        clock.advance(bySeconds: 0.001)
        note("restore \(side.rawValue)")
        systems.restore(side, from: snapshot, givesNewIDs: true)
    }

    /// Notes what a system holds now.
    /// - Parameter side: The system.
    /// - Returns: What puts it back to that, as its operator would.
    package func remember(_ side: Side) -> @Sendable () -> Void {
        let snapshot = systems.snapshot
        return { [unowned self] in restore(side, from: snapshot) }
    }

    /// Puts Couplet's store back to what another one holds, and begins another process on it.
    func restoreStore(from copy: SQLiteStateStore) throws {
        clock.advance(bySeconds: 0.001)
        note("restore couplet")
        try store.restore(from: copy)
        try restart()
    }

    /// Lets a system change what is written to it.
    package func addChange(_ change: FieldChange, to side: Side) {
        systems.with(side) { machine, _ in machine.desk.changes.add([change]) }
    }
}
