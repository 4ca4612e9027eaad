import Configuration
import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Logging
import Yams

/// What the whole program is told from outside: options before environment before configuration file before defaults.
struct Settings: Sendable {
    /// The options that name settings; nil where one was not given.
    struct Options: Sendable {
        var home: String?
        var language: String?
        var logLevel: String?
        var configurationFile: String?
        var server: String?
        var tokenFile: String?
    }

    /// Where the state is kept.
    var home: String
    /// The language of every text.
    var language: Language
    /// The least severe level that is logged.
    var logLevel: Logger.Level
    /// The form of the lines that are logged.
    var logFormat: LogFormat
    /// Whether `/metrics` answers whoever asks.
    var hasOpenMetrics = false
    /// The file with the key that seals secrets.
    var keyFile: String
    /// A PEM file of certificates trusted besides the system's; nil for none.
    var trustedCertificates: String?
    /// The hosts besides this machine that may be spoken to in plain http.
    var plainHosts: Set<String> = []

    /// The server whose engine commands work with; nil where they work with a home of this machine.
    var server: ServerAddress?
    /// The token for it; nil where the environment has none.
    var token: String?
    /// The file with the token; nil for none.
    var tokenFile: String?

    /// The program that mail is handed to.
    var sendmail = usualSendmail

    /// When whole tables are read by themselves, to find what no list of changes tells.
    var sweeps: Schedule

    /// Where remote systems reach this server to tell of changes; nil where they shall not.
    var notificationAddress: NotificationAddress?

    /// The hours of the night in UTC, where nobody says otherwise.
    static let usualSweeps = "cron 0 3 * * *"

    /// Reads the settings, all problems together.
    /// - Parameters:
    ///   - options: The command line's options.
    ///   - environment: The environment's variables.
    /// - Returns: The settings.
    /// - Throws: `CoupletError` that lists every problem.
    static func read(options: Options, environment: [String: String]) async throws -> Settings {
        let reader = try await reader(options, environment)
        let fallback = Settings.language(of: environment)
        var problems = try unknownKeys(in: options.configurationFile, fallback)
        var language = fallback
        if let tag = value("lang", in: reader, problems: &problems) {
            if let known = Language(tag) {
                language = known
            } else {
                let known = Language.all.map(\.code).joined(separator: ", ")
                problems.append(
                    Texts.text("settings.badLanguage", ["value": tag, "known": known], fallback)
                )
            }
        }
        let logLevel = level(value("log", in: reader, problems: &problems), language, &problems)
        let format = choice("logFormat", .text, LogFormat.self, in: reader, language, &problems)
        let metrics = choice("metrics", .token, MetricsAccess.self, in: reader, language, &problems)
        let home = value("home", in: reader, problems: &problems) ?? "./.couplet"
        if home.isEmpty { problems.append(Texts.text("settings.noHome", [:], language)) }
        let keyFile = value("keyFile", in: reader, problems: &problems) ?? defaultKeyFile(environment)
        if keyFile.isEmpty { problems.append(Texts.text("settings.noKeyFile", [:], language)) }
        let trusted = value("trustedCertificates", in: reader, problems: &problems)
        if let trusted, !FileManager.default.isReadableFile(atPath: trusted) {
            problems.append(Texts.text("settings.noCertificates", ["file": trusted], language))
        }
        let sweeps = self.sweeps(value("sweeps", in: reader, problems: &problems), language, &problems)
        let notifications = value("notificationAddress", in: reader, problems: &problems)
        let notificationAddress = notifications.flatMap { NotificationAddress($0) }
        if let notifications, notificationAddress == nil {
            problems.append(Texts.text("settings.badNotificationAddress", ["value": notifications], language))
        }
        let sendmail = self.sendmail(value("sendmail", in: reader, problems: &problems), language, &problems)
        let plain = value("plainHosts", in: reader, problems: &problems) ?? ""
        let server = self.server(options, in: reader, language, &problems)
        // A file that was typed stands before the environment's token.
        let token = environment["COUPLET_TOKEN"].flatMap { $0.isEmpty || options.tokenFile != nil ? nil : $0 }
        guard problems.isEmpty else {
            // What was typed is wrong use, as with any option; the rest is configuration.
            throw CoupletError(
                "settings.wrong",
                ["problems": problems.joined(separator: "; ")],
                status: mistyped(options) == problems.count ? .wrongUse : .wrongConfiguration
            )
        }
        return Settings(
            home: home,
            language: language,
            logLevel: logLevel,
            logFormat: format,
            hasOpenMetrics: metrics == .open,
            keyFile: keyFile,
            trustedCertificates: trusted,
            plainHosts: Set(plain.lowercased().split { ", ".contains($0) }.map(String.init)),
            server: server.address,
            token: token,
            tokenFile: server.tokenFile,
            sendmail: sendmail,
            sweeps: sweeps,
            notificationAddress: notificationAddress
        )
    }

