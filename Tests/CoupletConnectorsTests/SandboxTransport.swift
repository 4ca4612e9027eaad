import CoupletCore
import CoupletPorts
import CoupletSandbox
import CoupletTestSupport
import Synchronization

/// A transport that asks a sandbox's state machine in the same process.
final class SandboxTransport<Machine: SandboxMachine>: HTTPTransport {
    private let machine: Mutex<Machine>
    private let clock: SteppingClock

    init(_ machine: Machine, clock: SteppingClock) {
        self.machine = Mutex(machine)
        self.clock = clock
    }

    private var now: SandboxInstant { SandboxInstant(milliseconds: clock.now.milliseconds) }

    /// Does something with the machine at the present time.
    func with<Result: Sendable>(_ body: (inout Machine, SandboxInstant) -> Result) -> Result {
        let now = now
        return machine.withLock { body(&$0, now) }
    }

    func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage {
        try await send(request) { _ in .failed }
    }

    /// Sends a request whose answer may wait for a call that the sandbox makes.
    func send(
        _ request: HTTPRequestMessage,
        calling: (OutboundCall) -> OutboundOutcome
    ) async throws(TransportError) -> HTTPResponseMessage {
        guard let scheme = request.url.firstRange(of: "://") else { throw .addressUnknown(reason: request.url) }
        let rest = request.url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        let fields = request.headers.map { SandboxHeaders.Field(name: $0.name, value: $0.value) }
        let asked = SandboxRequest(
            method: request.method,
            target: String(rest[host.endIndex...]),
            headers: SandboxHeaders(fields),
            body: request.body,
            scheme: String(request.url[..<scheme.lowerBound]),
            host: String(host)
        )
        var response = with { machine, now in machine.handle(asked, at: now) }
        if let call = response.call {
            let outcome = calling(call)
            response = with { machine, now in machine.conclude(call, outcome, at: now) } ?? response
        }
        switch response.delivery {
        case .droppedBeforeHandling, .droppedAfterHandling: throw .answerLost(reason: "the connection was closed")
        case .answer: break
        }
        return HTTPResponseMessage(
            status: response.status,
            headers: response.headers.fields.map { HTTPHeader($0.name, $0.value) },
            body: response.body
        )
    }
}
