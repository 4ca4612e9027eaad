/// What holds for every text file, and for the manifest.
enum FileRules {
    /// Folders of one developer's machine; a path into them works for nobody else.
    private static let machineFolders = ["work", "home", "Users", "root", "mnt", "opt", "tmp/wt"]

    /// Marks of something unfinished.
    private static let unfinished: Set<String> = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

    /// Line ends, tabs, machine paths and marks of unfinished work.
    static func findings(in file: SourceFile) -> [Finding] {
        var found: [Finding] = []
        func object(_ line: Int, _ message: String) {
            found.append(Finding(path: file.path, line: line, message: message))
        }
        if !file.text.isEmpty, file.text.utf8.last != 0x0A { object(0, "the last line does not end") }
        for (index, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.utf8.contains(0x09) { object(index + 1, "a tab: indent with blanks") }
            if line.utf8.contains(0x0D) { object(index + 1, "a carriage return") }
            if line.last == " " { object(index + 1, "blanks at the end") }
            for folder in machineFolders where containsPath(folder, in: line) {
                object(index + 1, "a path of one machine, /\(folder)")
            }
            if line.split(whereSeparator: { !$0.isLetter }).contains(where: { unfinished.contains(String($0)) }) {
                object(index + 1, "finish it, or leave it out")
            }
        }
        return found
    }

    /// Whether a line names a path whose first folder is the given one; text that is added to a path does not count.
    private static func containsPath(_ folder: String, in line: Substring) -> Bool {
        line.ranges(of: "/\(folder)/").contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            if line[..<range.lowerBound].hasSuffix("+ \"") { return false }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || "._-/~}$)".contains(before))
        }
    }

    /// Uses of `@unchecked Sendable` whose line or comment above says nothing of why they are safe.
    static func uncheckedFindings(in file: SourceFile) -> [Finding] {
        guard file.isSwift, file.text.contains("@unchecked") else { return [] }
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        let mask = SwiftMask(file.text).lines
        let reasons = ["sendable", "lock", "thread", "queue", "mutex", "one at a time", "immutable"]
        return lines.indices.compactMap { index in
            guard mask[index].contains("@unchecked Sendable") else { return nil }
            let above = lines[..<index].reversed().prefix { line in
                let text = line.drop { $0 == " " }
                return text.hasPrefix("//") || text.hasPrefix("@")
            }
            let trailing = lines[index].split(separator: "//", maxSplits: 1).dropFirst()
            let comment = (above + trailing).joined(separator: " ").lowercased()
            if reasons.contains(where: comment.contains) { return nil }
            let message = "@unchecked Sendable without a comment that says why it is safe"
            return Finding(path: file.path, line: index + 1, message: message)
        }
    }

    /// Packages of the manifest that are not pinned to one version.
    static func pinFindings(in manifest: SourceFile) -> [Finding] {
        manifest.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            guard line.contains(".package("), !line.contains("exact:") else { return nil }
            return Finding(path: manifest.path, line: index + 1, message: "pin the package with exact:")
        }
    }
}
