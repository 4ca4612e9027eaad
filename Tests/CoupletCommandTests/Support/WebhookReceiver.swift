import Dispatch
import Foundation
import Glibc
import Synchronization

/// Takes what is posted to it over HTTP, and answers as it is told; one request at a time.
final class WebhookReceiver: Sendable {
    /// What was posted.
    struct Post: Sendable {
        /// The first line.
        var line: String
        /// The header fields, by name in small letters.
        var fields: [String: String]
        var body: [UInt8]
    }

    /// The port that it listens on.
    let port: Int
    /// The address that messages are posted to.
    var address: String { "http://127.0.0.1:\(port)/hooks/PLANTED-path-4711" }
    private let listener: Int32
    private let posts: AsyncStream<Post>
    private let arriving: AsyncStream<Post>.Continuation
    private let status = Mutex<Int?>(200)
    private let whole = Mutex<String?>(nil)
    private let taken = Mutex(0)

    /// How many posts have come.
    var count: Int { taken.withLock { $0 } }

    /// Listens.
    /// - Parameter status: What is answered; nil never answers.
    /// - Throws: Why it cannot listen.
    init(status: Int? = 200) throws {
        self.status.withLock { $0 = status }
        (posts, arriving) = AsyncStream<Post>.makeStream()
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) != 0 || listen(listener, 16) != 0 || getsockname(listener, $0, &length) != 0
            }
        }
        guard !failed else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        port = Int(UInt16(bigEndian: address.sin_port))
        DispatchQueue(label: "couplet.test.receiver").async { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                guard connection >= 0, let self else { break }
                self.answer(connection)
            }
            close(listener)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        arriving.finish()
    }

    /// Answers with another status from now on.
    func answer(with status: Int?) { self.status.withLock { $0 = status } }

    /// Answers with this text from now on, and closes the connection after it.
    func answer(saying text: String) { whole.withLock { $0 = text } }

    /// The next post, as soon as it is there.
    func next() async -> Post? {
        var iterator = posts.makeAsyncIterator()
        return await iterator.next()
    }

    private func answer(_ connection: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var post: Post?
        while post == nil {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
            post = Self.post(bytes)
        }
        if let post {
            taken.withLock { $0 += 1 }
            arriving.yield(post)
        }
        guard let status = status.withLock({ $0 }) else { return }
        let told = "HTTP/1.1 \(status) Told\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        let answer = whole.withLock { $0 } ?? told
        _ = send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
        close(connection)
    }

    /// The post, where all of it is there.
    private static func post(_ bytes: [UInt8]) -> Post? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n").map(String.init)
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let body = Array(bytes[end.upperBound...])
        guard body.count >= Int(fields["content-length"] ?? "") ?? 0 else { return nil }
        return Post(line: lines.first ?? "", fields: fields, body: body)
    }
}
