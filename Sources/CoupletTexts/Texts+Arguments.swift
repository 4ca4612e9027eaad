extension Texts {
    /// A message's arguments in words: sides and directions by name, both names of a field, blank values said so, details
    /// translated.
    package static func spoken(_ arguments: [String: String], _ language: Language) -> [String: String] {
        var arguments = arguments
        if let side = arguments["side"] { arguments["side"] = text("side.\(side)", [:], language) }
        for name in ["direction", "allowed"] {
            if let direction = arguments[name] { arguments[name] = text("direction.short.\(direction)", [:], language) }
        }
        if let expected = arguments["expected"] { arguments["expected"] = text(expected, [:], language) }
        if let field = arguments["field"] { arguments["field"] = field.replacing("|", with: " / ") }
        for name in ["detail", "message"] {
            if let detail = arguments[name] { arguments[name] = Texts.detail(detail, language) }
        }
        for name in ["before", "after", "erp", "crm"] where arguments[name] == "" {
            arguments[name] = text("value.blank", [:], language)
        }
        // What a message says instead of a value that is not kept.
        for (name, value) in arguments where value == "‹unkept›" {
            arguments[name] = text("value.unkept", [:], language)
        }
        return arguments
    }
}
