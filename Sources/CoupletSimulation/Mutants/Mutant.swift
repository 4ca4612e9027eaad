import CoupletCore
import CoupletPorts

/// A deliberate defect, put between the engine and its ports: whoever trusts the simulation wants to see it caught.
package struct Mutant: Sendable {
    /// What is wrong, in a few words.
    package let name: String
    private let place: @Sendable (inout Parts) -> Void

    private init(_ name: String, _ place: @escaping @Sendable (inout Parts) -> Void) {
        self.name = name
        self.place = place
    }

    /// Puts the defect where it belongs.
    func put(into parts: inout Parts) { place(&parts) }

    /// A decision of the core that is another one.
    static func decision(_ name: String, _ decisions: any Decisions) -> Mutant {
        Mutant(name) { $0.decisions = decisions }
    }

    /// A connector that does something else.
    static func connector(_ name: String, _ change: @escaping @Sendable (any Connector) -> any Connector) -> Mutant {
        Mutant(name) { parts in
            parts.factory = { RelayFactory(factory: $0, change: change) }
        }
    }

    /// A store whose transactions do something else; what `make` returns lives as long as a process.
    static func store(
        _ name: String,
        _ make: @escaping @Sendable () -> @Sendable (any StoreWriting) -> any StoreWriting
    ) -> Mutant {
        Mutant(name) { parts in
            parts.store = { RelayStore(store: $0, relay: make()) }
        }
    }

    /// A clock that is another one.
    static func clock(_ name: String, _ change: @escaping @Sendable (any EngineClock) -> any EngineClock) -> Mutant {
        Mutant(name) { $0.clock = change }
    }

    /// All defects.
    package static let all: [Mutant] = decisions + settlements + connectors + outcomes + stores + transactions
}

/// Makes connectors that do something else.
private struct RelayFactory: ConnectorFactory {
    let factory: any ConnectorFactory
    let change: @Sendable (any Connector) -> any Connector

    func kinds(of side: Side) -> [String] { factory.kinds(of: side) }

    func connector(for connection: StoredConnection, secret: String) throws -> any Connector {
        change(try factory.connector(for: connection, secret: secret))
    }
}

/// A store whose writing transactions pass through a relay.
private struct RelayStore: StateStore {
    let store: any StateStore
    let relay: @Sendable (any StoreWriting) -> any StoreWriting

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreWriting) throws -> Result
    ) async throws -> Result {
        let relay = relay
        return try await store.write { try body(relay($0)) }
    }

    func overwriteRemoved() async throws { try await store.overwriteRemoved() }

    func backUp(to path: String, replacing replaces: Bool) async throws -> Int64 {
        try await store.backUp(to: path, replacing: replaces)
    }
}
