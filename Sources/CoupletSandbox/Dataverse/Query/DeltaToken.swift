/// What a delta link carries: a version of the organization and when it was given out.
struct DeltaToken: Equatable {
    /// Changes with a version above this one are new to whoever has the token.
    let version: Int64
    /// When the token was given out; it is valid for a while from then.
    let issued: SandboxInstant

    /// How long a token is valid, in milliseconds: seven days.
    static let lifetime: Int64 = 7 * 86_400_000

    /// Creates a token.
    init(version: Int64, issued: SandboxInstant) {
        self.version = version
        self.issued = issued.wholeSeconds
    }

    /// Reads `919042!08/22/2017 08:10:44`; nil for anything else.
    init?(_ text: String) {
        let halves = text.split(separator: "!", maxSplits: 1)
        guard halves.count == 2, let version = Int64(halves[0]) else { return nil }
        let parts = halves[1].split(separator: " ")
        guard parts.count == 2 else { return nil }
        let date = parts[0].split(separator: "/")
        guard date.count == 3, let issued = SandboxInstant(text: "\(date[2])-\(date[0])-\(date[1])T\(parts[1])Z") else {
            return nil
        }
        self.init(version: version, issued: issued)
    }

    /// `919042!08/22/2017 08:10:44`.
    var text: String {
        let iso = issued.text
        let (year, month, day) = (iso.prefix(4), iso.dropFirst(5).prefix(2), iso.dropFirst(8).prefix(2))
        return "\(version)!\(month)/\(day)/\(year) \(iso.dropFirst(11).prefix(8))"
    }

    /// The text as it stands in an address.
    var encoded: String {
        text.replacing("!", with: "%21").replacing("/", with: "%2f").replacing(" ", with: "%20")
            .replacing(":", with: "%3a")
    }
}
