package import CoupletCore
import CoupletPorts
package import CoupletSandbox
import CoupletStore

extension World {
    /// Everything that a world can begin from again.
    struct Snapshot: Sendable {
        fileprivate var systems: Systems.Snapshot
        fileprivate var store: SQLiteStateStore
        fileprivate var now: Instant
        fileprivate var ids: SimulationGenerator
    }

    /// The world as it is, between two actions.
    func snapshot() throws -> Snapshot {
        Snapshot(systems: systems.snapshot, store: try store.copyInMemory(), now: clock.now, ids: ids.state)
    }

    /// Puts everything back, with another process and an empty trace.
    func begin(from snapshot: Snapshot) throws {
        for side in Side.allCases { systems.restore(side, from: snapshot.systems) }
        try store.restore(from: snapshot.store)
        clock.set(snapshot.now)
        ids.restore(snapshot.ids)
        forget()
        try restart()
    }

    /// Puts a system back to what it was.
    func restore(_ side: Side, from snapshot: Systems.Snapshot) {
        clock.advance(bySeconds: 0.001)
        note("restore \(side.rawValue)")
        systems.restore(side, from: snapshot)
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
