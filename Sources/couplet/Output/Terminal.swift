import Glibc
import Synchronization

/// What the process's own streams are connected to.
enum Terminal {
    /// Whether standard output is a terminal.
    static let showsOutput = isatty(STDOUT_FILENO) == 1
    /// Whether standard error is a terminal.
    static let showsErrors = isatty(STDERR_FILENO) == 1
    /// Whether a person can be asked.
    static let canAsk = isatty(STDIN_FILENO) == 1 && showsErrors

    /// The width of the terminal behind a stream; nil where there is none.
    static func width(of descriptor: Int32) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Why standard output did not take everything, as the system's number; 0 while it does.
    private static let outputFailure = Atomic<Int32>(0)

    /// Why standard output did not take everything; nil while it does, and when its reader has only gone away.
    static var outputProblem: Int32? {
        let number = outputFailure.load(ordering: .sequentiallyConsistent)
        return number == 0 || number == EPIPE ? nil : number
    }

    /// Writes all of a text to a stream; what it does not take is dropped, and for standard output remembered.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                let reason = errno
                if reason == EINTR || reason == EAGAIN { continue }
                if descriptor == STDOUT_FILENO { outputFailure.store(reason, ordering: .sequentiallyConsistent) }
                return
            }
            bytes = bytes.dropFirst(written)
        }
    }
}
