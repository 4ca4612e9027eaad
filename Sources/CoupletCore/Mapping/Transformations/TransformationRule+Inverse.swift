extension TransformationRule {
    /// The rules that lead a result back; empty where the value itself is the best there is, nil where there is none.
    ///
    /// Whether they bring back the value is shown by samples when a mapping is saved, and by each value when it is
    /// written.
    public var inverse: [TransformationRule]? {
        switch self {
        case .uppercase, .lowercase, .titleCase, .trim, .alphanumeric, .round: []
        case .substring, .replaceMatches, .extractMatches, .datePart, .lookup: nil
        case .replace(let old, let new): old.isEmpty || new.isEmpty ? nil : [.replace(new, with: old)]
        case .invert(let decimals): [.invert(decimals: decimals)]
        case .readDate(let pattern): [.writeDate(pattern)]
        case .writeDate(let pattern): [.readDate(pattern)]
        case .readTime(let pattern, let zone): [.writeTime(pattern, zone)]
        case .writeTime(let pattern, let zone): [.readTime(pattern, zone)]
        case .readDecimal(let locale): [.writeDecimal(locale)]
        case .writeDecimal(let locale): [.readDecimal(locale)]
        case .readUnixTime: [.writeUnixTime]
        case .writeUnixTime: [.readUnixTime]
        case .addPrefix(let prefix): [.removePrefix(prefix)]
        case .removePrefix(let prefix): [.addPrefix(prefix)]
        case .addSuffix(let suffix): [.removeSuffix(suffix)]
        case .removeSuffix(let suffix): [.addSuffix(suffix)]
        case .translate(let table): [.translateBack(table)]
        case .translateBack(let table): [.translate(table)]
        }
    }

    /// What is wrong with the rule itself, whatever value it is given; nil when nothing is.
    public var problem: Message? {
        switch self {
        case .uppercase, .lowercase, .titleCase, .trim, .alphanumeric, .datePart, .readDecimal, .writeDecimal,
            .readUnixTime, .writeUnixTime:
            return nil
        case .substring(let start, let end):
            if case .position(let position) = start, position < 1 { return Message("rule.badPosition") }
            if case .after("") = start { return Message("rule.emptyText") }
            if case .length(let length) = end, length < 1 { return Message("rule.badPosition") }
            if case .before("") = end { return Message("rule.emptyText") }
            return nil
        case .replace(let text, _), .addPrefix(let text), .removePrefix(let text), .addSuffix(let text),
            .removeSuffix(let text):
            return text.isEmpty ? Message("rule.emptyText") : nil
        case .replaceMatches(let pattern, _), .extractMatches(let pattern):
            return TransformationRule.expressionProblem(pattern)
        case .readDate(let pattern), .writeDate(let pattern):
            let isGood = pattern.isValid && !pattern.hasTime
            return isGood ? nil : Message("rule.badPattern", ["pattern": pattern.spelling])
        case .readTime(let pattern, _), .writeTime(let pattern, _):
            return pattern.isValid ? nil : Message("rule.badPattern", ["pattern": pattern.spelling])
        case .round(let step, _):
            guard let number = DecimalNumber(step), number > .zero else {
                return Message("rule.badStep", ["step": step])
            }
            return nil
        case .invert(let decimals):
            return (0...30).contains(decimals) ? nil : Message("rule.badDecimals", ["decimals": String(decimals)])
        case .translate(let table), .translateBack(let table):
            return table.rows.isEmpty ? Message("rule.emptyTable") : nil
        case .lookup(let lookup):
            let names = [lookup.table, lookup.idField, lookup.keyField, lookup.valueField]
            return names.contains { $0.trimmed.isEmpty } ? Message("rule.emptyText") : nil
        }
    }
}
