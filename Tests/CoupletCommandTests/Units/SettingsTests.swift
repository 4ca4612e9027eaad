import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import Logging
import Testing

@testable import couplet

@Suite("Settings")
struct SettingsTests {
    private static func read(
        home: String? = nil,
        language: String? = nil,
        file: String? = nil,
        _ environment: [String: String] = [:]
    ) async throws -> Settings {
        try await Settings.read(
            options: Settings.Options(home: home, language: language, logLevel: nil, configurationFile: file),
            environment: environment
        )
    }

    @Test("without any there are defaults")
    func defaults() async throws {
        let settings = try await Self.read(["HOME": "/nobody"])
        #expect(settings.home == "./.couplet")
        #expect(settings.language == .english)
        #expect(settings.logLevel == .warning)
        #expect(settings.keyFile == "/nobody/.config/couplet/credentials.key")
    }

    @Test("options stand before the environment, the environment before the file")
    func order() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/couplet.yaml"
        try Data("home: fromFile\nlang: sv\nlog: debug\nkeyFile: /k\n".utf8).write(to: URL(filePath: file))
        let environment = ["COUPLET_HOME": "fromEnvironment", "COUPLET_KEY_FILE": "/e"]
        let settings = try await Self.read(home: "fromOption", file: file, environment)
        #expect(settings.home == "fromOption")
        #expect(settings.keyFile == "/e")
        #expect(settings.language == .swedish)
        #expect(settings.logLevel == .debug)
        #expect(try await Self.read(file: file, environment).home == "fromEnvironment")
        #expect(try await Self.read(file: file).home == "fromFile")
    }

    @Test("all problems are told together, as a wrong configuration")
    func problems() async throws {
        let error = await #expect(throws: CoupletError.self) {
            try await Self.read(home: "", language: "xx", ["COUPLET_LOG": "loud", "COUPLET_KEY_FILE": ""])
        }
        let problems = error?.message.arguments["problems"] ?? ""
        #expect(error?.status == .wrongConfiguration)
        #expect(problems.split(separator: "; ").count >= 3, "\(problems)")
        #expect(problems.contains("xx") && problems.contains("loud"))
    }

    @Test("the notification address is https, or http to this machine")
    func notificationAddress() async throws {
        #expect(try await Self.read().notificationAddress == nil)
        let settings = try await Self.read(["COUPLET_NOTIFICATION_ADDRESS": "https://we.example/couplet/"])
        #expect(settings.notificationAddress?.base == "https://we.example/couplet")
        let folder = try TemporaryFolder()
        let file = folder.path + "/couplet.yaml"
        try Data("notificationAddress: http://we.example\n".utf8).write(to: URL(filePath: file))
        let error = await #expect(throws: CoupletError.self) { try await Self.read(file: file) }
        #expect(error?.status == .wrongConfiguration)
        #expect(error?.message.arguments["problems"]?.contains("http://we.example") == true)
    }

    @Test("a key that is no setting is told with its line", arguments: ["hom: x", "home: a\ncolour: red"])
    func unknownKey(text: String) async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/couplet.yaml"
        try Data(text.utf8).write(to: URL(filePath: file))
        let error = await #expect(throws: CoupletError.self) { try await Self.read(file: file) }
        let problems = error?.message.arguments["problems"] ?? ""
        #expect(error?.message.code == "settings.wrong")
        #expect(problems.contains(file), "\(problems)")
        if text.contains("colour") {
            #expect(problems.contains("line 2") && problems.contains("colour"), "\(problems)")
        }
    }

    @Test("a configuration file that is missing is a wrong configuration")
    func missingFile() async throws {
        let error = await #expect(throws: CoupletError.self) { try await Self.read(file: "/nowhere/couplet.yaml") }
        #expect(error?.message.code == "settings.unreadableFile")
    }

    @Test(
        "the language follows the environment",
        arguments: [
            (["LANG": "sv_SE.UTF-8"], "sv"), (["LC_ALL": "C", "LANG": "sv_SE"], "en"),
            (["LC_ALL": "", "LANG": "sv"], "sv"), (["COUPLET_LANG": "sv", "LC_ALL": "en_US"], "sv"), ([:], "en"),
        ]
    )
    func language(environment: [String: String], code: String) async throws {
        #expect(try await Self.read(environment).language.code == code)
    }

    @Test("the example for machines is a settings file, and the words of settings are looked at")
    func example() async throws {
        let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "ops/settings.yaml")
        let settings = try await Self.read(file: example.path(percentEncoded: false), ["HOME": "/nobody"])
        #expect(settings.logFormat == .json && !settings.hasOpenMetrics && settings.logLevel == .info)
        #expect(settings.home == "/var/lib/couplet/home")
        let open = try await Self.read(["HOME": "/nobody", "COUPLET_LOG_FORMAT": "JSON", "COUPLET_METRICS": "open"])
        #expect(open.logFormat == .json && open.hasOpenMetrics)
        let usual = try await Self.read(["HOME": "/nobody"])
        #expect(usual.logFormat == .text && !usual.hasOpenMetrics)
        let error = await #expect(throws: CoupletError.self) {
            try await Self.read(["HOME": "/nobody", "COUPLET_METRICS": "everybody"])
        }
        #expect(error?.message.arguments["problems"] == "metrics cannot be \"everybody\" (known: token, open)")
    }
}
