import CoupletCore

/// One of the things that can happen while a small world is explored.
enum ExplorationEvent: Hashable, Sendable, CustomStringConvertible {
    /// A user sets a field of the coupled record: to the side's own value, or back.
    case edit(Side, field: Int)
    /// A user of the ERP edits, and the change carries a time half a minute ago.
    case lateCommit
    /// A user deletes the coupled record.
    case delete(Side)
    /// A user creates a record.
    case create(Side)
    /// Couplet's pass begins with its first request, or sends its next one.
    case step
    /// Couplet sends its next request, and the answer is lost.
    case lostAnswer
    /// The process ends before its next request.
    case crash
    /// The process sends its next request, and ends before it hears the answer.
    case crashAfter
    /// Another process begins.
    case restart
    /// A person settles the conflict by taking a side.
    case resolve(Side)

    /// Whether a user sets the first field.
    var editsFirstField: Bool {
        switch self {
        case .edit(_, field: 0), .lateCommit: true
        default: false
        }
    }

    var description: String {
        switch self {
        case .edit(let side, let field): "edit \(side.rawValue) \(field + 1)"
        case .lateCommit: "late commit"
        case .delete(let side): "delete \(side.rawValue)"
        case .create(let side): "create \(side.rawValue)"
        case .step: "step"
        case .lostAnswer: "lost answer"
        case .crash: "crash"
        case .crashAfter: "crash after a request"
        case .restart: "restart"
        case .resolve(let side): "resolve \(side.rawValue)"
        }
    }
}

/// What a state of the explored world is known by: two hashes of everything that its future depends on.
struct Fingerprint: Hashable, Sendable {
    private var one: UInt64 = 0xCBF2_9CE4_8422_2325
    private var two: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Takes bytes in (FNV-1a, and a multiplicative hash beside it).
    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            one = (one ^ UInt64(byte)) &* 0x100_0000_01B3
            two = (two &+ UInt64(byte) &+ 1) &* 0xFF51_AFD7_ED55_8CCD
            two ^= two >> 32
        }
        one = (one ^ 0xFF) &* 0x100_0000_01B3
    }

    /// Takes a text in.
    mutating func add(_ text: String) { add(text.utf8) }

    /// Takes another fingerprint in.
    mutating func add(_ other: Fingerprint) { add("\(other.one) \(other.two)") }
}
