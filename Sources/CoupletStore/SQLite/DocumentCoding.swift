import CoupletPorts
import Foundation

/// Writes and reads the JSON text of columns that are only ever used whole.
struct DocumentCoding: Sendable {
    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()

    init() { encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes] }

    /// The JSON text of a value.
    func text(_ value: some Encodable) throws -> String {
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw StoreError.failed(detail: "cannot write a document: \(error)")
        }
    }

    /// The value of JSON text.
    func value<Value: Decodable>(_ text: String) throws -> Value {
        do {
            return try decoder.decode(Value.self, from: Data(text.utf8))
        } catch {
            throw StoreError.damaged(detail: "cannot read a document: \(error)")
        }
    }
}
