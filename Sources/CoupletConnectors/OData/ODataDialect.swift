package import CoupletCore

/// What the two services' OData differs in, as far as filters and values go.
package enum ODataDialect: Sendable {
    /// Business Central: blanks instead of nulls, no `or` across fields.
    case businessCentral
    /// Dataverse: nulls, whole seconds.
    case dataverse
}

/// Values as they stand in a filter.
package enum ODataLiteral {
    /// The literal of a value whose field type is not known: GUIDs, days and times are known by their form.
    package static func text(_ value: Value, _ dialect: ODataDialect) -> String {
        switch value {
        case .null, .unkept: dialect == .businessCentral ? "''" : "null"
        case .boolean(let boolean): boolean ? "true" : "false"
        case .number(let digits): isJSONNumber(digits) ? digits : quoted(digits)
        // Dataverse keeps no empty text: it is null there.
        case .text("") where dialect == .dataverse: "null"
        case .text(let text): isUnquoted(text) ? text : quoted(text)
        }
    }

    /// The literal of a value of a field whose type is known; nil when the field cannot hold the value.
    package static func text(_ value: Value, as type: FieldType, _ dialect: ODataDialect) -> String? {
        switch (type, value) {
        case (.decimal, _), (.integer, _):
            return isJSONNumber(value.text) ? value.text : blank(value, "0", dialect)
        case (.boolean, _):
            return ["true", "false"].contains(value.text) ? value.text : blank(value, "false", dialect)
        case (.date, _):
            return isDay(value.text) ? value.text : blank(value, "0001-01-01", dialect)
        case (.dateTime, _):
            return isTime(value.text) ? value.text : blank(value, "0001-01-01T00:00:00Z", dialect)
        case (.guid, _):
            return RecordID(value.text)?.description ?? blank(value, RecordID.zero.description, dialect)
        case (.reference, _):
            if dialect == .businessCentral { return text(value, dialect) }
            return RecordID(value.text)?.description ?? blank(value, "", dialect)
        case (.option, .text(let text)) where dialect == .dataverse && isJSONNumber(text): return text
        case (.text, _), (.code, _), (.option, _), (.personName, _):
            if value.isBlank { return dialect == .businessCentral ? "''" : "null" }
            return quoted(value.text)
        }
    }

    /// A point in time: Dataverse knows whole seconds only.
    package static func time(_ instant: Instant, _ dialect: ODataDialect) -> String {
        let text = instant.description
        return dialect == .businessCentral ? text : String(text.dropLast(5)) + "Z"
    }

    /// Text in quotes, its own quotes doubled.
    package static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

    private static func blank(_ value: Value, _ inERP: String, _ dialect: ODataDialect) -> String? {
        guard value.isBlank else { return nil }
        return dialect == .businessCentral ? inERP : "null"
    }

    private static func isUnquoted(_ text: String) -> Bool {
        (text.utf8.count == 36 && RecordID(text) != nil) || isDay(text) || isTime(text)
    }

    private static func isDay(_ text: String) -> Bool {
        text.utf8.count == 10 && Instant(iso8601: text + "T00:00:00Z") != nil
    }

    private static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T") else { return false }
        return Instant(iso8601: text) != nil
    }
}
