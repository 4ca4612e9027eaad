import Foundation
import Testing

/// The collection of documented exchanges; it stands beside the repository or where `COUPLET_GOLDEN` says.
enum GoldenLibrary {
    /// Why the suites are skipped.
    static let absence: Comment =
        "The documented exchanges are not here; set COUPLET_GOLDEN to the path of golden.jsonl to replay them."

    /// The repository's folder.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// All exchanges in the collection's order.
    static let exchanges: [GoldenExchange] = {
        let given = ProcessInfo.processInfo.environment["COUPLET_GOLDEN"]
        let path = given ?? root.appending(path: "../shared/reference/golden.jsonl").path
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap(GoldenExchange.init(line:))
    }()

    /// Whether there is a collection.
    static var isPresent: Bool { !exchanges.isEmpty }

    /// The exchange of an id.
    static func exchange(_ id: String) -> GoldenExchange? { byID[id] }

    private static let byID = Dictionary(exchanges.map { ($0.id, $0) }) { first, _ in first }
}
