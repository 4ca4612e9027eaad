import Configuration
import CoupletCore
import CoupletNetwork
import CoupletTexts

extension Settings {
    /// The server whose engine is worked with, and the file with the token for it.
    /// - Returns: Nothing where commands work with a home of this machine.
    static func server(
        _ options: Options,
        in reader: ConfigReader,
        _ language: Language,
        _ problems: inout [String]
    ) -> (address: ServerAddress?, tokenFile: String?) {
        // A home that was typed means this machine, whatever the surroundings say.
        guard options.server != nil || options.home == nil else { return (nil, nil) }
        let tokenFile = value("tokenFile", in: reader, problems: &problems)
        // A blank one takes back what the surroundings say.
        guard let text = value("server", in: reader, problems: &problems), !text.isEmpty else {
            return (nil, tokenFile)
        }
        if options.home != nil {
            problems.append(Texts.text("settings.homeAndServer", ["server": text], language))
        } else if ServerAddress(text) == nil {
            problems.append(Texts.text("settings.badServer", ["value": text], language))
        }
        return (ServerAddress(text), tokenFile)
    }

    /// How many of what was typed is wrong by itself.
    static func mistyped(_ options: Options) -> Int {
        let isWrongServer = options.server.map { server in
            !server.isEmpty && (options.home != nil || ServerAddress(server) == nil)
        }
        return [options.language.map { Language($0) == nil }, options.home?.isEmpty, isWrongServer].count { $0 == true }
    }

    /// Does something with a transport that trusts what these settings say.
    /// - Parameters:
    ///   - readSeconds: How long a server may be silent, in seconds.
    ///   - body: What to do.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, or `CoupletError` where the file of trusted certificates holds none.
    func withTransport<Result: Sendable>(
        readSeconds: Int = 600,
        _ body: @Sendable (AsyncHTTPTransport) async throws -> Result
    ) async throws -> Result {
        let trust = TransportSettings(
            readSeconds: readSeconds,
            trustedCertificatesFile: trustedCertificates,
            plainHosts: plainHosts
        )
        do {
            return try await withHTTPTransport(trust, body)
        } catch let error as TransportSettings.NoCertificates {
            let problem = Texts.text("settings.noCertificates", ["file": error.file], language)
            throw CoupletError("settings.wrong", ["problems": problem], status: .wrongConfiguration)
        }
    }
}
