/// What a remote system says is wrong with a write.
public struct RemoteProblem: Codable, Sendable, Hashable {
    /// What sort of refusal it is.
    public enum Kind: String, Codable, Sendable, Hashable {
        /// The values are not acceptable.
        case validation
        /// The record does not exist.
        case missing
        /// A record with this key exists already.
        case duplicate
        /// The caller may not do this.
        case forbidden
        /// Anything else that trying again will not cure.
        case other
    }

    /// The sort of refusal.
    public var kind: Kind
    /// The remote's own code.
    public var code: String
    /// The remote's own message.
    public var message: String

    /// Creates a problem.
    public init(kind: Kind, code: String, message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }
}

/// What became of one write.
public enum Outcome: Sendable, Hashable {
    /// The record the remote answered with, in the feed's layout.
    public struct Written: Sendable, Hashable {
        /// The record's id.
        public var id: RecordID
        /// The record's new version; empty when the answer had none.
        public var version: String
        /// The record after the write; nil when the answer had none.
        public var row: EncodedRow?
        /// Whether no answer told of it, but the record as it was read later: others may have written it in between.
        public var isFoundLater: Bool

        /// Creates a written record.
        public init(id: RecordID, version: String, row: EncodedRow?, isFoundLater: Bool = false) {
            self.id = id
            self.version = version
            self.row = row
            self.isFoundLater = isFoundLater
        }
    }

    /// Done.
    case applied(Written)
    /// The target's version was another; nothing was done.
    case preconditionFailed
    /// Nothing was done, and trying again may help; after so many seconds if the remote said so.
    case retryable(afterSeconds: Double?)
    /// The service could not answer: as a rule nothing was done, but it does not say so; after so many seconds trying again
    /// may help.
    case unclear(afterSeconds: Double?)
    /// Nothing was done, and trying the same again will not help.
    case rejected(RemoteProblem)
    /// The remote did not get to this write.
    case notAttempted
    /// Sent, and no answer came: it may or may not have been done.
    case unknown
}
