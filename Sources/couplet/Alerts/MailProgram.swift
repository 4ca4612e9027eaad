import CoupletCore
import CoupletPorts
import Foundation
import Glibc
import Synchronization

/// Hands mail to a program that takes it as `sendmail` does: the message on standard input, recipients as arguments.
struct MailProgram: Sendable {
    /// The program's path.
    let path: String

    /// What keeps it from being used.
    var obstacle: Message? {
        access(path, X_OK) == 0 ? nil : Message("alert.noMailProgram", ["program": path])
    }

    /// Hands a letter over, once.
    func send(_ letter: AlertLetter, to address: AlertAddress) async throws(AlertUndelivered) {
        if let obstacle { throw AlertUndelivered(obstacle) }
        let recipients = address.address.split(separator: ",").map(String.init)
        let text = Self.text(letter, to: recipients, from: address.sender)
        guard let input = Self.unnamedFile(holding: text) else {
            throw AlertUndelivered(Message("alert.mailFailed", ["detail": String(cString: strerror(errno))]))
        }
        // A file, and no pipe: nobody has to wait for a program that does not read.
        let handle = FileHandle(fileDescriptor: input, closeOnDealloc: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        var arguments = ["-i"]
        if let sender = address.sender { arguments += ["-f", sender] }
        process.arguments = arguments + ["--"] + recipients
        // It is told nothing that is not for it: the environment may hold secrets of Couplet's.
        let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home]
        process.standardInput = handle
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        switch await Self.end(of: process) {
        case .status(0): return
        case .status(let status):
            throw AlertUndelivered(Message("alert.mailRefused", ["status": String(status)]))
        case .failed(let detail): throw AlertUndelivered(Message("alert.mailFailed", ["detail": detail]))
        }
    }

    private enum End: Sendable {
        case status(Int32)
        case failed(String)
    }

    /// Runs a process to its end; whoever cancels ends it at once.
    private static func end(of process: Process) async -> End {
        let started = Mutex<pid_t?>(nil)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                process.terminationHandler = { ended in
                    started.withLock { $0 = nil }
                    continuation.resume(returning: .status(ended.terminationStatus))
                }
                do {
                    // Under the lock, so that neither its end nor a cancellation comes between start and number.
                    try started.withLock { number in
                        try process.run()
                        number = process.processIdentifier
                        if Task.isCancelled { kill(process.processIdentifier, SIGKILL) }
                    }
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(returning: .failed(error.localizedDescription))
                }
            }
        } onCancel: {
            started.withLock { number in
                if let number { kill(number, SIGKILL) }
            }
        }
    }

    /// A file without a name, open at its beginning: nothing of it is left behind.
    private static func unnamedFile(holding text: [UInt8]) -> Int32? {
        guard let file = tmpfile() else { return nil }
        defer { fclose(file) }
        guard fwrite(text, 1, text.count, file) == text.count, fflush(file) == 0 else { return nil }
        let descriptor = dup(fileno(file))
        guard descriptor >= 0 else { return nil }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    // MARK: The message

    /// The mail as a program takes it, lines ending as on this machine.
    static func text(_ letter: AlertLetter, to recipients: [String], from sender: String?) -> [UInt8] {
        let domain = sender.flatMap { $0.split(separator: "@").last }.map(String.init) ?? letter.host
        var lines = [
            "To: " + recipients.joined(separator: ",\n "), "Subject: " + encoded(letter.subject),
            "Date: " + date(letter.message.madeAt), "Message-ID: <\(letter.message.id)@\(domain)>",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
            // Nobody's answer to absence comes back.
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All",
        ]
        if let sender { lines.insert("From: Couplet <\(sender)>", at: 0) }
        lines += [
            "", Data(letter.body.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed]),
        ]
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// A line of a header as it is, or where it is long or has letters beyond ASCII, in words of at most 75 characters (RFC 2047).
    static func encoded(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        if line.utf8.count <= 200, line.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return line }
        var words: [String] = []
        var word = ""
        for character in line {
            if word.utf8.count + character.utf8.count > 42 {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        words.append(word)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\n ")
    }

    private static func date(_ instant: Instant) -> String {
        var seconds = time_t(instant.milliseconds / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : String(number) }
        let day = "\(days[Int(parts.tm_wday)]), \(parts.tm_mday) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
        return "\(day) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) +0000"
    }
}
