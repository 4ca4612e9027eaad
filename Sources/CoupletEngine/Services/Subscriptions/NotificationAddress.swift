package import CoupletPorts

/// The address by which remote systems reach this server to tell of changes; each connection has one below it.
package struct NotificationAddress: Sendable, Hashable {
    /// What every connection's address begins with, without a slash at its end.
    package let base: String

    /// The longest address that a service takes, in bytes, less what comes below it.
    private static let longest = 1_900

    /// Reads an address: https, or plain http to this machine; nil where it is none, or has more than host and path.
    package init?(_ text: String) {
        guard let mark = text.firstRange(of: "://"), text.utf8.count <= Self.longest,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains(where: { "?#@\\\"'<>".contains($0) })
        else { return nil }
        let authority = text[mark.upperBound...].prefix { $0 != "/" }
        guard let host = Self.host(authority) else { return nil }
        switch text[..<mark.lowerBound].lowercased() {
        case "https": break
        case "http" where ["127.0.0.1", "[::1]", "localhost"].contains(host.lowercased()): break
        default: return nil
        }
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
    }

    /// The host of what stands between the scheme and the path; nil where that is none.
    private static func host(_ authority: Substring) -> Substring? {
        let end = authority.hasPrefix("[") ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
        let host = end.map { authority[..<$0] } ?? authority.prefix { $0 != ":" }
        let port = authority[host.endIndex...]
        let isPort = port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil
        return host.isEmpty || !isPort ? nil : host
    }

    /// What a connection's system is told to call.
    package func address(of connection: StoredConnection) -> String {
        base + Self.path(kind: connection.kind, connection: connection.name)
    }

    /// The path of a connection's address on this server.
    package static func path(kind: String, connection: String) -> String {
        "/\(root)/\(word(for: kind))/\(connection)"
    }

    /// The first part of every such path.
    package static let root = "notifications"

    /// A kind of system as an address has it: `someKind` is `some-kind`.
    static func word(for kind: String) -> String {
        kind.reduce(into: "") { word, letter in
            if letter.isUppercase, !word.isEmpty { word += "-" }
            word += letter.lowercased()
        }
    }
}
