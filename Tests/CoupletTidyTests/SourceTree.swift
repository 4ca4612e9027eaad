import Foundation

/// One text file of the repository.
struct SourceFile: Sendable {
    /// The path from the repository's root.
    var path: String
    /// The content.
    var text: String

    /// For Swift, the words and signs of the code; none for other files.
    var tokens: [Token]

    /// Creates a file, also one that exists only in a test.
    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
        tokens = path.hasSuffix(".swift") ? Token.tokens(of: SwiftMask(text).code) : []
    }

    /// Whether the file is Swift source.
    var isSwift: Bool { path.hasSuffix(".swift") }

    /// Whether the file is prose.
    var isProse: Bool { path.hasSuffix(".md") || path == "NOTICE" }

    /// Whether the file lies in a folder, given without a slash at its end.
    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    /// The name of the target the file belongs to: the folder below `Sources` or `Tests`.
    var target: String? {
        let parts = path.split(separator: "/")
        guard parts.count > 2, parts[0] == "Sources" || parts[0] == "Tests" else { return nil }
        return String(parts[1])
    }
}

/// Something a check objects to.
struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The file's path.
    var path: String
    /// The line, counted from 1; 0 for the file as a whole.
    var line: Int
    /// What is wrong and what to do.
    var message: String

    var description: String { line == 0 ? "\(path): \(message)" : "\(path):\(line): \(message)" }
}

/// The text files of the repository, read once.
struct SourceTree: Sendable {
    /// The repository's root.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The repository as it is on disk.
    static let shared = SourceTree()

    /// All text files, by path.
    let files: [SourceFile]

    /// The paths of all pictures.
    let pictures: [String]

    /// The Swift files.
    var swift: [SourceFile] { files.filter(\.isSwift) }

    /// The file with a path.
    func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }

    private static let folders = [
        "Sources", "Tests", "docs", "scripts", "ops", ".ci", "Benchmarks", "Fuzz/Sources", "Fuzz/Targets",
        "integrations",
    ]
    private static let binaryEndings = ["png", "jpg", "svg", "ico", "db", "pem"]

    private init() {
        let manager = FileManager.default
        let top = (try? manager.contentsOfDirectory(atPath: Self.root.path)) ?? []
        var paths = top.filter { Self.isTopLevelText($0) }
        for folder in Self.folders {
            let below = manager.enumerator(atPath: Self.root.appendingPathComponent(folder).path)
            while let path = below?.nextObject() as? String {
                if path.split(separator: "/").contains(where: { $0 == ".build" || $0 == "__pycache__" }) { continue }
                paths.append("\(folder)/\(path)")
            }
        }
        files = paths.sorted().compactMap(Self.load)
        pictures = paths.filter { $0.hasSuffix(".png") }
    }

    private static func isTopLevelText(_ name: String) -> Bool {
        name.hasSuffix(".md") || ["Package.swift", "NOTICE", "LICENSE", ".gitignore"].contains(name)
    }

    private static func load(_ path: String) -> SourceFile? {
        let ending = path.split(separator: ".").last.map(String.init) ?? ""
        guard !binaryEndings.contains(ending),
            let bytes = FileManager.default.contents(atPath: root.appendingPathComponent(path).path),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        return SourceFile(path, text)
    }
}
