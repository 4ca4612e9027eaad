import Glibc

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

    /// Writes all of a text to a stream; what nobody reads any more is dropped.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return
            }
            bytes = bytes.dropFirst(written)
        }
    }
}
