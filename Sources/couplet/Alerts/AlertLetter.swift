import CoupletCore
import CoupletPorts
import CoupletTexts
import Foundation

/// What a message says, in words.
struct AlertLetter: Sendable {
    /// In which language, and which machine speaks.
    struct Words: Sendable {
        let language: Language
        let host: String

        init(_ language: Language, host: String) { (self.language, self.host) = (language, host) }

        fileprivate func text(_ code: String, _ arguments: [String: String] = [:]) -> String {
            Texts.text(code, arguments, language)
        }

        fileprivate func text(_ message: Message) -> String {
            Texts.text(message.code, Texts.spoken(message.arguments, language), language)
        }

        fileprivate func remedy(_ message: Message) -> String? {
            var arguments = Texts.spoken(message.arguments, language)
            // Advice is typed at a shell, where a name with blanks needs quotes.
            if let mapping = arguments["mapping"], mapping.contains(" ") { arguments["mapping"] = "'\(mapping)'" }
            return Texts.remedy(message.code, arguments, language)
        }
    }

    /// The message.
    let message: AlertMessage
    private let words: Words

    /// The most alerts that are spelt out; a message that nobody reads to its end tells nothing.
    private static let mostItems = 50

    init(_ message: AlertMessage, _ words: Words) { (self.message, self.words) = (message, words) }

    /// What machine speaks.
    var host: String { words.host }

    /// What it is about, in a line.
    var subject: String {
        if message.isTest { return words.text("alert.subject.test", ["host": words.host]) }
        let open = message.items.filter { $0.event != .ended }
        guard let first = open.first else {
            return words.text("alert.subject.ended", ["host": words.host, "count": String(message.items.count)])
        }
        let code = open.contains { $0.alert.kind.isUrgent } ? "alert.subject.urgent" : "alert.subject.open"
        let more = open.count - 1
        let arguments = [
            "host": words.host, "first": words.text(first.alert.message), "more": more > 0 ? String(more) : "",
        ]
        return words.text(code, arguments)
    }

    /// All of it, a paragraph for each alert.
    var body: String {
        if message.isTest { return words.text("alert.body.test", ["host": words.host]) + "\n" }
        var lines: [String] = []
        var event: AlertMessage.Event?
        for item in message.items.prefix(Self.mostItems) {
            if item.event != event {
                if event != nil { lines.append("") }
                lines += [words.text("alert.event.\(item.event.rawValue)"), ""]
                event = item.event
            }
            lines += paragraph(item)
        }
        let left = message.items.count - Self.mostItems
        if left > 0 { lines += ["", words.text("alert.body.more", ["count": String(left)])] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func paragraph(_ item: AlertMessage.Item) -> [String] {
        var lines = ["* " + words.text(item.alert.message)]
        var times = ["since": Self.time(item.alert.since)]
        times["ended"] = item.endedAt.map(Self.time)
        lines.append("  " + words.text("alert.times", times))
        guard item.event != .ended else { return lines }
        if let cause = item.alert.cause { lines.append("  " + words.text(cause)) }
        if let remedy = words.remedy(item.alert.message) { lines.append("  " + remedy) }
        return lines
    }

    private static func time(_ instant: Instant) -> String {
        let text = instant.description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// All of it, for programs.
    var document: JSONDocument {
        .object([
            "id": .string(message.id), "at": .string(message.madeAt.description), "host": .string(words.host),
            "test": .boolean(message.isTest), "subject": .string(subject), "text": .string(body),
            "alerts": .array(message.items.map(document)),
        ])
    }

    private func document(_ item: AlertMessage.Item) -> JSONDocument {
        let alert = item.alert
        return .object([
            "event": .string(item.event.rawValue), "code": .string(alert.kind.rawValue),
            "subject": .string(alert.subject), "urgent": .boolean(alert.kind.isUrgent),
            "count": alert.count.map { .integer($0) } ?? .null,
            "mappings": .array(alert.mappings.map { .string($0) }),
            "since": .string(alert.since.description), "endedAt": .optional(item.endedAt?.description),
            "text": .string(words.text(alert.message)), "remedy": .optional(words.remedy(alert.message)),
            "cause": alert.cause.map { .object(["code": .string($0.code), "text": .string(words.text($0))]) } ?? .null,
        ])
    }
}
