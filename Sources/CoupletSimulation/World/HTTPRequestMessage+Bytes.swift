import CoupletPorts

extension HTTPRequestMessage {
    /// Whether it asks for a token.
    var isForToken: Bool { url.utf8.suffix(6).elementsEqual("/token".utf8) }

    /// Whether it asks for a token, or what tables and fields there are: nothing comes of it but what is asked next.
    var isPreparation: Bool { isForToken || url.utf8.has("$metadata") || url.utf8.has("EntityDefinitions") }

    /// Whether it is a batch.
    var isBatch: Bool { url.utf8.suffix(6).elementsEqual("$batch".utf8) }

    /// What asks for the records that are written.
    static let recordsWanted = "return=representation"

    /// The same request without asking for the records that it writes, as for a system that does not answer with them.
    var withoutRecords: HTTPRequestMessage {
        var bare = self
        bare.body.replace(Array(Self.recordsWanted.utf8), with: Array("return=minimal".utf8))
        return bare
    }
}

// Texts of requests are looked at very often in a simulation, and byte by byte that is much faster than by characters.
extension Collection<UInt8> {
    /// How often a text stands in it.
    func count(of text: String) -> Int {
        let wanted = text.utf8
        guard let first = wanted.first else { return 0 }
        var count = 0
        var place = startIndex
        while let start = self[place...].firstIndex(of: first) {
            if self[start...].starts(with: wanted) { count += 1 }
            place = index(after: start)
        }
        return count
    }

    /// Whether a text stands in it.
    func has(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        var place = startIndex
        while let start = self[place...].firstIndex(of: first) {
            if self[start...].starts(with: text.utf8) { return true }
            place = index(after: start)
        }
        return false
    }
}
