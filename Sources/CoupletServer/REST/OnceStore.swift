import CoupletCore
import CoupletEngine
import CoupletPorts
import Foundation
import HTTPTypes

/// Remembers what came of changes that programs gave a key of their own, so that none is done twice.
struct OnceStore: Sendable {
    /// For how long a key is remembered, in seconds.
    private static let limit: Double = 24 * 3600
    private static let kind = "request"

    /// What came of a change.
    struct Answer: Codable {
        var print: String
        var begunAt: Instant
        /// 0 while nothing is known.
        var status: Int
        var body: Data
    }

    let engine: Engine

    /// Notes that a change begins.
    /// - Parameters:
    ///   - key: The program's key.
    ///   - user: Whose it is.
    ///   - print: What tells one request from another.
    /// - Returns: What came of it before; nil where it is new.
    /// - Throws: `Problem` where the key was used for something else, or nobody knows yet what came of it.
    func begin(_ key: String, of user: String, _ print: String) async throws -> Answer? {
        guard (1...200).contains(key.utf8.count) else {
            throw Problem(.badRequest, "request.wrongValue", ["name": "Idempotency-Key", "value": key, "known": ""])
        }
        let now = engine.clock.now
        let name = Self.name(key, user)
        let earlier = try await engine.store.write { writing -> Answer? in
            for (old, body) in try writing.documents(kind: Self.kind) {
                let answer = try? JSONDecoder().decode(Answer.self, from: Data(body))
                if let answer, answer.begunAt.seconds(until: now) < Self.limit { continue }
                try writing.removeDocument(kind: Self.kind, key: old)
            }
            if let body = try writing.document(kind: Self.kind, key: name) {
                return try JSONDecoder().decode(Answer.self, from: Data(body))
            }
            let begun = Answer(print: print, begunAt: now, status: 0, body: Data())
            try writing.saveDocument([UInt8](try JSONEncoder().encode(begun)), kind: Self.kind, key: name)
            return nil
        }
        guard let earlier else { return nil }
        guard earlier.print == print else { throw Problem(.unprocessableContent, "request.keyReused") }
        guard earlier.status > 0 else { throw Problem(.conflict, "request.keyBusy") }
        return earlier
    }

    /// Keeps what came of a change.
    func end(_ key: String, of user: String, status: Int, _ body: Data) async throws {
        let name = Self.name(key, user)
        try await engine.store.write { writing in
            guard let stored = try writing.document(kind: Self.kind, key: name),
                var answer = try? JSONDecoder().decode(Answer.self, from: Data(stored))
            else { return }
            answer.status = status
            answer.body = body
            try writing.saveDocument([UInt8](try JSONEncoder().encode(answer)), kind: Self.kind, key: name)
        }
    }

    /// Forgets a change that nothing came of.
    func forget(_ key: String, of user: String) async throws {
        let name = Self.name(key, user)
        try await engine.store.write { try $0.removeDocument(kind: Self.kind, key: name) }
    }

    private static func name(_ key: String, _ user: String) -> String { user + " " + key }
}
