/// The address of a service's API: where it begins, and what is asked of it.
package struct RemoteAddress: Sendable, Hashable {
    /// Scheme, host and port: `https://example.com:8443`.
    package let origin: String
    /// The path of the API without a slash at its end.
    package let path: String

    /// Reads a base address and appends the API's own path where the address does not end with it already.
    ///
    /// nil when the text is no http or https address.
    package init?(_ text: String, apiPath: String) {
        guard let parts = RemoteAddress.split(text) else { return nil }
        origin = parts.origin
        var path = parts.path
        while path.hasSuffix("/") { path.removeLast() }
        if !path.lowercased().hasSuffix(apiPath.lowercased()) { path += apiPath }
        self.path = path
    }

    /// The API's own address.
    package var root: String { origin + path }

    /// The host without scheme and port.
    package var host: String {
        let authority = origin.split(separator: "/").last.map(String.init) ?? origin
        guard !authority.hasPrefix("[") else { return authority }
        return authority.split(separator: ":").first.map(String.init) ?? authority
    }

    /// Whether an address the service gave leads to the same origin: credentials go nowhere else.
    package func isOrigin(of link: String) -> Bool {
        RemoteAddress.split(link)?.origin == origin
    }

    /// An address with query options in their order; values are escaped.
    package static func query(_ path: String, _ options: [(name: String, value: String)]) -> String {
        guard !options.isEmpty else { return path }
        return path + "?"
            + options.map { "\($0.name)=\(PercentEncoding.query($0.value))" }.joined(separator: "&")
    }

    private static func split(_ text: String) -> (origin: String, path: String)? {
        guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }),
            let colon = text.firstRange(of: "://")
        else { return nil }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let defaultPort = scheme == "https" ? ":443" : ":80"
        var host = authority.lowercased()
        if host.hasSuffix(defaultPort) { host.removeLast(defaultPort.count) }
        guard !host.isEmpty, !host.contains("@"), host != ":" else { return nil }
        let path = rest[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
        return ("\(scheme)://\(host)", String(path))
    }
}
