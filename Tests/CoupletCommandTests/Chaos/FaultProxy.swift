import Foundation
import Glibc
import Synchronization

/// Stands between Couplet and a stand-in on the loopback, and damages what comes back: waits, resets in the middle of an
/// answer, cuts answers off, sends them twice.
///
/// Works on bytes, not on requests, with blocking sockets on threads of its own. The chance comes from a seed.
final class FaultProxy: Sendable {
    /// What happens to the next bytes of an answer.
    enum Fault: String, Sendable, CaseIterable {
        case none, delay, reset, truncate, twice
    }

    private struct State {
        var random: RandomSource
        var isCalm = true
        var answers = 0
        var counts: [Fault: Int] = [:]
        var onAnswer: (number: Int, action: @Sendable () -> Void)?
        var isClosed = false
    }

    private let state: Mutex<State>
    private let listener: Int32
    private let target: UInt16
    /// Where it listens.
    let port: UInt16

    /// Listens on a free port for a port of this machine.
    init(target: UInt16, seed: UInt64) throws {
        self.target = target
        state = Mutex(State(random: RandomSource(state: seed)))
        let waiting = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        listener = waiting
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(waiting, generic, size) == 0 && getsockname(waiting, generic, &length) == 0
            }
        }
        guard isBound, listen(waiting, 64) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        let weakly = Weakly(self)
        Thread.detachNewThread {
            while true {
                let client = accept(waiting, nil, nil)
                guard client >= 0, let proxy = weakly.proxy else { return }
                proxy.serve(client)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// Lets faults strike, or everything through.
    func setCalm(_ isCalm: Bool) {
        state.withLock { state in
            state.isCalm = isCalm
            state.onAnswer = nil
        }
    }

    /// Does something when so many more pieces of answers have come, before the last of them is passed on.
    func onAnswer(_ number: Int, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.onAnswer = ($0.answers + number, action) }
    }

    /// How often each fault struck.
    var counts: [Fault: Int] { state.withLock { $0.counts } }

    private func serve(_ client: Int32) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(target)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                connect(server, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(client)
            close(server)
            return
        }
        let pair = SocketPair(client: client, server: server)
        Thread.detachNewThread { pair.pass(from: client, to: server) { _ in (.none, 0) } }
        Thread.detachNewThread { [self] in pair.pass(from: server, to: client) { next($0) } }
    }

    private func next(_ count: Int) -> (Fault, Int) {
        let (fault, action) = state.withLock { state -> ((Fault, Int), (@Sendable () -> Void)?) in
            state.answers += 1
            var action: (@Sendable () -> Void)?
            if let due = state.onAnswer, state.answers >= due.number {
                action = due.action
                state.onAnswer = nil
            }
            guard !state.isCalm, state.random.below(6) == 0 else { return ((.none, 0), action) }
            let fault = Fault.allCases[1 + state.random.below(Fault.allCases.count - 1)]
            state.counts[fault, default: 0] += 1
            return ((fault, fault == .delay ? state.random.below(150) : state.random.below(max(1, count))), action)
        }
        action?()
        return fault
    }

    fileprivate static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

/// Lets the thread that accepts end with the proxy.
private struct Weakly: Sendable {
    weak let proxy: FaultProxy?

    init(_ proxy: FaultProxy) { self.proxy = proxy }
}

/// A client's connection and the one that was made for it.
private final class SocketPair: Sendable {
    private let client: Int32
    private let server: Int32
    private let open = Mutex(2)

    init(client: Int32, server: Int32) {
        self.client = client
        self.server = server
    }

    /// Passes bytes on until one end closes or a fault ends the connection.
    func pass(from source: Int32, to target: Int32, _ next: (Int) -> (FaultProxy.Fault, Int)) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        loop: while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            let (fault, amount) = next(count)
            switch fault {
            case .none: guard write(buffer[..<count], to: target) else { break loop }
            case .delay:
                // Waits for nothing to come, which is how a time passes here.
                var nothing = pollfd(fd: -1, events: 0, revents: 0)
                poll(&nothing, 1, Int32(amount))
                guard write(buffer[..<count], to: target) else { break loop }
            case .twice:
                guard write(buffer[..<count] + buffer[..<count], to: target) else { break loop }
            case .truncate:
                _ = write(buffer[..<amount], to: target)
                break loop
            case .reset:
                _ = write(buffer[..<amount], to: target)
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(target, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
                break loop
            }
        }
        end()
    }

    private func write(_ bytes: ArraySlice<UInt8>, to target: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let rest = bytes.count - sent
                let count = send(target, bytes.baseAddress?.advanced(by: sent), rest, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Ends both directions; the second one to come closes the sockets.
    private func end() {
        let isLast = open.withLock { open in
            open -= 1
            return open == 0
        }
        if isLast {
            close(client)
            close(server)
        } else {
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }
    }
}

/// Numbers that follow from a seed (SplitMix64).
struct RandomSource: Sendable {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
