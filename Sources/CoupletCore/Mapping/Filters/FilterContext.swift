/// What reading and writing a filter as text needs to know.
public struct FilterContext: Sendable, Hashable {
    /// The side whose table is filtered: it decides what a blank date or id looks like.
    public var side: Side
    /// How numbers and days are written.
    public var locale: TextLocale
    /// The zone in which a day of a point in time begins and ends.
    public var zone: TimeZoneRule
    /// The table's fields and what they hold; nil when they are not known, so that nothing is checked against them.
    public var types: [String: FieldType]?

    /// Creates a context.
    public init(
        side: Side,
        locale: TextLocale = .invariant,
        zone: TimeZoneRule = .utc,
        types: [String: FieldType]? = nil
    ) {
        self.side = side
        self.locale = locale
        self.zone = zone
        self.types = types
    }
}
