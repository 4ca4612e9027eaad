extension EnglishTexts {
    /// Why a plan waits for approval.
    static let limits: [String: String] = [
        "limit.definitions":
            "{mapping} would add {count} choices to the definition of a table in the {side}, which cannot be undone.",
        "limit.definitions.remedy": "Look at the plan, then apply or reject it.",
        "limit.moved":
            "{mapping} leads to another address or company than in its last job, and {count} {count|record|records} would be written to the {side}.",
        "limit.moved.remedy": "Check that both connections lead where they should; then apply the plan, or reject it.",
        "limit.most":
            "{mapping} would write {count} records to the {side}; more than {limit} wait for approval.",
        "limit.most.remedy": "Look at the plan, then apply or reject it.",
        "limit.deleted":
            "{mapping} would delete {count} records in the {side}; more than {limit} wait for approval.",
        "limit.deleted.remedy": "Look at the plan, then apply or reject it.",
        "limit.gone":
            "{count} records of {mapping} were deleted, of {coupled} that are coupled; its strategy waits for approval.",
        "limit.gone.remedy": "Check that they were meant to go; then apply the plan, or reject it.",
        "limit.shrunk":
            "The {side} of {mapping} has {count} records now and had {before} in the last job.",
        "limit.shrunk.remedy": "Check that the records were meant to go; then apply the plan, or reject it.",
        "limit.changed":
            "{mapping} would change {count} records in the {side}, of {coupled} that are coupled.",
        "limit.changed.remedy": "Look at the plan, then apply or reject it.",
        "limit.created":
            "{mapping} would create {count} records in the {side}; {coupled} are coupled.",
        "limit.created.remedy": "Look at the plan, then apply or reject it.",
        "limit.mappingChanged":
            "{mapping} was changed since its last job, and {count} records of {coupled} would be written to the {side}.",
        "limit.mappingChanged.remedy":
            "Check fields, filters and direction with: couplet mapping show MAPPING; then apply the plan, or reject it.",
    ]
}
