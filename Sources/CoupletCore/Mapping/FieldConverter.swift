/// What became of translating a value to the other side.
enum Conversion {
    /// The value in the other side's form, and what a person should know about it.
    case value(Value, notice: Message?)
    /// The value has no form on the other side.
    case problem(Message)
    /// The referenced record is not coupled.
    case wait(ReferenceWait)

    /// The value, where there is one.
    var value: Value? {
        if case .value(let value, _) = self { return value }
        return nil
    }
}

/// A field mapping that whoever works with it shares: it has many parts, and deciding a field copies none of them.
final class SharedField: Sendable {
    let mapping: FieldMapping
    /// The field mapping's id, spelled once.
    let id: String

    init(_ mapping: FieldMapping, id: String? = nil) {
        self.mapping = mapping
        self.id = id ?? mapping.id
    }
}

/// Translates the values of one field mapping, both ways.
struct FieldConverter {
    /// The field mapping and its id.
    let field: SharedField
    let references: ReferenceTable

    /// The field mapping.
    var mapping: FieldMapping { field.mapping }

    /// A source side's value in the other side's form.
    ///
    /// Blank stays blank in the target's own way: the ERP has no null, so text becomes empty and a number zero; the CRM
    /// gets null.
    func convert(_ value: Value, from source: Side) -> Conversion {
        let (from, target) = (mapping.field(source), mapping.field(source.other))
        if mapping.needsValue == true, isBlank(value, source) {
            return .problem(Message("field.needsValue", ["field": from.name]))
        }
        let isSpare = target.type.isSpare && !meansKeyByBlank(source) && value.text.trimmed.isEmpty
        if isBlank(value, source) || isSpare {
            return .value(blank(on: source.other), notice: nil)
        }
        if let reference = mapping.reference { return translate(value, by: reference, from: source) }
        if let rules = mapping.rules { return transformed(value, by: rules, from: source) }
        switch target.type {
        case .text(let maximum): return limit(from.type.plainText(of: value), to: maximum, field: target)
        case .code(let maximum): return limit(from.type.plainText(of: value).codeForm, to: maximum, field: target)
        case .decimal: return number(value, field: target, isWhole: false)
        case .integer: return number(value, field: target, isWhole: true)
        case .boolean: return truth(value, field: target)
        case .date: return day(value, from: from.type, field: target)
        case .dateTime: return time(value, field: target)
        case .guid:
            guard let id = RecordID(value.text.trimmed) else { return refuse("field.notAnID", value, target) }
            return .value(.text(id.description), notice: nil)
        case .option: return option(value, target: source.other)
        case .reference:
            // A constant names the record itself.
            guard mapping.constant != nil, let id = RecordID(value.text.trimmed) else {
                return refuse("field.notAReference", value, target)
            }
            return .value(.text(id.description), notice: nil)
        case .personName(_, _, let maximum): return name(value, from: from.type, field: target, maximum: maximum)
        }
    }

    /// Why a value may not be written, though it has a form on the other side: it would not come back as it is.
    ///
    /// A field whose text may be shortened is exempt when its text was, and references are, for a coupling leads both
    /// ways.
    func roundTripProblem(of value: Value, as converted: Value, notice: Message?, from source: Side) -> Message? {
        guard mapping.direction == .bidirectional, notice == nil, mapping.reference == nil else { return nil }
        if isBlank(value, source) { return nil }
        if let back = convert(converted, from: source.other).value, pairType(source).isSame(value, back) { return nil }
        return Message("field.noRoundTrip", ["field": mapping.field(source.other).name, "value": value.text])
    }

    /// Whether the ERP's and the CRM's value mean the same, translated in a direction that the field allows.
    func corresponds(_ erp: Value, _ crm: Value, direction: Direction) -> Bool {
        // What is not known is no agreement with anything.
        if erp.isUnkept || crm.isUnkept { return false }
        if direction.writes(to: .crm), let converted = convert(erp, from: .erp).value,
            pairType(.crm).isSame(converted, crm)
        {
            return true
        }
        guard direction.writes(to: .erp), let converted = convert(crm, from: .crm).value else { return false }
        return pairType(.erp).isSame(converted, erp)
    }

