extension [TransformationRule] {
    /// Reads a chain from text: rules joined by `|`, each a name and what it needs; the names of `presets` stand for
    /// their rules.
    /// - Parameter text: The chain; blank for none.
    /// - Throws: `rule.wrongText` with the place and what stands there, status `wrongUse`.
    public init(parsing text: String) throws(CoupletError) {
        var reader = TransformationReader(text)
        self = try reader.chain()
    }
}

/// Reads transformation rules; what is wrong with a rule's values says `TransformationRule.problem`.
private struct TransformationReader {
    private enum Token: Equatable {
        case word(String)
        case quoted(String)
        case sign(Unicode.Scalar)
        case unclosed
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// Where the token that was taken last begins.
    private var start = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func chain() throws(CoupletError) -> [TransformationRule] {
        var rules: [TransformationRule] = []
        if peek() == nil { return rules }
        repeat { rules += try rule() } while takes(.sign("|"))
        if next() != nil { throw wrong() }
        return rules
    }

    // MARK: Rules

    private mutating func rule() throws(CoupletError) -> [TransformationRule] {
        let name = try word()
        if let preset = TransformationRule.presets[name] { return preset }
        if let simple = TransformationReader.simple[name] { return [simple] }
        switch name {
        case "substring": return [.substring(try partStart(), try partEnd())]
        case "replace", "replaceMatches":
            let old = try quoted()
            try expect("with")
            let new = try quoted()
            return [name == "replace" ? .replace(old, with: new) : .replaceMatches(old, with: new)]
        case "extractMatches": return [.extractMatches(try quoted())]
        case "addPrefix": return [.addPrefix(try quoted())]
        case "removePrefix": return [.removePrefix(try quoted())]
        case "addSuffix": return [.addSuffix(try quoted())]
        case "removeSuffix": return [.removeSuffix(try quoted())]
        case "readDate": return [.readDate(DatePattern(try quoted()))]
        case "writeDate": return [.writeDate(DatePattern(try quoted()))]
        case "readTime", "writeTime":
            let pattern = DatePattern(try quoted())
            try expect("in")
            guard let zone = TimeZoneRule(try quoted()) else { throw wrong() }
            return [name == "readTime" ? .readTime(pattern, zone) : .writeTime(pattern, zone)]
        case "readDecimal": return [.readDecimal(try choice())]
        case "writeDecimal": return [.writeDecimal(try choice())]
        case "round":
            try expect("to")
            let step = try quoted()
            return [.round(to: step, try choice())]
        case "invert":
            try expect("decimals")
            return [.invert(decimals: try number())]
        case "datePart": return [.datePart(try choice())]
        case "translate": return [.translate(try table())]
        case "translateBack": return [.translateBack(try table())]
        case "lookup": return [.lookup(try lookup())]
        default: throw wrong()
        }
    }

    private static let simple: [String: TransformationRule] = Dictionary(
        uniqueKeysWithValues: [
            TransformationRule.uppercase, .lowercase, .titleCase, .trim, .alphanumeric, .readUnixTime, .writeUnixTime,
        ].map { ($0.name, $0) }
    )

    private mutating func partStart() throws(CoupletError) -> TransformationRule.Start {
        switch try word() {
        case "from": return .position(try number())
        case "after": return .after(try quoted())
        default: throw wrong()
        }
    }

    private mutating func partEnd() throws(CoupletError) -> TransformationRule.End {
        switch try word() {
        case "rest": return .rest
        case "length": return .length(try number())
        case "before": return .before(try quoted())
        default: throw wrong()
        }
    }

    private mutating func table() throws(CoupletError) -> TranslationTable {
        guard case .quoted? = peek() else { return TranslationTable(rows: [], unlisted: try choice()) }
        var rows: [TranslationTable.Row] = []
        repeat {
            let erp = try quoted()
            guard takes(.sign("=")) else { throw wrong() }
            rows.append(TranslationTable.Row(erp: erp, crm: try quoted()))
        } while takes(.sign(","))
        guard takes(.word("else")) else { return TranslationTable(rows: rows) }
        return TranslationTable(rows: rows, unlisted: try choice())
    }

    private mutating func lookup() throws(CoupletError) -> FieldLookup {
        let side: Side = try choice()
        let table = try quoted()
        try expect("id")
        let idField = try quoted()
        try expect("by")
        let keyField = try quoted()
        try expect("take")
        let valueField = try quoted()
        return FieldLookup(
            side: side,
            table: table,
            idField: idField,
            keyField: keyField,
            valueField: valueField,
            missing: takes(.word("else")) ? try choice() : .refuse
        )
    }

    // MARK: Words

    private mutating func word() throws(CoupletError) -> String {
        guard case .word(let word)? = next() else { throw wrong() }
        return word
    }

    private mutating func quoted() throws(CoupletError) -> String {
        guard case .quoted(let text)? = next() else { throw wrong() }
        return text
    }

    private mutating func number() throws(CoupletError) -> Int {
        guard let number = Int(try word()) else { throw wrong() }
        return number
    }

    private mutating func choice<Choice: RawRepresentable<String>>() throws(CoupletError) -> Choice {
        guard let choice = Choice(rawValue: try word()) else { throw wrong() }
        return choice
    }

    private mutating func expect(_ word: String) throws(CoupletError) {
        guard next() == .word(word) else { throw wrong() }
    }

    private mutating func takes(_ token: Token) -> Bool {
        guard peek() == token else { return false }
        _ = next()
        return true
    }

    private func peek() -> Token? {
        var ahead = self
        return ahead.next()
    }

    private mutating func next() -> Token? {
        while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
        start = position
        guard position < scalars.count else { return nil }
        let first = scalars[position]
        position += 1
        if first == "'" { return rest() }
        guard TransformationReader.isWordPart(first) else { return .sign(first) }
        while position < scalars.count, TransformationReader.isWordPart(scalars[position]) { position += 1 }
        return .word(String(String.UnicodeScalarView(scalars[start..<position])))
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_" || scalar == "-"
    }

    /// The text up to the closing quote; a quote within is written twice.
    private mutating func rest() -> Token {
        var text = String.UnicodeScalarView()
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            if scalar == "'" {
                guard position < scalars.count, scalars[position] == "'" else { return .quoted(String(text)) }
                position += 1
            }
            text.append(scalar)
        }
        return .unclosed
    }

    private func wrong() -> CoupletError {
        let found = String(String.UnicodeScalarView(scalars[min(start, scalars.count)...].prefix(20)))
        return CoupletError("rule.wrongText", ["position": String(start + 1), "text": found], status: .wrongUse)
    }
}
