import ArgumentParser

/// The options of every command.
struct GlobalOptions: ParsableArguments {
    @Flag(help: help("json"))
    var json = false

    @Flag(help: help("yes"))
    var yes = false

    @Option(help: help("config"))
    var config: String?

    @Option(help: help("home"))
    var home: String?

    @Option(help: help("server"))
    var server: String?

    @Option(name: .customLong("token-file"), help: help("tokenFile"))
    var tokenFile: String?

    @Option(help: help("lang"))
    var lang: String?

    @Flag(help: help("verbose"))
    var verbose = false

    /// What the settings take from here.
    var settings: Settings.Options {
        Settings.Options(
            home: home,
            language: lang,
            logLevel: verbose ? "debug" : nil,
            configurationFile: config,
            server: server,
            tokenFile: tokenFile
        )
    }
}
