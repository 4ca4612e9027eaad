import Foundation
import Glibc
import Synchronization

/// The built program, running as a process of its own.
final class CoupletProcess: Sendable {
    /// How a process ended and what it wrote.
    struct Finished: Sendable {
        let status: Int32
        let output: String
        let errors: String

        /// Standard output as one JSON document.
        func json() throws -> JSON { try JSONDecoder().decode(JSON.self, from: Data(output.utf8)) }
    }

    let output: OutputLines
    let errors: OutputLines
    let identifier: Int32
    private let end: ProcessEnd
    /// One start at a time, so that no process inherits another one's pipes.
    private static let starting = Mutex(())

    /// Starts the program.
    init(
        _ arguments: [String],
        environment: [String: String],
        directory: String? = nil,
        executable: URL = CoupletProcess.executable
    ) throws {
        let end = ProcessEnd()
        self.end = end
        (output, errors, identifier) = try CoupletProcess.starting.withLock { _ in
            try CoupletProcess.start(executable, arguments, environment, directory, end)
        }
    }

    private static func start(
        _ executable: URL,
        _ arguments: [String],
        _ environment: [String: String],
        _ directory: String?,
        _ end: ProcessEnd
    ) throws -> (OutputLines, OutputLines, Int32) {
        let (output, errors) = (try OutputLines(), try OutputLines())
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        if let directory { process.currentDirectoryURL = URL(filePath: directory) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output.writer
        process.standardError = errors.writer
        process.terminationHandler = { process in
            let isSignal = process.terminationReason == .uncaughtSignal
            end.finish(isSignal ? -process.terminationStatus : process.terminationStatus)
        }
        try process.run()
        try output.writer.close()
        try errors.writer.close()
        return (output, errors, process.processIdentifier)
    }

    /// Sends a signal to this process alone.
    func send(_ signal: Int32) { kill(identifier, signal) }

    /// Waits for the end; a process that a signal ended has that signal's negative number as its status.
    func finished() async -> Finished {
        let status = await end.status()
        _ = await output.line(containing: "\u{0}")
        _ = await errors.line(containing: "\u{0}")
        return Finished(status: status, output: output.text, errors: errors.text)
    }

    /// The program beside the test binary.
    static let executable: URL = {
        let test = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: test).deletingLastPathComponent().appending(path: "couplet")
    }()
}

/// Hands the end of a process to whoever waits for it.
private final class ProcessEnd: Sendable {
    private struct State {
        var status: Int32?
        var waiting: [CheckedContinuation<Int32, Never>] = []
    }

    private let state = Mutex(State())

    func finish(_ status: Int32) {
        let waiting = state.withLock { state in
            state.status = status
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: status) }
    }

    func status() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status: Int32? = state.withLock { state in
                if state.status == nil { state.waiting.append(continuation) }
                return state.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }
}
