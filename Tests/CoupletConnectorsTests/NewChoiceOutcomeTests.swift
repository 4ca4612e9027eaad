import CoupletConnectors
import CoupletCore
import CoupletPorts
import CoupletSandbox
import CoupletTestSupport
import Synchronization
import Testing

@Suite("What becomes of choices that are added together")
struct NewChoiceOutcomeTests {
    private static let column = TableShape(
        table: "account.paymenttermscode",
        idField: "value",
        modifiedField: nil,
        layout: RowLayout(number: 1, fields: ["value", "label"])
    )
    private static let labels = (91...95).map { "NET \($0)" }

    private static func connector(_ transport: any HTTPTransport, _ clock: SteppingClock) throws -> any Connector {
        try StandardConnectorFactory(transport: transport, clock: clock)
            .connector(for: SandboxWorlds.settings("dataverse", nil), secret: "sandbox-secret")
    }

    private static func parts() -> [WritePart] {
        labels.map { WritePart(operation: .create(id: nil), fields: [Fixture.text("label", $0)]) }
    }

    @Test func `those before a broken connection keep their outcomes, and the others are not attempted`() async throws {
        let clock = SteppingClock()
        let sandbox = SandboxTransport(DataverseSandbox(seed: [], at: SandboxInstant(clock.now)), clock: clock)
        let transport = BreakingTransport(sandbox, breaksAt: 3, of: "InsertOptionValue")
        let result = try await Self.connector(transport, clock).write(Self.parts(), to: Self.column)
        #expect(result.outcomes.count == 5)
        let applied = result.outcomes.prefix(2).compactMap { outcome in
            if case .applied(let written) = outcome { written.id } else { nil }
        }
        #expect(Set(applied).count == 2)
        #expect(result.outcomes.suffix(3).allSatisfy { $0 == .notAttempted })
    }

    @Test func `nothing was sent when the connection breaks at the first`() async throws {
        let clock = SteppingClock()
        let sandbox = SandboxTransport(DataverseSandbox(seed: [], at: SandboxInstant(clock.now)), clock: clock)
        let transport = BreakingTransport(sandbox, breaksAt: 1, of: "InsertOptionValue")
        let connector = try Self.connector(transport, clock)
        let error = await connectorError { _ = try await connector.write(Self.parts(), to: Self.column) }
        #expect(error?.kind == .unreachable)
    }
}

extension SandboxInstant {
    fileprivate init(_ instant: Instant) { self.init(milliseconds: instant.milliseconds) }
}

/// A transport that does not get through with one request to an address, and with no later one.
private final class BreakingTransport: HTTPTransport {
    private let inner: any HTTPTransport
    private let number: Int
    private let address: String
    private let seen = Mutex(0)

    init(_ inner: any HTTPTransport, breaksAt number: Int, of address: String) {
        (self.inner, self.number, self.address) = (inner, number, address)
    }

    func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        guard request.url.contains(address) else { return try await inner.send(request) }
        let count = seen.withLock { seen in
            seen += 1
            return seen
        }
        guard count < number else { throw .notSent(reason: "the connection was refused") }
        return try await inner.send(request)
    }
}
