package import CoupletCore
package import CoupletPorts
import Testing

/// What every adapter of `StateStore` must do: a list of checks, each of which wants a new, empty store.
///
/// An adapter has passed when every check of `checks` has, and when what `fill` wrote is what `expectFilled` finds after
/// the store was closed and opened again.
package enum StateStoreConformance {
    /// One promise of the port.
    package struct Check: Sendable, CustomTestStringConvertible {
        /// The promise, as a sentence.
        package let name: String
        /// Looks whether an empty store keeps it.
        package let body: @Sendable (any StateStore) async throws -> Void

        package var testDescription: String { name }

        init(_ name: String, _ body: @escaping @Sendable (any StateStore) async throws -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// All checks.
    package static let checks: [Check] =
        transactionChecks + configurationChecks + documentChecks + recordChecks + couplingChecks + stateChecks
        + pendingChecks + uncoupledChecks + counterpartChecks + subscriptionChecks + workChecks + planChecks
        + openItemChecks + auditChecks

    /// An id that tests can read.
    package static func id(_ number: Int) -> RecordID { RecordID(high: 0, low: UInt64(number)) }

    /// A time that tests can read.
    package static func at(_ seconds: Int) -> Instant { Instant(milliseconds: Int64(seconds) * 1000) }

    /// Expects a store's own error of the kind `failed`.
    static func expectFailed(
        _ store: any StateStore,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: @escaping @Sendable (any StoreWriting) throws -> Void
    ) async {
        let error = await #expect(throws: StoreError.self, sourceLocation: sourceLocation) {
            try await store.write(body)
        }
        if case .failed = error { return }
        Issue.record("expected a refusal, not \(String(describing: error))", sourceLocation: sourceLocation)
    }
}

/// Thrown by bodies that want to be rolled back.
struct Refusal: Error, Hashable {
    var reason: String
}

extension StateStore {
    /// Reads with a value at hand; macros of tests cannot take closures that capture variables.
    func read<Value: Sendable, Result: Sendable>(
        with value: Value,
        _ body: @escaping @Sendable (any StoreReading, Value) throws -> Result
    ) async throws -> Result {
        try await read { try body($0, value) }
    }

    /// Writes with a value at hand; macros of tests cannot take closures that capture variables.
    func write<Value: Sendable, Result: Sendable>(
        with value: Value,
        _ body: @escaping @Sendable (any StoreWriting, Value) throws -> Result
    ) async throws -> Result {
        try await write { try body($0, value) }
    }
}

extension String {
    /// `String ==` takes canonically equivalent text for equal; stored text must have the same bytes.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
