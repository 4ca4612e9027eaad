import Foundation
import Testing

@testable import CoupletTexts

@Suite("Codes in the sources")
struct UsedCodeTests {
    /// What codes begin with: a text with such a beginning is taken for a code wherever it stands.
    private static let topics: Set<String> = Set(
        Catalogue.english.texts.keys.compactMap { $0.split(separator: ".").first.map(String.init) }
    )

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    private static func files(_ folders: [String]) throws -> [(name: String, text: String)] {
        try folders.flatMap { folder in
            let root = sources.appending(path: folder).resolvingSymlinksInPath()
            let names = FileManager.default.enumerator(atPath: root.path())?.allObjects.compactMap { $0 as? String }
            return try (names ?? []).filter { $0.hasSuffix(".swift") }.sorted().map { name in
                (folder + "/" + name, try String(contentsOf: root.appending(path: name), encoding: .utf8))
            }
        }
    }

    @Test("every code given to a message or an error has a text, and an error's code says what to do")
    func messagesAndErrors() throws {
        let folders = [
            "CoupletCore", "CoupletPorts", "CoupletConnectors", "CoupletStore", "CoupletEngine", "CoupletServer",
            "couplet",
        ]
        let texts = Catalogue.english.texts
        for (name, text) in try Self.files(folders) {
            for match in text.matches(of: /(CoupletError|Message)\(\s*"([^"\\]+)"/) {
                let code = String(match.2)
                // The beginning of a code, completed by a word of a closed list, is looked after below.
                if code.hasSuffix(".") { continue }
                #expect(texts[code] != nil, "\(name): \(code)")
                if match.1 == "CoupletError" { #expect(texts[code + ".remedy"] != nil, "\(name): \(code).remedy") }
            }
        }
    }

    @Test("every text that looks like a code is one, also where it is handed on")
    func handedOn() throws {
        for (name, text) in try Self.files(["CoupletCore", "CoupletConnectors", "CoupletEngine", "couplet"]) {
            for match in text.matches(of: /(help\()?"([a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)+)"/) {
                let code = (match.1 == nil ? "" : "help.") + String(match.2)
                guard Self.topics.contains(String(code.prefix { $0 != "." })), !Self.isActionName(code) else {
                    continue
                }
                #expect(Catalogue.english.texts[code] != nil, "\(name): \(code)")
            }
        }
    }

    @Test(
        "every word of a closed list has a text",
        arguments: [
            ("CoupletCore", "SkipReason", "skip."),
            ("CoupletPorts", "JobStatus", "job.status."), ("CoupletCore", "Direction", "direction."),
            ("CoupletCore", "Direction", "direction.short."), ("CoupletCore", "Side", "side."),
            ("CoupletEngine", "RecordState", "state."), ("CoupletEngine", "Stage", "stage."),
            ("couplet", "CountColumn", "count."),
            ("CoupletCore", "FullSynchronizationAdvice", "advice."),
            ("CoupletEngine", "SubscriptionState", "subscription.state."),
            ("CoupletEngine", "DroppedNotification", "notification.dropped."),
            ("CoupletCore", "AlertKind", "alert.kind."), ("CoupletCore", "AlertWay", "alert.way."),
            ("CoupletEngine", "FieldState", "field."), ("CoupletEngine", "Right", "access.right."),
        ]
    )
    func closedLists(folder: String, name: String, prefix: String) throws {
        var words: [String] = []
        for (_, text) in try Self.files([folder]) {
            guard let start = text.firstRange(of: "enum \(name): String") else { continue }
            // The cases stand first; whatever the list can do comes after them.
            for line in text[start.upperBound...].split(separator: "\n").dropFirst() {
                let line = line.trimmingPrefix { $0 == " " }
                if line.hasPrefix("///") { continue }
                guard line.hasPrefix("case ") else { break }
                words.append(String(line.dropFirst(5).prefix { $0.isLetter }))
            }
        }
        #expect(!words.isEmpty, "\(name) was not found in \(folder)")
        for word in words { #expect(Catalogue.english.texts[prefix + word] != nil, "\(prefix)\(word)") }
    }

    /// Names of actions have the form of a code and are none.
    private static func isActionName(_ text: String) -> Bool {
        let verbs = [
            "set", "list", "test", "enable", "disable", "show", "answer", "resolve", "apply", "reset", "pause",
            "try",
            "resume", "new", "defaults", "export", "import", "reject", "retry", "undo", "settle", "verify", "confirm",
            "restore", "delete", "uncouple", "resolveAll", "review", "offer", "full", "add", "remove", "link", "token",
            "wake", "lag",
        ]
        let words = text.split(separator: ".").map(String.init)
        let nouns = [
            "connection", "mapping", "question", "conflict", "job", "coupling", "plan", "error", "history", "sync",
            "couple", "user", "token", "record", "audit", "writing", "retention", "subscription", "alert",
            "signIn",
        ]
        return words.count == 2 && nouns.contains(words[0]) && verbs.contains(words[1])
    }
}
