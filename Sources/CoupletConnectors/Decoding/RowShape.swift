package import CoupletCore
package import CoupletPorts

/// The fields that rows hold, in the form the decoder takes.
package struct RowShape: Sendable {
    /// The layout of the rows.
    package let layout: RowLayout
    let names: [UInt8]
    let idField: [UInt8]
    let optionMarks: [UInt8]

    /// Takes the fields of a table.
    ///
    /// In `optionFields` a value of exactly one blank stands for `_x0020_`: older answers write a blank member so.
    package init(_ shape: TableShape, optionFields: Set<String> = []) {
        self.init(layout: shape.layout, idField: shape.idField, optionFields: optionFields)
    }

    /// Takes the fields of a small document, with or without an id; without one, rows need none.
    package init(layout: RowLayout, idField: String = "", optionFields: Set<String> = []) {
        self.layout = layout
        names = layout.fields.flatMap { Array($0.utf8) + [0] }
        self.idField = Array(idField.utf8)
        optionMarks = layout.fields.map { optionFields.contains($0) ? 1 : 0 }
    }
}
