import CoupletCore
import CoupletEngine
import CoupletPorts
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Takes what remote systems send to tell of changes, before anybody is asked who they are.
///
/// Senders end a subscription at any answer but success, unless it asks them to try again later: so there is no other
/// answer, and it is the same whatever becomes of what was sent.
struct NotificationDoor: RouterMiddleware {
    /// The largest body in bytes: a thousand changes in each of some twenty tables.
    static let largestBody = 8 << 20
    /// How many bytes of bodies may be on their way in at a time.
    static let room = 32 << 20
    /// The longest text that a sender may want to have repeated, in bytes.
    static let longestToken = 4096
    /// How long a body may take, in seconds; senders wait for their answer less than that.
    static let patience = 20.0

    let engine: Engine
    /// Whether a proxy on this machine hands requests on.
    let isBehindProxy: Bool
    let logger: Logger
    let callers = RateLimiter(capacity: 120, perMinute: 240)
    let bodies = BodyRoom(NotificationDoor.room)

    func handle(
        _ request: Request,
        context: DeskContext,
        next: @concurrent (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        guard let (word, connection) = Self.target(request.uri.path) else { return try await next(request, context) }
        let book = engine.notifications.book
        let address = isBehindProxy ? Gatekeeper.caller(passedOnBy: context.address, request.headers) : context.address
        if let seconds = callers.take(address, at: engine.clock.now) { return putOff(seconds) }
        if let token = Self.token(request) { return Self.answer(repeating: token, to: request) }
        guard request.method == .post, Self.isJSON(request) else {
            book.drop(.otherRequest)
            return Self.answer(to: request)
        }
        do {
            guard let body = try await body(of: request) else {
                book.drop(.tooLarge)
                return Self.answer(to: request)
            }
            try await engine.notifications.take(body, word: word, connection: connection)
            return Self.answer(to: request)
        } catch is Crowded {
            return putOff(30)
        } catch {
            logger.warning(
                "A notification could not be taken",
                metadata: ["connection": "\(connection.prefix(100))", "error": "\(error)"]
            )
            return putOff(30)
        }
    }

    /// The kind of system and the connection that a path names; nil where it is no notification address.
    static func target(_ path: String) -> (word: String, connection: String)? {
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == NotificationAddress.root else { return nil }
        return (String(parts[1]), String(parts[2]))
    }

    /// What a system that is about to subscribe wants to have repeated; nil where it asks for nothing.
    private static func token(_ request: Request) -> String? {
        guard let token = request.uri.queryParameters["validationToken"], !token.isEmpty,
            token.utf8.count <= longestToken, !token.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return nil }
        return String(token)
    }

    private static func isJSON(_ request: Request) -> Bool {
        guard let type = request.headers[.contentType] else { return true }
        return type.prefix { $0 != ";" }.lowercased().filter { $0 != " " } == "application/json"
    }

    /// The body; nil where it is too large.
    private func body(of request: Request) async throws -> [UInt8]? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.largestBody { return nil }
        let (bodies, clock) = (bodies, engine.clock)
        let latest = clock.now.advanced(bySeconds: Self.patience)
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { try await Self.read(request, bodies) }
            group.addTask {
                try await clock.sleep(until: latest)
                throw Crowded()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private static func read(_ request: Request, _ bodies: BodyRoom) async throws -> [UInt8]? {
        var taken = 0
        defer { bodies.give(taken) }
        var body: [UInt8] = []
        for try await part in request.body {
            guard body.count + part.readableBytes <= largestBody else { return nil }
            guard bodies.take(part.readableBytes) else { throw Crowded() }
            taken += part.readableBytes
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    /// A body takes too long, or others leave no room for it.
    private struct Crowded: Error {}

    private func putOff(_ seconds: Int) -> Response {
        engine.notifications.book.putOff()
        return Response(status: .serviceUnavailable, headers: [.retryAfter: String(seconds), .contentLength: "0"])
    }

    private static func answer(repeating text: String = "", to request: Request) -> Response {
        let body = request.method == .head ? ByteBuffer() : ByteBuffer(string: text)
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: body)
        )
    }
}

/// Counts the bytes of bodies that are on their way in, so that nobody fills the memory with them.
final class BodyRoom: Sendable {
    private let most: Int
    private let taken = Mutex(0)

    /// Creates an empty room.
    init(_ most: Int) { self.most = most }

    /// Takes room, where there is enough.
    func take(_ bytes: Int) -> Bool {
        taken.withLock { taken in
            guard taken + bytes <= most else { return false }
            taken += bytes
            return true
        }
    }

    /// Gives room back.
    func give(_ bytes: Int) { taken.withLock { $0 -= bytes } }
}
