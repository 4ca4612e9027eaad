/// Version tags: weak, opaque, and another one after each write.
enum BusinessCentralETag {
    private static let prefix = Array(#""W/\""#.utf8)
    private static let suffix = Array(#"\"""#.utf8)

    /// The tag of a version as the value of a header field.
    static func text(version: Int64) -> String { "W/\"\(core(version))\"" }

    /// The tag of a version as JSON.
    static func json(version: Int64) -> [UInt8] { prefix + Array(core(version).utf8) + suffix }

    /// Whether a text has the form of a tag at all.
    static func isWellFormed(_ text: String) -> Bool {
        (text.hasPrefix("W/\"") && text.count > 4 || text.hasPrefix("\"") && text.count > 2) && text.hasSuffix("\"")
    }

    private static func core(_ version: Int64) -> String {
        var mixer = SandboxGenerator(seed: UInt64(bitPattern: version))
        let digits = String(mixer.next())
        let padding = String(repeating: "0", count: 20 - digits.utf8.count)
        return encodeBase64("'20;1\(padding)\(digits);00;'".utf8)
    }
}
