import Yams

/// A YAML mapping read strictly: every key must be known, and what is wrong is collected with its line.
struct FileObject {
    /// The line it begins on.
    let line: Int
    /// Where it stands, for messages: `mappings[1].erp`.
    let path: String
    private let members: [String: Node]

    /// Takes a node; nil when it is no mapping, which is a problem.
    init?(_ node: Node, path: String, keys: [String], _ problems: inout [FileProblem]) {
        line = Self.line(node)
        self.path = path
        guard let mapping = node.mapping else {
            problems.append(FileProblem(line, "file.notAnObject", ["path": path]))
            return nil
        }
        var members: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            let arguments = ["key": name, "path": path, "known": keys.joined(separator: ", ")]
            if !keys.contains(name) {
                problems.append(FileProblem(Self.line(key), "file.unknownKey", arguments))
            } else if members.updateValue(value, forKey: name) != nil {
                problems.append(FileProblem(Self.line(key), "file.duplicateKey", arguments))
            }
        }
        self.members = members
    }

    /// The line of a node; 0 where nobody knows.
    static func line(_ node: Node) -> Int { node.mark?.line ?? 0 }

    /// The node of a key.
    func node(_ key: String) -> Node? { members[key] }

    /// The line of a key's value, else the object's.
    func line(of key: String) -> Int { members[key].map(Self.line) ?? line }

    /// The text of a key that may be missing.
    func text(_ key: String, _ problems: inout [FileProblem]) -> String? {
        guard let node = members[key] else { return nil }
        guard let scalar = node.scalar else {
            problems.append(FileProblem(Self.line(node), "file.notAText", ["path": path, "key": key]))
            return nil
        }
        return scalar.string
    }

    /// The text of a key that must be there and not blank.
    func requiredText(_ key: String, _ problems: inout [FileProblem]) -> String {
        guard members[key] != nil else {
            problems.append(FileProblem(line, "file.missingKey", ["path": path, "key": key]))
            return ""
        }
        let text = text(key, &problems) ?? ""
        if text.isEmpty, members[key]?.scalar != nil {
            problems.append(FileProblem(line(of: key), "file.blank", ["path": path, "key": key]))
        }
        return text
    }

    /// Yes or no; what is missing is the given value.
    func boolean(_ key: String, otherwise value: Bool, _ problems: inout [FileProblem]) -> Bool {
        guard let text = text(key, &problems) else { return value }
        switch text {
        case "true": return true
        case "false": return false
        default:
            problems.append(wrong(key, text, "true, false"))
            return value
        }
    }

    /// One of the words of an enumeration; what is missing is nil.
    func word<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        _: Word.Type,
        _ problems: inout [FileProblem]
    ) -> Word? where Word.RawValue == String {
        guard let text = text(key, &problems) else { return nil }
        if let word = Word(rawValue: text) { return word }
        problems.append(wrong(key, text, Word.allCases.map(\.rawValue).joined(separator: ", ")))
        return nil
    }

    /// A whole number from 0 on; what is missing is the given value.
    func number(_ key: String, otherwise value: Int, _ problems: inout [FileProblem]) -> Int {
        guard let text = text(key, &problems) else { return value }
        guard let number = Int(text), number >= 0 else {
            problems.append(wrong(key, text, "0, 1, 2 …"))
            return value
        }
        return number
    }

    /// The elements of a list that may be missing.
    func list(_ key: String, _ problems: inout [FileProblem]) -> [Node] {
        guard let node = members[key] else { return [] }
        guard let sequence = node.sequence else {
            problems.append(FileProblem(Self.line(node), "file.notAList", ["path": path, "key": key]))
            return []
        }
        return Array(sequence)
    }

    /// The elements of a list that must be there and have one at least.
    func requiredList(_ key: String, _ problems: inout [FileProblem]) -> [Node] {
        guard let node = members[key] else {
            problems.append(FileProblem(line, "file.missingKey", ["path": path, "key": key]))
            return []
        }
        let nodes = list(key, &problems)
        if nodes.isEmpty, node.sequence != nil {
            problems.append(FileProblem(line(of: key), "file.emptyList", ["path": path, "key": key]))
        }
        return nodes
    }

    /// A value that is none of those it may be.
    func wrong(_ key: String, _ value: String, _ known: String) -> FileProblem {
        FileProblem(line(of: key), "file.wrongValue", ["path": path, "key": key, "value": value, "known": known])
    }
}
