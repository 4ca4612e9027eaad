extension [TransformationRule] {
    /// The chain as text, in the one spelling that reading brings back: `trim | addPrefix 'SE-'`.
    public var text: String { map(\.text).joined(separator: " | ") }
}

extension TransformationRule {
    /// The rule's name in text, the same as in code.
    var name: String {
        switch self {
        case .uppercase: "uppercase"
        case .lowercase: "lowercase"
        case .titleCase: "titleCase"
        case .trim: "trim"
        case .substring: "substring"
        case .replace: "replace"
        case .replaceMatches: "replaceMatches"
        case .extractMatches: "extractMatches"
        case .alphanumeric: "alphanumeric"
        case .readDate: "readDate"
        case .writeDate: "writeDate"
        case .readTime: "readTime"
        case .writeTime: "writeTime"
        case .readDecimal: "readDecimal"
        case .writeDecimal: "writeDecimal"
        case .round: "round"
        case .invert: "invert"
        case .datePart: "datePart"
        case .readUnixTime: "readUnixTime"
        case .writeUnixTime: "writeUnixTime"
        case .addPrefix: "addPrefix"
        case .removePrefix: "removePrefix"
        case .addSuffix: "addSuffix"
        case .removeSuffix: "removeSuffix"
        case .translate: "translate"
        case .translateBack: "translateBack"
        case .lookup: "lookup"
        }
    }

    /// The rule as text: its name, then what it needs, texts in single quotes.
    public var text: String {
        let details = details
        return details.isEmpty ? name : "\(name) \(details)"
    }

    private var details: String {
        switch self {
        case .uppercase, .lowercase, .titleCase, .trim, .alphanumeric, .readUnixTime, .writeUnixTime: return ""
        case .substring(let start, let end): return "\(start.text) \(end.text)"
        case .replace(let old, let new), .replaceMatches(let old, let new): return "\(old.quoted) with \(new.quoted)"
        case .extractMatches(let text), .addPrefix(let text), .removePrefix(let text), .addSuffix(let text),
            .removeSuffix(let text):
            return text.quoted
        case .readDate(let pattern), .writeDate(let pattern): return pattern.spelling.quoted
        case .readTime(let pattern, let zone), .writeTime(let pattern, let zone):
            return "\(pattern.spelling.quoted) in \(zone.name.quoted)"
        case .readDecimal(let locale), .writeDecimal(let locale): return locale.rawValue
        case .round(let step, let rounding): return "to \(step.quoted) \(rounding.rawValue)"
        case .invert(let decimals): return "decimals \(decimals)"
        case .datePart(let part): return part.rawValue
        case .translate(let table), .translateBack(let table):
            let rows = table.rows.map { "\($0.erp.quoted) = \($0.crm.quoted)" }.joined(separator: ", ")
            return rows.isEmpty ? table.unlisted.rawValue : "\(rows) else \(table.unlisted.rawValue)"
        case .lookup(let lookup):
            return """
                \(lookup.side.rawValue) \(lookup.table.quoted) id \(lookup.idField.quoted) by \(lookup.keyField.quoted) \
                take \(lookup.valueField.quoted) else \(lookup.missing.rawValue)
                """
        }
    }
}

extension TransformationRule.Start {
    fileprivate var text: String {
        switch self {
        case .position(let position): "from \(position)"
        case .after(let mark): "after \(mark.quoted)"
        }
    }
}

extension TransformationRule.End {
    fileprivate var text: String {
        switch self {
        case .rest: "rest"
        case .length(let length): "length \(length)"
        case .before(let mark): "before \(mark.quoted)"
        }
    }
}

extension String {
    /// In single quotes; by scalars, so that a combining mark behind a quote does not hide it.
    fileprivate var quoted: String {
        var result = String.UnicodeScalarView(["'"])
        for scalar in unicodeScalars {
            if scalar == "'" { result.append("'") }
            result.append(scalar)
        }
        result.append("'")
        return String(result)
    }
}
