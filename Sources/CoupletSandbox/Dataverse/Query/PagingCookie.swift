/// What `$skiptoken` carries from page to page.
///
/// Outside and inside are as the service's own: an escaped element within an escaped element. Clients hand it back
/// verbatim; only the attributes of the inner element are this stand-in's.
struct PagingCookie: Equatable {
    /// The number of the page that follows, beginning with 2.
    var page: Int
    /// Where the page begins: a number of records or a version, depending on the query; nil where the last record of the
    /// page before says it.
    var position: Int64?
    /// The last record of the page before.
    var last: SandboxGUID?
    /// For change tracking: whether the deletions have begun.
    var isInDeletions = false
    /// For change tracking: the token that the last page will give out.
    var token: DeltaToken?

    /// Creates a cookie.
    init(page: Int, position: Int64? = nil, isInDeletions: Bool = false, token: DeltaToken? = nil) {
        self.page = page
        self.position = position
        self.isInDeletions = isInDeletions
        self.token = token
    }

    /// Reads a decoded `$skiptoken`; nil where it is none of ours.
    init?(_ text: String) {
        guard let page = Self.attribute("pagenumber", of: text).flatMap({ Int($0) }), page > 1,
            let inner = Self.attribute("pagingcookie", of: text).flatMap({ FormDecoding.path($0) })
        else { return nil }
        self.init(inner: inner, page: page)
    }

    /// Reads the inner element, as FetchXML hands it back; nil where it is none of ours.
    init?(inner: String, page: Int) {
        let position = Self.attribute("position", of: inner).flatMap { Int64($0) }
        let last = Self.attribute("last", of: inner).flatMap { SandboxGUID($0) }
        guard position ?? 0 >= 0, position != nil || last != nil else { return nil }
        self.init(
            page: page,
            position: position,
            isInDeletions: Self.attribute("phase", of: inner) == "deleted",
            token: Self.attribute("token", of: inner).flatMap { DeltaToken($0) }
        )
        if position == nil { self.last = last }
    }

    /// The cookie as it stands in an address, after `$skiptoken=`.
    func encoded(key: String, first: SandboxGUID?, last: SandboxGUID?) -> String {
        let escaped = Self.escaped(Self.escaped(inner(key: key, first: first, last: last)))
        let tracking = token == nil ? "False" : "True"
        return
            "%3Ccookie%20pagenumber=%22\(page)%22%20pagingcookie=%22\(escaped)%22%20istracking=%22\(tracking)%22%20/%3E"
    }

    /// The cookie as the annotation of a FetchXML answer has it.
    func annotation(key: String, first: SandboxGUID?, last: SandboxGUID?) -> String {
        let escaped = Self.escaped(Self.escaped(inner(key: key, first: first, last: last)))
        return "<cookie pagenumber=\"\(page)\" pagingcookie=\"\(escaped)\" istracking=\"False\" />"
    }

    private func inner(key: String, first: SandboxGUID?, last: SandboxGUID?) -> String {
        var inner = #"<cookie page="\#(page - 1)""#
        if let position { inner += #" position="\#(position)""# }
        if let token { inner += #" token="\#(token.text)" phase="\#(isInDeletions ? "deleted" : "changed")""# }
        inner += ">"
        if let first, let last {
            inner +=
                "<\(key) last=\"{\(last.description.uppercased())}\" first=\"{\(first.description.uppercased())}\" />"
        }
        return inner + "</cookie>"
    }

    /// Escapes as the service does, with small letters.
    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                bytes.append(byte)
            default:
                bytes.append(contentsOf: [UInt8(ascii: "%"), hexadecimalDigit(byte >> 4), hexadecimalDigit(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func attribute(_ name: String, of text: String) -> String? {
        guard let start = text.firstRange(of: "\(name)=\"")?.upperBound else { return nil }
        return String(text[start...].prefix { $0 != "\"" })
    }
}
