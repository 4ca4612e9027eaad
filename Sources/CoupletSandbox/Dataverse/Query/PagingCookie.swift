/// What `$skiptoken` carries from page to page.
///
/// Outside and inside are as the service's own: an escaped element within an escaped element. Clients hand it back
/// verbatim; only the attributes of the inner element are this stand-in's.
struct PagingCookie: Equatable {
    /// The number of the page that follows, beginning with 2.
    var page: Int
    /// Where the page begins: a place, a number of records, or a version, depending on the query.
    var position: Int64
    /// For change tracking: whether the deletions have begun.
    var isInDeletions = false
    /// For change tracking: the token that the last page will give out.
    var token: DeltaToken?

    /// Creates a cookie.
    init(page: Int, position: Int64, isInDeletions: Bool = false, token: DeltaToken? = nil) {
        self.page = page
        self.position = position
        self.isInDeletions = isInDeletions
        self.token = token
    }

    /// Reads a decoded `$skiptoken`; nil where it is none of ours.
    init?(_ text: String) {
        guard let page = Self.attribute("pagenumber", of: text).flatMap({ Int($0) }), page > 1,
            let inner = Self.attribute("pagingcookie", of: text).flatMap({ FormDecoding.path($0) }),
            let position = Self.attribute("position", of: inner).flatMap({ Int64($0) }), position >= 0
        else { return nil }
        self.init(
            page: page,
            position: position,
            isInDeletions: Self.attribute("phase", of: inner) == "deleted",
            token: Self.attribute("token", of: inner).flatMap { DeltaToken($0) }
        )
    }

    /// The cookie as it stands in an address, after `$skiptoken=`.
    func encoded(key: String, first: SandboxGUID?, last: SandboxGUID?) -> String {
        var inner = #"<cookie page="\#(page - 1)" position="\#(position)""#
        if let token { inner += #" token="\#(token.text)" phase="\#(isInDeletions ? "deleted" : "changed")""# }
        inner += ">"
        if let first, let last {
            inner +=
                "<\(key) last=\"{\(last.description.uppercased())}\" first=\"{\(first.description.uppercased())}\" />"
        }
        inner += "</cookie>"
        let escaped = FormDecoding.encode(FormDecoding.encode(inner))
        let tracking = token == nil ? "False" : "True"
        return
            "%3Ccookie%20pagenumber=%22\(page)%22%20pagingcookie=%22\(escaped)%22%20istracking=%22\(tracking)%22%20/%3E"
    }

    private static func attribute(_ name: String, of text: String) -> String? {
        guard let start = text.firstRange(of: "\(name)=\"")?.upperBound else { return nil }
        return String(text[start...].prefix { $0 != "\"" })
    }
}
