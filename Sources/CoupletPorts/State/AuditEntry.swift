public import CoupletCore

/// One entry of the audit log: who did what, when.
///
/// The log is append-only, and every entry's hash covers the entry before it. It holds names, numbers and settings, and
/// neither secrets nor values of records.
public struct AuditEntry: Codable, Sendable, Hashable {
    /// What was done.
    public enum Event: String, Codable, Sendable, Hashable, CaseIterable {
        /// A connection was made or changed.
        case connectionSet = "connection.set"
        /// A connection may write from now on.
        case connectionEnabled = "connection.enabled"
        /// A connection only reads from now on.
        case connectionDisabled = "connection.disabled"
        /// Somebody confirmed that another integration is off for the tables of a connection.
        case integrationConfirmed = "connection.confirmed"
        /// Our subscriptions to a connection's changes were removed, and none are made.
        case subscriptionsRemoved = "connection.unsubscribed"
        /// Subscriptions to a connection's changes are made again.
        case subscriptionsAllowed = "connection.subscribed"
        /// A mapping was added.
        case mappingAdded = "mapping.added"
        /// A mapping was changed.
        case mappingChanged = "mapping.changed"
        /// A mapping was paused.
        case mappingPaused = "mapping.paused"
        /// A paused mapping runs again.
        case mappingResumed = "mapping.resumed"
        /// An action that may write began.
        case runBegun = "run.begun"
        /// A plan was approved.
        case planApproved = "plan.approved"
        /// A plan was rejected.
        case planRejected = "plan.rejected"
        /// A conflict was settled by a person.
        case conflictResolved = "conflict.resolved"
        /// A question was answered.
        case questionAnswered = "question.answered"
        /// Old history was removed.
        case historyPruned = "history.pruned"
        /// What is kept of a record was erased.
        case recordErased = "record.erased"
        /// Settings of the whole store were changed.
        case settingChanged = "setting.changed"
        /// A recipient of alerts was made or changed.
        case alertSet = "alert.set"
        /// A recipient of alerts was removed.
        case alertRemoved = "alert.removed"
        /// Writing was stopped, because the store is not what it was.
        case writingStopped = "writing.stopped"
        /// An administrator let writing begin again.
        case writingConfirmed = "writing.confirmed"
        /// What is kept was copied to a file.
        case backupMade = "backup.made"
        /// A user was added.
        case userAdded = "user.added"
        /// A user was changed: name, role, mappings, or whether they may sign in.
        case userChanged = "user.changed"
        /// A user was removed.
        case userRemoved = "user.removed"
        /// A user was given a password for one sign-in.
        case passwordReset = "user.reset"
        /// A user chose a password of their own.
        case passwordChanged = "user.password"
        /// A link was made that signs a user in once.
        case linkMade = "user.link"
        /// A user was given a personal token.
        case tokenAdded = "user.tokenAdded"
        /// A personal token of a user was removed.
        case tokenRemoved = "user.tokenRemoved"
        /// A user was signed in by what a provider said.
        case userSignedIn = "user.signedIn"
        /// Somebody was not let in whom a provider knows.
        case userRefused = "user.refused"
        /// The provider that users sign in with was set or changed.
        case signInSet = "signIn.set"
        /// Nobody signs in with a provider any more.
        case signInRemoved = "signIn.removed"
    }

    /// What an entry is about.
    public struct Subject: Codable, Sendable, Hashable {
        /// Kinds of things that entries are about.
        public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
            case connection
            case mapping
            case run
            case plan
            case conflict
            case question
            case record
            case store
            case user
            case recipient
            case provider
        }

        /// The kind.
        public var kind: Kind
        /// Its name or number.
        public var name: String

        /// Creates a subject.
        public init(_ kind: Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }

        /// Creates a subject that has a number.
        public init(_ kind: Kind, _ number: Int64) { self.init(kind, String(number)) }
    }

    /// The entry's place in the log, from 1 and without gaps; 0 before it is stored.
    public var number: Int64
    /// When.
    public var at: Instant
    /// Who: the operating system's user, or the one who is signed in.
    public var who: String
    /// What was done.
    public var event: Event
    /// What it was done to.
    public var subject: Subject
    /// The run that it belongs to; nil where there is none.
    public var run: Int64?
    /// More about it, by names that do not change.
    public var details: [String: String]
    /// The SHA-256 of the hash of the entry before and this entry's canonical form; empty before it is stored.
    public var hash: [UInt8]

    /// Creates an entry.
    public init(
        number: Int64 = 0,
        at: Instant,
        who: String,
        event: Event,
        subject: Subject,
        run: Int64? = nil,
        details: [String: String] = [:],
        hash: [UInt8] = []
    ) {
        self.number = number
        self.at = at
        self.who = who
        self.event = event
        self.subject = subject
        self.run = run
        self.details = details
        self.hash = hash
    }

    /// What its hash is taken of: the hash of the entry before and everything of this one but its hash.
    ///
    /// Each part is written as the number of its bytes in decimal digits, a colon and its bytes, in this order: the hash
    /// before (32 zero bytes for the first entry), number, milliseconds since 1970, who, event, kind and name of the
    /// subject, run (nothing where there is none), then name and value of each detail by the names' bytes.
    /// - Parameter previous: The hash of the entry before.
    /// - Returns: The bytes.
    public func canonical(after previous: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        func add(_ part: some Collection<UInt8>) {
            bytes += Array("\(part.count):".utf8)
            bytes += part
        }
        add(previous)
        for part in [
            String(number), String(at.milliseconds), who, event.rawValue, subject.kind.rawValue, subject.name,
            run.map { String($0) } ?? "",
        ] {
            add(part.utf8)
        }
        for (name, value) in details.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            add(name.utf8)
            add(value.utf8)
        }
        return bytes
    }

    /// What stands for the hash before the first entry.
    public static let beginning = [UInt8](repeating: 0, count: 32)
}

/// Which entries of the audit log are meant: those that fit everything that is given.
public struct AuditSelection: Codable, Sendable, Hashable {
    /// Not earlier than this.
    public var from: Instant?
    /// Earlier than this.
    public var until: Instant?
    /// Whose.
    public var who: String?
    /// What was done: an event, or the part of its name before the dot.
    public var event: String?
    /// The name or number of what it was done to.
    public var subject: String?

    /// Creates a selection.
    public init(
        from: Instant? = nil,
        until: Instant? = nil,
        who: String? = nil,
        event: String? = nil,
        subject: String? = nil
    ) {
        self.from = from
        self.until = until
        self.who = who
        self.event = event
        self.subject = subject
    }
}

/// The end of the audit log at some time.
public struct AuditMark: Codable, Sendable, Hashable {
    /// The number of the last entry.
    public var number: Int64
    /// Its hash.
    public var hash: [UInt8]

    /// Creates a mark.
    public init(number: Int64, hash: [UInt8]) {
        self.number = number
        self.hash = hash
    }
}

/// What was found when the audit log was gone through from its beginning.
public struct AuditCheck: Codable, Sendable, Hashable {
    /// What is wrong with an entry.
    public enum Fault: String, Codable, Sendable, Hashable, CaseIterable {
        /// It is not there, and a later one is.
        case missing
        /// It, its hash or the one before is not what was written.
        case changed
    }

    /// The number of entries that are as they were written, from the first on.
    public var whole: Int64
    /// The number of the first entry that is not.
    public var broken: Int64?
    /// What is wrong with it.
    public var fault: Fault?

    /// Creates a result.
    public init(whole: Int64, broken: Int64? = nil, fault: Fault? = nil) {
        self.whole = whole
        self.broken = broken
        self.fault = fault
    }
}
