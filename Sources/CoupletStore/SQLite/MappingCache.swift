import CoupletCore
import CoupletPorts
import Synchronization

/// Remembers what the stored mappings' documents mean: they are read at every step of a run, and change with a person's
/// decision only.
///
/// The text itself is the key, byte for byte, so that neither a rollback nor another process nor a way to compose letters
/// can make an answer wrong.
final class MappingCache: Sendable {
    private let known = Mutex<[[UInt8]: TableMapping]>([:])

    /// The mappings of some documents, in their order.
    func mappings(of documents: [String], by coding: DocumentCoding) throws -> [TableMapping] {
        let before = known.withLock { $0 }
        let keys = documents.map { Array($0.utf8) }
        let mappings: [TableMapping] = try zip(keys, documents).map { try before[$0] ?? coding.value($1) }
        if keys.contains(where: { before[$0] == nil }) {
            // Only these: what is not stored any more is forgotten.
            let present = Dictionary(zip(keys, mappings), uniquingKeysWith: { first, _ in first })
            known.withLock { $0 = present }
        }
        return mappings
    }
}
