/// A person's name, told apart into first and last name and put together again.
///
/// The first word is the first name and the rest the last name; one word is a last name. Put together with a blank the
/// two are the name again, so nothing is lost on the way there and back.
public struct PersonName: Sendable, Hashable {
    /// The first name; empty where there is one word only.
    public let first: String
    /// The last name.
    public let last: String
    /// Whether nobody would tell it apart otherwise: of three words, two may be the first name.
    public let isCertain: Bool

    /// Tells a name apart; nil for one that would not come back as it is, or that is the other way round: with blanks at
    /// its ends or doubled, other white space, or a comma.
    /// - Parameter text: The whole name.
    public init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard !words.contains(where: \.isEmpty), !text.contains(",") else { return nil }
        guard !text.contains(where: { $0.isWhitespace && $0 != " " }) else { return nil }
        first = words.count > 1 ? String(words[0]) : ""
        last = words.count > 1 ? words.dropFirst().joined(separator: " ") : text
        isCertain = words.count < 3
    }

    /// The whole name.
    public var text: String { first.isEmpty ? last : "\(first) \(last)" }
}
