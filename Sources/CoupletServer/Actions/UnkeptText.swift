/// What a store keeps in the place of values, in the JSON of a result.
enum UnkeptText {
    private static let mark = Array("{\"unkept\":\"".utf8)

    /// A document without it.
    ///
    /// Within a text of JSON a quote has a backslash before it, so that the mark stands nowhere but where such a value is.
    /// - Parameter json: The document, as Foundation writes it.
    /// - Returns: The same, with blank texts in its place.
    static func concealed(in json: [UInt8]) -> [UInt8] {
        var concealed: [UInt8] = []
        var (at, copied) = (0, 0)
        while at + mark.count <= json.count {
            guard json[at] == mark[0], json[at..<at + mark.count].elementsEqual(mark) else {
                at += 1
                continue
            }
            at += mark.count
            concealed += json[copied..<at]
            while at < json.count, json[at] != UInt8(ascii: "\"") { at += json[at] == UInt8(ascii: "\\") ? 2 : 1 }
            at = min(at, json.count)
            copied = at
        }
        return copied == 0 ? json : concealed + json[copied...]
    }
}
