import CoupletPorts
import CoupletStore
import CoupletTestSupport
import Testing

@Suite("SQLite: what every state store promises")
struct SQLiteConformanceTests {
    /// The ways a store can be made and called.
    enum Variant: String, CaseIterable, CustomTestStringConvertible {
        case inlineInMemory
        case inlineOnFile
        case queueInMemory
        case queueOnFile

        var testDescription: String { rawValue }

        var execution: SQLiteStateStore.Execution {
            switch self {
            case .inlineInMemory, .inlineOnFile: .inline
            case .queueInMemory, .queueOnFile: .queue
            }
        }

        var isOnFile: Bool { self == .inlineOnFile || self == .queueOnFile }
    }

    @Test(arguments: StateStoreConformance.checks, Variant.allCases)
    func `a promise is kept`(check: StateStoreConformance.Check, variant: Variant) async throws {
        guard variant.isOnFile else { return try await check.body(try makeStore(execution: variant.execution)) }
        try await withStoreFile { path in
            try await check.body(try makeStore(path: path, execution: variant.execution))
        }
    }

    @Test(arguments: [SQLiteStateStore.Execution.inline, .queue])
    func `what was committed is there when the store is opened again`(
        execution: SQLiteStateStore.Execution
    ) async throws {
        try await withStoreFile { path in
            let filled = try await StateStoreConformance.fill(try makeStore(path: path, execution: execution))
            let reopened = try makeStore(path: path, execution: execution, instance: 99)
            try await StateStoreConformance.expectFilled(reopened, filled)
        }
    }
}
