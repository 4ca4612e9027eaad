import CoupletCore

/// Something wrong in a file that a person wrote.
struct FileProblem: Sendable, Hashable {
    /// The line, the first being 1; nil where it is about no line.
    var line: Int?
    /// What is wrong.
    var message: Message

    /// Creates a problem.
    init(_ line: Int?, _ code: String, _ arguments: [String: String] = [:]) {
        self.line = line
        message = Message(code, arguments)
    }

    /// Creates a problem from a message.
    init(_ line: Int?, _ message: Message) {
        self.line = line
        self.message = message
    }
}
