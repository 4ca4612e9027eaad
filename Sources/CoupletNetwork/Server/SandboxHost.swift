package import CoupletSandbox
import Glibc
import Synchronization

/// A stand-in behind one lock, with a clock: what a server asks, and what a program may look into while it runs.
package final class SandboxHost<Machine: SandboxMachine>: Sendable {
    private let machine: Mutex<Machine>
    private let now: @Sendable () -> SandboxInstant

    /// Creates a host.
    /// - Parameters:
    ///   - machine: the stand-in.
    ///   - now: its clock; the system's where nothing else is given.
    package init(_ machine: Machine, now: @escaping @Sendable () -> SandboxInstant = SystemTime.now) {
        self.machine = Mutex(machine)
        self.now = now
    }

    /// Answers a request, one at a time.
    package func handle(_ request: SandboxRequest) -> SandboxResponse {
        machine.withLock { $0.handle(request, at: now()) }
    }

    /// Takes the outcome of a call that the stand-in wanted; gives the answer of the request that waits for it.
    func conclude(_ call: OutboundCall, _ outcome: OutboundOutcome) -> SandboxResponse? {
        machine.withLock { $0.conclude(call, outcome, at: now()) }
    }

    /// How long it takes until the next call is due, in milliseconds, 0 where it is; nil where none is planned.
    func millisecondsUntilNextCall() -> Int64? {
        machine.withLock { $0.nextCallDue() }.map { max(0, $0.milliseconds - now().milliseconds) }
    }

    /// The calls that are due; each has to be made and concluded.
    func callsDue() -> [OutboundCall] {
        machine.withLock { $0.callsDue(at: now()) }
    }

    /// Looks into the stand-in, or changes it, between two requests.
    /// - Parameter body: what to do with it.
    /// - Returns: what the body returns.
    package func withMachine<Result: Sendable>(_ body: (inout Machine) -> Result) -> Result {
        machine.withLock { body(&$0) }
    }
}

/// The system's clock as the stand-ins read it.
package enum SystemTime {
    /// The present time.
    package static func now() -> SandboxInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return SandboxInstant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
