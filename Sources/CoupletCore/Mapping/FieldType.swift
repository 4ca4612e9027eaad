/// What a remote field holds, as far as mapping needs to know.
public enum FieldType: Codable, Sendable, Hashable {
    /// Text of at most so many characters (UTF-16 code units, as both systems count); 0 means no limit.
    case text(maximum: Int)
    /// A code: text that the server trims and turns into upper case.
    case code(maximum: Int)
    /// A decimal number.
    case decimal
    /// A whole number.
    case integer
    /// Yes or no.
    case boolean
    /// A day without time, `yyyy-MM-dd`.
    case date
    /// A point in time in UTC.
    case dateTime
    /// A GUID that is no reference.
    case guid
    /// A choice by its name or its number as text, as the remote writes it.
    case option
    /// The id of a record of another table; `property` is what a write calls it, where that differs from what a read
    /// calls it.
    case reference(table: String, property: String)
    /// A person's whole name, read as one text and written as first and last name, each of at most so many characters;
    /// see `PersonName` for how it is told apart.
    case personName(first: String, last: String, maximum: Int)
}
