package import CoupletCore
package import CoupletPorts

/// What stands between an engine and its ports in a world; by itself, everything passes.
package struct Parts: Sendable {
    /// The decisions that the engine asks for.
    package var decisions: any Decisions = CoreDecisions()
    /// What the engine sees of the store.
    package var store: @Sendable (any StateStore) -> any StateStore = { $0 }
    /// What the engine sees of the connectors.
    package var factory: @Sendable (any ConnectorFactory) -> any ConnectorFactory = { $0 }
    /// What the engine and its connectors see of the time.
    package var clock: @Sendable (any EngineClock) -> any EngineClock = { $0 }
    /// Keeps a mark of the store outside of it; nil where stores are put back without anybody minding.
    package var witness: (any StoreWitness)?

    /// Brings alerts to recipients; nil where nobody can be told.
    package var courier: (any AlertCourier)?

    /// Lets everything pass.
    package init() {}
}
