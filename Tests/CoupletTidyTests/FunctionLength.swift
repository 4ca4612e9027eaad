/// How long functions and files may be.
enum FunctionLength {
    /// The most lines of a function, its signature included.
    static let functionLimit = 70
    /// The most lines of a file.
    static let fileLimit = 400

    /// What may be longer, by path or by path and function, and why.
    static let exceptions: [String: String] = [:]

    /// A function and how many lines it takes.
    struct Function: Hashable {
        var name: String
        var line: Int
        var length: Int
    }

    /// Functions and files that are too long and not excepted.
    static func findings(in file: SourceFile) -> [Finding] {
        var found: [Finding] = []
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        if lines > fileLimit, exceptions[file.path] == nil {
            found.append(
                Finding(path: file.path, line: 0, message: "\(lines) lines, at most \(fileLimit): split by idea")
            )
        }
        for function in functions(in: file) where function.length > functionLimit {
            if exceptions["\(file.path) \(function.name)"] != nil { continue }
            let message = "\(function.name) has \(function.length) lines, at most \(functionLimit)"
            found.append(Finding(path: file.path, line: function.line, message: message))
        }
        return found
    }

    /// The functions, initializers and subscripts that have a body.
    static func functions(in file: SourceFile) -> [Function] {
        let tokens = file.tokens
        var found: [Function] = []
        for (index, token) in tokens.enumerated() where isDeclaration(token, at: index, in: tokens) {
            guard let body = bodyStart(after: index, in: tokens), let end = matchingBrace(body, in: tokens) else {
                continue
            }
            let name = token.text == "func" ? tokens[index + 1].text : token.text
            found.append(Function(name: name, line: token.line, length: tokens[end].line - token.line + 1))
        }
        return found
    }

    private static func isDeclaration(_ token: Token, at index: Int, in tokens: [Token]) -> Bool {
        let previous = index > 0 ? tokens[index - 1].text : ""
        guard previous != ".", index + 1 < tokens.count else { return false }
        let next = tokens[index + 1].text
        switch token.text {
        case "func": return true
        case "deinit": return next == "{"
        case "init": return ["(", "<", "?", "!"].contains(next)
        case "subscript": return ["(", "<"].contains(next)
        default: return false
        }
    }

    /// Words that begin another declaration, at the start of a line: then the one before has no body.
    private static let declarationStarts: Set<String> = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class", "enum", "actor", "extension",
        "protocol", "typealias", "associatedtype", "import", "public", "package", "private", "fileprivate", "internal",
        "static", "mutating", "nonmutating", "override", "convenience", "indirect", "@", "#", "}",
    ]

    private static func bodyStart(after index: Int, in tokens: [Token]) -> Int? {
        var depth = 0
        for position in (index + 1)..<tokens.count {
            let token = tokens[position]
            if depth == 0, token.isFirstInLine, position > index + 1, declarationStarts.contains(token.text) {
                return nil
            }
            switch token.text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return position
            case "}" where depth == 0: return nil
            default: break
            }
        }
        return nil
    }

    private static func matchingBrace(_ start: Int, in tokens: [Token]) -> Int? {
        var depth = 0
        for position in start..<tokens.count {
            if tokens[position].text == "{" { depth += 1 }
            if tokens[position].text == "}" {
                depth -= 1
                if depth == 0 { return position }
            }
        }
        return nil
    }
}

/// A word or a sign of masked code.
struct Token: Hashable {
    /// The word or the sign.
    var text: String
    /// The line, counted from 1.
    var line: Int
    /// Whether nothing but blanks stands before it on its line.
    var isFirstInLine: Bool

    /// Cuts masked code into words and single signs.
    static func tokens(of code: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var line = 1
        var isFirst = true
        var index = 0
        while index < code.count {
            let byte = code[index]
            if byte == 0x0A {
                line += 1
                isFirst = true
                index += 1
            } else if byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "`") {
                index += 1
            } else {
                var end = index + 1
                if SwiftMask.isWord(byte) { while end < code.count, SwiftMask.isWord(code[end]) { end += 1 } }
                tokens.append(Token(String(decoding: code[index..<end], as: UTF8.self), line, isFirst))
                isFirst = false
                index = end
            }
        }
        return tokens
    }

    private init(_ text: String, _ line: Int, _ isFirstInLine: Bool) {
        self.text = text
        self.line = line
        self.isFirstInLine = isFirstInLine
    }
}
