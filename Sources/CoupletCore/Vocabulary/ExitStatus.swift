/// How a command or an action ended, in the words of the command line's exit statuses.
public enum ExitStatus: Int32, Codable, Sendable {
    /// Everything was done.
    case done = 0
    /// Done, but records failed or are in conflict or in question.
    case doneWithOpenItems = 1
    /// Wrong use, or a key that nobody knows.
    case wrongUse = 2
    /// A plan waits for approval.
    case waitsForApproval = 3
    /// A remote system is down.
    case remoteDown = 69
    /// A defect of Couplet.
    case defect = 70
    /// Try later: a lock is held, a disk is full.
    case tryLater = 75
    /// Not allowed, a wrong secret included.
    case notAllowed = 77
    /// Wrong configuration, a wrong address included.
    case wrongConfiguration = 78
    /// Interrupted; what was begun is settled or will be by the next start.
    case interrupted = 130
}
