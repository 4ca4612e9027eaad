package import CoupletCore
package import CoupletPorts

/// A value that its field cannot hold: found before anything is sent.
package struct UnfitValue: Error, Sendable, Hashable {
    /// What to report for the write.
    package var problem: RemoteProblem
}

/// The JSON of one record to be written.
package struct BodyWriter {
    private let dialect: ODataDialect
    private var json = JSONWriter()

    /// The body of a write.
    /// - Parameters:
    ///   - part: The write.
    ///   - idField: The field for an id of ours.
    ///   - dialect: Whose form values take.
    /// - Returns: The body.
    /// - Throws: A value that its field cannot hold; the write must not be sent.
    package static func body(
        of part: WritePart,
        idField: String,
        _ dialect: ODataDialect
    ) throws(UnfitValue) -> [UInt8] {
        var writer = BodyWriter(dialect: dialect)
        writer.json.open("{")
        if case .create(let id?) = part.operation {
            writer.json.name(idField)
            writer.json.text(id.description)
        }
        for field in part.fields { try writer.write(field) }
        writer.json.close("}")
        return writer.json.bytes
    }

    private init(dialect: ODataDialect) { self.dialect = dialect }

    private mutating func write(_ field: WritePart.Field) throws(UnfitValue) {
        switch field.field.type {
        case .reference(let table, let property): try write(field, table, property)
        case .decimal, .integer: try write(field, blank: "0") { isJSONNumber($0) ? $0 : nil }
        case .boolean: try write(field, blank: "false") { ["true", "false"].contains($0) ? $0 : nil }
        case .text, .code: writeText(field, blank: "")
        case .option: writeOption(field)
        case .personName(let first, let last, _): try writeName(field, first, last)
        case .date: writeText(field, blank: "0001-01-01")
        case .dateTime: writeText(field, blank: "0001-01-01T00:00:00Z")
        case .guid: writeText(field, blank: RecordID.zero.description)
        }
    }

    /// Writes something that is no text in JSON.
    private mutating func write(
        _ field: WritePart.Field,
        blank: String,
        _ literal: (String) -> String?
    ) throws(UnfitValue) {
        if field.value.isBlank {
            json.name(field.field.name)
            json.raw((dialect == .businessCentral ? blank : "null").utf8)
            return
        }
        guard let text = literal(field.value.text) else { throw unfit(field) }
        json.name(field.field.name)
        json.raw(text.utf8)
    }

    /// Business Central has a blank of its own for every type; Dataverse stores no empty text, so null says the same.
    private mutating func writeText(_ field: WritePart.Field, blank: String) {
        json.name(field.field.name)
        if !field.value.isBlank {
            json.text(field.value.text)
        } else if dialect == .businessCentral {
            json.text(blank)
        } else {
            json.raw("null".utf8)
        }
    }

    /// Writes a whole name as its two parts.
    private mutating func writeName(
        _ field: WritePart.Field,
        _ first: String,
        _ last: String
    ) throws(UnfitValue) {
        var parts = (first: "", last: "")
        if !field.value.isBlank {
            guard let name = PersonName(field.value.text) else { throw unfit(field) }
            parts = (name.first, name.last)
        }
        for (name, text) in [(first, parts.first), (last, parts.last)] {
            let part = FieldMapping.Field(name, .text(maximum: 0))
            writeText(WritePart.Field(field: part, value: .text(text)), blank: "")
        }
    }

    private mutating func writeOption(_ field: WritePart.Field) {
        if dialect == .dataverse, isJSONNumber(field.value.text) {
            json.name(field.field.name)
            json.raw(field.value.text.utf8)
        } else {
            writeText(field, blank: "_x0020_")
        }
    }

    private mutating func write(_ field: WritePart.Field, _ table: String, _ property: String) throws(UnfitValue) {
        let name = property.isEmpty ? field.field.name : property
        guard dialect == .dataverse else {
            json.name(name)
            json.text(field.value.text)
            return
        }
        if field.value.isBlank {
            json.name("\(name)@odata.bind")
            json.raw("null".utf8)
            return
        }
        guard let id = RecordID(field.value.text) else { throw unfit(field) }
        json.name("\(name)@odata.bind")
        json.text("/\(table)(\(id))")
    }

    private func unfit(_ field: WritePart.Field) -> UnfitValue {
        UnfitValue(
            problem: RemoteProblem(
                kind: .validation,
                code: "valueDoesNotFit",
                message: Detail.text("detail.valueDoesNotFit", field.field.name, field.value.text)
            )
        )
    }
}
