/// A failure that a person is told about: what is wrong, in which setting or record, and what to do next.
///
/// The catalogues hold two texts for its message's code: the message itself and, under the code with `.remedy`
/// appended, what to do next; both take the same arguments.
public struct CoupletError: Error, Codable, Sendable, Hashable {
    /// What is wrong.
    public var message: Message
    /// How the command ends.
    public var status: ExitStatus

    /// Creates an error.
    public init(_ code: String, _ arguments: [String: String] = [:], status: ExitStatus) {
        message = Message(code, arguments)
        self.status = status
    }
}
