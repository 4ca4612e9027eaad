/// Links between the repository's documents.
struct Links {
    /// The paths of all files and of the folders they lie in.
    private var paths: Set<String> = []
    /// The headings of each document, as a link calls them.
    private var anchors: [String: Set<String>] = [:]

    /// Gathers what can be linked to.
    init(_ files: [SourceFile], pictures: [String] = []) {
        paths = Set(pictures)
        for file in files {
            paths.insert(file.path)
            var folders = file.path.split(separator: "/").dropLast()
            while !folders.isEmpty {
                paths.insert(folders.joined(separator: "/"))
                folders = folders.dropLast()
            }
            guard file.path.hasSuffix(".md") else { continue }
            let headings = file.text.split(separator: "\n").filter { $0.hasPrefix("#") }
            anchors[file.path] = Set(headings.map(Self.anchor))
        }
    }

    /// Links of a document that lead nowhere.
    func findings(in file: SourceFile) -> [Finding] {
        guard file.path.hasSuffix(".md") else { return [] }
        return file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            line.split(separator: "](", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
                let target = rest.prefix { $0 != ")" && $0 != " " }
                guard !target.contains("://"), !target.hasPrefix("mailto:") else { return nil }
                let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let path = parts[0].isEmpty ? file.path : Self.resolve(parts[0], from: file.path)
                if !paths.contains(path) {
                    return Finding(path: file.path, line: index + 1, message: "there is no \(path)")
                }
                guard parts.count == 2, !(anchors[path]?.contains(String(parts[1])) ?? false) else { return nil }
                return Finding(path: file.path, line: index + 1, message: "\(path) has no heading \(parts[1])")
            }
        }
    }

    /// What a link calls a heading: lower case, blanks as hyphens, without other signs.
    private static func anchor(_ heading: Substring) -> String {
        let text = heading.drop { $0 == "#" || $0 == " " }.lowercased()
        return String(text.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" })
            .split(separator: " ", omittingEmptySubsequences: false).joined(separator: "-")
    }

    private static func resolve(_ target: Substring, from path: String) -> String {
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}
