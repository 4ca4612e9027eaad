/// All texts of one language.
///
/// A further language is one more file like `Catalogue+Swedish.swift` and its name in `all`.
package struct Catalogue: Sendable {
    /// The language.
    package let language: Language
    /// The templates by code.
    package let texts: [String: String]

    /// Puts a catalogue together from its topics.
    /// - Parameters:
    ///   - language: The language.
    ///   - topics: Templates by code; no code is in two topics.
    init(_ language: Language, topics: [[String: String]]) {
        self.language = language
        texts = topics.reduce(into: [:]) { texts, topic in
            texts.merge(topic) { first, _ in
                preconditionFailure("a code is in two topics: \(first)")
            }
        }
    }

    /// Every catalogue, English first: it fills the gaps of the others.
    package static let all = [english, swedish]

    static func of(_ language: Language) -> Catalogue {
        all.first { $0.language == language } ?? english
    }
}
