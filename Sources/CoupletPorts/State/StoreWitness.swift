public import CoupletCore

/// What is known of a store outside of it, so that a store that was put back or copied is noticed.
public struct WitnessMark: Codable, Sendable, Hashable {
    /// The store's identity.
    public var instance: RecordID
    /// The number of its last run.
    public var run: Int64
    /// Where its one sequence was, which every sending moves on.
    public var sequence: Int64
    /// The end of its audit log; nil while that is empty.
    public var audit: AuditMark?
    /// Where the store is kept; blank where nobody can tell.
    ///
    /// Two stores at the same time are never at the same place.
    public var place: String

    /// Creates a mark.
    public init(instance: RecordID, run: Int64, sequence: Int64, audit: AuditMark? = nil, place: String = "") {
        self.instance = instance
        self.run = run
        self.sequence = sequence
        self.audit = audit
        self.place = place
    }

    /// Whether it has seen more than another mark of the same store.
    public func isAhead(of other: WitnessMark) -> Bool {
        run > other.run || sequence > other.sequence || (audit?.number ?? 0) > (other.audit?.number ?? 0)
    }
}

/// Keeps a mark of the store outside of it.
///
/// Calls come one at a time.
public protocol StoreWitness: Sendable {
    /// Where the store is kept now.
    var place: String { get }
    /// Why the mark may be put back together with the store, so that nobody notices; nil where it is kept apart from it.
    var obstacle: Message? { get }
    /// The mark that was kept last; nil when there is none.
    /// - Throws: `CoupletError` when what is kept cannot be read.
    func last() throws -> WitnessMark?
    /// Keeps a mark instead of the last one; it is durable when this returns.
    /// - Throws: `CoupletError` when it cannot be kept.
    func keep(_ mark: WitnessMark) throws
}

/// Why nothing is written to either system until an administrator has looked.
public struct WriteStop: Codable, Sendable, Hashable {
    /// What was noticed.
    public enum Reason: String, Codable, Sendable, Hashable, CaseIterable {
        /// The store is older than what was done with it: it was put back from a backup.
        case olderStore
        /// The store is another one than was here.
        case otherStore
        /// The store is a copy, or was moved: another one may be at work with the same systems.
        case copiedStore
        /// What was kept outside the store is gone or cannot be read.
        case lostWitness
        /// A connection leads to another system than before, though its address is the same.
        case otherSystem
    }

    /// The stop's number; 0 before it is stored.
    public var id: Int64
    /// What was noticed.
    public var reason: Reason
    /// What it is about, as far as there is more than one: a connection's name; else blank.
    public var subject: String
    /// When it was noticed.
    public var foundAt: Instant
    /// More about it, by name.
    public var details: [String: String]
    /// Who let writing begin again; nil while it is stopped.
    public var confirmedBy: String?
    /// When.
    public var confirmedAt: Instant?

    /// Creates a stop.
    public init(
        id: Int64 = 0,
        reason: Reason,
        subject: String = "",
        foundAt: Instant,
        details: [String: String] = [:],
        confirmedBy: String? = nil,
        confirmedAt: Instant? = nil
    ) {
        self.id = id
        self.reason = reason
        self.subject = subject
        self.foundAt = foundAt
        self.details = details
        self.confirmedBy = confirmedBy
        self.confirmedAt = confirmedAt
    }
}
