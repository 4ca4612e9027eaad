import Foundation
import Glibc
import Synchronization

/// A connection to this machine on which a test says what no HTTP client would.
final class RawConnection: Sendable {
    private let descriptor: Int32
    private let text = Mutex("")

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    deinit { close(descriptor) }

    /// Sends a text.
    func send(_ text: String) { _ = write(descriptor, text, text.utf8.count) }

    /// What came so far; does not wait.
    func received() -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return text.withLock { text in
            if count > 0 { text += String(decoding: bytes.prefix(count), as: UTF8.self) }
            return text
        }
    }
}
