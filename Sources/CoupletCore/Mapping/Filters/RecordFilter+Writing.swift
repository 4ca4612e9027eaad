extension RecordFilter {
    /// The filter as text, in the one spelling that reading it in the same context brings back as `normalized`.
    ///
    /// Values are quoted only where they would be read as something else. Empty text for every record.
    public func text(in context: FilterContext) -> String {
        let filter = normalized
        return filter == .everything ? "" : FilterWriter(context: context).text(filter)
    }
}

private struct FilterWriter {
    let context: FilterContext

    /// How tightly a spelling holds together.
    private enum Strength: Int { case either, both, denied }

    func text(_ filter: RecordFilter) -> String { clauses(filter).text }

    private func clauses(_ filter: RecordFilter) -> (text: String, strength: Strength) {
        if filter == .nothing { return ("nothing", .denied) }
        if let field = filter.onlyField {
            let sign = filter.isComparison ? " " : " = "
            return (name(field) + sign + values(filter, gap: " ").text, .denied)
        }
        switch filter {
        case .all(let parts): return (parts.map { within($0, .both) }.joined(separator: " and "), .both)
        case .any(let parts): return (parts.map { within($0, .either) }.joined(separator: " or "), .either)
        case .not(let part): return ("not " + within(part, .denied), .denied)
        case .everything, .compare, .blank, .like, .relative: return ("not nothing", .denied)
        }
    }

    private func within(_ filter: RecordFilter, _ strength: Strength) -> String {
        let part = clauses(filter)
        return part.strength.rawValue < strength.rawValue ? "(\(part.text))" : part.text
    }

    private func name(_ field: String) -> String {
        let isWord = !field.isEmpty && field.unicodeScalars.allSatisfy(FilterScanner.isNamePart)
        let isTaken = ["and", "or", "not", "nothing"].contains(field.lowercased())
        return isWord && !isTaken ? field : quoted(field, "\"")
    }

    // MARK: Values of one field

    private func values(_ filter: RecordFilter, gap: String) -> (text: String, strength: Strength) {
        switch filter {
        case .all(let parts):
            if let range = range(parts) { return (range, .denied) }
            return (parts.map { valuesWithin($0, .both) }.joined(separator: "&"), .both)
        case .any(let parts): return (parts.map { valuesWithin($0, .either) }.joined(separator: "|"), .either)
        case .compare(let field, let comparison, let value):
            let sign = comparison == .equal ? "" : comparison.sign + gap
            return (sign + spelled(value, field), .denied)
        case .like(let field, let pattern): return (spelled(pattern, field), .denied)
        case .relative(_, let comparison, let day):
            return ((comparison == .equal ? "" : comparison.sign + gap) + day.text, .denied)
        case .blank: return ("''", .denied)
        case .not(let part): return ("<>" + gap + values(part, gap: "").text, .denied)
        case .everything: return ("", .denied)
        }
    }

    private func valuesWithin(_ filter: RecordFilter, _ strength: Strength) -> String {
        let part = values(filter, gap: "")
        return part.strength.rawValue < strength.rawValue ? "(\(part.text))" : part.text
    }

    private func range(_ parts: [RecordFilter]) -> String? {
        guard parts.count == 2, case .compare(let field, .greaterOrEqual, let low) = parts[0],
            case .compare(_, .lessOrEqual, let high) = parts[1]
        else { return nil }
        return spelled(low, field) + ".." + spelled(high, field)
    }

    private func spelled(_ pattern: TextPattern, _ field: String) -> String {
        pattern.pieces.map { piece in
            switch piece {
            case .text(let text): isPlain(text) ? text : quoted(text)
            case .anyText: "*"
            case .anyCharacter: "?"
            }
        }.joined()
    }

    /// The bare spelling where it is read as the same value, else the quoted one.
    private func spelled(_ value: Value, _ field: String) -> String {
        let bare: String
        switch value {
        case .null, .unkept: return "null"
        case .boolean(let truth): return truth ? "true" : "false"
        case .number(let digits): return context.locale.text(digits: digits)
        case .text(let text): bare = text
        }
        let term = FilterTerm(pieces: [.text(bare)], isQuoted: false)
        if isPlain(bare), let operand = try? context.operand(term, field: field), operand == .value(value) {
            return bare
        }
        return quoted(bare)
    }

    /// Doubles by scalars, as the text is read: a combining mark behind a quote does not hide it.
    private func quoted(_ text: String, _ quote: Unicode.Scalar = "'") -> String {
        var result = String.UnicodeScalarView([quote])
        for scalar in text.unicodeScalars {
            if scalar == quote { result.append(quote) }
            result.append(scalar)
        }
        result.append(quote)
        return String(result)
    }

    /// Whether every scalar is a letter, a digit or a mark without meaning, so that bare text stays what it is.
    private func isPlain(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, first != "@", let last = scalars.last, first != ".", last != "." else {
            return false
        }
        guard !["and", "or", "null"].contains(text.lowercased()) else { return false }
        return zip(scalars, scalars.dropFirst() + ["x"]).allSatisfy { scalar, next in
            if scalar == "." { return next != "." }
            return "_-/:#%+,@".unicodeScalars.contains(scalar) || scalar.properties.isAlphabetic
                || (scalar.properties.numericType != nil)
        }
    }
}

extension RecordFilter {
    /// The one field that the filter is about, where it can be said in values of that field alone.
    fileprivate var onlyField: String? {
        switch self {
        case .everything: nil
        case .compare(let field, _, _), .blank(let field), .like(let field, _), .relative(let field, _, _): field
        case .not(.blank(let field)), .not(.like(let field, _)): field
        case .not: nil
        case .all(let parts), .any(let parts):
            parts.dropFirst().reduce(parts.first?.onlyField) { field, part in
                guard let field, let other = part.onlyField else { return nil }
                return field.utf8.elementsEqual(other.utf8) ? field : nil
            }
        }
    }

    /// Whether the values of a single comparison begin with its sign.
    fileprivate var isComparison: Bool {
        switch self {
        case .compare(_, .equal, _), .relative(_, .equal, _): false
        case .compare, .relative, .not: true
        case .everything, .blank, .like, .all, .any: false
        }
    }
}

extension RecordFilter.Comparison {
    fileprivate var sign: String {
        switch self {
        case .equal: ""
        case .notEqual: "<>"
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}
