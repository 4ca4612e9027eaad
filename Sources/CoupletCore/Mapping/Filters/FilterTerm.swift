/// A value as a filter's text has it: what is quoted is plain, elsewhere `*` and `?` are wildcards.
struct FilterTerm {
    /// The parts; blanks around the whole are left out.
    var pieces: [TextPattern.Piece]
    /// Whether some of it is quoted, so that it is text and never a number or a word with a meaning.
    var isQuoted: Bool

    init(pieces: [TextPattern.Piece], isQuoted: Bool) {
        (self.pieces, self.isQuoted) = (pieces, isQuoted)
    }

    /// The text, wildcards as they are written.
    var text: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .anyText: "*"
            case .anyCharacter: "?"
            }
        }.joined()
    }

    var hasWildcards: Bool {
        pieces.contains { piece in
            switch piece {
            case .text: false
            case .anyText, .anyCharacter: true
            }
        }
    }
}

extension FilterContext {
    /// What a field is compared with; for a point in time, a word may be a whole day.
    enum Operand: Equatable {
        case value(Value)
        case pattern(TextPattern)
        /// From the first point in time until before the second.
        case day(from: Value, until: Value)
        /// A day counted from today.
        case relative(RelativeDay)
        case blank
    }

    /// Reads a term as the field's type has it.
    func operand(_ term: FilterTerm, field: String) throws(CoupletError) -> Operand {
        guard let types else { return untyped(term) }
        guard let type = types[field] else {
            throw CoupletError("filter.unknownField", ["field": field], status: .wrongUse)
        }
        if term.pieces.isEmpty { return try blank(type, field) }
        if !term.isQuoted, term.text.utf8.elementsEqual("null".utf8) { return .value(.null) }
        if term.hasWildcards {
            guard type.isTextual else { throw refusal("filter.noPattern", term, field) }
            return .pattern(TextPattern(pieces: term.pieces))
        }
        return try typed(term, type, field)
    }

    private func typed(_ term: FilterTerm, _ type: FieldType, _ field: String) throws(CoupletError) -> Operand {
        let text = term.text
        if !term.isQuoted, type.isOfTime, let day = RelativeDay(text) { return .relative(day) }
        switch type {
        case .text, .code, .personName: return .value(.text(text))
        case .option:
            if !term.isQuoted, DecimalNumber(text)?.isWhole == true {
                return .value(.number(DecimalNumber.plain(text) ?? text))
            }
            return .value(.text(text))
        case .decimal, .integer:
            guard let digits = locale.digits(text) else { throw refusal("filter.notANumber", term, field) }
            guard type == .decimal || DecimalNumber(digits)?.isWhole == true else {
                throw refusal("filter.notWhole", term, field)
            }
            return .value(.number(digits))
        case .boolean:
            guard let truth = FilterContext.truths[text.lowercased()] else {
                throw refusal("filter.notYesOrNo", term, field)
            }
            return .value(.boolean(truth))
        case .date:
            guard let day = locale.day(text) else { throw refusal("filter.notADate", term, field) }
            return .value(.text(day.description))
        case .dateTime: return try time(term, field)
        case .guid, .reference:
            guard let id = RecordID(text) else { throw refusal("filter.notAnID", term, field) }
            return .value(.text(id.description))
        }
    }

    private static let truths = ["true": true, "yes": true, "ja": true, "false": false, "no": false, "nej": false]

    private func untyped(_ term: FilterTerm) -> Operand {
        if term.hasWildcards { return .pattern(TextPattern(pieces: term.pieces)) }
        let text = term.text
        if term.isQuoted { return term.pieces.isEmpty ? .blank : .value(.text(text)) }
        if let day = RelativeDay(text) { return .relative(day) }
        switch text {
        case "null": return .value(.null)
        case "true": return .value(.boolean(true))
        case "false": return .value(.boolean(false))
        default:
            return .value(locale.digits(text).map(Value.number) ?? .text(text))
        }
    }

    /// What a blank field holds: the ERP has no nulls, so an empty date is a date there, and a number is never blank.
    private func blank(_ type: FieldType, _ field: String) throws(CoupletError) -> Operand {
        guard side == .erp else { return .blank }
        switch type {
        case .text, .code, .option, .personName: return .blank
        case .date: return .value(.text("0001-01-01"))
        case .dateTime: return .value(.text("0001-01-01T00:00:00Z"))
        case .guid: return .value(.text(RecordID.zero.description))
        case .reference: return .value(.text(RecordID.zero.description))
        case .decimal, .integer, .boolean:
            throw CoupletError("filter.neverBlank", ["field": field], status: .wrongUse)
        }
    }

    /// A point in time in UTC, a local one without zone (`2026-01-31 14:00`), or a day.
    private func time(_ term: FilterTerm, _ field: String) throws(CoupletError) -> Operand {
        let text = term.text.trimmed
        if Instant(iso8601: text) != nil { return .value(.text(text)) }
        if let day = locale.day(text) {
            if let start = zone.instant(day: day, milliseconds: 0), let next = day.next,
                let end = zone.instant(day: next, milliseconds: 0)
            {
                return .day(from: .text(start.description), until: .text(end.description))
            }
        } else if let split = text.lastIndex(where: { $0 == " " || $0 == "T" }),
            let day = locale.day(String(text[..<split])),
            let inDay = FilterContext.milliseconds(text[text.index(after: split)...]),
            let instant = zone.instant(day: day, milliseconds: inDay)
        {
            return .value(.text(instant.description))
        }
        throw refusal("filter.notATime", term, field)
    }

    /// Reads `HH:mm` or `HH:mm:ss`.
    private static func milliseconds(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.isDigits && $0.count == 2 }) else { return nil }
        let numbers = parts.compactMap { Int64($0) } + [0]
        guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
        return ((numbers[0] * 60 + numbers[1]) * 60 + numbers[2]) * 1000
    }

    private func refusal(_ code: String, _ term: FilterTerm, _ field: String) -> CoupletError {
        CoupletError(code, ["field": field, "value": term.text], status: .wrongUse)
    }
}

extension FieldType {
    /// Whether values are days or points in time.
    fileprivate var isOfTime: Bool {
        switch self {
        case .date, .dateTime: true
        case .text, .code, .option, .personName, .decimal, .integer, .boolean, .guid, .reference: false
        }
    }

    /// Whether wildcards make sense.
    fileprivate var isTextual: Bool {
        switch self {
        case .text, .code, .option, .personName: true
        case .decimal, .integer, .boolean, .date, .dateTime, .guid, .reference: false
        }
    }
}
