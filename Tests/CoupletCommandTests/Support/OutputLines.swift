import Dispatch
import Foundation
import Glibc
import Synchronization

/// Reads what a process writes to one of its streams, line by line, as it comes.
final class OutputLines: Sendable {
    private struct State {
        var text: [UInt8] = []
        var isAtEnd = false
        var waiting: [(part: String, continuation: CheckedContinuation<String?, Never>)] = []
    }

    /// The end that the process writes to.
    let writer: FileHandle
    private let state = Mutex(State())

    /// Makes the two ends; no process may be started meanwhile, for it would keep the writing end open.
    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        writer = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        let reader = ends[0]
        DispatchQueue(label: "couplet.test.output").async { [self] in
            read(from: reader)
            close(reader)
        }
    }

    /// Everything that was written so far.
    var text: String { state.withLock { String(decoding: $0.text, as: UTF8.self) } }

    /// The first line with a text, as soon as it is there; nil when the stream ends without one.
    func line(containing part: String) async -> String? {
        await withCheckedContinuation { continuation in
            let found: String?? = state.withLock { state in
                if let line = OutputLines.line(containing: part, in: state) { return line }
                if state.isAtEnd { return .some(nil) }
                state.waiting.append((part, continuation))
                return nil
            }
            if let found { continuation.resume(returning: found) }
        }
    }

    private func read(from descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            take(buffer.prefix(count))
        }
        let waiting = state.withLock { state in
            state.isAtEnd = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.continuation.resume(returning: nil) }
    }

    private func take(_ bytes: some Sequence<UInt8>) {
        let ready = state.withLock { state in
            state.text.append(contentsOf: bytes)
            var ready: [(CheckedContinuation<String?, Never>, String)] = []
            let waiting = state.waiting
            state.waiting = []
            for waiter in waiting {
                if let line = OutputLines.line(containing: waiter.part, in: state) {
                    ready.append((waiter.continuation, line))
                } else {
                    state.waiting.append(waiter)
                }
            }
            return ready
        }
        for (continuation, line) in ready { continuation.resume(returning: line) }
    }

    private static func line(containing part: String, in state: State) -> String? {
        let whole = state.text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        return whole.lazy.map { String(decoding: $0, as: UTF8.self) }.first { $0.contains(part) }
    }
}
