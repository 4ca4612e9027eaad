import CoupletCore
import CoupletPorts
import Foundation

/// How access keeps its documents.
extension AccessService {
    func find(_ name: String) async throws -> User? { try await read(Kind.user, name.lowercased()) }

    func read<Document: Decodable & Sendable>(_ kind: String, _ key: String) async throws -> Document? {
        try await store.read { try AccessService.read(kind, key, $0) }
    }

    static func read<Document: Decodable>(
        _ kind: String,
        _ key: String,
        _ reading: any StoreReading
    ) throws -> Document? {
        guard let body = try reading.document(kind: kind, key: key) else { return nil }
        guard let document: Document = decoded(body) else {
            throw StoreError.damaged(detail: "the \(kind) \(key) cannot be read")
        }
        return document
    }

    static func decoded<Document: Decodable>(_ body: [UInt8]) -> Document? {
        try? JSONDecoder().decode(Document.self, from: Data(body))
    }

    static func write(
        _ document: some Encodable,
        _ kind: String,
        _ key: String,
        _ writing: any StoreWriting
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try writing.saveDocument([UInt8](try encoder.encode(document)), kind: kind, key: key)
    }

    /// Ends a user's sessions, and the links that would open others.
    static func endSessions(of user: String, _ writing: any StoreWriting) throws {
        for (key, body) in try writing.documents(kind: Kind.session) {
            let session: StoredSession? = decoded(body)
            if session?.user == user || session == nil { try writing.removeDocument(kind: Kind.session, key: key) }
        }
        for (key, body) in try writing.documents(kind: Kind.link) {
            let link: StoredLink? = decoded(body)
            if link?.user == user || link == nil { try writing.removeDocument(kind: Kind.link, key: key) }
        }
    }

    static func removeTokens(of user: String, _ writing: any StoreWriting) throws {
        for (key, body) in try writing.documents(kind: Kind.token) {
            let token: StoredToken? = decoded(body)
            if token?.user == user { try writing.removeDocument(kind: Kind.token, key: key) }
        }
    }
}
