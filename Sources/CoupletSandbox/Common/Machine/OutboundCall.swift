/// A call that a sandbox wants to be made: the sandbox itself has no connections.
package struct OutboundCall: Sendable, Equatable {
    /// What the outcome is reported under.
    package let id: Int
    /// The absolute address.
    package let url: String
    /// JSON to be posted; empty for none.
    package let body: [UInt8]
    /// How long the other side may take, in milliseconds.
    package let timeoutMilliseconds: Int
}

/// What became of a call.
package enum OutboundOutcome: Sendable, Equatable {
    /// The other side answered.
    case answered(status: Int, body: [UInt8])
    /// There was no answer in time.
    case failed
}

/// What a system without calls says.
extension SandboxMachine {
    package mutating func noteWrites(at now: SandboxInstant) {}

    package func nextCallDue() -> SandboxInstant? { nil }

    package mutating func callsDue(at now: SandboxInstant) -> [OutboundCall] { [] }

    package mutating func conclude(
        _ call: OutboundCall,
        _ outcome: OutboundOutcome,
        at now: SandboxInstant
    ) -> SandboxResponse? {
        nil
    }
}
