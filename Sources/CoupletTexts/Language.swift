/// A language of the catalogues.
package struct Language: Hashable, Sendable {
    /// The two-letter code of ISO 639-1.
    package let code: String

    /// The language of a locale's name such as `sv`, `sv-SE` or `sv_SE.UTF-8`; nil where there is no catalogue for it.
    /// - Parameter locale: The name.
    package init?(_ locale: String) {
        let code = locale.prefix { $0 != "_" && $0 != "-" && $0 != "." && $0 != "@" }.lowercased()
        guard let known = Language.all.first(where: { $0.code == code }) else { return nil }
        self = known
    }

    init(code: String) { self.code = code }

    /// English.
    package static let english = Language(code: "en")
    /// Swedish.
    package static let swedish = Language(code: "sv")
    /// Every language with a catalogue, English first.
    package static var all: [Language] { Catalogue.all.map(\.language) }
}

extension Language: CustomStringConvertible {
    /// The code.
    package var description: String { code }
}