    /// Who may read `/metrics`.
    private enum MetricsAccess: String, CaseIterable {
        /// Whoever has a token and may look.
        case token
        /// Whoever reaches the address.
        case open
    }

    /// A setting that is one of a few words.
    private static func choice<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        _ usual: Word,
        _ words: Word.Type,
        in reader: ConfigReader,
        _ language: Language,
        _ problems: inout [String]
    ) -> Word {
        guard let text = value(key, in: reader, problems: &problems) else { return usual }
        if let word = Word(rawValue: text.lowercased()) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append(Texts.text("settings.badWord", ["key": key, "value": text, "known": known], language))
        return usual
    }

    /// Where mail programs put what takes mail, where nobody says otherwise.
    private static let usualSendmail = "/usr/sbin/sendmail"

    private static func sendmail(_ path: String?, _ language: Language, _ problems: inout [String]) -> String {
        let path = path ?? usualSendmail
        if !path.hasPrefix("/") { problems.append(Texts.text("settings.badSendmail", ["value": path], language)) }
        return path
    }

    private static func level(_ name: String?, _ language: Language, _ problems: inout [String]) -> Logger.Level {
        guard let name else { return .warning }
        if let level = Logger.Level(rawValue: name.lowercased()) { return level }
        let known = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append(Texts.text("settings.badLogLevel", ["value": name, "known": known], language))
        return .warning
    }

    private static func sweeps(_ text: String?, _ language: Language, _ problems: inout [String]) -> Schedule {
        do {
            let schedule = try Schedule(parsing: text ?? usualSweeps)
            if schedule.times != .follow { return schedule }
            problems.append(Texts.text("settings.badSweeps", ["value": text ?? ""], language))
        } catch {
            problems.append("sweeps: " + Texts.text(error.message.code, error.message.arguments, language))
        }
        return Schedule(.every(seconds: 86_400))
    }

    /// The language that the environment asks for, English where it asks for none that is known.
    static func language(of environment: [String: String]) -> Language {
        for name in ["COUPLET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let locale = environment[name], !locale.isEmpty else { continue }
            return Language(locale) ?? .english
        }
        return .english
    }

    /// The keys that a configuration file can have.
    static let keys = [
        "home", "keyFile", "lang", "log", "logFormat", "metrics", "notificationAddress", "plainHosts", "sendmail",
        "server", "sweeps", "tokenFile", "trustedCertificates",
    ]

    /// What is wrong with a configuration file's keys: a misspelt one would be passed over in silence.
    private static func unknownKeys(in file: String?, _ language: Language) throws -> [String] {
        guard let file, let data = FileManager.default.contents(atPath: file) else { return [] }
        guard let node = try? compose(yaml: String(decoding: data, as: UTF8.self)) else { return [] }
        guard let mapping = node.mapping else { return [Texts.text("settings.notKeys", ["file": file], language)] }
        return mapping.compactMap { key, _ in
            let name = key.string ?? ""
            guard !keys.contains(name) else { return nil }
            let arguments = [
                "file": file, "key": name, "line": String(key.mark?.line ?? 0), "known": keys.joined(separator: ", "),
            ]
            return Texts.text("settings.unknownKey", arguments, language)
        }
    }

    private static func reader(_ options: Options, _ environment: [String: String]) async throws -> ConfigReader {
        let given = [
            "home": options.home, "lang": options.language, "log": options.logLevel, "server": options.server,
            "tokenFile": options.tokenFile,
        ]
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in given {
            if let value { values[AbsoluteConfigKey([name])] = ConfigValue(.string(value), isSecret: false) }
        }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "arguments", values: values),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "couplet"),
        ]
        if let file = options.configurationFile {
            do {
                let path = ConfigReader(
                    provider: InMemoryProvider(values: ["filePath": ConfigValue(.string(file), isSecret: false)])
                )
                providers.append(try await FileProvider<YAMLSnapshot>(config: path))
            } catch {
                throw CoupletError(
                    "settings.unreadableFile",
                    ["file": file, "detail": String(describing: error)],
                    status: .wrongConfiguration
                )
            }
        }
        return ConfigReader(providers: providers)
    }

    static func value(_ key: String, in reader: ConfigReader, problems: inout [String]) -> String? {
        do {
            return try reader.requiredString(forKey: ConfigKey(key))
        } catch {
            let detail = String(describing: error)
            if detail.hasPrefix("Missing required") { return nil }
            problems.append("\(key): \(detail)")
            return nil
        }
    }

    private static func defaultKeyFile(_ environment: [String: String]) -> String {
        let configuration: String
        if let directory = environment["XDG_CONFIG_HOME"], directory.hasPrefix("/") {
            configuration = directory
        } else {
            configuration = (environment["HOME"] ?? NSHomeDirectory()) + "/.config"
        }
        return configuration + "/couplet/credentials.key"
    }
}
