import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// Why the network did not do what it was asked, as a word that a catalogue knows, and the host it is about.
///
/// It looks like `network.refused(erp.example:443)`. What no word is known for stays as the network said it.
struct NetworkFailure {
    /// The word and the host, or what was said.
    let text: String

    /// Words an error.
    /// - Parameters:
    ///   - error: What the client threw.
    ///   - url: The address that was asked.
    init(_ error: any Error, url: String) {
        guard let word = NetworkFailure.word(error) else {
            text = "\(error)"
            return
        }
        text = "network.\(word)(\(NetworkFailure.host(url)))"
    }

    private static func word(_ error: any Error) -> String? {
        if AsyncHTTPTransport.nobodyKnowsHost(error) { return "unknownHost" }
        switch error {
        case let error as NIOConnectionError:
            let words = error.connectionErrors.map { word($0.error) }
            return words.compactMap(\.self).first
        case let error as IOError: return word(errno: error.errnoCode)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: return "certificateOfOther"
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            // The library says only in words which of the many things was wrong that happen during a handshake.
            return "\(error)".contains("CERTIFICATE_VERIFY_FAILED") ? "certificate" : "noTLS"
        case let error as ChannelError:
            if case .connectTimeout = error { return "connectTimeout" }
            return "closed"
        case let error as HTTPClientError: return word(error)
        default: return nil
        }
    }

    private static func word(_ error: HTTPClientError) -> String? {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout: "connectTimeout"
        case .readTimeout, .deadlineExceeded, .writeTimeout: "noAnswerInTime"
        case .remoteConnectionClosed: "closed"
        case .invalidURL, .emptyHost, .emptyScheme: "wrongAddress"
        default: nil
        }
    }

    private static func word(errno number: CInt) -> String? {
        switch number {
        case ECONNREFUSED: "refused"
        case ETIMEDOUT: "connectTimeout"
        case ECONNRESET, EPIPE: "closed"
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN: "noRoute"
        default: nil
        }
    }

    /// Host and port of an address.
    private static func host(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        return String(url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }
}
