/// One step that turns a text into another on its way from one side to the other; a list of them is a chain.
///
/// A rule either gives a result or says why it has none: nothing becomes empty or stays as it is without a word.
public enum TransformationRule: Codable, Sendable, Hashable {
    /// Where a part of a text begins.
    public enum Start: Codable, Sendable, Hashable {
        /// At the character with this number, the first being 1.
        case position(Int)
        /// Behind the first occurrence of this text.
        case after(String)
    }

    /// Where a part of a text ends.
    public enum End: Codable, Sendable, Hashable {
        /// Where the text ends.
        case rest
        /// After at most so many characters.
        case length(Int)
        /// Before the first occurrence of this text behind the start.
        case before(String)
    }

    /// Where a number between two steps goes.
    public enum Rounding: String, Codable, Sendable, Hashable, CaseIterable {
        /// To the nearer one; from the middle away from zero.
        case nearest
        /// Away from zero.
        case up
        /// Towards zero.
        case down
    }

    /// A part of a date.
    public enum DatePart: String, Codable, Sendable, Hashable, CaseIterable {
        /// The day of the month.
        case day
        /// The month, 1 to 12.
        case month
        /// The year.
        case year
    }

    /// All letters in upper case.
    case uppercase
    /// All letters in lower case.
    case lowercase
    /// The first letter of each word in upper case, the others in lower case; words all in upper case stay.
    case titleCase
    /// Without blanks at both ends.
    case trim
    /// A part of the text.
    case substring(Start, End)
    /// A text put in the place of all occurrences of another, by exact letters.
    case replace(String, with: String)
    /// What fits a regular expression replaced, whatever its case; `$1` is its first group, `$0` the whole, `$$` a dollar.
    case replaceMatches(String, with: String)
    /// What the groups of a regular expression took, put together, whatever the case; without groups what fits as a whole.
    case extractMatches(String)
    /// Letters and digits only.
    case alphanumeric
    /// A day in a pattern, written as `yyyy-MM-dd`.
    case readDate(DatePattern)
    /// A day `yyyy-MM-dd` written in a pattern.
    case writeDate(DatePattern)
    /// A time on the clocks of a zone in a pattern, written as a point in time in UTC.
    case readTime(DatePattern, TimeZoneRule)
    /// A point in time written in a pattern as the clocks of a zone show it.
    case writeTime(DatePattern, TimeZoneRule)
    /// A number as a language writes it, in plain digits.
    case readDecimal(TextLocale)
    /// A number in plain digits, written as a language does.
    case writeDecimal(TextLocale)
    /// A number brought to a multiple of a step, such as 0.05.
    case round(to: String, Rounding)
    /// One divided by the number, rounded to so many decimals, from the middle away from zero: an exchange rate as the
    /// other system states it.
    case invert(decimals: Int)
    /// A part of a day or of a point in time.
    case datePart(DatePart)
    /// Seconds since 1970-01-01 as a point in time in UTC.
    case readUnixTime
    /// A point in time as whole seconds since 1970-01-01.
    case writeUnixTime
    /// A text in front.
    case addPrefix(String)
    /// Without a text in front, which must be there.
    case removePrefix(String)
    /// A text behind.
    case addSuffix(String)
    /// Without a text behind, which must be there.
    case removeSuffix(String)
    /// What a table says in its place, read from the ERP's column to the CRM's.
    case translate(TranslationTable)
    /// What a table says in its place, read from the CRM's column to the ERP's.
    case translateBack(TranslationTable)
    /// What a table of either system says in its place; it leads one way.
    case lookup(FieldLookup)

    /// The rules that come with the original, by the names they have there.
    public static let presets: [String: [TransformationRule]] = [
        "UPPERCASE": [.uppercase], "LOWERCASE": [.lowercase], "TITLECASE": [.titleCase], "TRIM": [.trim],
        "FOURTH_TO_SIXTH_CHAR": [.substring(.position(4), .length(3))],
        "YYYYMMDD_DATE": [.readDate(DatePattern("yyyyMMdd"))],
        "YYYYMMDDHHMMSS_FMT": [.readTime(DatePattern("yyyyMMddHHmmss"), .utc)],
        "ALPHANUMERIC_ONLY": [.alphanumeric], "DK_DECIMAL_FORMAT": [.readDecimal(.danish)],
        "US_DATE_FORMAT": [.readDate(DatePattern("M/d/yyyy"))],
        "US_DATETIME_FORMAT": [.readTime(DatePattern("M/d/yyyy h:mm:ss tt"), .utc)], "UNIXTIMESTAMP": [.readUnixTime],
        "DELETE_NOTPROVIDED": [.replace("NOTPROVIDED", with: "")],
    ]
}
