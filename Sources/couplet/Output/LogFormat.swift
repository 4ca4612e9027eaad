import CoupletCore
import CoupletEngine
import CoupletPorts
import Foundation
import Glibc
import Logging

/// The form of the lines that are logged.
enum LogFormat: String, CaseIterable {
    /// For people.
    case text
    /// For programs: one JSON object a line.
    case json

    /// A logger that writes to standard error and names the request that is worked for.
    func logger(_ label: String, _ level: Logger.Level, _ clock: any EngineClock) -> Logger {
        let provider = Logger.MetadataProvider { RequestID.current.map { ["request": "\($0)"] } ?? [:] }
        var logger = Logger(label: label) { label in
            switch self {
            case .text: return StreamLogHandler.standardError(label: label, metadataProvider: provider)
            case .json:
                var handler = JSONLogHandler(clock: clock) { Self.write($0) }
                handler.metadataProvider = provider
                return handler
            }
        }
        logger.logLevel = level
        return logger
    }

    /// Writes a line in one piece, so that lines of several threads do not mix; what nobody takes is lost.
    private static func write(_ line: String) {
        let bytes = Array(line.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// Logs one JSON object a line: `time`, `level`, `message`, then what belongs to it.
struct JSONLogHandler: LogHandler {
    /// The names that every line has; nothing that belongs to a message takes their place.
    private static let own: Set<String> = ["time", "level", "message"]

    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.info
    private let clock: any EngineClock
    private let write: @Sendable (String) -> Void

    /// Makes a handler.
    /// - Parameters:
    ///   - clock: Says when.
    ///   - write: Takes each line with its end.
    init(clock: any EngineClock, write: @escaping @Sendable (String) -> Void) {
        self.clock = clock
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let given = event.metadata { all.merge(given) { $1 } }
        if let error = event.error, all["error"] == nil { all["error"] = "\(error)" }
        var members: [JSONDocument.Member] = [
            JSONDocument.Member(name: "time", value: .string(clock.now.description)),
            JSONDocument.Member(name: "level", value: .string(event.level.rawValue)),
            JSONDocument.Member(name: "message", value: .string(event.message.description)),
        ]
        members += all.sorted { $0.key < $1.key }.map { key, value in
            JSONDocument.Member(name: Self.own.contains(key) ? "metadata." + key : key, value: Self.document(value))
        }
        write(JSONDocument.object(members).text + "\n")
    }

    private static func document(_ value: Logger.Metadata.Value) -> JSONDocument {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(document))
        case .dictionary(let values):
            .object(
                values.sorted { $0.key < $1.key }.map { JSONDocument.Member(name: $0.key, value: document($0.value)) }
            )
        }
    }
}
