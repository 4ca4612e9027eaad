/// Something to tell a person: a code that the text catalogues know, and the values to fill in.
public struct Message: Codable, Sendable, Hashable {
    /// The catalogue's code, for example `connection.wrongSecret`.
    public var code: String
    /// The values for the placeholders of the text.
    public var arguments: [String: String]

    /// Creates a message.
    public init(_ code: String, _ arguments: [String: String] = [:]) {
        self.code = code
        self.arguments = arguments
    }
}
