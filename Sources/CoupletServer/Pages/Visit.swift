import CoupletCore
import CoupletEngine
import CoupletTexts
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Somebody signed in who asks for a page, or sends one back.
struct Visit: Sendable {
    /// Who it is.
    let identity: Identity
    /// The language they read.
    let words: DeskWords
    /// The path they ask for, as it was sent.
    let path: String
    /// What stands behind the path.
    let query: FormValues
    /// What they sent; empty unless a form was.
    let form: FormValues
    /// The values that the path gives.
    let names: [String: String]
    /// The token of their session; nil for programs.
    let session: String?

    /// How numbers and times are written for them.
    var format: DeskFormat { DeskFormat(words.language) }

    /// A value of the path.
    func name(_ name: String) -> String { names[name] ?? "" }

    /// The address of a page after which another is shown: only one of the desk's own.
    func back(or fallback: String) -> String {
        Self.local(form["back"] ?? query["back"], or: fallback)
    }

    /// An address of the desk's own, to be shown after a form.
    ///
    /// Links out of other systems lead on to another server. Browsers let no form lead there, be it by way of
    /// redirections, so that such a link stays at a page of the desk's for once.
    /// - Parameter path: An address of the desk's own.
    /// - Returns: The address to go on to.
    static func afterForm(_ path: String) -> String {
        guard path.hasPrefix("/open/") else { return path }
        return path + (path.contains("?") ? "&" : "?") + "stay=1"
    }

    /// An address of the desk's own.
    ///
    /// Browsers pass over blanks and control characters, take a backslash for a slash, and leave the desk at two of them.
    /// - Parameters:
    ///   - wanted: What somebody gave.
    ///   - fallback: What is taken where that may lead elsewhere.
    /// - Returns: Either of them.
    static func local(_ wanted: String?, or fallback: String) -> String {
        guard let wanted, wanted.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) && $0 != "\\" }),
            wanted.utf8.first == UInt8(ascii: "/"), wanted.utf8.dropFirst().first != UInt8(ascii: "/")
        else { return fallback }
        return wanted
    }
}

/// What a form or an address says: names, each with one value or more.
struct FormValues: Sendable {
    private let values: [String: [String]]

    /// Nothing.
    init() { values = [:] }

    /// Reads what was sent as `name=value&…`.
    init(encoded: some StringProtocol) {
        var values: [String: [String]] = [:]
        for pair in encoded.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0])
            values[name, default: []].append(parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
        self.values = values
    }

    /// The last value of a name; nil where there is none or it is blank.
    subscript(name: String) -> String? {
        guard let value = values[name]?.last else { return nil }
        return value.isEmpty ? nil : value
    }

    /// All values of a name.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The names and values that begin in a way, without that beginning.
    func beginning(_ prefix: String) -> [(name: String, value: String)] {
        values.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
            .map { (String($0.key.dropFirst(prefix.count)), $0.value.last ?? "") }
    }

    /// As it is sent, with some names changed; a nil value leaves a name out.
    func encoded(changing changes: [String: String?] = [:]) -> String {
        var all = values
        for (name, value) in changes { all[name] = value.map { [$0] } }
        return all.sorted { $0.key < $1.key }
            .flatMap { name, values in values.map { "\(Self.encoded(name))=\(Self.encoded($0))" } }
            .joined(separator: "&")
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )

    /// Text as it stands in an address.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static func decoded(_ text: some StringProtocol) -> String {
        let spaced = String(text).replacingOccurrences(of: "+", with: " ")
        return spaced.removingPercentEncoding ?? spaced
    }
}

/// How numbers and times are written in a language.
struct DeskFormat: Sendable {
    private let isSwedish: Bool

    init(_ language: Language) { isSwedish = language == .swedish }

    /// A whole number with its thousands apart.
    func number(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        let mark = isSwedish ? "\u{A0}" : ","
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        return (number < 0 ? "\u{2212}" : "") + groups.joined(separator: mark)
    }

    /// A number with one decimal.
    func decimal(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        let text = self.number(tenths / 10) + (isSwedish ? "," : ".") + String(abs(tenths % 10))
        return tenths < 0 && tenths / 10 == 0 ? "\u{2212}" + text : text
    }

    /// A share, from 0 to 1, in percent.
    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))\u{A0}%" }

    /// A time to the minute, in UTC; the browser shows its own zone where it can.
    func time(_ instant: Instant) -> String {
        let text = instant.description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }
}
