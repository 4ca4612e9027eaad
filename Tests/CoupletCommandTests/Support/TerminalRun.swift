import Dispatch
import Foundation
import Glibc

/// A command of a world at a terminal of its own, where it can ask and is answered.
struct TerminalRun: Sendable {
    let status: Int32
    /// Everything that stood on the terminal.
    let text: String

    /// Runs a command to its end.
    /// - Parameters:
    ///   - arguments: The command.
    ///   - world: Where it runs.
    ///   - answers: What is typed; it waits until the command reads it.
    /// - Throws: `POSIXError` where the system has no terminal to give, or what starting the command throws.
    init(_ arguments: [String], in world: World, typing answers: String) async throws {
        let (terminal, line) = try TerminalRun.open()
        let handle = FileHandle(fileDescriptor: line, closeOnDealloc: false)
        let process = Process()
        process.executableURL = CoupletProcess.executable
        process.arguments = arguments
        process.environment = world.environment.merging(["TERM": "dumb"]) { _, new in new }
        process.currentDirectoryURL = URL(filePath: world.folder.path)
        process.standardInput = handle
        process.standardOutput = handle
        process.standardError = handle
        let typed = Array(answers.utf8)
        _ = typed.withUnsafeBytes { Glibc.write(terminal, $0.baseAddress, $0.count) }
        try process.run()
        close(line)
        // What is written is taken while the command runs, so that it never waits for room.
        (status, text) = await withCheckedContinuation { continuation in
            DispatchQueue(label: "couplet.test.terminal").async {
                let text = TerminalRun.rest(of: terminal)
                process.waitUntilExit()
                close(terminal)
                continuation.resume(returning: (process.terminationStatus, text))
            }
        }
    }

    /// Numbers of the system's terminal requests, which Swift's module of the C library leaves out.
    private enum Request {
        static let unlock: UInt = 0x4004_5431
        static let number: UInt = 0x8004_5430
    }

    /// The two ends of a new terminal: the person's and the command's.
    private static func open() throws -> (terminal: Int32, line: Int32) {
        let terminal = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (locked, number): (Int32, Int32) = (0, 0)
        guard terminal >= 0, ioctl(terminal, Request.unlock, &locked) == 0,
            ioctl(terminal, Request.number, &number) == 0
        else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let line = Glibc.open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard line >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return (terminal, line)
    }

    private static func rest(of terminal: Int32) -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(terminal, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += buffer.prefix(count)
        }
    }
}