    /// The type by which a side's values are compared across the pair: where one side is a code, case and surrounding
    /// blanks of the other side's text mean nothing.
    func pairType(_ side: Side) -> FieldType {
        switch (mapping.field(side).type, mapping.field(side.other).type) {
        case (.text, .code(let maximum)), (.personName, .code(let maximum)): .code(maximum: maximum)
        case (let type, _): type
        }
    }

    /// Whether a side's value says nothing: blank, and no key is meant by that.
    func isBlank(_ value: Value, _ side: Side) -> Bool {
        // Looked at where it lies: asked for as a whole, the field would be copied.
        let isBlank = side == .erp ? mapping.erp.type.isBlank(value) : mapping.crm.type.isBlank(value)
        return isBlank && !meansKeyByBlank(side)
    }

    private func meansKeyByBlank(_ side: Side) -> Bool { side == .erp && mapping.reference?.path?.blankKey != nil }

    /// What a blank value of a side is written as.
    func blank(on side: Side) -> Value { mapping.field(side).type.blank(on: side, holdsKey: holdsKey(side)) }

    private func holdsKey(_ side: Side) -> Bool { side == .erp && mapping.reference?.erpHoldsKey == true }

    private func refuse(_ code: String, _ value: Value, _ target: FieldMapping.Field) -> Conversion {
        .problem(Message(code, ["field": target.name, "value": value.text]))
    }

    private func limit(_ text: String, to maximum: Int, field: FieldMapping.Field) -> Conversion {
        let length = text.utf16.count
        guard maximum > 0, length > maximum else { return .value(.text(text), notice: nil) }
        let arguments = ["field": field.name, "maximum": String(maximum), "length": String(length)]
        let shortened = text.shortened(toUTF16: maximum)
        // Of a text that begins with a character of two units, a field of one can hold nothing at all.
        guard mapping.allowTruncation, !shortened.isEmpty else { return .problem(Message("field.tooLong", arguments)) }
        return .value(.text(shortened), notice: Message("field.truncated", arguments))
    }

    private func number(_ value: Value, field: FieldMapping.Field, isWhole: Bool) -> Conversion {
        if case .boolean(let boolean) = value { return .value(.number(boolean ? "1" : "0"), notice: nil) }
        guard let number = DecimalNumber(value.text) else { return refuse("field.notANumber", value, field) }
        if isWhole {
            guard number.isWhole else { return refuse("field.notWhole", value, field) }
            return .value(.number(number.description), notice: nil)
        }
        if case .number = value { return .value(value, notice: nil) }
        return .value(.number(number.description), notice: nil)
    }

    private func truth(_ value: Value, field: FieldMapping.Field) -> Conversion {
        if case .boolean = value { return .value(value, notice: nil) }
        switch value.text.trimmed.lowercased() {
        case "true", "1": return .value(.boolean(true), notice: nil)
        case "false", "0": return .value(.boolean(false), notice: nil)
        default: return refuse("field.notYesOrNo", value, field)
        }
    }

    private func day(_ value: Value, from type: FieldType, field: FieldMapping.Field) -> Conversion {
        let text = value.text.trimmed
        if case .dateTime = type, let instant = Instant(iso8601: text) {
            guard let zone = mapping.zone else { return .value(.text(String(text.prefix(10))), notice: nil) }
            guard let local = zone.local(instant) else { return refuse("field.notADate", value, field) }
            return .value(.text(local.day.description), notice: nil)
        }
        guard text.isCalendarDay else { return refuse("field.notADate", value, field) }
        return .value(.text(text), notice: nil)
    }

    private func time(_ value: Value, field: FieldMapping.Field) -> Conversion {
        let text = value.text.trimmed
        if text.isCalendarDay {
            guard let zone = mapping.zone else { return .value(.text(text + "T00:00:00Z"), notice: nil) }
            guard let start = CalendarDay(iso8601: text).flatMap({ zone.instant(day: $0, milliseconds: 0) }) else {
                return refuse("field.notATime", value, field)
            }
            return .value(.text(start.description), notice: nil)
        }
        guard Instant(iso8601: text) != nil else { return refuse("field.notATime", value, field) }
        return .value(.text(text), notice: nil)
    }

    private func option(_ value: Value, target: Side) -> Conversion {
        guard case .text(let text) = value, target == .crm, let number = DecimalNumber(text), number.isWhole else {
            return .value(value, notice: nil)
        }
        return .value(.number(number.description), notice: nil)
    }

