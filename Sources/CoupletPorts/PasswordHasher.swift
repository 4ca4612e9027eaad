/// Turns passwords into what may be stored in their place, and tokens into what they are found by.
public protocol PasswordHasher: Sendable {
    /// What to store in place of a password: its salt and cost are in it, and it is slow to make.
    /// - Parameter password: The password.
    /// - Returns: Text that only this password matches.
    /// - Throws: `CoupletError` when it cannot be made.
    func hash(_ password: String) throws -> String
    /// Whether a password is the one that was hashed; as slow as hashing.
    /// - Parameters:
    ///   - password: What somebody typed.
    ///   - hash: What `hash` gave; text that it did not give matches nothing.
    /// - Returns: Whether they belong together.
    func matches(_ password: String, _ hash: String) -> Bool
    /// A digest by which a long random token is found; nobody can make the token from it.
    /// - Parameter token: The token.
    /// - Returns: The digest, in hexadecimal digits.
    func digest(_ token: String) -> String
}
