import CoupletCore
import CoupletEngine
import CoupletPorts
import Foundation
import HTTPTypes
import Synchronization

/// Remembers what came of changes that programs gave a key of their own, so that none is done twice.
final class OnceStore: Sendable {
    /// For how long a key is remembered, in seconds.
    private static let limit: Double = 24 * 3600
    /// How often old keys are looked for, in seconds.
    private static let pause: Double = 3600
    private static let kind = "request"

    /// What came of a change.
    struct Outcome: Codable, Sendable {
        var status: Int
        /// What was answered; nil where it is not kept.
        var body: Data?
        /// Where the action is.
        var location: String?
    }

    private struct Stored: Codable {
        var print: String
        var begunAt: Instant
        /// Nil while nothing is known.
        var outcome: Outcome?
    }

    private let engine: Engine
    /// Actions that began earlier have numbers that may be others' by now.
    private let openedAt: Instant
    private let prunedAt = Mutex<Instant?>(nil)

    init(engine: Engine) {
        self.engine = engine
        openedAt = engine.clock.now
    }

    /// Notes that a change begins.
    /// - Parameters:
    ///   - key: The program's key.
    ///   - user: Whose it is.
    ///   - print: What tells one request from another.
    /// - Returns: What came of it before; nil where it is new.
    /// - Throws: `Problem` where the key was used for something else, nobody knows yet what came of it, or that was shown
    ///   once.
    func begin(_ key: String, of user: String, _ print: String) async throws -> Outcome? {
        guard (1...200).contains(key.utf8.count) else {
            throw Problem(.badRequest, "request.wrongValue", ["name": "Idempotency-Key", "value": key, "known": ""])
        }
        guard let earlier = try await stored(Self.name(key, user), print) else { return nil }
        guard earlier.print == print else { throw Problem(.unprocessableContent, "request.keyReused") }
        guard var outcome = earlier.outcome else { throw Problem(.conflict, "request.keyBusy") }
        guard outcome.body != nil else { throw Problem(.conflict, "request.shownOnce") }
        if earlier.begunAt < openedAt { outcome.location = nil }
        return outcome
    }

    /// What is stored under a name; where nothing is, that it begins is stored.
    private func stored(_ name: String, _ print: String) async throws -> Stored? {
        let now = engine.clock.now
        let prunes = prunedAt.withLock { prunedAt in
            if let last = prunedAt, abs(last.seconds(until: now)) < Self.pause { return false }
            prunedAt = now
            return true
        }
        return try await engine.store.write { writing -> Stored? in
            if prunes {
                for (old, body) in try writing.documents(kind: Self.kind) where Self.known(body, now) == nil {
                    try writing.removeDocument(kind: Self.kind, key: old)
                }
            }
            if let found = try writing.document(kind: Self.kind, key: name).flatMap({ Self.known($0, now) }) {
                return found
            }
            try Self.save(Stored(print: print, begunAt: now), name, writing)
            return nil
        }
    }

    /// Notes what came of a change.
    ///
    /// Where that cannot be stored, the key stays as it is: nobody knows what came of it.
    /// - Parameters:
    ///   - key: The program's key.
    ///   - user: Whose it is.
    ///   - outcome: What came of it; nil where nothing did, so that it may be asked again under the same key.
    func settle(_ key: String, of user: String, _ outcome: Outcome?) async {
        let name = Self.name(key, user)
        let now = engine.clock.now
        try? await engine.store.write { writing in
            guard let outcome else { return try writing.removeDocument(kind: Self.kind, key: name) }
            guard var found = try writing.document(kind: Self.kind, key: name).flatMap({ Self.known($0, now) }) else {
                return
            }
            found.outcome = outcome
            try Self.save(found, name, writing)
        }
    }

    private static func known(_ body: [UInt8], _ now: Instant) -> Stored? {
        guard let stored = try? OutsideJSON.decode(Stored.self, from: body),
            stored.begunAt.seconds(until: now) < limit
        else { return nil }
        return stored
    }

    private static func save(_ stored: Stored, _ name: String, _ writing: any StoreWriting) throws {
        try writing.saveDocument([UInt8](try JSONEncoder().encode(stored)), kind: kind, key: name)
    }

    private static func name(_ key: String, _ user: String) -> String { user + " " + key }
}
