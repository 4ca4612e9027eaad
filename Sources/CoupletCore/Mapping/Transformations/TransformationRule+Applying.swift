/// Why a transformation rule has no result.
public struct TransformationFailure: Error, Sendable, Hashable {
    /// What to tell a person: a code that begins with `rule.`.
    public var message: Message

    init(_ code: String, _ value: String, _ arguments: [String: String] = [:]) {
        message = Message(code, arguments.merging(["value": value]) { given, _ in given })
    }
}

extension [TransformationRule] {
    /// Applies the rules one after the other; an empty text stays empty.
    /// - Parameters:
    ///   - text: The source's value as text: numbers in plain digits, days and times as ISO 8601.
    ///   - references: What the lookups among the rules find.
    /// - Returns: The last rule's result.
    /// - Throws: Why a rule has no result for what it was given.
    public func applied(
        to text: String,
        _ references: ReferenceTable = ReferenceTable()
    ) throws(TransformationFailure) -> String {
        var result = text
        for rule in self where !result.isEmpty { result = try rule.applied(to: result, references) }
        return result
    }

    /// The rules that lead back, last first; nil when one of them has none.
    public var inverse: [TransformationRule]? {
        var result: [TransformationRule] = []
        for rule in reversed() {
            guard let inverse = rule.inverse else { return nil }
            result += inverse
        }
        return result
    }
}

extension TransformationRule {
    /// Applies the rule.
    /// - Parameters:
    ///   - text: Text that is not empty.
    ///   - references: What a lookup finds.
    /// - Returns: The result; empty where nothing is left of the text.
    /// - Throws: Why there is none.
    public func applied(
        to text: String,
        _ references: ReferenceTable = ReferenceTable()
    ) throws(TransformationFailure) -> String {
        switch self {
        case .uppercase: return text.uppercased()
        case .lowercase: return text.lowercased()
        case .titleCase: return text.inTitleCase
        case .trim: return text.trimmed
        case .substring(let start, let end): return try part(of: text, start, end)
        case .replace(let old, let new): return text.replacingBytes(of: old, with: new)
        case .replaceMatches, .extractMatches: return try matched(text)
        case .alphanumeric: return String(text.filter { $0.isLetter || $0.isNumber })
        case .readDate, .writeDate, .readTime, .writeTime, .datePart, .readUnixTime, .writeUnixTime:
            return try dated(text)
        case .readDecimal, .writeDecimal, .round, .invert: return try numbered(text)
        case .addPrefix(let prefix): return prefix + text
        case .removePrefix(let prefix):
            guard text.utf8.starts(with: prefix.utf8) else {
                throw TransformationFailure("rule.noPrefix", text, ["prefix": prefix])
            }
            return String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        case .addSuffix(let suffix): return text + suffix
        case .removeSuffix(let suffix):
            guard text.utf8.reversed().starts(with: suffix.utf8.reversed()) else {
                throw TransformationFailure("rule.noSuffix", text, ["suffix": suffix])
            }
            return String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self)
        case .translate(let table): return try translated(text, table, from: .erp)
        case .translateBack(let table): return try translated(text, table, from: .crm)
        case .lookup(let lookup): return try lookup.applied(to: text, references)
        }
    }

    private func translated(
        _ text: String,
        _ table: TranslationTable,
        from source: Side
    ) throws(TransformationFailure) -> String {
        guard let result = table.translation(of: text, from: source) else {
            throw TransformationFailure("rule.unlisted", text)
        }
        return result
    }

    private func part(of text: String, _ start: Start, _ end: End) throws(TransformationFailure) -> String {
        var rest = text[...]
        switch start {
        case .position(let position): rest = rest.dropFirst(max(0, position - 1))
        case .after(let mark):
            guard let range = rest.firstRange(of: mark) else {
                throw TransformationFailure("rule.notFound", text, ["text": mark])
            }
            rest = rest[range.upperBound...]
        }
        switch end {
        case .rest: return String(rest)
        case .length(let length): return String(rest.prefix(max(0, length)))
        case .before(let mark):
            guard let range = rest.firstRange(of: mark) else {
                throw TransformationFailure("rule.notFound", text, ["text": mark])
            }
            return String(rest[..<range.lowerBound])
        }
    }

    private func numbered(_ text: String) throws(TransformationFailure) -> String {
        let failure = TransformationFailure("rule.notANumber", text)
        switch self {
        case .readDecimal(let locale):
            guard let number = locale.number(text) else { throw failure }
            return number.description
        case .writeDecimal(let locale):
            guard let number = DecimalNumber(text) else { throw failure }
            return locale.text(number)
        case .round(let step, let rounding):
            guard let number = DecimalNumber(text), let step = DecimalNumber(step),
                let result = number.rounded(to: step, rounding)
            else { throw failure }
            return result.description
        case .invert(let decimals):
            guard let number = DecimalNumber(text) else { throw failure }
            guard let result = number.inverted(decimals: decimals), result != .zero else {
                throw TransformationFailure("rule.notInverted", text, ["decimals": String(decimals)])
            }
            return result.description
        default: return text
        }
    }
}

extension String {
    /// Each word's first letter in upper case and the others in lower case; words all in upper case stay.
    fileprivate var inTitleCase: String {
        var result = ""
        var word = ""
        func capitalized() -> String {
            let isUpper = word.count > 1 && word.allSatisfy { !$0.isLowercase }
            return isUpper ? word : word.prefix(1).uppercased() + word.dropFirst().lowercased()
        }
        for character in self {
            if character.isLetter || (character == "'" && !word.isEmpty) {
                word.append(character)
            } else {
                result += capitalized()
                word = ""
                result.append(character)
            }
        }
        return result + capitalized()
    }

    /// All occurrences of a text by its exact bytes put in another's place.
    fileprivate func replacingBytes(of old: String, with new: String) -> String {
        let (source, wanted) = (Array(utf8), Array(old.utf8))
        guard !wanted.isEmpty else { return self }
        var result: [UInt8] = []
        var place = 0
        while place < source.count {
            if source[place...].starts(with: wanted) {
                result += new.utf8
                place += wanted.count
            } else {
                result.append(source[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
