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

extension Console {
    /// All problems of a file as one failure: each with its line, what is wrong and what to do.
    /// - Parameters:
    ///   - file: The file's name as it was given.
    ///   - problems: The problems, at least one.
    /// - Returns: The failure.
    func failure(in file: String, _ problems: [FileProblem]) -> CoupletError {
        let lines = problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) }.map { problem in
            let place = problem.line.map { text("file.line", ["line": String($0)]) + " " } ?? ""
            return place + text(problem.message) + (remedy(problem.message).map { " " + $0 } ?? "")
        }
        return CoupletError(
            "file.wrong",
            ["file": file, "count": String(problems.count), "problems": "\n" + lines.joined(separator: "\n")],
            status: .wrongConfiguration
        )
    }
}
