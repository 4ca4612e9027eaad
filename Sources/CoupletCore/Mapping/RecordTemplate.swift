/// Values for records that Couplet creates from some of the records of the other side.
public struct RecordTemplate: Codable, Sendable, Hashable {
    /// Which records of the other side it is for.
    public var filter: RecordFilter
    /// Of several that fit, the one with the lowest number counts, and of those the first.
    public var priority: Int
    /// The values; they fill what the field mappings leave open.
    public var values: [TableMapping.TemplateValue]

    /// Creates a template.
    public init(filter: RecordFilter = .everything, priority: Int = 0, values: [TableMapping.TemplateValue]) {
        self.filter = filter
        self.priority = priority
        self.values = values
    }
}

extension TableMapping.Table {
    /// What a record created here from another one gets besides the mapped values: those of the template that fits it,
    /// then those that every record gets.
    func templateValues(for source: ObservedRow) -> [TableMapping.TemplateValue] {
        let fitting = (templates ?? []).enumerated().filter { _, template in
            source.row.withView(fieldCount: source.layout.fields.count) { row in
                template.filter.matches(row, layout: source.layout)
            }
        }
        let best = fitting.min { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
        return (best?.element.values ?? []) + template
    }
}
