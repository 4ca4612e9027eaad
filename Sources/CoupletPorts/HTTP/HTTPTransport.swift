/// An HTTP request as a connector makes it.
public struct HTTPRequestMessage: Sendable, Hashable {
    /// The method, upper case.
    public var method: String
    /// The absolute address.
    public var url: String
    /// Header fields in order; names in any case.
    public var headers: [HTTPHeader]
    /// The body; empty for none.
    public var body: [UInt8]

    /// Creates a request.
    public init(method: String, url: String, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// One header field.
public struct HTTPHeader: Sendable, Hashable {
    /// The field's name.
    public var name: String
    /// The field's value.
    public var value: String

    /// Creates a header field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A whole HTTP answer.
public struct HTTPResponseMessage: Sendable, Hashable {
    /// The status code.
    public var status: Int
    /// Header fields in order.
    public var headers: [HTTPHeader]
    /// The body.
    public var body: [UInt8]

    /// Creates an answer.
    public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header field of that name, in any case.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why there is no answer.
public enum TransportError: Error, Sendable, Hashable {
    /// The request did not leave: connection refused, no route, certificate not trusted.
    case notSent(reason: String)
    /// The request did not leave: nobody knows a host of that name, or the address is none.
    case addressUnknown(reason: String)
    /// The request may have arrived; its answer was lost or did not come in time.
    case answerLost(reason: String)
    /// The caller was cancelled; the request may have arrived.
    case cancelled
}

/// Sends one request and waits for its whole answer.
///
/// Redirects are not followed, and statuses are not errors. Bodies larger than 350 MB are refused as `answerLost`.
public protocol HTTPTransport: Sendable {
    /// Sends a request.
    /// - Parameter request: The request.
    /// - Returns: The answer, whatever its status.
    /// - Throws: Why there is none.
    func send(_ request: HTTPRequestMessage) async throws(TransportError) -> HTTPResponseMessage
}
