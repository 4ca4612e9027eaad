/// A secret that no description, log or dump shows.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Wraps a secret.
    package init(_ value: String) { self.value = value }

    /// Hands the secret to whoever sends it.
    package func reveal() -> String { value }

    /// Text without the secret in it.
    package func removed(from text: String) -> String {
        value.isEmpty ? text : text.replacing(value, with: "***")
    }

    /// Bytes with stars in the places of the secret, as many as before.
    package func removed(from bytes: [UInt8]) -> [UInt8] {
        let secret = Array(value.utf8)
        guard let first = secret.first, bytes.count >= secret.count else { return bytes }
        var result = bytes
        var start = 0
        while let place = result[start..<(result.count - secret.count + 1)].firstIndex(of: first) {
            start = place + 1
            guard result[place..<(place + secret.count)].elementsEqual(secret) else { continue }
            for index in place..<(place + secret.count) { result[index] = UInt8(ascii: "*") }
            start = place + secret.count
            if start > result.count - secret.count { break }
        }
        return result
    }

    /// Never the secret.
    package var description: String { "***" }
    /// Never the secret.
    package var debugDescription: String { "***" }
    /// Nothing to look into.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
