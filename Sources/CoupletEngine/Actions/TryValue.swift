package import CoupletCore

/// Says what becomes of a value that a field mapping brings to the other side; touches neither system.
package struct TryValue: Action {
    package static let name = "mapping.try"
    /// The mapping's name, in any case.
    package var mapping: String
    /// The field, by its name on either side or both joined by `|`.
    package var field: String
    /// The value as a person types it.
    package var value: String
    /// The side that the value comes from; nil for the one that the field flows from, the ERP where it flows both ways.
    package var source: Side?
    /// Rules to try in place of the field's own for that side, as a mapping file writes them; nil for its own.
    package var rules: String?

    /// Creates the action.
    package init(mapping: String, field: String, value: String, source: Side? = nil, rules: String? = nil) {
        self.mapping = mapping
        self.field = field
        self.value = value
        self.source = source
        self.rules = rules
    }

    package func perform(in context: ActionContext) async throws -> ValueTrial {
        try await context.engine.mappings.tryValue(self)
    }
}
