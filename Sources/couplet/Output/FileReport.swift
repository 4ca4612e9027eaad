import CoupletCore

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
