import CoupletCore
import CoupletPorts
import Synchronization

/// Remembers what stored documents mean that are read at every step of a run and change seldom: mappings, layouts, and how
/// jobs went last.
///
/// The text itself is the key, byte for byte, so that neither a rollback nor another process nor a way to compose letters
/// can make an answer wrong.
final class DocumentCache: Sendable {
    /// Writes and reads the documents.
    let coding = DocumentCoding()
    private let mappings = Mutex<[DocumentText: TableMapping]>([:])
    private let layouts = Mutex<[DocumentText: [String]]>([:])
    private let baselines = Mutex<[DocumentText: JobBaseline]>([:])

    /// How many layouts and baselines are kept before all are forgotten; a store has a few of each.
    private static let limit = 64

    /// The mappings of some documents, in their order.
    func mappings(of documents: [String]) throws -> [TableMapping] {
        let before = mappings.withLock { $0 }
        let keys = documents.map(DocumentText.init)
        let found: [TableMapping] = try zip(keys, documents).map { try before[$0] ?? coding.value($1) }
        if keys.contains(where: { before[$0] == nil }) {
            // Only these: what is not stored any more is forgotten.
            let present = Dictionary(zip(keys, found), uniquingKeysWith: { first, _ in first })
            mappings.withLock { $0 = present }
        }
        return found
    }

    /// The fields of a layout's document.
    func fields(of document: String) throws -> [String] {
        try value(of: document, in: layouts)
    }

    /// The baseline of a document.
    func baseline(of document: String) throws -> JobBaseline {
        try value(of: document, in: baselines)
    }

    private func value<Value: Decodable & Sendable>(
        of document: String,
        in known: borrowing Mutex<[DocumentText: Value]>
    ) throws -> Value {
        let key = DocumentText(document)
        if let value = known.withLock({ $0[key] }) { return value }
        let value: Value = try coding.value(document)
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[key] = value
        }
        return value
    }
}

/// A text that is the same as another one only when its bytes are.
private struct DocumentText: Hashable {
    private let text: String

    init(_ text: String) { self.text = text }

    static func == (left: DocumentText, right: DocumentText) -> Bool {
        left.bytes { one in right.bytes { other in one.count == other.count && one.elementsEqual(other) } }
    }

    // All bytes at once: one by one they would cost more than the dictionary saves.
    func hash(into hasher: inout Hasher) { bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) } }

    private func bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = text
        return text.withUTF8(body)
    }
}
