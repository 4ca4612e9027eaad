import CoupletPorts
import CoupletSandbox

/// What a server needs of a stand-in, of whatever kind.
struct SandboxDoor: Sendable {
    let handle: @Sendable (SandboxRequest) -> SandboxResponse
    let conclude: @Sendable (OutboundCall, OutboundOutcome) -> SandboxResponse?
    let millisecondsUntilNextCall: @Sendable () -> Int64?
    let callsDue: @Sendable () -> [OutboundCall]

    init<Machine: SandboxMachine>(_ host: SandboxHost<Machine>) {
        handle = { host.handle($0) }
        conclude = { host.conclude($0, $1) }
        millisecondsUntilNextCall = { host.millisecondsUntilNextCall() }
        callsDue = { host.callsDue() }
    }
}

/// Makes the calls that a stand-in wants to be made: handshakes with subscribers, and what they are told.
struct SandboxCaller: Sendable {
    /// The longest sleep, so that something due earlier is not slept through.
    private static let longestSleep: Int64 = 500

    private let door: SandboxDoor
    private let transport: any HTTPTransport
    private let wakings: AsyncStream<Void>
    private let waking: AsyncStream<Void>.Continuation

    init(door: SandboxDoor, transport: any HTTPTransport) {
        (self.door, self.transport) = (door, transport)
        (wakings, waking) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Answers a request; where the stand-in wants a call first, it is made first.
    func answer(_ request: SandboxRequest) async -> SandboxResponse {
        var response = door.handle(request)
        if let call = response.call, response.delivery != .droppedBeforeHandling,
            var final = door.conclude(call, await make(call))
        {
            (final.delivery, final.delayMilliseconds) = (response.delivery, response.delayMilliseconds)
            response = final
        }
        if door.millisecondsUntilNextCall() != nil { waking.yield() }
        return response
    }

    /// Makes what calls are due, when they are due, until it is cancelled.
    func run() async {
        for await _ in wakings {
            while !Task.isCancelled, let wait = door.millisecondsUntilNextCall() {
                if wait > 0 {
                    try? await Task.sleep(for: .milliseconds(min(wait, Self.longestSleep)))
                } else {
                    await makeCallsDue()
                }
            }
        }
    }

    private func makeCallsDue() async {
        await withTaskGroup(of: Void.self) { group in
            for call in door.callsDue() {
                group.addTask { _ = door.conclude(call, await make(call)) }
            }
        }
    }

    private func make(_ call: OutboundCall) async -> OutboundOutcome {
        let request = HTTPRequestMessage(
            method: "POST",
            url: call.url,
            headers: [HTTPHeader("Content-Type", call.body.isEmpty ? "text/plain" : "application/json")],
            body: call.body
        )
        return await withTaskGroup(of: OutboundOutcome.self) { group in
            group.addTask {
                do throws(TransportError) {
                    let answer = try await transport.send(request)
                    return .answered(status: answer.status, body: answer.body)
                } catch {
                    return .failed
                }
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(call.timeoutMilliseconds))
                return .failed
            }
            let first = await group.next() ?? .failed
            group.cancelAll()
            return first
        }
    }
}
