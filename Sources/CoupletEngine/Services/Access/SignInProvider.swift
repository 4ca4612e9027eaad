import CoupletCore
import CoupletPorts

/// Who somebody is to a provider; it never changes, unlike their name.
package struct ProvidedIdentity: Codable, Sendable, Hashable {
    /// The provider's address.
    package var issuer: String
    /// What it calls the person.
    package var subject: String

    /// Creates an identity.
    package init(issuer: String, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }
}

/// What the value of a claim means.
package struct RoleRule: Codable, Sendable, Hashable {
    /// A value that the claim may have.
    package var value: String
    /// The role that it gives.
    package var role: Role

    /// Creates a rule.
    package init(value: String, role: Role) {
        self.value = value
        self.role = role
    }
}

/// The provider that users may sign in with, as it is stored.
struct SignInProvider: Codable {
    /// The kind and key of its document.
    static let kind = "signInProvider"
    static let key = "oidc"

    var issuer: String
    var clientID: String
    var sealedSecret: [UInt8]
    /// The address by which browsers reach the desk.
    var address: String
    var roleClaim: String
    var nameClaim: String
    var roles: [RoleRule]
    /// Whether whoever has a role becomes a user by signing in.
    var addsUsers: Bool

    var returnAddress: String { address + SignInService.returnPath }

    /// The role that claims give: of several the one that stands first here, whatever their order.
    func role(of identity: ProvenIdentity) -> Role? {
        let values = Set(identity.claims[roleClaim] ?? [])
        let given = Set(roles.filter { values.contains($0.value) }.map(\.role))
        return [Role.administrator, .operator, .auditor, .viewer].first { given.contains($0) }
    }

    /// A user's name made of the claim that names them: what cannot stand in one becomes a hyphen.
    func userName(of identity: ProvenIdentity) -> String? {
        guard let claimed = identity.claims[nameClaim]?.first, !claimed.isEmpty else { return nil }
        let name = claimed.lowercased().unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "0"..."9", ".", "-", "_", "@": Character(scalar)
            default: "-"
            }
        }
        return String(name.prefix(64))
    }

    /// What an administrator sets, by names that do not change, as the audit log keeps it.
    var settings: [String: String] {
        [
            "issuer": issuer, "clientID": clientID, "address": address, "roleClaim": roleClaim,
            "nameClaim": nameClaim, "roles": roles.map { "\($0.value)=\($0.role.rawValue)" }.joined(separator: ", "),
            "addsUsers": addsUsers ? "yes" : "no",
        ]
    }

    static func read(_ reading: any StoreReading) throws -> SignInProvider? {
        try AccessService.read(kind, key, reading)
    }
}

/// An address that secrets may be sent to or by: https, or http to this machine.
package struct SafeAddress: Sendable, Hashable {
    /// What stands before the path: scheme, host and port.
    package let origin: String
    /// What stands behind it, without question mark and number sign.
    package let path: String
    /// Whether it is http, which leads to this machine then.
    package let isPlain: Bool

    /// Reads an address; nil where it is another kind of address, or none.
    package init?(_ text: String) {
        guard text.utf8.count <= 2048,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}?#".utf8.contains($0) }),
            let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) })
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let place = rest.prefix { $0 != "/" }
        guard !place.isEmpty, !place.contains("@"), let host = SafeAddress.host(place) else { return nil }
        isPlain = scheme == "http://"
        guard !isPlain || SafeAddress.isThisMachine(host) else { return nil }
        origin = scheme + place
        path = String(rest.dropFirst(place.count))
    }

    /// The host, where what stands behind it is a port or nothing.
    private static func host(_ place: Substring) -> Substring? {
        let isBracketed = place.first == "["
        if isBracketed, !place.contains("]") { return nil }
        let mark =
            isBracketed
            ? place.firstIndex(of: "]").map { place.index(after: $0) } : place.firstIndex(of: ":")
        guard let end = mark, end < place.endIndex else { return place }
        guard place[end] == ":", let port = Int(place[place.index(after: end)...]), (1...65_535).contains(port),
            end > place.startIndex
        else { return nil }
        return place[..<end]
    }

    private static func isThisMachine(_ host: Substring) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
