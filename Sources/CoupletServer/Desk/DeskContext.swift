import CoupletEngine
import CoupletTexts
import Foundation
import Hummingbird
import Logging
import NIOCore

/// What is known of a request to the desk.
struct DeskContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address that the request came from; behind a proxy, the one that it came to the proxy from.
    var address: String
    /// Who asks; nil for nobody who is signed in.
    var identity: Identity?
    /// The token of their session; nil for programs.
    var session: String?
    /// The language they read.
    var language = Language.english

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "?"
    }

    /// Who asks.
    /// - Throws: `Problem` where nobody is signed in, or their password must be changed first.
    func signedIn() throws -> Identity {
        guard let identity else { throw Problem.unauthorized("access.signInFirst") }
        if identity.mustChangePassword { throw Problem(.forbidden, "access.changePassword") }
        return identity
    }

    /// The texts in their language.
    var words: DeskWords { DeskWords(language) }

    /// A value of the path, decoded.
    func path(_ name: String) -> String {
        let raw = parameters.get(name) ?? ""
        return raw.removingPercentEncoding ?? raw
    }
}
