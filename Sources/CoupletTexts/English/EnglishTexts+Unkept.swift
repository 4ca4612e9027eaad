extension EnglishTexts {
    /// What is said of fields whose values are synchronized and not kept.
    static let unkept: [String: String] = [
        "value.unkept": "(not kept)",
        "setting.unkept": "values are not kept",
        "desk.unkept": "not kept",
        "mapping.unkeptReference":
            "{field} of {mapping} cannot be left unkept: it is a reference or a constant, or its rules look values up.",
        "mapping.unkeptReference.remedy": "Leave out unkept for this field.",
        "mapping.unkeptUsed":
            "{field} of {mapping} cannot be left unkept: {other} names, filters, matches or looks up records by it.",
        "mapping.unkeptUsed.remedy": "Take the field out of those settings of {other}, or leave out unkept for it.",
        "mapping.unkeptElsewhere":
            "{field} of {mapping} cannot be left unkept while {other} maps it too, with its values kept or as another type.",
        "mapping.unkeptElsewhere.remedy":
            "Say unkept: true for the field in every mapping that has it, with the same type, and apply them together.",
        "match.unkept": "{field} of {mapping} is not kept, so that records cannot be matched by it.",
        "match.unkept.remedy": "Match by other fields.",
        "conflict.unkeptValue": "{field} is not kept, so that no value can be typed for conflict {conflict}.",
        "conflict.unkeptValue.remedy":
            "Take a side (--take erp or --take crm); another value is entered in one of the systems first.",
        "undo.unkept": "its values are not kept",
        "plan.obstacle.unkept": "its values could not be opened with the key that is there now",
        "plan.obstacle.unkept.remedy": "Synchronize again: they are read anew.",
        "next.unkept": "The next synchronization reads it first, because changed values of it are not kept.",
        "explain.unkept": "{field} has changed; its values are not kept and are read when it is synchronized",
    ]
}
