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

    /// Never the secret.
    package var description: String { "***" }
    /// Never the secret.
    package var debugDescription: String { "***" }
    /// Nothing to look into.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
