/// Writes JSON values as YAML that people read.
enum YAMLText {
    /// The document of a tree.
    static func text(_ tree: JSONTree) -> String { lines(tree).joined(separator: "\n") + "\n" }

    private static func lines(_ tree: JSONTree) -> [String] {
        switch tree {
        case .object(let members) where !members.isEmpty:
            members.sorted { $0.key < $1.key }.flatMap { name, value -> [String] in
                let head = scalar(.string(name)) + ":"
                guard isNested(value) else { return [head + " " + scalar(value)] }
                return [head] + lines(value).map { "  " + $0 }
            }
        case .array(let elements) where !elements.isEmpty:
            elements.flatMap { element -> [String] in
                guard isNested(element) else { return ["- " + scalar(element)] }
                return lines(element).enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
            }
        default: [scalar(tree)]
        }
    }

    private static func isNested(_ tree: JSONTree) -> Bool {
        switch tree {
        case .object(let members): !members.isEmpty
        case .array(let elements): !elements.isEmpty
        default: false
        }
    }

    /// A name that means nothing else stands as it is; any other text as JSON writes it, which YAML reads too.
    private static func scalar(_ tree: JSONTree) -> String {
        if case .string(let text) = tree {
            let isPlain = text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
            if isPlain, !text.isEmpty,
                !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
            {
                return text
            }
        }
        return String(decoding: tree.data, as: UTF8.self)
    }
}
