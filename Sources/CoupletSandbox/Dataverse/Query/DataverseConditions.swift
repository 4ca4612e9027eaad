/// The conditions that FetchXML names by operators and `$filter` by functions.
struct DataverseConditions {
    let moment: DataverseMoment

    /// The condition that an operator makes of a column and texts.
    /// - Throws: what is wrong with the operator or the texts.
    func filter(
        _ name: String,
        _ operand: DataverseOperand,
        _ type: DataverseColumnType,
        _ texts: [String]
    ) throws(DataverseError) -> DataverseFilter {
        if let comparison = Self.comparisons[name] {
            return .compare(operand, comparison, try value(texts.first, type))
        }
        if let filter = text(name, operand, texts) { return filter }
        if let filter = try set(name, operand, type, texts) { return filter }
        if let filter = try time(name, operand, texts) { return filter }
        switch name {
        case "null": return .compare(operand, .eq, .null)
        case "not-null": return .compare(operand, .ne, .null)
        case "eq-userid": return .compare(operand, .eq, .guid(moment.caller))
        case "ne-userid": return .compare(operand, .ne, .guid(moment.caller))
        case "eq-businessid": return .compare(operand, .eq, .guid(moment.businessUnit))
        case "ne-businessid": return .compare(operand, .ne, .guid(moment.businessUnit))
        default: throw .syntax("The condition operator '\(name)' is not valid.")
        }
    }

    /// The operator that a query function is called by in FetchXML: `LastXDays` is `last-x-days`.
    static func name(ofFunction function: String) -> String {
        switch function {
        case "EqualUserId": return "eq-userid"
        case "NotEqualUserId": return "ne-userid"
        case "EqualBusinessId": return "eq-businessid"
        case "NotEqualBusinessId": return "ne-businessid"
        case "ContainValues": return "contain-values"
        case "DoesNotContainValues": return "not-contain-values"
        case "Last7Days": return "last-seven-days"
        case "Next7Days": return "next-seven-days"
        default: break
        }
        var name = ""
        for character in function {
            if character.isUppercase, !name.isEmpty { name += "-" }
            name += character.lowercased()
        }
        return name.hasPrefix("older-than") ? name.replacing("older-than", with: "olderthan") : name
    }

    private static let comparisons: [String: FilterExpression.Comparison] = [
        "eq": .eq, "ne": .ne, "neq": .ne, "gt": .gt, "ge": .ge, "lt": .lt, "le": .le,
    ]

    private func text(_ name: String, _ operand: DataverseOperand, _ texts: [String]) -> DataverseFilter? {
        let isNegative = name.hasPrefix("not-")
        let text = texts.first ?? ""
        let pattern: DataversePattern
        switch isNegative ? String(name.dropFirst(4)) : name {
        case "like": pattern = DataversePattern(text)
        case "begins-with", "begin-with": pattern = DataversePattern("\(text)%")
        case "ends-with", "end-with": pattern = DataversePattern("%\(text)")
        default: return nil
        }
        return isNegative ? .not(.like(operand, pattern)) : .like(operand, pattern)
    }

    private func set(
        _ name: String,
        _ operand: DataverseOperand,
        _ type: DataverseColumnType,
        _ texts: [String]
    ) throws(DataverseError) -> DataverseFilter? {
        let isNegative = name.hasPrefix("not-")
        let filter: DataverseFilter
        switch isNegative ? String(name.dropFirst(4)) : name {
        case "in":
            var values: Set<DataverseValue> = []
            for text in texts { values.insert(try value(text, type)) }
            filter = .isOneOf(operand, values)
        case "between":
            guard texts.count == 2 else { throw .syntax("The condition operator 'between' needs two values.") }
            let (low, high) = (try value(texts[0], type), try value(texts[1], type))
            filter = .and(.compare(operand, .ge, low), .compare(operand, .le, high))
        case "contain-values":
            filter = .hasOption(operand, Set(texts))
            // No value contains no option; the service leaves such records out of both answers.
            if isNegative { return .and(.compare(operand, .ne, .null), .not(filter)) }
        default: return nil
        }
        return isNegative ? .not(filter) : filter
    }

    private func time(
        _ name: String,
        _ operand: DataverseOperand,
        _ texts: [String]
    ) throws(DataverseError) -> DataverseFilter? {
        let days = ["on": (true, true), "on-or-after": (true, false), "on-or-before": (false, true)]
        let isNegative = name == "not-on"
        if let (hasStart, hasEnd) = days[isNegative ? "on" : name] {
            guard let instant = texts.first.flatMap({ SandboxInstant(text: $0) }) else {
                throw .syntax("'\(texts.first ?? "")' is not a date.")
            }
            let day = moment.day(instant)
            let start: DataverseFilter? = hasStart ? .compare(operand, .ge, .instant(day.from)) : nil
            let end: DataverseFilter? = hasEnd ? .compare(operand, .lt, .instant(day.to)) : nil
            guard let filter = DataverseFilter.both(start, end) else { return nil }
            return isNegative ? .not(filter) : filter
        }
        guard let window = moment.window(name, count: texts.first.flatMap { Int($0) }) else { return nil }
        return DataverseFilter.both(
            window.from.map { .compare(operand, .ge, .instant($0)) },
            window.to.map { .compare(operand, .lt, .instant($0)) }
        )
    }

    /// A text as a value of a column's type.
    private func value(_ text: String?, _ type: DataverseColumnType) throws(DataverseError) -> DataverseValue {
        guard let text else { throw .syntax("A condition lacks its value.") }
        if type == .boolean { return .boolean(text == "1" || text.lowercased() == "true") }
        guard let value = DataverseValue(.string(text), type: type) else {
            throw .syntax("'\(text)' is not a value of the type \(type.edmName).")
        }
        return value
    }
}