    private func name(
        _ value: Value,
        from type: FieldType,
        field: FieldMapping.Field,
        maximum: Int
    ) -> Conversion {
        let text = type.plainText(of: value)
        guard let name = PersonName(text) else { return refuse("field.nameNotSplit", value, field) }
        for part in [name.first, name.last] where part.utf16.count > maximum {
            let arguments = ["field": field.name, "maximum": String(maximum), "length": String(part.utf16.count)]
            return .problem(Message("field.tooLong", arguments))
        }
        return .value(.text(text), notice: nil)
    }

    /// Why a name may not replace another one: where first and last name meet can only be guessed, and the target may
    /// have them apart already.
    func splitProblem(of name: Value, replacing present: Value, target: Side) -> Message? {
        let field = mapping.field(target)
        guard case .personName = field.type, !field.type.isBlank(present), let parts = PersonName(name.text),
            !parts.isCertain
        else { return nil }
        return Message("field.nameAmbiguous", ["field": field.name, "value": name.text])
    }

    private func translate(_ value: Value, by reference: FieldMapping.Reference, from source: Side) -> Conversion {
        let question = FieldConverter.question(of: value, in: mapping, by: reference, from: source)
        if let answer = references.answer(question) {
            if case .option = mapping.field(source.other).type, let choice = RecordID(answer)?.choice {
                return .value(.number(String(choice)), notice: nil)
            }
            if source == .crm, let own = reference.path?.blankKey, own.codeForm.utf8.elementsEqual(answer.codeForm.utf8)
            {
                return .value(blank(on: .erp), notice: nil)
            }
            return .value(.text(answer), notice: nil)
        }
        return .wait(
            ReferenceWait(
                field: field.id,
                mapping: reference.mapping,
                source: source,
                value: question.value,
                required: reference.required && mapping.clearsWhenUncoupled != true
            )
        )
    }

    /// How a reference is looked up: an id in lower case, a key without surrounding blanks, a choice by the id that
    /// stands for its number.
    static func question(
        of value: Value,
        in field: FieldMapping,
        by reference: FieldMapping.Reference,
        from source: Side
    ) -> ReferenceTable.Question {
        var text = value.text.trimmed
        if source == .erp, let own = reference.path?.blankKey, field.erp.type.isBlank(value) { text = own }
        let isKey = source == .erp && reference.erpHoldsKey
        var spelled = isKey ? text : RecordID(text)?.description ?? text
        if !isKey, case .option = field.field(source).type, let number = Int64(text) {
            spelled = RecordID(choice: number).description
        }
        return ReferenceTable.Question(
            mapping: reference.mapping,
            source: source,
            value: spelled,
            path: reference.path
        )
    }
}

extension FieldType {
    /// Whether text of nothing but blanks has no other meaning for this type than blank.
    fileprivate var isSpare: Bool {
        if case .text = self { return false }
        return true
    }

    /// What a blank value is written as.
    fileprivate func blank(on side: Side, holdsKey: Bool) -> Value {
        guard side == .erp else { return .null }
        return switch self {
        case .text, .code, .option, .personName: .text("")
        case .decimal, .integer: .number("0")
        case .boolean: .boolean(false)
        case .date: .text("0001-01-01")
        case .dateTime: .text("0001-01-01T00:00:00Z")
        case .guid: .text(RecordID.zero.description)
        case .reference: .text(holdsKey ? "" : RecordID.zero.description)
        }
    }

    /// A value as plain text; numbers in plain digits.
    func plainText(of value: Value) -> String {
        if case .number(let digits) = value { return DecimalNumber(digits)?.description ?? digits }
        return value.text
    }
}

extension String {
    /// The longest start of the text with at most so many UTF-16 code units that cuts no character's code in two.
    fileprivate func shortened(toUTF16 maximum: Int) -> String {
        var length = 0
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            length += UTF16.width(scalar)
            guard length <= maximum else { break }
            result.append(scalar)
        }
        return String(result)
    }

    /// Whether the text is a day of the calendar written `yyyy-MM-dd`.
    fileprivate var isCalendarDay: Bool {
        guard utf8.count == 10, let instant = Instant(iso8601: self + "T00:00:00Z") else { return false }
        return instant.description.prefix(10) == self
    }
}
