/// One request as a sandbox sees it.
package struct SandboxRequest: Sendable {
    /// The method in capitals.
    package var method: String
    /// Path and raw query, beginning with a slash.
    package var target: String
    /// The header fields.
    package var headers: SandboxHeaders
    /// The body.
    package var body: [UInt8]
    /// `http` or `https`; answers build their links from it.
    package var scheme: String
    /// Host and port; answers build their links from it.
    package var host: String

    /// Makes a request.
    package init(
        method: String,
        target: String,
        headers: SandboxHeaders = [:],
        body: [UInt8] = [],
        scheme: String = "http",
        host: String = "localhost"
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.scheme = scheme
        self.host = host
    }

    /// The target up to the question mark, as sent.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The target after the question mark, as sent; empty without one.
    package var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

    /// Scheme, host and path, without the query.
    package var address: String { "\(scheme)://\(host)\(path)" }
}

/// One answer, and what the transport has to do with it.
package struct SandboxResponse: Sendable {
    /// What becomes of the connection.
    package enum Delivery: Sendable, Equatable {
        /// The answer is sent.
        case answer
        /// The connection is closed without an answer; nothing was done.
        case droppedBeforeHandling
        /// The connection is closed without an answer; everything was done.
        case droppedAfterHandling
    }

    /// The HTTP status.
    package var status: Int
    /// The header fields.
    package var headers: SandboxHeaders
    /// The body.
    package var body: [UInt8]
    /// Whether the answer is to be sent.
    package var delivery = Delivery.answer
    /// How long the transport waits before it delivers, in milliseconds.
    package var delayMilliseconds = 0
    /// Whether the sandbox does not know what was asked for; such requests are listed in the statistics.
    package var isUnknownRequest = false
    /// A call that has to be made before there is an answer.
    package var call: OutboundCall?

    /// Makes an answer that is sent at once.
    package init(status: Int, headers: SandboxHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Makes an answer with a JSON body.
    package init(status: Int, json: SandboxJSON, headers: SandboxHeaders = [:]) {
        self.init(status: status, headers: headers, body: json.bytes)
        if self.headers["content-type"] == nil { self.headers["Content-Type"] = "application/json; charset=utf-8" }
    }

    /// The body as text.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
